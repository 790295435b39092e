"""Sessions held again because the quorum failed (seconde convocation): which one follows which."""

from datetime import UTC, datetime

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.journal import Journal
from storage.meetings import Meetings
from storage.recusals import Recusals
from storage.sharing import Share
from storage.states import JournalKind
from storage.tables import Meeting, Paper


class SecondSession(Base):
    """A session that takes up the points of another, at which too few came; ``found_by`` is who said so, ``found_at`` when."""

    __tablename__ = "second_sessions"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True, autoincrement=False)
    first_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), unique=True)
    found_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    found_at: Mapped[datetime]


class Seconds:
    """Second sessions, from the first and back."""

    def __init__(
        self, session: AsyncSession, now: datetime, journal: Journal, *, meetings: Meetings, recusals: Recusals
    ) -> None:
        self._session = session
        self._now = now
        self._journal = journal
        self._meetings = meetings
        self._recusals = recusals

    async def first_of(self, meeting_id: int) -> Meeting | None:
        """The session without a quorum that this one takes up; None for any other session."""
        query = select(SecondSession.first_id).where(SecondSession.meeting_id == meeting_id)
        first_id = await self._session.scalar(query)
        return await self._meetings.get(first_id) if first_id else None

    async def second_of(self, meeting_id: int) -> Meeting | None:
        """The session that takes up this one's points, or None."""
        query = select(SecondSession.meeting_id).where(SecondSession.first_id == meeting_id)
        second_id = await self._session.scalar(query)
        return await self._meetings.get(second_id) if second_id else None

    async def prepare(self, first: Meeting, starts_at: datetime, by: int) -> Meeting:
        """Plan the session again with the same points: its papers go with them, shared ones too; who stays out still does."""
        await self._journal.add(
            JournalKind.NO_QUORUM, first.starts_at.astimezone(UTC).isoformat(), person_id=by, body_id=first.body_id
        )
        kept = {"place": first.place, "mode": first.mode, "link": first.link}
        second = Meeting(body_id=first.body_id, starts_at=starts_at, created_by=by, **kept)
        second = await self._meetings.add(second)
        self._session.add(SecondSession(meeting_id=second.id, first_id=first.id, found_by=by, found_at=self._now))
        items = {}
        for item in first.items:
            again = await self._meetings.add_item(second, item.title, item.rapporteur_id, item.kind)
            items[item.id] = again.id
        await self._recusals.carry(second, items)
        papers = (await self._session.scalars(select(Paper).where(Paper.meeting_id == first.id))).all()
        for paper in papers:
            moved = update(Paper).where(Paper.id == paper.id)
            await self._session.execute(moved.values(meeting_id=second.id, item_id=items.get(paper.item_id or 0)))
        shown = update(Share).where(Share.meeting_id == first.id, Share.ended_at.is_(None))
        await self._session.execute(shown.values(meeting_id=second.id))
        return await self._meetings.get(second.id)
