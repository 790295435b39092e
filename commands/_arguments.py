"""Arguments eat the line: each kind reads its part of what was typed and leaves the rest.

``date``, a body's name, "à la mairie", the rest of the words: a handler writes ``quand: Moment`` and gets a datetime.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from commands._bodies import match_body, match_person
from commands._context import Context
from commands._words import quote
from council.french import fold
from council.meetings import Mode
from council.refusals import Refusal
from council.roles import Role
from storage.tables import Body, Paper, Person

T = TypeVar("T")
REFERENCE = re.compile(r"^[\s#«\"]*([A-Za-z][A-Za-z0-9]*)[-–. ]?(\d{4})[-–. ](\d{1,4})\b[»\"]?", re.ASCII)


OF_SESSION = re.compile(
    r"^(?:(?:de|du|la|le|les|ma|notre|prochaine?)\s+|d'|l')*(?:s[ée]ance|r[ée]union|commission)s?\b\s*"
    r"(?:prochaine\b\s*)?(?:(?:du|de)\s+|d')?",
    re.IGNORECASE,
)
"""What people say before a session's date: "de la prochaine séance du"."""


class Absent(Exception):
    """The line holds no such argument here: the default serves, or the person is told what is missing."""


class Ask(Exception):
    """The argument can't be settled without asking: each option is (label, text that says it without doubt).

    Args:
        why: the question, in French.
        options: what to offer; the chosen text takes the place of what was read.
        rest: what follows in the line.
    """

    def __init__(self, why: str, options: list[tuple[str, str]], rest: str) -> None:
        super().__init__(why)
        self.why, self.options, self.rest = why, options, rest


class Argument(Generic[T]):
    """A kind of argument.

    Attributes:
        label: how the usage line names it, in French capitals; empty when it is never shown: it then ends the line,
            and is read before the rest.
        wanted: what is missing when it is absent ("la date").
        implied: whether the room may say it.
        free: whether any words will do.
    """

    label: str = ""
    wanted: str = ""
    implied: bool = False
    free: bool = False

    async def take(self, text: str, ctx: Context) -> tuple[T, str]:
        """Read this argument at the start of the text: its value, and the rest.

        Raises:
            Absent: it isn't there.
            Ask: it must be asked.
            Refusal: it is there and wrong.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class _Words(Argument[str]):
    label: str = "TEXTE"
    wanted: str = "le texte"
    until: tuple[str, ...] = ()
    free: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[str, str]:
        words, rest = text, ""
        for keyword in self.until:
            found = re.search(rf"(?:^|\s){keyword}\s", words, re.IGNORECASE)
            if found:
                words, rest = words[: found.start()], words[found.start() :] + rest
        if not words.strip():
            raise Absent
        return words.strip(), rest.strip()


@dataclass(frozen=True)
class _After(Argument[Any]):
    """An argument announced by a word: ``rapporteur NOM``."""

    keyword: str
    inner: Argument[Any]
    label: str = ""

    async def take(self, text: str, ctx: Context) -> tuple[Any, str]:
        found = re.match(rf"(?:{self.keyword})\s+", text, re.IGNORECASE)
        if not found:
            raise Absent
        try:
            return await self.inner.take(text[found.end() :], ctx)
        except Ask as question:
            said = [(label, f"{found[0].strip()} {choice}") for label, choice in question.options]
            raise Ask(question.why, said, question.rest) from None


@dataclass(frozen=True)
class Venue:
    """Where and how a session is held."""

    place: str = ""
    mode: Mode = Mode.IN_PERSON
    link: str = ""


NOWHERE = Venue()


@dataclass(frozen=True)
class _Venue(Argument[Venue]):
    """``à la mairie``, ``visio https://…``, ``salle du conseil hybride https://…``."""

    label: str = "à LIEU] [visio LIEN|hybride LIEN"
    wanted: str = "le lieu"

    async def take(self, text: str, ctx: Context) -> tuple[Venue, str]:
        if not text.strip():
            raise Absent
        mode, link = Mode.IN_PERSON, ""
        found = re.search(r"(?:^|[\s,])(?:en\s+)?(visio|distanciel|hybride)(?:\s+(https?://[^\s<>]+))?\s*$", text, re.I)
        if found:
            mode = Mode.HYBRID if fold(found[1]) == "hybride" else Mode.REMOTE
            link, text = found[2] or "", text[: found.start()]
        place = re.sub(r"^[\s,;:(]*(?:lieu\s*:?\s+)?", "", text, flags=re.I).strip(" ,;.)")
        return Venue(" ".join(place.split())[:200], mode, link), ""


