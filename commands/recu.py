"""reçu — acknowledging a convocation or an erratum, or several: what ✅ under it, "reçu" or 1 stand for."""

import re
from dataclasses import dataclass
from typing import Annotated

from commands import Context, Refusal, Reply, command
from commands._arguments import Absent, Argument
from commands._sending import receipt_line
from commands._words import plain
from council.french import long_moment
from storage.errata import ErratumCopy
from storage.summons import Summons

_REFERENCE = re.compile(
    r"\s*(?:et\s+|,\s*)?(?:la\s+convocation\s+|l'erratum\s+)?([A-Za-z0-9]+-\d{4}-\d{2,3}(?:-E\d{1,2})?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _References(Argument[tuple[str, ...]]):
    """The references of convocations, CM-2027-01, or of errata, CM-2027-01-E1."""

    label: str = "CONVOCATION"
    wanted: str = "la référence de la convocation"

    async def take(self, text: str, ctx: Context) -> tuple[tuple[str, ...], str]:
        found, rest = list[str](), text
        while match := _REFERENCE.match(rest):
            found.append(match[1].upper())
            rest = rest[match.end() :]
        if not found:
            raise Absent
        return tuple(dict.fromkeys(found)), rest.strip()


@command(
    "reçu",
    "reçue",
    summary="Dire que vous avez bien reçu une convocation",
    examples={"!reçu": "", "!reçu CM-2027-01": ""},
)
async def recu(ctx: Context, convocation: Annotated[tuple[str, ...], _References()] = ()) -> Reply:
    """Sans référence, c'est la dernière convocation qui vous a été envoyée, ou le dernier erratum ; avec plusieurs, chacune est
    notée. Toucher ✅ sous le message fait de même.
    """
    noted = [said for reference in convocation or ("",) if (said := await _note(ctx, reference))]
    if not noted:
        raise Refusal(
            "Aucune convocation n'attend votre accusé de réception.", try_this="`!agenda` montre les séances à venir."
        )
    return Reply("\n\n".join(noted))


async def _note(ctx: Context, reference: str) -> str:
    """Note one receipt; what to answer, or nothing when nothing of theirs is meant."""
    erratum = await ctx.store.errata.waiting(ctx.sender.id, reference)
    if erratum is not None:
        return await _erratum(ctx, erratum)
    copies = await ctx.store.convocations.addressed_to(ctx.sender.id, reference)
    if not copies:
        return ""
    return await _convocation(ctx, next((each for each in copies if each.acknowledged_at is None), copies[0]))


async def _convocation(ctx: Context, copy: Summons) -> str:
    about = copy.convocation
    session = f"{plain(about.body.name)}, **{long_moment(about.starts_at, ctx.commune.zone)}**"
    if copy.acknowledged_at is not None:
        noted = long_moment(copy.acknowledged_at, ctx.commune.zone)
        return f"C'était déjà noté, le {noted} : convocation {about.reference}, {session}."
    await ctx.store.convocations.acknowledge(copy)
    await ctx.store.offers.end_anywhere(ctx.sender.id, receipt_line(about.reference))
    return f"Merci, c'est noté : vous avez reçu la convocation {about.reference}, {session}."


async def _erratum(ctx: Context, copy: ErratumCopy) -> str:
    about = copy.erratum
    what = f"l'erratum {about.reference}, {about.paper.reference} version {about.file.version}"
    if copy.acknowledged_at is not None:
        return f"C'était déjà noté, le {long_moment(copy.acknowledged_at, ctx.commune.zone)} : {what}."
    await ctx.store.errata.acknowledge(copy)
    await ctx.store.offers.end_anywhere(ctx.sender.id, receipt_line(about.reference))
    return f"Merci, c'est noté : vous avez reçu {what}."
