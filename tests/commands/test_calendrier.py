"""Sessions in people's own calendars: read back by independent parsers, at the right hour, updated and struck out."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.town import ZONE, Town
from commands import Commune
from commands.letters import Almanac, calendar
from council.meetings import MeetingState, Mode
from council.roles import BodyKind
from storage.tables import Body, Meeting
from tests.commands.summons import council, opens
from tests.strict.people import installed

READER = """
const {default: ICAL} = await import(process.argv[1]);
let text = "";
for await (const piece of process.stdin) text += piece;
const root = new ICAL.Component(ICAL.parse(text));
for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
const events = root.getAllSubcomponents("vevent").map(each => {
    const event = new ICAL.Event(each);
    return {
        uid: event.uid, sequence: event.sequence, summary: event.summary, place: event.location,
        start: event.startDate.toJSDate().toISOString(), minutes: event.duration.toSeconds() / 60,
        status: each.getFirstPropertyValue("status"),
        alarms: each.getAllSubcomponents("valarm").map(a => a.getFirstPropertyValue("trigger").toSeconds() / 3600),
    };
});
process.stdout.write(JSON.stringify({method: root.getFirstPropertyValue("method"), events}));
"""

RULES = """
const {default: ICAL} = await import(process.argv[1]);
let text = "";
for await (const piece of process.stdin) text += piece;
const root = new ICAL.Component(ICAL.parse(text));
for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
const all = root.getAllSubcomponents("vevent").map(each => new ICAL.Event(each, {exceptions: []}));
const rules = all.filter(each => each.isRecurring());
const found = rules.map(rule => {
    for (const one of all) if (one.uid === rule.uid && one !== rule) rule.relateException(one);
    const days = [], steps = rule.iterator();
    for (let step = steps.next(); step && days.length < 12; step = steps.next()) {
        days.push(rule.getOccurrenceDetails(step).startDate.toJSDate().toISOString());
    }
    return {rule: rule.component.getFirstPropertyValue("rrule").toString(), days};
});
process.stdout.write(JSON.stringify(found));
"""


def _session(starts_at: datetime, name: str = "Conseil municipal", number: int = 1) -> Meeting:
    """A session that no database holds."""
    body = Body(id=1, code="CM", name=name, kind=BodyKind.COUNCIL, position=0)
    return Meeting(
        id=number,
        body_id=1,
        body=body,
        starts_at=starts_at,
        place="salle du conseil, 1er étage ; mairie",
        mode=Mode.IN_PERSON,
        link="",
        state=MeetingState.PLANNED,
        changes=0,
    )


def _commune(zone: str = "Europe/Paris") -> Commune:
    return Commune("Sainte-Colombe", ZoneInfo(zone), "@appariteur:sainte-colombe.fr")


def _events(data: bytes) -> list[Event]:
    return [each for each in Calendar.from_ical(data).walk() if isinstance(each, Event)]


async def _read(data: bytes, reader: str = READER) -> Any:
    """The same as another library, of another language, reads it."""
    folder = installed()
    module = folder / "node_modules" / "ical.js" / "dist" / "ical.js" if folder else None
    if module is None or not module.exists():
        pytest.skip("Node and the packages of tests/strict are not installed")
    command = ("node", "--input-type=module", "-e", reader, module.as_uri())
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    said, _ = await asyncio.wait_for(process.communicate(data), 30)
    return json.loads(said)


SPRING = [datetime(2027, 3, day, 18, 30, tzinfo=ZONE) for day in (27, 28, 29)]
AUTUMN = [datetime(2027, 10, day, 20, tzinfo=ZONE) for day in (30, 31)] + [datetime(2027, 11, 2, 8, tzinfo=ZONE)]


async def test_another_library_reads_the_same_hours_across_the_change_of_time() -> None:
    """Universal moments, on both sides of both changes; alarms a day and two hours before."""
    sessions = [_session(start, number=number) for number, start in enumerate(SPRING + AUTUMN)]
    read = await _read(calendar(Almanac(sessions), _commune(), datetime(2026, 3, 2, tzinfo=UTC)))
    assert read["method"] == "PUBLISH"
    assert [event["start"] for event in read["events"]] == [
        "2027-03-27T17:30:00.000Z",
        "2027-03-28T16:30:00.000Z",
        "2027-03-29T16:30:00.000Z",
        "2027-10-30T18:00:00.000Z",
        "2027-10-31T19:00:00.000Z",
        "2027-11-02T07:00:00.000Z",
    ]
    assert read["events"][0] | {"start": ""} == {
        "uid": "seance-0-appariteur@sainte-colombe.fr",
        "sequence": 0,
        "summary": "Conseil municipal",
        "place": "salle du conseil, 1er étage ; mairie",
        "start": "",
        "minutes": 180,
        "status": "CONFIRMED",
        "alarms": [-24, -2],
    }


@pytest.mark.parametrize("zone", ["America/Martinique", "Indian/Reunion", "Pacific/Noumea", "America/Miquelon"])
async def test_a_town_overseas_has_its_own_hours(zone: str) -> None:
    """Where the clock never changes, or changes on other days."""
    start = datetime(2027, 3, 16, 18, tzinfo=ZoneInfo(zone))
    read = await _read(calendar(Almanac([_session(start)]), _commune(zone), start))
    assert datetime.fromisoformat(read["events"][0]["start"]) == start


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2045, 12, 31)),  # noqa: DTZ001 - the zone is given below
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
)
def test_any_moment_and_any_name_come_back_whole(moment: datetime, name: str) -> None:
    """Nothing of a name breaks the file; the hour is the town's."""
    start = moment.replace(tzinfo=ZONE, second=0, microsecond=0)
    data = calendar(Almanac([_session(start, name)]), _commune(), start)
    (event,) = _events(data)
    assert event.decoded("dtstart").replace(tzinfo=ZONE) == start
    assert b"TZID=Europe/Paris" in data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