@dataclass(frozen=True)
class _Body(Argument[Body]):
    """A body by its name or code; in its own room it needn't be said."""

    label: str = "COMMISSION"
    wanted: str = "la commission"
    implied: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[Body, str]:
        if ctx.room.body is not None and not text.strip():
            return self.unsaid(text, ctx, [])
        bodies = await ctx.bodies()
        found = match_body(text, bodies)
        if found.body is not None:
            return found.body, found.rest
        if found.several:
            raise Ask("De quelle commission parlez-vous ?", [(b.name, b.code) for b in found.several], found.rest)
        await _refuse_if_elsewhere(text, ctx)
        return self.unsaid(OF_SESSION.sub("", text), ctx, bodies)

    def unsaid(self, text: str, ctx: Context, bodies: list[Body]) -> tuple[Body, str]:
        """The body of the room, the only one there is, or a question."""
        if ctx.room.body is not None:
            return ctx.room.body, text
        if len(bodies) == 1:
            return bodies[0], text
        if not bodies:
            raise Refusal("Vous ne siégez dans aucune commission aujourd'hui.", try_this="Parlez-en à la mairie.")
        raise Ask("Pour quelle commission ?", [(b.name, b.code) for b in bodies], text)


async def _refuse_if_elsewhere(text: str, ctx: Context) -> None:
    """A body of others isn't spoken of; one that not everyone in this room belongs to is, but in private."""
    elsewhere = match_body(text, list(await ctx.store.bodies.all())).body
    if elsewhere is None:
        return
    name = quote(elsewhere.name)
    if Role.MEMBER in ctx.role_in(elsewhere):
        raise Refusal(
            f"Tous les membres de ce salon ne siègent pas dans {name}.",
            try_this="Parlez-m'en en conversation privée, ou dans son salon.",
        )
    raise Refusal(f"Vous ne siégez pas dans {name} : je ne peux pas vous en parler.")


@dataclass(frozen=True)
class _MaybeBody(_Body):
    """A body that is said, or none: never asked."""

    def unsaid(self, text: str, ctx: Context, bodies: list[Body]) -> tuple[Body, str]:
        raise Absent


@dataclass(frozen=True)
class _BodyBeforeText(_Body):
    """A body before free words: in its own room the words are the text, whatever body they begin by naming."""

    async def take(self, text: str, ctx: Context) -> tuple[Body, str]:
        body = ctx.room.body
        if body is None:
            return await super().take(text, ctx)
        return body, re.sub(rf"^{re.escape(body.code)}\s+", "", text)


@dataclass(frozen=True)
class _Paper(Argument[Paper]):
    """A paper by its reference, or by replying to its message: only one that the asker may see.

    Attributes:
        optional: words that are no reference are left to the next argument.
    """

    label: str = "RÉFÉRENCE"
    wanted: str = "la référence du document"
    optional: bool = False

    async def take(self, text: str, ctx: Context) -> tuple[Paper, str]:
        found = REFERENCE.match(text)
        if found:
            return await self._of_reference(found, ctx), text[found.end() :].strip()
        replied = ctx.message.reply_to and await ctx.store.papers.dropped_as(ctx.message.reply_to, ctx.reader)
        if replied:
            return replied, text
        if self.optional or not text.strip():
            raise Absent
        raise Refusal(
            f"{quote(text, 40)} n'est pas une référence de document.",
            try_this="Une référence s'écrit comme FIN-2027-003.",
            choices=(
                (f"Chercher {quote(text, 40)} dans les documents", f"!chercher {text[:200]}"),
                ("Voir les derniers documents", "!documents"),
            ),
        )

    async def _of_reference(self, found: re.Match[str], ctx: Context) -> Paper:
        reference = as_reference(found)
        paper = await ctx.store.papers.by_reference(reference, ctx.reader)
        if paper is None:
            raise Refusal(
                f"Je ne trouve pas de document {reference} que vous puissiez voir ici.",
                try_this="`!documents` montre ceux qui existent, `!chercher` les retrouve par leurs mots.",
            )
        return paper


