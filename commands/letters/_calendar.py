"""Sessions as a file that calendars understand (RFC 5545): added, moved or struck out by the same identifier.

What comes back is one event with its rule (RRULE) and the days on which it doesn't (EXDATE); each of its sessions that is
fixed takes the place of a day of the rule (RECURRENCE-ID).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vRecur

from commands._context import Commune
from commands._sessions import UNDER_WAY
from commands.letters._almanac import Almanac, Returning
from council import __version__
from council.french import tidy
from council.meetings import MeetingState
from storage.recurrences import Occurrence, Series
from storage.tables import Meeting

BEFORE = (timedelta(days=1), timedelta(hours=2))
"""How long before a session a calendar rings."""
AHEAD = 10
"""Years for which the changes of the clock are told where something comes back."""


def calendar(almanac: Almanac, commune: Commune, made_at: datetime) -> bytes:
    """Give one file of these sessions, each at the hour of the town's zone, with the rules of that zone.

    Args:
        made_at: aware; of two files on the same session, a calendar keeps the one with more changes, then the later.
    """
    file = Calendar()
    file.add("prodid", f"-//Appariteur//{__version__}//FR")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for returning in almanac.returning:
        file.add_component(_rule(returning, commune, made_at))
    for meeting in almanac.meetings:
        file.add_component(_session(meeting, almanac.days.get(meeting.id), commune, made_at))
    _add_zone(file, almanac)
    return bytes(file.to_ical())


def _add_zone(file: Calendar, almanac: Almanac) -> None:
    """Say how the zone's clock changes, from the year before the first session: the offset that it starts from was set then."""
    years = [meeting.starts_at.year for meeting in almanac.meetings] + [each.first.year for each in almanac.returning]
    last = max(years) + (AHEAD if almanac.returning else 2)
    file.add_missing_timezones(date(min(years) - 1, 1, 1), date(last, 1, 1))
    for part in file.walk("STANDARD") + file.walk("DAYLIGHT"):
        changes = part.pop("RDATE", None)
        # One line each: some calendars read only the first of a list.
        for change in changes.dts if changes else ():
            part.add("rdate", change.dt)


def _session(meeting: Meeting, of: Occurrence | None, commune: Commune, made_at: datetime) -> Event:
    """One session; one of a series has its identifier, and the moment that the rule gave it."""
    cancelled = meeting.state is MeetingState.CANCELLED
    event = Event()
    event.add("uid", _identifier(f"serie-{of.series_id}" if of else f"seance-{meeting.id}", commune))
    if of is not None:
        event.add("recurrence-id", _start(of.series, of.day, commune))
    event.add("sequence", meeting.changes)
    event.add("dtstamp", made_at)
    event.add("dtstart", meeting.starts_at.astimezone(commune.zone))
    event.add("duration", _length(of.series) if of else UNDER_WAY)
    event.add("summary", _line(f"{'Annulé : ' if cancelled else ''}{meeting.body.name}"))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    _add_place(event, meeting)
    if described := _described(meeting, commune):
        event.add("description", described)
    for alarm in () if cancelled else _alarms(meeting):
        event.add_component(alarm)
    return event


def _rule(returning: Returning, commune: Commune, made_at: datetime) -> Event:
    """What comes back; the days on which it doesn't only grow, and so does its number of changes."""
    series = returning.series
    event = Event()
    event.add("uid", _identifier(f"serie-{series.id}", commune))
    event.add("sequence", len(returning.without) + (series.ended_at is not None))
    event.add("dtstamp", made_at)
    event.add("dtstart", _start(series, returning.first, commune))
    event.add("duration", _length(series))
    rule = vRecur.from_ical(series.recurrence.rule)
    if returning.last is not None:
        midnight = datetime.combine(returning.last + timedelta(days=1), time.min, commune.zone)
        rule["UNTIL"] = [midnight.astimezone(UTC) - timedelta(seconds=1)]
    event.add("rrule", rule)
    if returning.without:
        event.add("exdate", [_start(series, day, commune) for day in returning.without])
    event.add("summary", _line(series.body.name))
    event.add("status", "CONFIRMED")
    _add_place(event, series)
    for alarm in _alarms(series):
        event.add_component(alarm)
    return event


def _start(series: Series, day: date, commune: Commune) -> datetime:
    """When a series' rule brings a session on a day."""
    return datetime.combine(day, series.recurrence.time or time.min, commune.zone)


def _length(series: Series) -> timedelta:
    """How long its sessions last: what was said, or what any is taken to last."""
    begin, end = series.recurrence.time, series.recurrence.end
    if begin is None or end is None:
        return UNDER_WAY
    minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return timedelta(minutes=minutes % (24 * 60))


def _add_place(event: Event, what: Meeting | Series) -> None:
    if what.place:
        event.add("location", _line(what.place))
    if what.link:
        event.add("url", what.link)


def _described(meeting: Meeting, commune: Commune) -> str:
    """How to take part from afar, and how to get all there is to read."""
    day = meeting.starts_at.astimezone(commune.zone)
    afar = [f"Pour participer à distance : {meeting.link}"] if meeting.link else []
    wanted = f"Pour tout lire en un fichier, écrivez à l'appariteur : dossier {meeting.body.code} {day:%d/%m/%Y}"
    return "\n".join([*afar, *([] if meeting.state is MeetingState.CANCELLED else [wanted])])


def _identifier(what: str, commune: Commune) -> str:
    """The town and the session, or the series, for ever: what tells a calendar that an event changed and isn't another."""
    account, server = commune.bot_id.removeprefix("@").split(":", 1)
    return f"{what}-{account}@{server}"


def _alarms(what: Meeting | Series) -> Iterable[Alarm]:
    for before in BEFORE:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _line(what.body.name))
        alarm.add("trigger", -before)
        yield alarm


def _line(text: str) -> str:
    return " ".join(tidy(text).split())
