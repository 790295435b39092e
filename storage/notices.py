"""The schedule is a table: what is to be said later, each with its moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.states import NoticeKind, NoticeState
from storage.tables import Notice

TRIES = 3
ASKED_FOR = (NoticeKind.REMINDER, NoticeKind.ANNOUNCEMENT)
"""What a person asked for and can take back; the rest goes with a session or a poll."""


class Notices:
    """What falls due; one that the bot slept through is said late, not skipped."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def add(self, notice: Notice) -> Notice:
        """Schedule something to be said."""
        self._session.add(notice)
        await self._session.flush()
        return notice

    async def get(self, notice_id: int) -> Notice:
        """One notice."""
        return await self._session.get_one(Notice, notice_id)

    async def due(self) -> Sequence[int]:
        """The notices whose moment has come, oldest first."""
        query = select(Notice.id).where(Notice.state == NoticeState.WAITING, Notice.due_at <= self._now)
        return (await self._session.scalars(query.order_by(Notice.due_at, Notice.id))).all()

    async def together(self, notice: Notice) -> Sequence[Notice]:
        """The other notices of its kind whose moment has come too, oldest first: to be said with it, and then no more."""
        query = select(Notice).where(Notice.state == NoticeState.WAITING, Notice.due_at <= self._now)
        query = query.where(Notice.kind == notice.kind, Notice.id != notice.id)
        return (await self._session.scalars(query.order_by(Notice.due_at, Notice.id))).all()

    async def next_of(self, kind: NoticeKind, meeting_id: int, texts: Sequence[str]) -> datetime | None:
        """The next moment at which something of a kind, with one of these texts, is to be said about a session."""
        query = select(func.min(Notice.due_at)).where(Notice.kind == kind, Notice.meeting_id == meeting_id)
        return await self._session.scalar(query.where(Notice.text.in_(texts), Notice.state == NoticeState.WAITING))

    async def next_due(self) -> datetime | None:
        """The next moment at which something is to be said."""
        return await self._session.scalar(select(func.min(Notice.due_at)).where(Notice.state == NoticeState.WAITING))

    async def of_person(self, person_id: int) -> Sequence[Notice]:
        """The reminders and announcements a person scheduled and that are still to come."""
        query = select(Notice).where(
            Notice.created_by == person_id, Notice.state == NoticeState.WAITING, Notice.kind.in_(ASKED_FOR)
        )
        return (await self._session.scalars(query.order_by(Notice.due_at))).all()

    async def of_room(self, room_id: str) -> Sequence[Notice]:
        """What is scheduled to be said in a room, at somebody's request."""
        query = select(Notice).where(
            Notice.room_id == room_id, Notice.state == NoticeState.WAITING, Notice.kind.in_(ASKED_FOR)
        )
        return (await self._session.scalars(query.order_by(Notice.due_at))).all()

    async def arm(self, notice: Notice) -> None:
        """Schedule the one notice of its kind and asker for a session; the row that there is serves again.

        What was asked without a name must add no row of its own: the order of the rows would tell when.
        """
        query = select(Notice).where(
            Notice.kind == notice.kind,
            Notice.meeting_id == notice.meeting_id,
            Notice.created_by == notice.created_by,
        )
        known = await self._session.scalar(query.limit(1))
        if known is None:
            await self.add(notice)
        elif notice.state is not NoticeState.DONE:
            waiting = known.state is NoticeState.WAITING
            known.due_at = min(known.due_at, notice.due_at) if waiting else notice.due_at
            known.state, known.tries = NoticeState.WAITING, 0

    async def call_off(self, meeting_id: int) -> None:
        """A session that moves or is cancelled takes its reminders with it; what was asked is still to be shown, and given."""
        waiting = update(Notice).where(Notice.meeting_id == meeting_id, Notice.state == NoticeState.WAITING)
        waiting = waiting.where(Notice.kind.not_in((NoticeKind.QUESTIONS, NoticeKind.DOSSIER)))
        await self._session.execute(waiting.values(state=NoticeState.CANCELLED))

    async def aside(self) -> Sequence[Notice]:
        """What could not be said after three tries."""
        return (await self._session.scalars(select(Notice).where(Notice.state == NoticeState.ASIDE))).all()

    def said(self, notice: Notice) -> None:
        """The notice was turned into what it owed."""
        notice.state = NoticeState.DONE

    def put_off(self, notice: Notice, moment: datetime) -> None:
        """It isn't to be said yet: again at a moment."""
        notice.state, notice.due_at = NoticeState.WAITING, moment

    async def failed(self, notice_id: int) -> None:
        """Something broke while saying it: again in a minute, three times, then aside for the administrator."""
        notice = await self.get(notice_id)
        notice.tries += 1
        if notice.tries >= TRIES:
            notice.state = NoticeState.ASIDE
        else:
            notice.due_at = self._now + timedelta(minutes=1)
