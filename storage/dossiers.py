"""Dossiers that were bound, kept for a while by what they hold; and the last one that was given in each conversation."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.tables import Drop, File

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
    """The last dossier of a session that was asked for in a room; ``parts`` tells what it was made of, part by part."""

    __tablename__ = "given_dossiers"
    __table_args__ = (UniqueConstraint("room_id", "meeting_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[str]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    parts: Mapped[dict[str, Any]]
    given_at: Mapped[datetime]


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

    async def give(self, room_id: str, meeting_id: int, parts: dict[str, Any]) -> GivenDossier | None:
        """Keep what is given now in a room. Returns what was given there before, if anything, as it was."""
        query = select(GivenDossier).where(GivenDossier.room_id == room_id, GivenDossier.meeting_id == meeting_id)
        known = await self._session.scalar(query)
        if known is not None:
            self._session.expunge(known)
            await self._session.execute(delete(GivenDossier).where(GivenDossier.id == known.id))
        self._session.add(GivenDossier(room_id=room_id, meeting_id=meeting_id, parts=parts, given_at=self._now))
        await self._session.flush()
        return known

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
