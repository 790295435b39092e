"""agenda — the coming sessions."""

from datetime import datetime, time, timedelta
from typing import Annotated

from commands import Context, MaybeBody, MaybePeriod, Option, Refusal, Reply, by_number, command, words
from commands._dates import Period
from commands._sessions import UNDER_WAY
from commands._show import session_name, when_and_where
from commands._words import plain, quote
from council.french import fold
from storage.tables import Meeting

SHOWN = 9
NEXT = 3
"""How many are shown when none is of the period asked: who has the wrong day must not believe that all is off."""


@command(
    "agenda",
    "prochaine",
    "prochaines",
    summary="Voir les prochaines séances",
    examples={
        "!agenda": (
            "**Prochaines séances**\n\n"
            "1. **jeudi 26 mars 2026 à 18 h 30**, mairie\n\n"
            "Répondez **1** pour voir l'ordre du jour."
        ),
        "!agenda eau": (
            "**Prochaines séances : Commission de l'eau**\n\n"
            "1. **jeudi 26 mars 2026 à 18 h 30**, mairie\n\n"
            "Répondez **1** pour voir l'ordre du jour."
        ),
    },
)
async def agenda(
    ctx: Context,
    commission: MaybeBody = None,
    quand: MaybePeriod = None,
    reste: Annotated[str, words("tout", "le mot")] = "",
) -> Reply:
    """Sans rien d'autre : les séances de ce salon, ou toutes les vôtres en conversation privée. Ajoutez le nom d'une
    commission, « tout », ou une période : « cette semaine », « en mars ».
    """
    reste = reste.strip(" ?!.")
    everything = fold(reste) in ("tout", "toutes", "tous")
    if reste and not everything:
        raise Refusal(
            f"Je ne lis ni commission ni date dans {quote(reste)}.",
            try_this="Essayez `!agenda`, `!agenda finances` ou `!agenda cette semaine`.",
        )
    start, end = _bounds(quand, ctx) if quand else (ctx.now - UNDER_WAY, None)
    said = quand.shown if quand else ""
    if commission is not None:
        bodies = [commission.id]
    elif ctx.room.body_id is not None and not everything:
        bodies = [ctx.room.body_id]
    else:
        bodies = [body.id for body in await ctx.bodies()]
    meetings = await ctx.store.meetings.coming(bodies, start=start, end=end, limit=SHOWN + 1)
    title = (
        f"**Prochaines séances{f' : {plain(commission.name)}' if commission else ''}{f' ({said})' if said else ''}**"
    )
    several, none = len(bodies) > 1, "Aucune séance n'est prévue."
    if not meetings:
        meetings = await ctx.store.meetings.coming(bodies, start=ctx.now, limit=NEXT) if quand else []
        title = f"{title}\n\n{none}" + (" Voici les prochaines :" if meetings else "")
    if not meetings:
        return Reply(title)
    options = tuple(
        Option(_line(meeting, ctx, named=several), f"!odj {session_name(meeting, ctx)}") for meeting in meetings
    )
    more = "" if len(meetings) <= SHOWN else "\n\nIl y en a d'autres : nommez une commission ou un mois."
    shown = options[:SHOWN]
    return Reply(title, options=shown, after=f"{by_number(len(shown))} pour voir l'ordre du jour.{more}")


def _line(meeting: Meeting, ctx: Context, *, named: bool) -> str:
    where = when_and_where(meeting, ctx) + (" (en cours)" if meeting.starts_at <= ctx.now else "")
    return f"{plain(meeting.body.name)} : {where}" if named else where


def _bounds(period: Period, ctx: Context) -> tuple[datetime, datetime]:
    """From a period's first instant, or what is under way, to the end of its last day."""
    zone = ctx.commune.zone
    start = datetime.combine(period.first, time.min, zone)
    return max(start, ctx.now - UNDER_WAY), datetime.combine(period.last + timedelta(days=1), time.min, zone)
