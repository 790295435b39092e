"""déport — saying ahead that one stays out of a point: out of its debate, its vote and its quorum."""

import re
from dataclasses import dataclass
from typing import Annotated

from commands import Context, Option, Refusal, Reply, command
from commands._ahead import Coming, MaybeSomebody, call, of, titled
from commands._arguments import Absent, Argument, flag
from commands._attendance import answering_for, tell
from commands._questions import chairs
from commands._recusals import must_leave
from commands._show import day_of, session_name
from commands._words import plain
from council.french import fold
from council.recusals import ARTICLE, COUNTED_BY, Interest
from council.roles import BodyKind, Function
from storage.tables import AgendaItem, Meeting, Person

REASONS = {
    Interest.PERSONAL: "Un intérêt personnel : famille, entreprise, association",
    Interest.DELEGATE: "La commune est représentée dans l'organisme concerné (article L. 1111-6, II)",
}
EFFECT = {
    Interest.PERSONAL: "Cette personne n'y compte pas comme présente ; le nombre de présents qu'il faut ne change pas",
    Interest.DELEGATE: "Cette personne n'est pas membre en exercice pour ce point : le quorum se compte sans elle",
    Interest.ACCOUNT: "Le maire se retire au vote, n'y compte pas comme présent, et n'y utilise ni ne donne aucun pouvoir",
}
UNDONE = flag(r"^\s*(?:retir\w*|annul\w*|enlev\w*|fin)\b\s*(?:(?:du|le|au|de|sur)\s+)*", "retirer")
"""The word before a point in which one takes part after all."""
_KINDS = {"interet": Interest.PERSONAL, "personnel": Interest.PERSONAL, "represent": Interest.DELEGATE}


@dataclass(frozen=True)
class _PointNumber(Argument[int]):
    """The number of a point: "3", "sur le point 3"."""

    label: str = "N"
    wanted: str = "le numéro du point"

    async def take(self, text: str, ctx: Context) -> tuple[int, str]:
        found = re.match(r"\s*(?:(?:pour|sur|du|au|le|de)\s+)*(?:point\s+)?(?:n[°o]\s*)?(\d{1,2})\b[\s,:]*", text, re.I)
        if not found:
            raise Absent
        return int(found[1]), text[found.end() :]


@dataclass(frozen=True)
class _Why(Argument[Interest]):
    """The rule by which it is counted: "intérêt" or "représentant"."""

    label: str = "intérêt|représentant"

    async def take(self, text: str, ctx: Context) -> tuple[Interest, str]:
        found = re.match(
            r"\s*(?:(?:pour|par|comme|en tant que)\s+)?(?:un\s+)?(int[ée]r[êe]t|personnel|repr[ée]sent)\w*\b\s*(?:personnel\b\s*)?",
            text,
            re.IGNORECASE,
        )
        if not found:
            raise Absent
        return _KINDS[fold(found[1])], text[found.end() :]


@command(
    "déport",
    summary="Dire que vous ne prendrez pas part à un point",
    examples={
        "!déport 1": (
            "Point 1 (Réservoir des Buttes), séance du jeudi 26 mars 2026 : pourquoi ce déport ? Je ne garde que la règle qui "
            "s'applique, aucun motif.\n\n"
            "1. Un intérêt personnel : famille, entreprise, association\n"
            "2. La commune est représentée dans l'organisme concerné (article L. 1111-6, II)\n\n"
            "Répondez par un numéro."
        ),
        "!déport 1 intérêt": (
            "C'est noté : **Hugo Roux** ne prendra part ni au débat ni au vote du point 1 (Réservoir des Buttes) : Commission de l'eau, "
            "**jeudi 26 mars 2026 à 18 h 30**, mairie. Pensez à quitter la salle avant le débat (article L. 2131-11 du CGCT). "
            "`!déport retirer 1` l'annule, jusqu'à la séance."
        ),
    },
)
async def deport(
    ctx: Context,
    retrait: Annotated[bool, UNDONE] = False,
    *,
    point: Annotated[int, _PointNumber()],
    nom: MaybeSomebody = None,
    motif: Annotated[Interest | None, _Why()] = None,
    seance: Coming,
) -> Reply:
    """Qui a un intérêt dans un point ne prend part ni à son débat ni à son vote, n'y utilise aucun pouvoir, et quitte la salle
    (article L. 2131-11) ; `!odj` et `!quorum` le montrent. La présidence et les agents ajoutent le nom d'un membre :
    `!déport 3 M. Petit`. `!déport retirer 3` l'annule, jusqu'à la séance.
    """
    person = await answering_for(ctx, seance, nom or ctx.sender)
    item = next((each for each in seance.items if each.position == point), None)
    if item is None:
        raise Refusal(
            f"Il n'y a pas de point {point} à la séance du {day_of(seance, ctx)}.", try_this="`!odj` les montre."
        )
    if must_leave(seance, item) and person.function is Function.MAYOR:
        return _by_law(item)
    if retrait:
        return await _take_back(ctx, seance, item, person)
    if motif is None:
        return _which(ctx, seance, item, person)
    return await _keep(ctx, seance, item, person, motif)


