"""What surrounds attendance, on both databases: who stays out of a point, a session held again, who stands in for the mayor."""

from datetime import timedelta

from council.agenda import ItemKind
from council.meetings import Mode
from council.recusals import Interest
from council.roles import Role
from storage.database import Database
from storage.settings import SUBSTITUTE
from storage.store import Store
from storage.tables import Meeting, Person
from tests.storage.test_ahead import NOW
from tests.storage.test_ahead import _meeting as meeting_of


async def test_a_recusal_is_kept_once_and_taken_back(database: Database) -> None:
    """Said again, its rule is replaced; a point that left takes it along."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        meeting, person = await meeting_of(store)
        first, second = meeting.items[0], meeting.items[1]
        await store.recusals.declare(meeting, first, person.id, Interest.PERSONAL, person.id)
        await store.recusals.declare(meeting, first, person.id, Interest.DELEGATE, person.id)
        await store.recusals.declare(meeting, second, person.id, Interest.PERSONAL, person.id)
        assert [(each.item_id, each.interest) for each in await store.recusals.of(meeting.id)] == [
            (first.id, Interest.DELEGATE),
            (second.id, Interest.PERSONAL),
        ]
        await store.meetings.withdraw_item(meeting, second)
        assert [each.item_id for each in await store.recusals.of(meeting.id)] == [first.id]
        assert await store.recusals.take_back(meeting, first, person.id)
        assert not await store.recusals.take_back(meeting, first, person.id)


async def test_a_session_is_held_again_with_its_points(database: Database) -> None:
    """In their order, with what each is for; who stays out of one still does; each knows the other."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        first, person = await _with_kind(store)
        await store.recusals.declare(first, first.items[2], person.id, Interest.PERSONAL, person.id)
        second = await store.seconds.prepare(first, NOW + timedelta(days=20), person.id)
        assert [(item.position, item.title, item.kind, item.rapporteur_id) for item in second.items] == [
            (item.position, item.title, item.kind, item.rapporteur_id) for item in first.items
        ]
        assert (second.place, second.mode) == (first.place, Mode.IN_PERSON)
        assert [each.item_id for each in await store.recusals.of(second.id)] == [second.items[2].id]
        found = await store.seconds.first_of(second.id), await store.seconds.second_of(first.id)
        assert [each and each.id for each in found] == [first.id, second.id]
        assert await store.seconds.first_of(first.id) is None


async def _with_kind(store: Store) -> tuple[Meeting, Person]:
    meeting, person = await meeting_of(store)
    meeting.items[0].kind = ItemKind.OPINION
    return meeting, person


async def test_who_stands_in_for_the_mayor_acts_for_the_chair(database: Database) -> None:
    """Wherever they sit, until it ends."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        _, person = await meeting_of(store)
        await store.settings.put(SUBSTITUTE, str(person.id))
        assert await store.people.substitute() == person.id
        assert [Role.CHAIR in seat.role for seat in await store.people.seats(person, NOW.date())] == [True]
        await store.settings.put(SUBSTITUTE, "")
        assert await store.people.substitute() is None


async def test_a_session_changes_its_place_for_calendars_too(database: Database) -> None:
    """Its count of changes grows, its moment stays."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        meeting, person = await meeting_of(store)
        await store.meetings.relocate(meeting, "salle des fêtes", Mode.HYBRID, "https://visio.example", person.id)
        fresh = await store.meetings.get(meeting.id)
        assert (fresh.place, fresh.mode, fresh.changes) == ("salle des fêtes", Mode.HYBRID, 1)
