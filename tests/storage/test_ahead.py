"""What is kept ahead of a session: the agenda's order, promises, dates proposed, rules that come back; on both databases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from council.meetings import Mode
from council.recurrences import Recurrence
from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.database import Database
from storage.people import Entry
from storage.polls import Poll
from storage.recurrences import Series
from storage.states import FileState
from storage.store import Store
from storage.tables import File, Meeting, Person

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


async def _meeting(store: Store) -> tuple[Meeting, Person]:
    """A session of a commission of one, with three points, the second of which has a rapporteur."""
    await store.bodies.declare([BodyEntry("EAU", "Commission de l'eau", BodyKind.COMMISSION)])
    entry = Entry("Roux", "Hugo", "@roux:x", "", "", Function.DEPUTY, Channel.ELEMENT, None, None, {"EAU": True})
    await store.people.take_roll([entry], date(2026, 11, 24))
    person = await store.people.by_matrix_id("@roux:x")
    assert person is not None
    body = (await store.bodies.all())[0]
    meeting = await store.meetings.add(
        Meeting(
            body_id=body.id,
            starts_at=NOW + timedelta(days=9),
            place="mairie",
            mode=Mode.IN_PERSON,
            link="",
            created_by=person.id,
        )
    )
    for title, rapporteur in (("Un", None), ("Deux", person.id), ("Trois", None)):
        await store.meetings.add_item(meeting, title, rapporteur)
    return await store.meetings.get(meeting.id), person


async def _titles(store: Store, meeting: Meeting) -> list[str]:
    fresh = await store.meetings.get(meeting.id)
    assert [item.position for item in fresh.items] == list(range(1, len(fresh.items) + 1))
    return [item.title for item in fresh.items]


@pytest.mark.parametrize(
    ("place", "order"),
    [(1, ["Trois", "Un", "Deux"]), (2, ["Un", "Trois", "Deux"]), (3, ["Un", "Deux", "Trois"])],
)
async def test_points_move_without_two_sharing_a_number(database: Database, place: int, order: list[str]) -> None:
    """Even for a moment: the database would refuse it."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        meeting, _ = await _meeting(store)
        await store.meetings.move_item(meeting, meeting.items[2], place)
        assert await _titles(store, meeting) == order


async def test_a_point_that_left_keeps_its_row(database: Database) -> None:
    """A new one never takes its identity: convocations name points by their rows."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        meeting, _ = await _meeting(store)
        gone = meeting.items[2].id
        await store.meetings.withdraw_item(meeting, meeting.items[2])
        item = await store.meetings.add_item(meeting, "Quatre", None)
        assert item.id != gone
        assert await _titles(store, meeting) == ["Un", "Deux", "Quatre"]


async def test_a_promise_waits_until_a_paper_is_filed(database: Database) -> None:
    """To its point by anybody, or to the session by who promised; said twice, it is one."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        meeting, person = await _meeting(store)
        assert await store.promises.make(meeting, person.id, "le devis", due=None, sure=True)
        assert await store.promises.make(meeting, person.id, "le devis", due=None, sure=True) is None
        assert await store.promises.make(meeting, person.id, "", due=None, sure=False)
        await store.promises.expect(meeting)
        await store.promises.expect(meeting)
        waiting = await store.promises.waiting(meeting.id)
        assert [(each.what, each.item and each.item.title) for each in waiting] == [("le devis", None), ("", "Deux")]
        store.promises.close(waiting[1])
        assert len(await store.promises.waiting(meeting.id)) == 1
        paper = File(
            blob="b",
            name="n",
            mime="m",
            size=1,
            room_id="!r",
            event_id="$e",
            filed_by=person.id,
            filed_at=NOW,
            state=FileState.PENDING,
            problem="",
        )
        await store.papers.file(meeting.body, 2026, "Devis", paper, meeting_id=meeting.id)
        assert await store.promises.waiting(meeting.id) == []


async def test_the_last_answer_about_dates_counts(database: Database) -> None:
    """And a poll is found by either of its messages while it is open."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        meeting, person = await _meeting(store)
        dates = [(NOW + timedelta(days=days)).isoformat() for days in (5, 6)]
        poll = Poll(
            body_id=meeting.body_id,
            dates=dates,
            made_by=person.id,
            made_at=NOW,
            ends_at=NOW + timedelta(days=3),
            message_key="m",
            poll_key="p",
        )
        await store.polls.make(poll)
        await store.polls.vote(poll, person.id, [1])
        await store.polls.vote(poll, person.id, [2])
        assert [(vote.person.name, vote.numbers) for vote in await store.polls.votes(poll.id)] == [("Hugo Roux", [2])]
        assert poll.moments[0] == NOW + timedelta(days=5)
        assert await store.polls.by_key("m") == await store.polls.by_key("p") == poll
        store.polls.close(poll)
        assert await store.polls.by_key("p") is None
        assert await store.polls.latest(meeting.body_id) == poll


async def test_a_rule_comes_back_as_it_was_kept(database: Database) -> None:
    """With the day that was left out since."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        meeting, person = await _meeting(store)
        rule = Recurrence(weekdays=(1,), ranks=(1,), months=(1, 2, 3), time=time(20), end=time(22))
        series = await store.series.add(
            Series(
                body_id=meeting.body_id,
                rule=rule.rule,
                start=None,
                at="20:00",
                ends="22:00",
                but=[],
                place="mairie",
                mode=Mode.IN_PERSON,
                link="",
                made_by=person.id,
                made_at=NOW,
                planned_to=date(2026, 11, 24),
            )
        )
        assert series.recurrence == rule
        store.series.leave_out(series, date(2027, 1, 5))
    async with database.begin() as session:
        store = Store(session, "", NOW)
        (kept,) = await store.series.of_body(meeting.body_id)
        assert next(kept.recurrence.days(date(2027, 1, 1))) == date(2027, 2, 2)
        store.series.end(kept)
        await session.flush()
        assert await store.series.of_body(meeting.body_id) == []