def _by_law(item: AgendaItem) -> Reply:
    return Reply(
        f"Au point {item.position} ({plain(item.title, 90)}), la loi s'en charge : {EFFECT[Interest.ACCOUNT][0].lower()}"
        f"{EFFECT[Interest.ACCOUNT][1:]} ({COUNTED_BY[Interest.ACCOUNT]}). Le conseil élit qui préside ce vote."
    )


def _which(ctx: Context, meeting: Meeting, item: AgendaItem, person: Person) -> Reply:
    """Two rules count it otherwise: which one applies is asked, never why."""
    line = f"!déport {item.position} {call(person)}"
    options = tuple(
        Option(label, f"{line} {interest.value} {session_name(meeting, ctx)}") for interest, label in REASONS.items()
    )
    return Reply(
        f"Point {item.position} ({plain(item.title, 90)}), séance du {day_of(meeting, ctx)} : pourquoi ce déport ? Je ne garde que la "
        "règle qui s'applique, aucun motif.",
        options=options,
    )


async def _keep(ctx: Context, meeting: Meeting, item: AgendaItem, person: Person, interest: Interest) -> Reply:
    await ctx.store.recusals.declare(meeting, item, person.id, interest, ctx.sender.id)
    point = f"point {item.position} ({plain(item.title, 90)})"
    said = f"**{plain(person.name)}** ne prendra part ni au débat ni au vote du {point} : {titled(meeting, ctx)}."
    law = f" {EFFECT[interest]} ({COUNTED_BY[interest]})." if meeting.body.kind is BodyKind.COUNCIL else ""
    await tell(ctx, person, f"C'est noté à la mairie : {said}{law} `!déport retirer {item.position}` l'annule.")
    for chair in await chairs(ctx, meeting):
        if chair.id not in (ctx.sender.id, person.id):
            await tell(ctx, chair, f"**Déport** : {said}{law}")
    fallen = await _tell_of_pouvoirs(ctx, meeting, item, person)
    article = "" if law else f" ({ARTICLE})"
    leave = f"Pensez à quitter la salle avant le débat{article}." if person.id == ctx.sender.id else ""
    parts = [
        f"C'est noté : {said}{law}",
        leave,
        fallen,
        f"`!déport retirer {item.position}` l'annule, jusqu'à la séance.",
    ]
    return Reply(" ".join(filter(None, parts)))


async def _tell_of_pouvoirs(ctx: Context, meeting: Meeting, item: AgendaItem, person: Person) -> str:
    """Neither the pouvoir that they hold nor the one that they gave counts for that point: the other one is told."""
    said = ""
    for answer in await ctx.store.answers.of(meeting.id):
        if answer.bearer_id is None or person.id not in (answer.person_id, answer.bearer_id):
            continue
        giver, bearer = await ctx.store.people.get(answer.person_id), await ctx.store.people.get(answer.bearer_id)
        said += f" Le pouvoir {of(giver)} n'y compte pas ({ARTICLE})."
        if person.id == bearer.id:
            text = (
                f"{plain(bearer.name)} se déporte sur le point {item.position} ({plain(item.title, 90)}) : votre pouvoir n'y comptera "
                f"pas ({ARTICLE}). `!pouvoir NOM` en désigne un autre, pour toute la séance."
            )
            await tell(ctx, giver, text)
        else:
            text = (
                f"{plain(giver.name)} se déporte sur le point {item.position} : n'y votez pas en son nom ({ARTICLE})."
            )
            await tell(ctx, bearer, text)
    return said.strip()


async def _take_back(ctx: Context, meeting: Meeting, item: AgendaItem, person: Person) -> Reply:
    if not await ctx.store.recusals.take_back(meeting, item, person.id):
        raise Refusal(
            f"Aucun déport de {plain(person.name)} n'est noté au point {item.position}.",
            try_this="`!odj` montre ceux qui le sont.",
        )
    said = f"**{plain(person.name)}** prendra part au point {item.position} ({plain(item.title, 90)}) : {titled(meeting, ctx)}."
    for chair in await chairs(ctx, meeting):
        if chair.id != ctx.sender.id:
            await tell(ctx, chair, f"**Déport retiré** : {said}")
    return Reply(f"C'est noté : {said}")
