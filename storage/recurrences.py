"""Sessions that come back: their rule, the days left out one by one, the session fixed for each of the others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnExpressionArgument, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from council.meetings import Mode
from council.recurrences import Recurrence, kept
from storage.base import Base
from storage.tables import Body, Meeting


class Series(Base):
    """A body's sessions that come back by an RRULE, in civil days of the town, from ``start`` if it matters.

    ``at`` and ``ends`` are wall-clock hours ("20:00"), ``but`` the days left out (ISO 8601). Sessions are planned up to
    ``planned_to``: one of those that is then moved or called off stays so.
    """

    __tablename__ = "series"
    __table_args__ = (Index(None, "body_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    rule: Mapped[str]
    start: Mapped[date | None]
    at: Mapped[str]
    ends: Mapped[str | None]
    but: Mapped[list[Any]]
    place: Mapped[str]
    mode: Mapped[Mode]
    link: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    planned_to: Mapped[date]
    ended_at: Mapped[datetime | None]
    body: Mapped[Body] = relationship(lazy="raise")

    @property
    def recurrence(self) -> Recurrence:
        """What comes back."""
        end = time.fromisoformat(self.ends) if self.ends else None
        but = tuple(date.fromisoformat(each) for each in self.but)
        return kept(self.rule, time.fromisoformat(self.at), end=end, start=self.start, but=but)


class Occurrence(Base):
    """The session fixed for one day of a series: ``day`` is the one that the rule gives, wherever the session went since.

    It is what a calendar calls its RECURRENCE-ID (RFC 5545, section 3.8.4.4).
    """

    __tablename__ = "occurrences"
    __table_args__ = (UniqueConstraint("series_id", "day"), UniqueConstraint("meeting_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    day: Mapped[date]
    series: Mapped[Series] = relationship(lazy="raise")
    meeting: Mapped[Meeting] = relationship(lazy="raise")


class AllSeries:
    """Series by body, and the sessions that are fixed of them."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def add(self, series: Series) -> Series:
        """Keep what comes back."""
        self._session.add(series)
        await self._session.flush()
        return await self.get(series.id)

    async def get(self, series_id: int) -> Series:
        """One series, with its body."""
        return (await self._find(Series.id == series_id))[0]

    async def of_body(self, body_id: int) -> Sequence[Series]:
        """What comes back for a body today, oldest first."""
        return await self._find(Series.body_id == body_id, Series.ended_at.is_(None))

    async def ever_of_body(self, body_id: int) -> Sequence[Series]:
        """What comes back for a body, or did."""
        return await self._find(Series.body_id == body_id)

    async def fix(self, series: Series, day: date, meeting: Meeting) -> None:
        """Say which session was fixed for a day of the rule."""
        self._session.add(Occurrence(series_id=series.id, meeting_id=meeting.id, day=day))
        await self._session.flush()

    async def fixed(self, series: Series) -> Sequence[Occurrence]:
        """The sessions that were fixed, whatever became of them, by the days of the rule."""
        query = select(Occurrence).where(Occurrence.series_id == series.id).options(joinedload(Occurrence.meeting))
        return (await self._session.scalars(query.order_by(Occurrence.day))).all()

    async def origin(self, meeting: Meeting) -> Occurrence | None:
        """The day of which series a session was fixed for, if any."""
        query = select(Occurrence).where(Occurrence.meeting_id == meeting.id).options(joinedload(Occurrence.series))
        return await self._session.scalar(query)

    def leave_out(self, series: Series, day: date) -> None:
        """Leave a day out."""
        series.but = sorted({*series.but, day.isoformat()})

    def stop(self, series: Series, last: date) -> None:
        """It comes back up to a day, that day included."""
        series.rule = replace(series.recurrence, until=last).rule

    def end(self, series: Series) -> None:
        """It comes back no more; what is planned stays."""
        series.ended_at = self._now

    async def _find(self, *conditions: ColumnExpressionArgument[bool]) -> Sequence[Series]:
        query = select(Series).where(*conditions).options(joinedload(Series.body)).order_by(Series.id)
        return (await self._session.scalars(query)).all()
