"""Dossiers that were bound, kept for a while by what they hold; and the last one that was given in each conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.states import NoticeKind, NoticeState
from storage.tables import Drop, File, Notice

KEPT = timedelta(days=30)
"""How long a dossier is kept once made: no longer than a paper that is taken away, so that it never outlives one."""


class Dossier(Base):
    """A dossier that was bound; ``fingerprint`` is that of all that it says and of the bytes of all its papers."""

    __tablename__ = "dossiers"
    __table_args__ = (Index(None, "made_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    blob: Mapped[str]
    pages: Mapped[int]
    made_at: Mapped[datetime]


class GivenDossier(Base):
    """The last dossier of a session that was given in a room; ``parts`` tells what it was made of, part by part.

    ``notice_id`` is the look at it, done until something changes, by who asked for it; ``renewed_on`` the last day, the
    town's, on which a new one was given by itself.
    """

    __tablename__ = "given_dossiers"
    __table_args__ = (UniqueConstraint("room_id", "meeting_id"), Index(None, "notice_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[str]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    large: Mapped[bool]
    parts: Mapped[dict[str, Any]]
    given_at: Mapped[datetime]
    renewed_on: Mapped[date | None]


@dataclass(frozen=True)
class Given:
    """What a dossier that was given was made of, and when it was (aware)."""

    parts: dict[str, Any]
    at: datetime


class Dossiers:
    """What was bound and what was given; the caller looked at the rights of who asks."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def made(self, fingerprint: str) -> Dossier | None:
        """The dossier of this fingerprint, if it is still kept."""
        return await self._session.scalar(select(Dossier).where(Dossier.fingerprint == fingerprint))

    async def keep(self, fingerprint: str, blob: str, pages: int) -> None:
        """Keep a dossier, in place of an earlier one of the same fingerprint whose bytes were lost."""
        await self._session.execute(delete(Dossier).where(Dossier.fingerprint == fingerprint))
        self._session.add(Dossier(fingerprint=fingerprint, blob=blob, pages=pages, made_at=self._now))
        await self._session.flush()

    async def give(self, room_id: str, meeting_id: int, parts: dict[str, Any], *, by: int, large: bool) -> Given | None:
        """Keep what is given now in a room to who asks. Returns what was given there before, if anything."""
        query = select(GivenDossier).where(GivenDossier.room_id == room_id, GivenDossier.meeting_id == meeting_id)
        known = await self._session.scalar(query)
        before = Given(known.parts, known.given_at) if known else None
        if known is None:
            look = await self._look(room_id, meeting_id, by)
            known = GivenDossier(room_id=room_id, meeting_id=meeting_id, notice_id=look.id)
            self._session.add(known)
        else:
            look = await self._session.get_one(Notice, known.notice_id)
            look.created_by, look.state = by, NoticeState.DONE
        known.large, known.parts, known.given_at = large, parts, self._now
        await self._session.flush()
        return before

    async def _look(self, room_id: str, meeting_id: int, by: int) -> Notice:
        """The look at what is given: nothing is to be seen before something changes."""
        look = Notice(
            kind=NoticeKind.DOSSIER,
            due_at=self._now,
            state=NoticeState.DONE,
            text="",
            room_id=room_id,
            meeting_id=meeting_id,
            created_by=by,
        )
        self._session.add(look)
        await self._session.flush()
        return look

    async def looked_at_by(self, notice: Notice) -> GivenDossier | None:
        """What a look is at."""
        return await self._session.scalar(select(GivenDossier).where(GivenDossier.notice_id == notice.id))

    def renew(self, given: GivenDossier, parts: dict[str, Any], today: date) -> None:
        """Keep that a new one was given by itself, on this day of the town."""
        given.parts, given.given_at, given.renewed_on = parts, self._now, today

    async def forget(self) -> Sequence[str]:
        """Forget the dossiers whose days are over. Returns the names of their bytes that nothing else holds."""
        old = list(await self._session.scalars(select(Dossier).where(Dossier.made_at < self._now - KEPT)))
        for dossier in old:
            await self._session.delete(dossier)
        await self._session.flush()
        names = {dossier.blob for dossier in old}
        for column in (Dossier.blob, File.blob, Drop.blob):
            names -= set(await self._session.scalars(select(column).where(column.in_(names))))
        return sorted(names)
