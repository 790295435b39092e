"""Changing an agenda by words: "3 en 1", "retirer 3", "3 pour avis"; and telling those whom the change concerns."""

import re
from dataclasses import dataclass
from typing import Annotated

from commands._arguments import Absent, Argument
from commands._context import Context
from commands._sending import tell_each
from council.agenda import ItemKind
from council.french import fold, tidy
from storage.summons import Convocation
from storage.tables import Meeting

RAPPORTEUR = "rapporteu(?:r|re|se)"
LAST = 99
_PLACES = {
    **dict.fromkeys(("premier", "premiere", "tete", "debut"), 1),
    **dict.fromkeys(("deuxieme", "second", "seconde"), 2),
    **dict.fromkeys(("troisieme",), 3),
    **dict.fromkeys(("dernier", "derniere", "fin"), LAST),
}
_N = r"(?:n°? ?)?(?P<number>\d{1,2})"
_WHERE = rf"(?P<place>\d{{1,2}}|{'|'.join(_PLACES)})"
_AGENDA = r"(?: de l'ordre du jour| de l'odj)?"
_MOVES = re.compile(
    rf"^(?:le )?(?:point )?{_N} (?:(?:passe|passera|va|vient|devient|est a mettre|a mettre) )?"
    rf"(?:en|au|a la|a|->|=>|devient) (?:la )?(?:point |place |position |numero |n°? ?)*{_WHERE}"
    rf"(?:e|er|eme)?(?: (?:position|place|point|lieu))?{_AGENDA}$"
)
_BESIDE = re.compile(
    rf"^(?:le )?(?:point )?{_N} (?:passe |passera )?(?P<side>avant|apres) (?:le )?(?:point )?(?P<place>\d{{1,2}})$"
)
_LEAVES = (
    re.compile(rf"^(?:retir\w*|enlev\w*|supprim\w*|oter?) (?:le )?(?:point )?{_N}{_AGENDA}$"),
    re.compile(rf"^(?:le )?(?:point )?{_N} (?:est )?(?:a )?(?:retire\w*|enleve\w*|supprime\w*){_AGENDA}$"),
)
_ALONE = re.compile(rf"^(?:le )?(?:point )?{_N}$")
_KIND = re.compile(
    r"(?:^|[\s,(])(?:est )?pour (?:une? |l')?(avis|information|info|d[ée]cision|d[ée]lib[ée]ration|vote)\)?[\s.]*$",
    re.I,
)
_KINDS = {"avis": ItemKind.OPINION, "info": ItemKind.INFORMATION, "information": ItemKind.INFORMATION}


@dataclass(frozen=True)
class Said:
    """What a line says of an agenda: a new point's title, or what becomes of the point of a number.

    Attributes:
        place: the number that it takes; LAST is the end.
        beside: -1 before the point of that number, 1 after it, 0 in its place.
    """

    title: str = ""
    number: int = 0
    place: int = 0
    beside: int = 0
    leaves: bool = False
    kind: ItemKind | None = None


@dataclass(frozen=True)
class _Point(Argument[Said]):
    """A new point's title, or a change of one that is there; "rapporteur NOM" is left."""

    label: str = "TITRE] [pour décision|avis|information"
    wanted: str = "le titre du point"
    free: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[Said, str]:
        words, rest = text, ""
        if found := re.search(rf"(?:^|\s){RAPPORTEUR}\s", words, re.IGNORECASE):
            words, rest = words[: found.start()], words[found.start() :]
        words, kind = _without_kind(words)
        if not words.strip():
            raise Absent
        return read_point(words, kind), rest.strip()


@dataclass(frozen=True)
class _Kind(Argument[ItemKind]):
    """What the point is for, at the end of a line, after its rapporteur."""

    async def take(self, text: str, ctx: Context) -> tuple[ItemKind, str]:
        words, kind = _without_kind(text)
        if kind is None:
            raise Absent
        return kind, words

    def again(self, value: ItemKind) -> str:
        return f"pour {value.value}"


def _without_kind(text: str) -> tuple[str, ItemKind | None]:
    found = _KIND.search(text)
    if not found:
        return text, None
    return text[: found.start()].rstrip(" ,:("), _KINDS.get(fold(found[1]), ItemKind.DECISION)


def read_point(words: str, kind: ItemKind | None = None) -> Said:
    """Read a change of a point; any other words are a new point's title."""
    said = fold(words).strip(" .!?")
    if found := _MOVES.match(said):
        place = found["place"]
        return Said(number=int(found["number"]), place=_PLACES.get(place) or int(place), kind=kind)
    if found := _BESIDE.match(said):
        side = -1 if found["side"] == "avant" else 1
        return Said(number=int(found["number"]), place=int(found["place"]), beside=side, kind=kind)
    if found := next(filter(None, (shape.match(said) for shape in _LEAVES)), None):
        return Said(number=int(found["number"]), leaves=True)
    if found := _ALONE.match(said):
        return Said(number=int(found["number"]), kind=kind)
    return Said(title=" ".join(tidy(words).split())[:200], kind=kind)


async def tell_convoked(ctx: Context, meeting: Meeting, convocation: Convocation, text: str) -> None:
    """Tell everyone who was convoked that the agenda they have has changed; those on paper are a list for the agents."""
    found = await ctx.store.convocations.in_force(meeting.id)
    await tell_each(ctx, found, text, f"rectification de {convocation.reference}")


PointSaid = Annotated[Said, _Point()]
KindSaid = Annotated[ItemKind | None, _Kind()]