def as_reference(found: re.Match[str]) -> str:
    """A reference in its own form, of a match of ``REFERENCE``: "eau 2026 1" is EAU-2026-001."""
    return f"{found[1].upper()}-{found[2]}-{int(found[3]):03d}"


@dataclass(frozen=True)
class _Person(Argument[Person]):
    """A person in office, by name."""

    label: str = "NOM"
    wanted: str = "le nom"

    async def take(self, text: str, ctx: Context) -> tuple[Person, str]:
        if not text.strip():
            raise Absent
        found = match_person(text, list(await ctx.store.people.in_office(ctx.today)))
        if len(found) > 1:
            names = [person.name for person in found]
            distinct = len(set(names)) == len(names)
            told_apart = [(p.name, p.name if distinct or not p.matrix_id else p.matrix_id) for p in found]
            raise Ask(f"Qui est {quote(text, 40)} ?", told_apart, "")
        if not found:
            raise Refusal(
                f"Je ne connais pas {quote(text, 40)} parmi les membres.", try_this="Écrivez le nom en entier."
            )
        return found[0], ""


@dataclass(frozen=True)
class _Number(Argument[int]):
    label: str = "NUMÉRO"
    wanted: str = "le numéro"

    async def take(self, text: str, ctx: Context) -> tuple[int, str]:
        found = re.match(r"\s*(?:n[o°]?\s*)?(\d{1,4})\b", text, re.I)
        if not found:
            raise Absent
        return int(found[1]), text[found.end() :].strip()


@dataclass(frozen=True)
class _Yes(Argument[bool]):
    """The last word of a line that was confirmed; it is never shown nor asked for."""

    async def take(self, text: str, ctx: Context) -> tuple[bool, str]:
        found = re.search(r"(?:^|\s)oui\s*$", text, re.I)
        if not found:
            raise Absent
        return True, text[: found.start()].strip()


@dataclass(frozen=True)
class _Onward(Argument[int]):
    """How many answers were shown already, at the end of a line that asks for more of them: "suite 5"."""

    async def take(self, text: str, ctx: Context) -> tuple[int, str]:
        found = re.search(r"(?:^|\s)suite (\d{1,4})\s*$", text, re.I)
        if not found:
            raise Absent
        return int(found[1]), text[: found.start()].strip()


Words = Annotated[str, _Words()]
Title = Annotated[str, _Words("TITRE", "le titre")]
Place = Annotated[Venue, _Venue()]
InBody = Annotated[Body, _Body()]
BodyBeforeText = Annotated[Body, _BodyBeforeText()]
MaybeBody = Annotated[Body | None, _MaybeBody()]
Ref = Annotated[Paper, _Paper()]
MaybeRef = Annotated[Paper | None, _Paper(optional=True)]
Member = Annotated[Person, _Person()]
Number = Annotated[int, _Number()]
Yes = Annotated[bool, _Yes()]
Onward = Annotated[int, _Onward()]
NO = False


def words(label: str, wanted: str, *keywords: str) -> Argument[str]:
    """Words under another name, which stop before one of these keywords (regular expressions)."""
    return _Words(label, wanted, keywords)


def after(keyword: str, label: str, inner: Any) -> Argument[Any]:
    """An argument announced by a keyword (a regular expression); ``inner`` is one of the annotated kinds above."""
    return _After(keyword, next(each for each in inner.__metadata__ if isinstance(each, Argument)), label)
