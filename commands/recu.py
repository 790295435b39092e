"""reçu — acknowledging a convocation or an erratum: what ✅ under it, "reçu" or 1 stand for."""

import re
from dataclasses import dataclass
from typing import Annotated

from commands import Context, Refusal, Reply, command
from commands._arguments import Absent, Argument
from commands._sending import receipt_line
from commands._words import plain
from council.french import long_moment
from storage.errata import ErratumCopy

_REFERENCE = re.compile(
    r"\s*(?:la\s+convocation\s+|l'erratum\s+)?([A-Za-z0-9]+-\d{4}-\d{2,3}(?:-E\d{1,2})?)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class _Reference(Argument[str]):
    """A convocation's own reference, CM-2027-01, or an erratum's, CM-2027-01-E1."""

    label: str = "CONVOCATION"
    wanted: str = "la référence de la convocation"

    async def take(self, text: str, ctx: Context) -> tuple[str, str]:
        found = _REFERENCE.match(text)
        if not found:
            raise Absent
        return found[1].upper(), text[found.end() :].strip()


@command(
    "reçu",
    "reçue",
    summary="Dire que vous avez bien reçu une convocation",
    examples={"!reçu": "", "!reçu CM-2027-01": ""},
)
async def recu(ctx: Context, convocation: Annotated[str, _Reference()] = "") -> Reply:
    """Sans référence, c'est la dernière convocation qui vous a été envoyée, ou le dernier erratum. Toucher ✅ sous le message fait
    de même.
    """
    erratum = await ctx.store.errata.waiting(ctx.sender.id, convocation)
    if erratum is not None:
        return await _erratum(ctx, erratum)
    copies = await ctx.store.convocations.addressed_to(ctx.sender.id, convocation)
    if not copies:
        raise Refusal(
            "Aucune convocation n'attend votre accusé de réception.", try_this="`!agenda` montre les séances à venir."
        )
    copy = next((each for each in copies if each.acknowledged_at is None), copies[0])
    about = copy.convocation
    session = f"{plain(about.body.name)}, **{long_moment(about.starts_at, ctx.commune.zone)}**"
    if copy.acknowledged_at is not None:
        noted = long_moment(copy.acknowledged_at, ctx.commune.zone)
        return Reply(f"C'était déjà noté, le {noted} : convocation {about.reference}, {session}.")
    await ctx.store.convocations.acknowledge(copy)
    await ctx.store.offers.end_anywhere(ctx.sender.id, receipt_line(about.reference))
    return Reply(f"Merci, c'est noté : vous avez reçu la convocation {about.reference}, {session}.")


async def _erratum(ctx: Context, copy: ErratumCopy) -> Reply:
    about = copy.erratum
    what = f"l'erratum {about.reference}, {about.paper.reference} version {about.file.version}"
    if copy.acknowledged_at is not None:
        return Reply(f"C'était déjà noté, le {long_moment(copy.acknowledged_at, ctx.commune.zone)} : {what}.")
    await ctx.store.errata.acknowledge(copy)
    await ctx.store.offers.end_anywhere(ctx.sender.id, receipt_line(about.reference))
    return Reply(f"Merci, c'est noté : vous avez reçu {what}.")
