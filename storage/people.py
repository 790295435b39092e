"""The roll: people, their seats, and what each may do in a body today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, distinct, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from council.french import fold
from council.roles import Channel, Function, Role
from storage.settings import SUBSTITUTE
from storage.tables import Body, Membership, Person, Setting


@dataclass(frozen=True)
class Entry:
    """A line of the members file, understood: the person, their seats (body code -> chairs it), whether they read large print."""

    last_name: str
    first_name: str
    matrix_id: str | None
    email: str
    phone: str
    function: Function
    channel: Channel
    since: date | None
    until: date | None
    seats: dict[str, bool]
    large: bool = False

    @property
    def key(self) -> str:
        """What says that two lines, a day apart, are the same person."""
        return self.matrix_id or fold(f"{self.first_name} {self.last_name}")

    def sits_on(self, today: date) -> bool:
        """Whether the seat is held today; both dates are inclusive."""
        return (self.since is None or self.since <= today) and (self.until is None or today <= self.until)


@dataclass(frozen=True)
class RollChange:
    """What a new reading of the members file changed: people by id."""

    arrived: tuple[int, ...]
    left: tuple[int, ...]
    moved: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.arrived or self.left or self.moved)


@dataclass(frozen=True)
class Seat:
    """A person's place in a body today, and what it allows."""

    body: Body
    role: Role


def role_of(person: Person, chair: bool) -> Role:
    """What a member may do in a body: the mayor and the agents act for the chair."""
    acts = chair or person.function is Function.MAYOR or person.function.staff
    return Role.MEMBER | Role.CHAIR if acts else Role.MEMBER


def seated(today: date) -> ColumnElement[bool]:
    """The condition that a membership gives rights today.

    It is opened on its first day, not before: that its ``since`` is to come only means that a clock has been set back.
    """
    return or_(Membership.until.is_(None), Membership.until >= today)


class People:
    """People and memberships; every question about rights takes today's date."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, person_id: int) -> Person:
        """One person, in office or not."""
        return await self._session.get_one(Person, person_id)

    async def by_matrix_id(self, matrix_id: str) -> Person | None:
        """The person of the roll behind a Matrix id: authority is this, never a display name."""
        return await self._session.scalar(select(Person).where(Person.matrix_id == matrix_id))

    async def in_office(self, today: date) -> Sequence[Person]:
        """Everyone with at least one seat today, by name."""
        query = select(Person).where(
            select(Membership.id).where(Membership.person_id == Person.id, seated(today)).exists()
        )
        return (await self._session.scalars(query.order_by(Person.last_name, Person.first_name))).all()

    async def members(self, body_id: int, today: date) -> Sequence[tuple[Person, bool]]:
        """The members of a body today with whether they chair it, by name."""
        query = select(Person, Membership.chair).join(Membership, Membership.person_id == Person.id)
        query = query.where(Membership.body_id == body_id, seated(today))
        rows = await self._session.execute(query.order_by(Person.last_name, Person.first_name))
        return [(person, chair) for person, chair in rows]

    async def seats(self, person: Person, today: date) -> Sequence[Seat]:
        """Where a person sits today, in the configuration's order, and what they may do there."""
        stands_in = select(Setting.value).where(Setting.name == SUBSTITUTE).scalar_subquery()
        query = select(Body, Membership.chair, stands_in).join(Membership, Membership.body_id == Body.id)
        query = query.where(Membership.person_id == person.id, Body.active, seated(today)).order_by(Body.position)
        rows = await self._session.execute(query)
        return [Seat(body, role_of(person, chair or value == str(person.id))) for body, chair, value in rows]

    async def substitute(self) -> int | None:
        """Who stands in for the mayor, prevented (CGCT, art. L2122-17); None while the mayor acts."""
        value = await self._session.scalar(select(Setting.value).where(Setting.name == SUBSTITUTE))
        return int(value) if value else None

    async def shared_by(self, body_id: int, today: date) -> set[int]:
        """The bodies to which every member of this one belongs today: what its whole room may hear of."""
        seats = select(Membership.person_id).where(Membership.body_id == body_id, seated(today)).subquery()
        query = (
            select(Membership.body_id)
            .where(Membership.person_id.in_(select(seats.c.person_id)), seated(today))
            .group_by(Membership.body_id)
            .having(
                func.count(distinct(Membership.person_id)) == select(func.count()).select_from(seats).scalar_subquery()
            )
        )
        return {body_id, *await self._session.scalars(query)}

    async def take_roll(self, entries: Sequence[Entry], today: date) -> RollChange:
        """Make the tables say what the members file says; who is no longer there leaves at once.

        Seats are closed, never erased: what a former member filed keeps its author.
        """
        bodies = {body.code: body for body in await self._session.scalars(select(Body).where(Body.active))}
        known = {person.key: person for person in await self._session.scalars(select(Person))}
        open_seats = await self._open_seats(today)
        change: dict[str, list[int]] = {"arrived": [], "left": [], "moved": []}
        for entry in entries:
            person = await self._keep_person(known.pop(entry.key, None), entry)
            held = open_seats.get(person.id, {})
            wanted = {bodies[code].id: chair for code, chair in entry.seats.items()} if entry.sits_on(today) else {}
            if self._reseat(person.id, held, wanted, entry.since or today, today):
                change["arrived" if not held else "moved" if wanted else "left"].append(person.id)
        gone = [
            person.id
            for person in known.values()
            if self._reseat(person.id, open_seats.get(person.id, {}), {}, today, today)
        ]
        await self._session.flush()
        return RollChange(tuple(change["arrived"]), tuple(change["left"] + gone), tuple(change["moved"]))

    async def _open_seats(self, today: date) -> dict[int, dict[int, Membership]]:
        seats: dict[int, dict[int, Membership]] = {}
        for seat in await self._session.scalars(select(Membership).where(seated(today))):
            seats.setdefault(seat.person_id, {})[seat.body_id] = seat
        return seats

    async def _keep_person(self, person: Person | None, entry: Entry) -> Person:
        if person is None:
            person = Person(key=entry.key, welcomed_at=None)
            self._session.add(person)
        for field in (
            "last_name",
            "first_name",
            "matrix_id",
            "email",
            "phone",
            "function",
            "channel",
            "large",
            "since",
            "until",
        ):
            setattr(person, field, getattr(entry, field))
        await self._session.flush()
        return person

    def _reseat(
        self, person_id: int, held: dict[int, Membership], wanted: dict[int, bool], since: date, today: date
    ) -> bool:
        """Open, change and close one person's seats; whether anything changed."""
        changed = False
        for body_id, seat in held.items():
            if body_id not in wanted:
                seat.until, changed = min(seat.until or date.max, date.fromordinal(today.toordinal() - 1)), True
            elif seat.chair != wanted[body_id]:
                seat.chair, changed = wanted[body_id], True
        for body_id in wanted.keys() - held.keys():
            self._session.add(
                Membership(
                    person_id=person_id, body_id=body_id, chair=wanted[body_id], since=min(since, today), until=None
                )
            )
            changed = True
        return changed
