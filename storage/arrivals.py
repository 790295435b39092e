"""Arrivals: who was told of the seats that they hold, since a first word is said once for each body."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.people import seated
from storage.tables import Body, Membership, Person


class Greeting(Base):
    """A seat of which its holder was told; one that ends and is taken again is another."""

    __tablename__ = "greetings"
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True, autoincrement=False)
    told_at: Mapped[datetime]


class Arrivals:
    """Seats of today, with an eye on those of which nothing was said yet."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def people(self, today: date) -> Sequence[Person]:
        """Those with an account who hold a seat of which they weren't told, by name."""
        query = select(Person).where(Person.matrix_id.is_not(None))
        query = query.where(_untold(today).where(Membership.person_id == Person.id).exists())
        return (await self._session.scalars(query.order_by(Person.last_name, Person.first_name))).all()

    async def seats(self, person_id: int, today: date) -> list[int]:
        """The ids of a person's seats of which they weren't told: each is in one telling only."""
        untold = await self._session.scalars(_untold(today).where(Membership.person_id == person_id))
        return sorted(seat.id for seat in untold)

    async def bodies(self, person: Person, today: date) -> Sequence[Body]:
        """The bodies that a person entered and was not told of, in the configuration's order."""
        seats = _untold(today).where(Membership.person_id == person.id).subquery()
        query = select(Body).where(Body.id.in_(select(seats.c.body_id))).order_by(Body.position)
        return (await self._session.scalars(query)).all()

    async def told(self, person: Person, today: date) -> None:
        """Remember that a person was welcomed, and told of all their seats of today."""
        person.welcomed_at = person.welcomed_at or self._now
        for seat in await self._session.scalars(_untold(today).where(Membership.person_id == person.id)):
            self._session.add(Greeting(membership_id=seat.id, told_at=self._now))
        await self._session.flush()


def _untold(today: date) -> Select[Membership]:
    told = exists().where(Greeting.membership_id == Membership.id)
    active = exists().where(Body.id == Membership.body_id, Body.active)
    return select(Membership).where(seated(today), active, ~told)
