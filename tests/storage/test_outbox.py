"""The outbox: what is owed to one room leaves in order, however it was addressed, and privately where it is private."""

from datetime import UTC, datetime

from council.roles import Channel, Function
from storage.database import Database
from storage.states import OutboxKind, RoomKind
from storage.store import Store
from storage.tables import Person, Room

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
MARIE = "@marie:ville.fr"


async def _marie(db: Database) -> None:
    """One person, who has no conversation yet."""
    names = {"key": MARIE, "last_name": "Blanc", "first_name": "Marie", "matrix_id": MARIE, "email": "", "phone": ""}
    async with db.begin() as session:
        session.add(Person(id=1, function=Function.COUNCILLOR, channel=Channel.ELEMENT, **names))


async def _converse(db: Database, room_id: str) -> None:
    async with db.begin() as session:
        session.add(Room(room_id=room_id, kind=RoomKind.DM, person_id=1, since=NOW, closed=False))


async def test_what_is_owed_to_a_person_and_to_their_conversation_is_one_line(database: Database) -> None:
    """A welcome owed to somebody leaves before the answer owed afterwards to the room where they both go."""
    await _marie(database)
    await _converse(database, "!own")
    async with database.begin() as session:
        outbox = Store(session, "cause", NOW).outbox
        first = await outbox.owe(OutboxKind.MESSAGE, {}, person_id=1)
        await outbox.owe(OutboxKind.MESSAGE, {}, room_id="!own")
        await outbox.owe(OutboxKind.MESSAGE, {}, room_id="!other")
    async with database.read() as session:
        heads = await Store(session, "", NOW).outbox.heads(())
    assert (heads[0].row.key, heads[0].lane, heads[0].waiting) == (first, "!own", 2)
    assert [head.lane for head in heads] == ["!own", "!other"]
    async with database.read() as session:
        assert [head.lane for head in await Store(session, "", NOW).outbox.heads(("!own",))] == ["!other"]


async def test_what_is_owed_to_a_person_is_theirs_alone(database: Database) -> None:
    """Before and after they have a conversation, the sender knows who alone may be in it."""
    await _marie(database)
    async with database.begin() as session:
        await Store(session, "cause", NOW).outbox.owe(OutboxKind.MESSAGE, {}, person_id=1)
    async with database.read() as session:
        [head] = await Store(session, "", NOW).outbox.heads(())
    assert (head.lane, head.alone_with) == ("1", MARIE)
    await _converse(database, "!own")
    async with database.read() as session:
        [head] = await Store(session, "", NOW).outbox.heads(())
    assert (head.lane, head.alone_with) == ("!own", MARIE)


async def test_what_the_homeserver_shows_is_sent(database: Database) -> None:
    """Killed before the mark, or answered to by nobody: the room itself says so, and an answer to it finds its row."""
    async with database.begin() as session:
        outbox = Store(session, "cause", NOW).outbox
        key = await outbox.owe(OutboxKind.MESSAGE, {}, room_id="!room")
        other = await outbox.owe(OutboxKind.MESSAGE, {}, room_id="!room")
        await outbox.echoed({key: "$event", "another device's": "$other"})
    async with database.read() as session:
        outbox = Store(session, "", NOW).outbox
        assert await outbox.key_of("$event") == key
        assert [head.row.key for head in await outbox.heads(())] == [other]
