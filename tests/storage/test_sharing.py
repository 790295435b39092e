"""Promise 2, of papers in many rooms: for any seats, shares and dates, no way to read gives what the rule refuses."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.database import Database
from storage.papers import Reader
from storage.search import Query
from storage.sharing import ClosedPaper, Share
from storage.store import Store
from storage.tables import File, Membership, Paper, Person

START = date(2026, 3, 1)
TODAY = 10
"""Days are counted from START; this is the reader's."""
days = st.integers(0, TODAY)


@dataclass(frozen=True)
class Seat:
    """Who sits where, from a day to another (or still)."""

    person: int
    body: int
    since: int
    until: int | None


@dataclass(frozen=True)
class Shared:
    """In which body, since when, and whether it was taken back."""

    body: int
    since: int
    ended: bool


@dataclass(frozen=True)
class World:
    """Two people (0 is a guest where ``guest``), three bodies, one paper of body 0."""

    guest: bool
    seats: list[Seat]
    filed: list[int]
    shares: list[Shared]
    closed: bool
    withdrawn: bool
    room: int | None

    def sees(self, person: int, version: int) -> bool:
        """The rule, told once more in plain Python."""
        held = [seat for seat in self.seats if seat.person == person and (seat.until is None or seat.until >= TODAY)]
        shares = [share for share in self.shares if not share.ended]
        if not (self.guest and person == 0):
            return any(seat.body == 0 or any(share.body == seat.body for share in shares) for seat in held)
        if self.closed:
            return False
        last = version == len(self.filed) - 1
        return any(
            (seat.body == 0 and self.filed[version] >= seat.since)
            or any(
                share.body == seat.body
                and share.since >= seat.since
                and (last or self.filed[version + 1] > share.since)
                for share in shares
            )
            for seat in held
        )

    @property
    def there(self) -> set[int]:
        """Who reads what is said in the room."""
        return {
            seat.person for seat in self.seats if seat.body == self.room and (seat.until is None or seat.until >= TODAY)
        }

    def shown(self, version: int, to: int = 0) -> bool:
        """Whether the answer to a person may give a version: everybody in the room reads it."""
        return not self.withdrawn and all(self.sees(person, version) for person in {to, *self.there})

    @property
    def kept_back(self) -> bool:
        """Whether the answer to person 1, who is no guest, leaves the paper out because a guest there came after it."""
        here = self.room == 0 or any(share.body == self.room and not share.ended for share in self.shares)
        last, gone = len(self.filed) - 1, self.withdrawn or self.closed
        guest = self.guest and 0 in self.there
        return here and guest and not gone and self.sees(1, last) and not self.shown(last, to=1)


worlds = st.builds(
    World,
    guest=st.booleans(),
    seats=st.lists(
        st.builds(Seat, st.integers(0, 1), st.integers(0, 2), days, st.none() | st.integers(TODAY - 2, TODAY + 2)),
        max_size=4,
        unique_by=lambda seat: (seat.person, seat.body),
    ),
    filed=st.lists(days, min_size=1, max_size=3).map(sorted),
    shares=st.lists(st.builds(Shared, st.integers(1, 2), days, st.booleans()), max_size=3),
    closed=st.booleans(),
    withdrawn=st.booleans(),
    room=st.none() | st.integers(0, 2),
)


def _day(number: int) -> date:
    return START + timedelta(days=number)


def _at(number: int) -> datetime:
    return datetime.combine(_day(number), time(9), UTC)


async def _build(store: Store, world: World) -> Paper:
    entries = [BodyEntry(f"B{n}", f"Commission {n}", BodyKind.COMMISSION) for n in range(3)]
    await store.bodies.declare(entries)
    bodies = await store.bodies.all()
    people = [await _person(store, n, guest=world.guest and n == 0) for n in range(2)]
    for seat in world.seats:
        until = None if seat.until is None else _day(seat.until)
        row = Membership(body_id=bodies[seat.body].id, chair=False, since=_day(seat.since), until=until)
        row.person_id = people[seat.person].id
        store.session.add(row)
    known = {"name": "x.txt", "mime": "text/plain", "size": 1, "room_id": "!a", "filed_by": people[1].id}
    files = [File(blob=str(n), event_id=f"$e{n}", filed_at=_at(day), **known) for n, day in enumerate(world.filed)]
    paper = await store.papers.file(bodies[0], 2026, "Devis", files[0])
    for newer in files[1:]:
        await store.papers.replace(paper, newer)
    await store.session.flush()
    await store.search.index(files[-1].id, ["réservoir"])
    for share in world.shares:
        made = Share(paper_id=paper.id, since=_day(share.since), shared_by=people[1].id, shared_at=_at(share.since))
        made.body_id, made.ended_at = bodies[share.body].id, _at(TODAY) if share.ended else None
        store.session.add(made)
    if world.closed:
        store.session.add(ClosedPaper(paper_id=paper.id, closed_by=people[1].id, closed_at=_at(0)))
    if world.withdrawn:
        await store.withdrawals.withdraw(paper, people[1].id, _day(TODAY))
    await store.session.flush()
    return paper


async def _person(store: Store, number: int, *, guest: bool) -> Person:
    function = Function.GUEST if guest else Function.COUNCILLOR
    person = Person(key=f"p{number}", last_name="N", first_name="P", email="", phone="", channel=Channel.ELEMENT)
    person.function = function
    store.session.add(person)
    await store.session.flush()
    return person


async def _read(store: Store, world: World, paper: Paper) -> tuple[set[str], set[int]]:
    """By which ways person 0 reads the paper, and which of its versions (from 0); person 1, who filed it, comes next."""
    bodies = await store.bodies.all()
    reader = Reader(paper.filed_by - 1, None if world.room is None else bodies[world.room].id, _day(TODAY))
    papers, last = store.papers, len(world.filed) - 1
    query = Query("réservoir")
    found = {
        "reference": await papers.by_reference(paper.reference, reader),
        "id": await papers.by_id(paper.id, reader),
        "list": (await papers.list(reader)) or None,
        "body": (await papers.list(reader, bodies=[body.id for body in bodies])) or None,
        "bytes": await papers.same_bytes(str(last), reader),
        "drop": await papers.dropped_as("$e0", reader),
        "file": await store.archives.paper_of(paper.files[0].id, reader),
        "search": (await store.search.find(query, readable=reader, today=_day(TODAY))).found or None,
    }
    versions = {file.version - 1 for file in await papers.versions(paper, reader)}
    return {way for way, answer in found.items() if answer is not None}, versions


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds)
async def test_no_way_to_read_gives_what_the_rule_refuses(database: Database, world: World) -> None:
    """Nor hides what it allows."""
    async with database.begin() as session:
        store = Store(session, "test", _at(TODAY))
        paper = await _build(store, world)
        ways, versions = await _read(store, world, paper)
        await session.rollback()
    every = {"reference", "id", "list", "body", "bytes", "drop", "file", "search"}
    assert ways == (every if world.shown(len(world.filed) - 1) else set())
    assert versions == {n for n in range(len(world.filed)) if world.shown(n)}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds)
async def test_what_a_guest_keeps_back_is_counted_for_who_may_see_it(database: Database, world: World) -> None:
    """And nothing else: neither what is behind closed doors, nor what the room's own members may not see."""
    async with database.begin() as session:
        store = Store(session, "test", _at(TODAY))
        paper = await _build(store, world)
        room = None if world.room is None else (await store.bodies.all())[world.room].id
        counted = await store.papers.kept_from_guests(Reader(paper.filed_by, room, _day(TODAY)))
        await session.rollback()
    assert counted == int(world.kept_back)
