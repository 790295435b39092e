"""What is owed: messages, files and reactions, written in the transaction that decided them, sent afterwards."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, case, cast, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.states import OutboxKind, OutboxState, RoomKind
from storage.tables import Outgoing, Person, Room

KEPT = timedelta(days=90)
"""How long a sent message can still be answered by a reaction or a reply."""

_OWN = (
    select(Room.room_id)
    .where(Room.person_id == Outgoing.person_id, Room.closed.is_(False))
    .order_by(Room.since.desc())
    .limit(1)
    .scalar_subquery()
)
LANE = case(
    (Outgoing.kind == OutboxKind.MAIL, "mail " + cast(Outgoing.person_id, String)),
    (
        Outgoing.kind == OutboxKind.DOSSIER,
        "dossier " + func.coalesce(Outgoing.room_id, cast(Outgoing.person_id, String)),
    ),
    else_=func.coalesce(Outgoing.room_id, _OWN, cast(Outgoing.person_id, String)),
)
"""Rows of one lane leave in order: a room, a person's own one among them, or a person who has no room yet.

E-mails to a person are a lane beside: a relay that is down holds up no message. So are the dossiers, which are
long to make.
"""


@dataclass(frozen=True)
class Head:
    """A row whose turn it is, its lane, how many wait there, and who alone may read it when it is private."""

    row: Outgoing
    lane: str
    waiting: int
    alone_with: str | None


class Outbox:
    """Owes and settles. The n-th thing owed by a cause always has the same key, so that a repeat owes nothing new.

    Args:
        cause: what the transaction answers to; see ``Store.cause``.
    """

    def __init__(self, session: AsyncSession, cause: str, now: datetime) -> None:
        self._session = session
        self._now = now
        self._prefix = hashlib.sha256(cause.encode()).hexdigest()[:20]
        self._count = 0

    async def owe(
        self, kind: OutboxKind, content: dict[str, Any], *, room_id: str | None = None, person_id: int | None = None
    ) -> str:
        """Owe something to a room, or to a person in their own direct conversation. Returns the row's key."""
        if (room_id is None) and (person_id is None):
            raise ValueError("owed to nobody")
        self._count += 1
        key = f"{self._prefix}-{self._count}"
        self._session.add(
            Outgoing(
                key=key,
                kind=kind,
                room_id=room_id,
                person_id=person_id,
                content=content,
                created_at=self._now,
                due_at=self._now,
            )
        )
        await self._session.flush()
        return key

    async def heads(self, busy: Sequence[str]) -> Sequence[Head]:
        """The oldest waiting row of each lane that isn't busy, due or not: rows of a lane leave in order."""
        first = select(func.min(Outgoing.id).label("id"), LANE.label("lane"), func.count().label("waiting"))
        first = first.where(Outgoing.state == OutboxState.WAITING, LANE.not_in(busy))
        oldest = first.group_by(LANE).subquery()
        query = select(Outgoing, oldest.c.lane, oldest.c.waiting, Room.kind, Person.matrix_id)
        query = query.join(oldest, oldest.c.id == Outgoing.id).order_by(Outgoing.id)
        query = query.outerjoin(Room, Room.room_id == Outgoing.room_id)
        query = query.outerjoin(Person, Person.id == func.coalesce(Room.person_id, Outgoing.person_id))
        return [
            Head(row, lane, waiting, alone_with if kind in (RoomKind.DM, None) else None)
            for row, lane, waiting, kind, alone_with in await self._session.execute(query)
        ]

    async def get(self, row_id: int) -> Outgoing:
        """One row."""
        return await self._session.get_one(Outgoing, row_id)

    async def event_of(self, key: str) -> str | None:
        """The event that a sent row became."""
        return await self._session.scalar(select(Outgoing.event_id).where(Outgoing.key == key))

    async def key_of(self, event_id: str) -> str | None:
        """The row that became this event: how a reaction or a reply finds what it answers to."""
        return await self._session.scalar(select(Outgoing.key).where(Outgoing.event_id == event_id))

    async def sent(self, row_id: int, event_id: str) -> None:
        """The homeserver has it."""
        row = await self.get(row_id)
        row.state, row.event_id, row.reason = OutboxState.SENT, event_id, ""
        await self._forget(row)

    async def echoed(self, events: Mapping[str, str]) -> None:
        """The homeserver shows these among a room's events, by the rows' keys: it has them, whatever became of its answer."""
        query = select(Outgoing).where(Outgoing.key.in_(events), Outgoing.state == OutboxState.WAITING)
        for row in await self._session.scalars(query):
            row.state, row.event_id, row.reason = OutboxState.SENT, events[row.key], ""
            await self._forget(row)

    async def failed(self, row_id: int, reason: str) -> None:
        """The homeserver refuses it for good; the reason is shown to the administrator."""
        row = await self.get(row_id)
        row.state, row.reason = OutboxState.FAILED, reason
        await self._forget(row)

    async def _forget(self, row: Outgoing) -> None:
        """What was said to one person alone is kept in their conversation only: no row tells what it was about."""
        room = await self._session.get(Room, row.room_id) if row.room_id else None
        if row.kind in (OutboxKind.MESSAGE, OutboxKind.MAIL) and (room is None or room.kind is RoomKind.DM):
            row.content = {**row.content, "markdown": ""}

    async def postpone(self, row_id: int, delay: timedelta, reason: str) -> None:
        """Not sent, or not known to be: once more later, with the same key."""
        row = await self.get(row_id)
        row.tries += 1
        row.due_at, row.reason = self._now + delay, reason
        row.tried_at = row.tried_at or self._now

    async def waiting(self) -> int:
        """How many rows are neither sent nor failed."""
        query = select(func.count()).select_from(Outgoing).where(Outgoing.state == OutboxState.WAITING)
        return await self._session.scalar(query) or 0

    async def oldest(self) -> Outgoing | None:
        """The row that has waited for longest."""
        query = select(Outgoing).where(Outgoing.state == OutboxState.WAITING)
        return await self._session.scalar(query.order_by(Outgoing.created_at, Outgoing.id).limit(1))

    async def sent_in(self, room_id: str) -> Sequence[Outgoing]:
        """What was sent to a room, in order."""
        query = select(Outgoing).where(Outgoing.room_id == room_id, Outgoing.state == OutboxState.SENT)
        return (await self._session.scalars(query.order_by(Outgoing.id))).all()

    async def failures(self) -> Sequence[Outgoing]:
        """What the homeserver refused, latest first."""
        query = select(Outgoing).where(Outgoing.state == OutboxState.FAILED).order_by(Outgoing.id.desc())
        return (await self._session.scalars(query.limit(100))).all()

    async def prune(self) -> None:
        """Forget what was sent long ago: the rooms keep it."""
        old = Outgoing.created_at < self._now - KEPT
        await self._session.execute(delete(Outgoing).where(Outgoing.state == OutboxState.SENT, old))
