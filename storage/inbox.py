"""What was received: an event is written here with the sync token, in one transaction, before anything is done."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.states import InboxState
from storage.tables import Incoming

TRIES = 3
TOLD = "told"
KEPT = timedelta(days=30)
"""How long a handled event's id is remembered, so that a repeated one is recognised."""


class Inbox:
    """Received events, unique by their id: one that comes again is ignored."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def add(self, rows: Sequence[Incoming]) -> Sequence[Incoming]:
        """Keep received events; those that are there already are left out. Returns the new ones."""
        ids = [row.event_id for row in rows]
        known = (
            set(await self._session.scalars(select(Incoming.event_id).where(Incoming.event_id.in_(ids))))
            if ids
            else set()
        )
        fresh = list({row.event_id: row for row in rows if row.event_id not in known}.values())
        self._session.add_all(fresh)
        await self._session.flush()
        return fresh

    async def get(self, row_id: int) -> Incoming:
        """One row."""
        return await self._session.get_one(Incoming, row_id)

    async def heads(self, busy: Sequence[str]) -> Sequence[tuple[Incoming, int]]:
        """The oldest unhandled row of each room that isn't busy, due or not, and how many wait in that room."""
        first = select(func.min(Incoming.id).label("id"), func.count().label("waiting"))
        first = first.where(Incoming.state == InboxState.NEW, Incoming.room_id.not_in(busy))
        oldest = first.group_by(Incoming.room_id).subquery()
        query = select(Incoming, oldest.c.waiting).join(oldest, oldest.c.id == Incoming.id).order_by(Incoming.id)
        return [(row, waiting) for row, waiting in await self._session.execute(query)]

    def done(self, row: Incoming) -> None:
        """Mark handled, and forget what the person wrote."""
        row.state, row.content, row.reason = InboxState.DONE, {}, ""

    def readable(self, row: Incoming, type_: str, content: dict[str, Any], *, authentic: bool) -> None:
        """The key came: the event goes on as if it had just arrived."""
        row.type, row.content, row.encrypted, row.authentic = type_, content, True, authentic
        row.state, row.due_at = InboxState.NEW, self._now

    async def failed(self, row_id: int, reason: str) -> bool:
        """Count a failure; whether that was the last try, after which the row stays aside."""
        row = await self.get(row_id)
        row.tries += 1
        row.reason = reason
        if row.tries >= TRIES:
            row.state = InboxState.ASIDE
        else:
            row.due_at = self._now + timedelta(seconds=row.tries)
        return row.state is InboxState.ASIDE

    async def postpone(self, row_id: int, delay: timedelta) -> None:
        """Try a row later, without counting a failure (a file that can't be fetched yet)."""
        row = await self.get(row_id)
        row.due_at = self._now + delay

    async def unreadable(self, sessions: Sequence[str] | None = None) -> Sequence[Incoming]:
        """Events whose key is missing, of these sessions or all."""
        query = select(Incoming).where(Incoming.state == InboxState.UNREADABLE)
        if sessions is not None:
            query = query.where(Incoming.session_id.in_(sessions))
        return (await self._session.scalars(query.order_by(Incoming.id))).all()

    async def overdue(self) -> Sequence[Incoming]:
        """Unreadable events whose key was waited for long enough, and whose sender was not told."""
        query = select(Incoming).where(
            Incoming.state == InboxState.UNREADABLE, Incoming.due_at <= self._now, Incoming.reason != TOLD
        )
        return (await self._session.scalars(query.order_by(Incoming.id))).all()

    def tell(self, row: Incoming) -> None:
        """The sender is told; the event still becomes readable if its key comes."""
        row.reason = TOLD

    async def told_about(self, session_id: str) -> bool:
        """Whether the sender was already told that this session can't be read."""
        query = select(Incoming.id).where(Incoming.session_id == session_id, Incoming.reason == TOLD).limit(1)
        return await self._session.scalar(query) is not None

    async def aside(self) -> Sequence[Incoming]:
        """What could not be handled after three tries."""
        return (await self._session.scalars(select(Incoming).where(Incoming.state == InboxState.ASIDE))).all()

    async def forget(self, event_id: str) -> None:
        """A redacted message is blanked at once, handled or not."""
        await self._session.execute(
            update(Incoming).where(Incoming.event_id == event_id, Incoming.state != InboxState.NEW).values(content={})
        )

    async def prune(self) -> None:
        """Forget the ids of events handled long ago."""
        old = Incoming.received_at < self._now - KEPT
        await self._session.execute(delete(Incoming).where(old, Incoming.state == InboxState.DONE))