async def test_one_asks_for_ones_own_sessions(town: Town) -> None:
    """In private all of one's own, by a name one body's, in a room its own; never others'."""
    await council(town)
    whole = "**Calendrier** : 2 séances."
    assert whole.replace("*", "") in await town.says("vidal", "calendrier")
    assert [str(e["summary"]) for e in _events(await opens(town, town.documents[-1]))] == [
        "Conseil municipal",
        "Commission de l'eau",
    ]
    assert (await town.says("vidal", "calendrier eau")).startswith("Calendrier : Commission de l'eau : 1 séance.")
    assert "1 séance" in await town.says("roux", "!calendrier", room="EAU")
    assert "1 séance" in await town.says("petit", "calendrier")
    assert "Vous ne siégez pas" in await town.says("petit", "calendrier eau")
    assert (
        await town.says("arnaud", "!calendrier", room="VOI")
        == "Aucune séance n'est prévue : le calendrier serait vide. !agenda montrera les prochaines."
    )


async def test_each_convocation_comes_with_the_session_and_follows_what_becomes_of_it(town: Town) -> None:
    """The same identifier, a higher number: moved, then struck out, without its alarms."""
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    names = [row.content["name"] for row in town.documents]
    assert names == ["séance CM-2026-01"] * 4
    (first,) = _events(await opens(town, town.documents[0]))
    await town.says("arnaud", "!reporter CM vendredi 20 mars à 20 h oui")
    (moved,) = _events(await opens(town, town.documents[-1]))
    town.clock.push(timedelta(hours=1))
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("arnaud", "!annuler CM 20/03/2026 oui")
    (ended,) = _events(await opens(town, town.documents[-1]))
    assert {str(event["uid"]) for event in (first, moved, ended)} == {"seance-2-appariteur@sainte-colombe.fr"}
    assert [event["sequence"] for event in (first, moved, ended)] == [0, 1, 2]
    assert [str(event["status"]) for event in (first, moved, ended)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert moved.decoded("dtstart") == datetime(2026, 3, 20, 20, tzinfo=ZONE)
    assert str(ended["summary"]) == "Annulé : Conseil municipal"
    assert [len(list(event.walk("VALARM"))) for event in (first, moved, ended)] == [2, 2, 0]


async def test_a_session_from_afar_brings_its_link(town: Town) -> None:
    """Where the calendar opens it."""
    await town.says("roux", "!séance jeudi 9 avril à 18 h visio https://visio.example/eau oui", room="EAU")
    await town.says("roux", "!calendrier", room="EAU")
    event = _events(await opens(town, town.documents[-1]))[-1]
    assert str(event["url"]) == "https://visio.example/eau"
    assert "location" not in event


async def test_what_comes_back_is_a_rule_with_its_exceptions(town: Town) -> None:
    """Another library expands it: moved, called off, left out ahead, each where it is; at the town's hour all year."""
    await town.says("roux", "!séance tous les premiers mardis du mois à 20 h sauf août à la mairie oui", room="EAU")
    await town.says("roux", "!reporter la séance du 7 avril au 8 avril à 18 h oui", room="EAU")
    await town.says("roux", "!annuler la séance du 5 mai oui", room="EAU")
    await town.says("roux", "!reporter la séance du 6 octobre au 13 octobre oui", room="EAU")
    await town.says("roux", "!annuler la séance du 3 novembre oui", room="EAU")
    await town.says("vidal", "calendrier eau")
    data = await opens(town, town.documents[-1])
    (found,) = await _read(data, RULES)
    assert found == {
        "rule": "FREQ=MONTHLY;BYDAY=+1TU;BYMONTH=1,2,3,4,5,6,7,9,10,11,12",
        "days": [
            "2026-03-03T19:00:00.000Z",
            "2026-04-08T16:00:00.000Z",
            "2026-06-02T18:00:00.000Z",
            "2026-07-07T18:00:00.000Z",
            "2026-09-01T18:00:00.000Z",
            "2026-10-13T18:00:00.000Z",
            "2026-12-01T19:00:00.000Z",
            "2027-01-05T19:00:00.000Z",
            "2027-02-02T19:00:00.000Z",
            "2027-03-02T19:00:00.000Z",
            "2027-04-06T18:00:00.000Z",
            "2027-05-04T18:00:00.000Z",
        ],
    }
    assert len(_events(data)) == 1 + 4 + 1  # the rule, those that are fixed, the town's own session


async def test_a_rule_that_ended_ends_in_calendars(town: Town) -> None:
    """On its last day included; a session on a day of the rule, fixed by hand, isn't there twice."""
    await town.says("roux", "!séance mardi 7 avril à 18 h à la mairie oui", room="EAU")
    await town.says("roux", "!séance tous les premiers mardis du mois à 20 h jusqu'au 5 mai oui", room="EAU")
    await town.says("vidal", "calendrier eau")
    (found,) = await _read(await opens(town, town.documents[-1]), RULES)
    assert found["days"] == ["2026-03-03T19:00:00.000Z", "2026-05-05T18:00:00.000Z"]
    await town.says("roux", "!récurrences fin 1 oui", room="EAU")
    await town.says("vidal", "calendrier eau")
    (found,) = await _read(await opens(town, town.documents[-1]), RULES)
    assert found["days"] == ["2026-03-03T19:00:00.000Z", "2026-05-05T18:00:00.000Z"]


async def test_the_session_of_a_series_is_one_event_in_every_file(town: Town) -> None:
    """A convocation's file changes the day that the calendar's rule gave, and adds none."""
    await town.says("arnaud", "!séance tous les premiers mardis du mois à 20 h à la mairie oui", room="CM")
    await town.says("arnaud", "!reporter la séance du 7 avril au 8 avril à 18 h oui", room="CM")
    await town.says("arnaud", "!annuler la séance du 3 mars oui", room="CM")
    await town.says("arnaud", "!point Budget primitif", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    (event,) = _events(await opens(town, town.documents[-1]))
    assert str(event["uid"]) == "serie-1-appariteur@sainte-colombe.fr"
    assert event.decoded("recurrence-id") == datetime(2026, 4, 7, 20, tzinfo=ZONE)
    assert event.decoded("dtstart") == datetime(2026, 4, 8, 18, tzinfo=ZONE)
