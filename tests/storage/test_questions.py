"""Questions without a name keep nothing of their author; what is told in private is kept nowhere else."""

from datetime import UTC, date, datetime, timedelta

from council.meetings import Mode
from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.database import Database
from storage.people import Entry
from storage.states import OutboxKind, RoomKind
from storage.store import Store
from storage.tables import Meeting, Room

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


async def _meeting(store: Store) -> Meeting:
    """A session of a council of one."""
    await store.bodies.declare([BodyEntry("CM", "Conseil municipal", BodyKind.COUNCIL)])
    entry = Entry("Roux", "Hugo", "@roux:x", "", "", Function.MAYOR, Channel.ELEMENT, None, None, {"CM": True})
    await store.people.take_roll([entry], date(2026, 11, 24))
    person = await store.people.by_matrix_id("@roux:x")
    assert person is not None
    body = (await store.bodies.all())[0]
    return await store.meetings.add(
        Meeting(
            body_id=body.id,
            starts_at=NOW + timedelta(days=9),
            place="mairie",
            mode=Mode.IN_PERSON,
            link="",
            created_by=person.id,
        )
    )


async def test_a_question_without_a_name_waits_unseen_then_is_numbered(database: Database) -> None:
    """Its code reads it all along; it has no number before its batch is shown, after those that have a name."""
    async with database.begin() as session:
        store = Store(session, "$event", NOW)
        meeting = await _meeting(store)
        codes = [await store.questions.drop(meeting.id, None, f"Pourquoi {n} ?") for n in range(5)]
        named = await store.questions.ask(meeting.id, None, "Et moi ?", meeting.created_by)
    async with database.begin() as session:
        store = Store(session, "$later", NOW)
        assert [question.text for question in await store.questions.of(meeting.id)] == ["Et moi ?"]
        assert named.number == 1
        gathered = await store.questions.gather(meeting.id)
        assert [question.number for question in gathered] == [2, 3, 4, 5, 6]
        assert await store.questions.gather(meeting.id) == []
        found = [await store.questions.by_code(code) for code in codes]
        assert [question and question.text for question in found] == [f"Pourquoi {n} ?" for n in range(5)]
        assert {question and question.author_id for question in found} == {None}
        assert await store.questions.by_code("0") is None


async def test_what_is_told_in_private_is_blanked_once_it_left(database: Database) -> None:
    """Sent or refused, to a conversation or to a person; what a room heard stays."""
    async with database.begin() as session:
        store = Store(session, "$event", NOW)
        meeting = await _meeting(store)
        await store.rooms.add(Room(room_id="!dm", kind=RoomKind.DM, person_id=meeting.created_by, since=NOW))
        await store.rooms.add(Room(room_id="!cm", kind=RoomKind.BODY, body_id=meeting.body_id, since=NOW))
        content = {"markdown": "texte", "loud": True}
        for place in ("!dm", "!cm"):
            await store.outbox.owe(OutboxKind.MESSAGE, content, room_id=place)
        await store.outbox.owe(OutboxKind.MESSAGE, content, person_id=meeting.created_by)
        await store.outbox.owe(OutboxKind.MESSAGE, content, room_id="!dm")
        rows = [await store.outbox.get(number) for number in (1, 2, 3, 4)]
        for row in rows[:3]:
            await store.outbox.sent(row.id, f"${row.id}")
        await store.outbox.failed(rows[3].id, "refusé")
    assert [row.content for row in rows] == [
        {"markdown": "", "loud": True},
        {"markdown": "texte", "loud": True},
        {"markdown": "", "loud": True},
        {"markdown": "", "loud": True},
    ]
