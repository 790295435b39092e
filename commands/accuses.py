"""accusés — how many received a convocation and its errata, who is missing and what happens next; each person's proof on request."""

from datetime import date
from typing import Annotated

from commands import Context, Document, MaybeDay, Option, Refusal, Reply, Role, command
from commands._arguments import flag
from commands._convocation import convoked
from commands._named import Convoked
from commands._proofs import reached_last, rule_of
from commands._receipts import in_detail, in_short
from commands._sessions import one_session
from commands._words import plain, quote
from council.convocations import Verdict, civil_day, late_items
from council.french import enumerate_fr
from storage.states import DocumentKind
from storage.summons import Convocation
from storage.tables import Body

CERTIFICATE = flag(r"^\s*(?:(?:avec|pour)\s+)?(?:l'|une\s+)?attestation\b", "attestation")
"""The word that asks for the certificate."""
DETAIL = flag(r"^\s*(?:(?:avec|en)\s+)?(?:le\s+)?d[ée]tails?\b", "détail")
"""The word that asks for each person's proof."""


@command(
    "accusés",
    "accusé",
    summary="Voir qui a reçu une convocation, et qui manque",
    who=Role.CHAIR,
    private=True,
    examples={"!accusés": "", "!accusés eau": "", "!accusés eau détail": ""},
)
async def accuses(
    ctx: Context,
    commission: Convoked,
    detail: Annotated[bool, DETAIL] = False,
    attestation: Annotated[bool, CERTIFICATE] = False,
    jour: MaybeDay = None,
) -> Reply:
    """Sans date, c'est la dernière convocation de la commission : combien en ont accusé réception, qui manque, ce qui suit ; et
    ses errata. « détail » montre chacun : le moyen, le moment de l'envoi ou de la remise, et l'accusé de réception. La date qui
    compte est celle où le dernier a été atteint.
    """
    found = await _convocations(ctx, commission, jour)
    if attestation:
        return await _certificate(ctx, found)
    parts = await (in_detail(ctx, found) if detail else in_short(ctx, found))
    if len(found) > 1 and (late := await _late_items(ctx, found)):
        parts.append(f"**Points convoqués hors délai** : {late}. Les autres gardent le délai de leur propre envoi.")
    if found[0].ended_at is None and (left_out := await _left_out(ctx, commission, found)):
        parts.append(
            f"**Non convoqué depuis son arrivée** : {enumerate_fr(left_out)}. `!convoquer {commission.code}` envoie la convocation à qui "
            "ne l'a pas eue."
        )
    day = f" {jour:%d/%m/%Y}" if jour else ""
    ways = [] if detail else [Option("Le détail, personne par personne", f"!accusés {commission.code} détail{day}")]
    ways.append(Option("L'attestation en PDF", f"!accusés {commission.code} attestation{day}"))
    return Reply("\n\n".join(parts), options=tuple(ways))


async def _certificate(ctx: Context, found: list[Convocation]) -> Reply:
    errata = await ctx.store.errata.of_convocations(found)
    references = [each.reference for each in found] + [each.reference for each in errata]
    name, about = f"attestation {references[0]}", tuple(convocation.id for convocation in found)
    return Reply(
        f"**Attestation** d'envoi et de réception de {enumerate_fr(references)}, d'après le journal de cet instant. Le fichier suit.",
        files=(Document(DocumentKind.CERTIFICATE, name, about),),
    )


async def _left_out(ctx: Context, body: Body, found: list[Convocation]) -> list[str]:
    """Those who sit there today and were never convoked: one is enough to spoil the session."""
    reached = {copy.person_id for convocation in found for copy in convocation.summonses}
    return [plain(person.name) for person in await convoked(ctx, body) if person.id not in reached]


async def _convocations(ctx: Context, body: Body, day: date | None) -> list[Convocation]:
    if day is None:
        latest = await ctx.store.convocations.latest(body.id)
        if latest is not None and latest.ended_at is None:
            return list(await ctx.store.convocations.in_force(latest.meeting_id))
        found = [latest] if latest else []
    else:
        found = list(await ctx.store.convocations.in_force((await one_session(ctx, body, day)).id))
    if not found:
        raise Refusal(
            f"Aucune convocation n'a été envoyée pour {quote(body.name)}.",
            try_this="`!convoquer` convoque la prochaine séance.",
        )
    return found


async def _late_items(ctx: Context, found: list[Convocation]) -> str:
    """The points that a rectifying convocation brought too late, by number; each has the delay of its own sending."""
    rule, meeting = rule_of(found[0], ctx.commune), await ctx.store.meetings.get(found[0].meeting_id)
    position = {item.id: item.position for item in meeting.items}
    first: dict[int, date] = {}
    for convocation in found:
        day = reached_last(convocation, ctx.commune.zone)
        if day is not None and convocation.verdict is not Verdict.URGENT:
            first = {**{position[item]: day for item in convocation.items if item in position}, **first}
    late = late_items(rule, first, civil_day(meeting.starts_at, ctx.commune.zone))
    return enumerate_fr([str(number) for number in late]) if rule.binding else ""
