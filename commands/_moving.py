"""Which session moves or is called off, and where it goes: one that is fixed, or one that a series will bring."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated

from commands._arguments import Argument
from commands._context import Context
from commands._dates import asking, no_date, not_gone, to_come
from commands._series import session_of
from commands._sessions import next_session, one_session, session_on
from commands._show import day_of
from commands._words import quote
from council.french import long_date
from council.french.moves import Move, read_move
from council.french.reading import When
from council.refusals import Refusal
from storage.recurrences import Series
from storage.tables import Body, Meeting


@dataclass(frozen=True)
class _Moved(Argument[Move]):
    """Which session, and its new date: either may be unsaid."""

    label: str = "[du DATE au] DATE"
    wanted: str = "la date"

    async def take(self, text: str, ctx: Context) -> tuple[Move, str]:
        found = asking(ctx, lambda now: read_move(text, now=now))
        if found is None:
            raise no_date(text)
        if found[0].day is not None:
            not_gone(found[0].day, ctx)
        return found


@dataclass(frozen=True)
class Meant:
    """A session that was meant.

    Attributes:
        series: what will bring it, when it isn't fixed yet: ``meeting`` is then in no table.
        day: the day of the rule.
    """

    meeting: Meeting
    series: Series | None = None
    day: date | None = None


async def meant_on(ctx: Context, body: Body, day: date | None) -> Meant:
    """The body's session of a day, fixed or still to come of a series; without a day, its next one.

    Raises:
        Refusal: there is none.
    """
    if day is None or await session_on(ctx, body, day) is not None:
        return Meant(await one_session(ctx, body, day))
    for series in await ctx.store.series.of_body(body.id):
        taken = {each.day for each in await ctx.store.series.fixed(series)}
        ahead = day > series.planned_to and day not in taken
        if ahead and next(series.recurrence.days(day), None) == day:
            return Meant(session_of(series, day, ctx), series, day)
    return Meant(await one_session(ctx, body, day))


async def moved(ctx: Context, body: Body, said: Move) -> tuple[Meant, datetime]:
    """The session that moves, and the moment it goes to: in the town's zone, at its own hour when none was said.

    Raises:
        Refusal: there is no such session, or no new date, or it is past.
    """
    if said.to is not None and said.day is None:
        return await _by_one_date(ctx, body, said.to)
    meant = await meant_on(ctx, body, said.day)
    start = meant.meeting.starts_at.astimezone(ctx.commune.zone)
    to = said.to or When(start.date() + said.by if said.by else start.date(), said.at)
    return meant, _moment(to, start, ctx)


async def _by_one_date(ctx: Context, body: Body, to: When) -> tuple[Meant, datetime]:
    """One date: where the next session goes, or the day of the one whose hour changes."""
    if await session_on(ctx, body, to.day) is None:
        coming = await next_session(ctx, body, under_way=False)
        if coming is None:
            raise Refusal(
                f"Aucune séance n'est prévue pour {quote(body.name)}.",
                try_this="`!séance` suivi d'une date en fixe une.",
            )
        return Meant(coming), _moment(to, coming.starts_at.astimezone(ctx.commune.zone), ctx)
    meant = await meant_on(ctx, body, to.day)
    if to.time is None:
        raise Refusal(
            f"À quelle date faut-il reporter la séance du {day_of(meant.meeting, ctx)} ?",
            try_this=f"Écrivez `!reporter {body.code} {long_date(to.day)} au` suivi de la nouvelle date.",
        )
    return meant, _moment(to, meant.meeting.starts_at, ctx)


def _moment(to: When, start: datetime, ctx: Context) -> datetime:
    own = time(start.hour, start.minute)
    return to_come(When(to.day, to.time or own), ctx)


MoveTo = Annotated[Move, _Moved()]
