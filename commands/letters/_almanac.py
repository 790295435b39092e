"""What a calendar is made of: sessions, the days of a rule whose place they take, what comes back by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from council.convocations import civil_day
from council.meetings import MeetingState
from storage.recurrences import Occurrence, Series
from storage.store import Store
from storage.tables import Meeting


@dataclass(frozen=True)
class Returning:
    """A series as calendars show it.

    Attributes:
        first: the first day that its rule gives.
        last: the last day, if it ends.
        without: days of the rule on which there is nothing.
    """

    series: Series
    first: date
    last: date | None
    without: tuple[date, ...]


@dataclass(frozen=True)
class Almanac:
    """Sessions to show in a calendar.

    Attributes:
        days: which day of which series a session was fixed for, by the session's id.
        returning: what comes back, shown by its rule.
    """

    meetings: Sequence[Meeting]
    days: Mapping[int, Occurrence] = field(default_factory=dict)
    returning: Sequence[Returning] = ()


async def of_sessions(store: Store, meeting_ids: Sequence[int]) -> Almanac:
    """These sessions alone, whatever became of them."""
    meetings = [await store.meetings.get(each) for each in meeting_ids]
    days = [(meeting.id, await store.series.origin(meeting)) for meeting in meetings]
    return Almanac(meetings, {meeting_id: day for meeting_id, day in days if day is not None})


async def of_bodies(store: Store, body_ids: Sequence[int], zone: ZoneInfo) -> Almanac:
    """The coming sessions of these bodies, with what comes back and all that was fixed of it."""
    ids = [meeting.id for meeting in await store.meetings.coming(body_ids)]
    returning = []
    for body_id in body_ids:
        for series in await store.series.ever_of_body(body_id):
            fixed = await store.series.fixed(series)
            held = {each.day: each.meeting_id for each in fixed if each.meeting.state is MeetingState.PLANNED}
            if shown := _returning(series, set(held), {each.day for each in fixed}, zone):
                returning.append(shown)
                ids += [each for each in held.values() if each not in ids]
    sessions = await of_sessions(store, ids)
    return Almanac(sessions.meetings, sessions.days, returning)


def _returning(series: Series, held: set[date], fixed: set[date], zone: ZoneInfo) -> Returning | None:
    """What a series' rule gives, but on the days that were left out, called off, or taken by a session of another origin."""
    rule = series.recurrence
    begins = rule.start or civil_day(series.made_at, zone) + timedelta(days=1)
    first = next(rule.days(begins), None)
    ends = [rule.until, series.planned_to if series.ended_at is not None else None]
    last = min((day for day in ends if day is not None), default=None)
    if first is None or (series.ended_at is not None and not fixed):
        return None
    planned = set(takewhile(lambda day: day <= series.planned_to, rule.days(first)))
    return Returning(series, first, last, tuple(sorted((planned | fixed | set(rule.but)) - held)))
