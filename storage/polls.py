"""Dates proposed to a body's members, and what each of them answered; answers are seen by all."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnExpressionArgument, ForeignKey, Index, UniqueConstraint, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from storage.base import Base
from storage.tables import Body, Person

KEPT = timedelta(days=60)
"""How long after it was made a poll's dates can still be chosen by their numbers."""


class Poll(Base):
    """Dates proposed to a body: ``dates`` are UTC moments (ISO 8601), in the order of their numbers.

    ``message_key`` and ``poll_key`` are the outbox's rows that carry it: the numbered message, and Matrix's own poll.
    Past ``closed_at`` nobody answers any more.
    """

    __tablename__ = "polls"
    __table_args__ = (Index(None, "body_id"), Index(None, "message_key"), Index(None, "poll_key"))
    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    dates: Mapped[list[Any]]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    message_key: Mapped[str]
    poll_key: Mapped[str]
    body: Mapped[Body] = relationship(lazy="raise")

    @property
    def moments(self) -> list[datetime]:
        """The dates, aware, in UTC."""
        return [datetime.fromisoformat(each) for each in self.dates]


class Vote(Base):
    """The dates that suit a member, by their numbers, as last answered; none is an answer too."""

    __tablename__ = "votes"
    __table_args__ = (UniqueConstraint("poll_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    numbers: Mapped[list[Any]]
    at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="raise")


class Polls:
    """Polls by body, and their votes."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def make(self, poll: Poll) -> Poll:
        """Propose dates."""
        self._session.add(poll)
        await self._session.flush()
        return poll

    async def get(self, poll_id: int) -> Poll:
        """One poll, with its body."""
        return (await self._find(Poll.id == poll_id))[0]

    async def open_in(self, body_ids: Sequence[int]) -> Sequence[Poll]:
        """The polls of these bodies that are still to be answered, newest first."""
        return await self._find(Poll.body_id.in_(body_ids), Poll.closed_at.is_(None))

    async def latest(self, body_id: int) -> Poll | None:
        """A body's newest poll, closed or not, unless it is old."""
        return next(iter(await self._find(Poll.body_id == body_id, Poll.made_at > self._now - KEPT)), None)

    async def by_key(self, key: str) -> Poll | None:
        """The open poll that a message carries."""
        carried = or_(Poll.message_key == key, Poll.poll_key == key)
        return next(iter(await self._find(carried, Poll.closed_at.is_(None))), None)

    async def votes(self, poll_id: int) -> Sequence[Vote]:
        """The answers, with who gave them, in the order of the first ones."""
        query = select(Vote).where(Vote.poll_id == poll_id).options(joinedload(Vote.person)).order_by(Vote.id)
        return (await self._session.scalars(query)).all()

    async def vote(self, poll: Poll, person_id: int, numbers: Sequence[int]) -> None:
        """Keep a member's answer in place of an earlier one."""
        vote = await self.vote_of(poll, person_id)
        if vote is None:
            vote = Vote(poll_id=poll.id, person_id=person_id)
            self._session.add(vote)
        vote.numbers, vote.at = list(numbers), self._now
        await self._session.flush()

    async def vote_of(self, poll: Poll, person_id: int) -> Vote | None:
        """A member's answer."""
        return await self._session.scalar(select(Vote).where(Vote.poll_id == poll.id, Vote.person_id == person_id))

    def close(self, poll: Poll) -> None:
        """Nobody answers any more."""
        poll.closed_at = self._now

    async def _find(self, *conditions: ColumnExpressionArgument[bool]) -> Sequence[Poll]:
        query = select(Poll).where(*conditions).options(joinedload(Poll.body)).order_by(Poll.id.desc())
        return (await self._session.scalars(query)).all()
