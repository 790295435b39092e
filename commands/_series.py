"""Sessions that come back: fixed three months ahead, then one after another as they come within sight."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.relativedelta import relativedelta

from commands._arguments import Venue
from commands._context import Context
from commands._sessions import session_on
from council.french import enumerate_fr, long_date
from council.recurrences import Recurrence
from storage.recurrences import Series
from storage.states import NoticeKind
from storage.tables import Meeting, Notice

SIGHT = relativedelta(months=3)
MORNING = time(8)
SHOWN = 6
COMPARED = 12
"""Days by which it is seen whether two recurrences are on the same ones."""


def shown_days(days: Sequence[date]) -> str:
    """« mardi 1er décembre 2026, mardi 5 janvier 2027 et mardi 2 février 2027 »."""
    return enumerate_fr([long_date(day) for day in days])


def coming(recurrence: Recurrence, ctx: Context, count: int = SHOWN) -> list[date]:
    """The next days, from tomorrow."""
    return list(islice(recurrence.days(ctx.today + relativedelta(days=1)), count))


def within_sight(recurrence: Recurrence, after: date, ctx: Context) -> list[date]:
    """The days past ``after`` for which sessions are to be fixed by now."""
    horizon = ctx.today + SIGHT
    return list(takewhile(lambda day: day <= horizon, recurrence.days(after + relativedelta(days=1))))


async def plan(ctx: Context, series: Series) -> list[Meeting]:
    """Fix the sessions that came within sight, but on a day that has one; have the next look made when another comes.

    Returns the new sessions; who calls announces them, and owes their reminders.
    """
    taken = {each.day for each in await ctx.store.series.fixed(series)}
    days = within_sight(series.recurrence, max(series.planned_to, ctx.today), ctx)
    free = [day for day in days if day not in taken and await session_on(ctx, series.body, day) is None]
    made = [await fix(ctx, series, day, session_of(series, day, ctx)) for day in free]
    series.planned_to = max(series.planned_to, ctx.today + SIGHT)
    await _look_again(ctx, series)
    return made


def session_of(series: Series, day: date, ctx: Context) -> Meeting:
    """The session that a series brings on a day, in no table yet."""
    meeting = Meeting(
        body_id=series.body_id,
        starts_at=datetime.combine(day, series.recurrence.time or MORNING, ctx.commune.zone),
        place=series.place,
        mode=series.mode,
        link=series.link,
        created_by=series.made_by,
    )
    meeting.body = series.body
    return meeting


async def fix(ctx: Context, series: Series, day: date, meeting: Meeting) -> Meeting:
    """Fix the session of a day of the rule, on that day or on another."""
    kept = await ctx.store.meetings.add(meeting)
    await ctx.store.series.fix(series, day, kept)
    return kept


async def _look_again(ctx: Context, series: Series) -> None:
    """The morning when the next day comes within sight."""
    following = next(series.recurrence.days(series.planned_to + relativedelta(days=1)), None)
    if following is None:
        return
    day = max(following - SIGHT, ctx.today + relativedelta(days=1))
    room = await ctx.store.rooms.of_body(series.body_id)
    await ctx.store.notices.add(
        Notice(
            kind=NoticeKind.SERIES,
            due_at=datetime.combine(day, MORNING, ctx.commune.zone).astimezone(UTC),
            text=str(series.id),
            room_id=room.room_id if room else None,
            created_by=series.made_by,
        )
    )


async def of_the_same_days(ctx: Context, body_id: int, recurrence: Recurrence) -> list[Series]:
    """What already comes back for a body on the days that a recurrence gives: it gives way to it."""
    days = set(coming(recurrence, ctx, COMPARED))
    last = max(days, default=ctx.today)
    found = []
    for each in await ctx.store.series.of_body(body_id):
        own = takewhile(lambda day: day <= last, each.recurrence.days(ctx.today + timedelta(days=1)))
        if not days.isdisjoint(own):
            found.append(each)
    return found


async def give_way(ctx: Context, series: Series, day: date) -> None:
    """Have a series end before a day, or after the last of its sessions that is fixed already."""
    fixed = [each.day for each in await ctx.store.series.fixed(series) if each.day <= series.planned_to]
    ctx.store.series.stop(series, max([day - timedelta(days=1), *fixed]))


async def keep_series(ctx: Context, body_id: int, recurrence: Recurrence, venue: Venue) -> Series:
    """Keep what comes back, of which nothing is planned yet."""
    assert recurrence.time is not None  # noqa: S101 - asked for before, for the type checker
    return await ctx.store.series.add(
        Series(
            body_id=body_id,
            rule=recurrence.rule,
            start=recurrence.start,
            at=recurrence.time.isoformat("minutes"),
            ends=recurrence.end.isoformat("minutes") if recurrence.end else None,
            but=[day.isoformat() for day in recurrence.but],
            place=venue.place,
            mode=venue.mode,
            link=venue.link,
            made_by=ctx.sender.id,
            made_at=ctx.now,
            planned_to=ctx.today,
        )
    )
