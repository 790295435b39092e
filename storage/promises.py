"""What was promised for a session and isn't filed yet: by somebody who said so, or by a point's rapporteur."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnExpressionArgument, ForeignKey, Index, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from storage.base import Base
from storage.states import PaperState
from storage.tables import AgendaItem, Meeting, Paper, Person


class Promise(Base):
    """A paper that a person owes to a session; ``what`` is empty for a rapporteur's, whose point says it.

    It is ``sure`` once it was plain or confirmed; past ``closed_at`` it isn't expected any more. ``due_on`` is the day that
    was said, if one was.
    """

    __tablename__ = "promises"
    __table_args__ = (Index(None, "meeting_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    what: Mapped[str]
    due_on: Mapped[date | None]
    sure: Mapped[bool]
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    item: Mapped[AgendaItem | None] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


WHOLE = (joinedload(Promise.item), joinedload(Promise.person))
_FILED = and_(Paper.meeting_id == Promise.meeting_id, Paper.state == PaperState.FILED)
_KEPT = or_(
    exists().where(_FILED, Promise.item_id.is_not(None), Paper.item_id == Promise.item_id),
    exists().where(_FILED, Paper.filed_by == Promise.person_id, Paper.filed_at >= Promise.made_at),
)
"""A paper was filed to the point, by anybody; or to the session, by who promised and since."""


class Promises:
    """Promises by session."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def make(
        self, meeting: Meeting, person_id: int, what: str, *, due: date | None, sure: bool
    ) -> Promise | None:
        """Keep what a person said that they would send; None when it was said before: it is one promise."""
        same = (Promise.meeting_id == meeting.id, Promise.person_id == person_id, Promise.what == what)
        known = await self._find(*same, Promise.closed_at.is_(None))
        return None if known else await self._add(meeting, person_id, what=what, due=due, sure=sure)

    async def expect(self, meeting: Meeting) -> None:
        """A rapporteur owes a paper on their point: make it so for the points that wait for one."""
        known = {promise.item_id for promise in await self._find(Promise.meeting_id == meeting.id, Promise.what == "")}
        for item in meeting.items:
            if item.rapporteur_id is not None and item.id not in known:
                promise = await self._add(meeting, item.rapporteur_id, what="", due=None, sure=True)
                promise.item_id = item.id

    async def waiting(self, meeting_id: int) -> Sequence[Promise]:
        """What is sure, and neither filed nor closed: those said first, then those of the points still on the agenda."""
        on_agenda = or_(Promise.item_id.is_(None), Promise.item.has(AgendaItem.position > 0))
        return await self._find(
            Promise.meeting_id == meeting_id, Promise.sure, Promise.closed_at.is_(None), ~_KEPT, on_agenda
        )

    async def get(self, promise_id: int) -> Promise | None:
        """One promise."""
        return next(iter(await self._find(Promise.id == promise_id)), None)

    def confirm(self, promise: Promise) -> None:
        """The person says that it was a promise."""
        promise.sure = True

    def close(self, promise: Promise) -> None:
        """It is done, or isn't expected any more."""
        promise.closed_at = self._now

    async def _add(self, meeting: Meeting, person_id: int, *, what: str, due: date | None, sure: bool) -> Promise:
        promise = Promise(
            meeting_id=meeting.id, person_id=person_id, what=what, due_on=due, sure=sure, made_at=self._now
        )
        self._session.add(promise)
        await self._session.flush()
        return promise

    async def _find(self, *conditions: ColumnExpressionArgument[bool]) -> Sequence[Promise]:
        await self._session.flush()
        query = (
            select(Promise)
            .where(*conditions)
            .options(*WHOLE)
            .order_by(Promise.item_id.is_not(None), Promise.item_id, Promise.id)
        )
        return (await self._session.scalars(query)).all()
