"""Sessions as a file that calendars understand (RFC 5545): added, moved or struck out by the same identifier."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from commands._context import Commune
from commands._sessions import UNDER_WAY
from council import __version__
from council.french import tidy
from council.meetings import MeetingState
from storage.tables import Meeting

BEFORE = (timedelta(days=1), timedelta(hours=2))
"""How long before a session a calendar rings."""


def calendar(meetings: Sequence[Meeting], commune: Commune, made_at: datetime) -> bytes:
    """Give one file of these sessions, each at the hour of the town's zone, with the rules of that zone.

    Args:
        made_at: aware; of two files on the same session, a calendar keeps the one with more changes, then the later.
    """
    file = Calendar()
    file.add("prodid", f"-//Appariteur//{__version__}//FR")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for meeting in meetings:
        file.add_component(_event(meeting, commune, made_at))
    years = [meeting.starts_at.year for meeting in meetings]
    # A zone's rules need a year before the first session: the offset that it starts from was set then.
    file.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    return bytes(file.to_ical())


def _event(meeting: Meeting, commune: Commune, made_at: datetime) -> Event:
    cancelled = meeting.state is MeetingState.CANCELLED
    event = Event()
    event.add("uid", _identifier(meeting, commune))
    event.add("sequence", meeting.changes)
    event.add("dtstamp", made_at)
    event.add("dtstart", meeting.starts_at.astimezone(commune.zone))
    event.add("duration", UNDER_WAY)
    event.add("summary", _line(f"{'Annulé : ' if cancelled else ''}{meeting.body.name}"))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", _line(meeting.place))
    if meeting.link:
        event.add("url", meeting.link)
    if described := _described(meeting, commune):
        event.add("description", described)
    for alarm in () if cancelled else _alarms(meeting):
        event.add_component(alarm)
    return event


def _described(meeting: Meeting, commune: Commune) -> str:
    """How to take part from afar, and how to get all there is to read."""
    day = meeting.starts_at.astimezone(commune.zone)
    afar = [f"Pour participer à distance : {meeting.link}"] if meeting.link else []
    wanted = f"Pour tout lire en un fichier, écrivez à l'appariteur : dossier {meeting.body.code} {day:%d/%m/%Y}"
    return "\n".join([*afar, *([] if meeting.state is MeetingState.CANCELLED else [wanted])])


def _identifier(meeting: Meeting, commune: Commune) -> str:
    """The town and the session, for ever: what tells a calendar that an event changed and isn't another."""
    account, server = commune.bot_id.removeprefix("@").split(":", 1)
    return f"seance-{meeting.id}-{account}@{server}"


def _alarms(meeting: Meeting) -> Iterable[Alarm]:
    for before in BEFORE:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _line(meeting.body.name))
        alarm.add("trigger", -before)
        yield alarm


def _line(text: str) -> str:
    return " ".join(tidy(text).split())
