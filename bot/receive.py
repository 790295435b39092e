"""Receives: a batch of events and the token that acknowledges it are kept in one transaction, before anything is done."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.edits import WORDS, is_edit
from bot.matrix.client import Client
from bot.matrix.errors import ENDS, Limited, MatrixError
from bot.matrix.events import ENCRYPTED, Batch, Event, Invitation
from bot.polls import RESPONSE
from council.clock import Clock
from storage.database import Database
from storage.settings import SYNC_TOKEN
from storage.states import InboxState, RoomKind
from storage.store import Store
from storage.tables import Incoming

log = structlog.get_logger(__name__)
HEARD = frozenset({"m.room.message", "m.reaction", "m.room.redaction", "m.room.member", RESPONSE, ENCRYPTED})
PATIENCE = timedelta(seconds=30)
"""How long a missing key is waited for before the sender is told."""
TOKEN_EVERY = timedelta(seconds=10)
"""How long a token that came without anybody's words may be kept in memory only."""
LONGEST_PAUSE = 60.0


@dataclass
class Receive:
    """The loop that listens to the homeserver.

    Attributes:
        invited: decides on an invitation, before its batch is acknowledged.
        ring: called when new rows wait in the inbox.
        left: called for a room that we are in no longer.
        adopt: called when words came from a room that is not known: it may be ours, made just before a crash.
        listening: set once there is a moment from which everything is heard: nobody is invited before.
    """

    database: Database
    client: Client
    clock: Clock
    invited: Callable[[Invitation], Awaitable[None]]
    ring: Callable[[], None]
    left: Callable[[str], Awaitable[None]]
    adopt: Callable[[], Awaitable[None]]
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    _since: str | None = None
    _kept_at: datetime | None = None
    _known: set[str] = field(default_factory=set)
    _echoes: dict[str, str] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)
    _all_keys: bool = True

    async def run(self) -> None:
        """Listen until cancelled; only ENDS end it."""
        failures = 0
        while True:
            try:
                await self.once()
                failures = 0
            except ENDS:
                raise
            except Limited as limited:
                await asyncio.sleep(limited.retry_after)
            except MatrixError as error:
                failures += 1
                pause = min(LONGEST_PAUSE, 2.0 ** min(failures, 6)) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load
                log.warning("homeserver not heard", error=str(error), again_in=round(pause, 1))
                await asyncio.sleep(pause)
            except Exception:
                log.exception("batch not kept")
                await asyncio.sleep(LONGEST_PAUSE / 12)

    async def once(self, timeout_ms: int = 30_000) -> None:
        """One answer of the homeserver: invitations first, then events and token together, then keys."""
        since = self._since or await self._kept_token()
        batch = await self.client.sync(since, timeout_ms if self._since else 0)
        self._keys.update(batch.new_sessions)
        self._echoes.update(batch.echoes)
        for invitation in batch.invitations:
            await self.invited(invitation)
        for room_id in batch.left:
            await self.left(room_id)
        unreadable = await self._keep(batch) if self._worth_keeping(batch) else []
        self._since = batch.token
        self.listening.set()
        self.ring()
        await self.client.housekeeping()
        await self._read_again()
        for event in unreadable:
            await self.client.ask_for_key(event.source)

    async def _kept_token(self) -> str | None:
        async with self.database.read() as session:
            return await Store(session, "", self.clock.now()).settings.get(SYNC_TOKEN)

    def _worth_keeping(self, batch: Batch) -> bool:
        """A token alone can wait a little: starting again from an older one only brings known events again."""
        waited = self.clock.now() - self._kept_at > TOKEN_EVERY if self._kept_at else True
        return waited or any(event.sender != self.client.user_id for event in batch.events)

    async def _keep(self, batch: Batch) -> list[Event]:
        """Keep events and token together; the events that could not be read."""
        await self._know_rooms(batch)
        async with self.database.begin() as session:
            store = Store(session, "", self.clock.now())
            rooms = await store.rooms.kinds({event.room_id for event in batch.events}) if batch.events else {}
            heard = [event for event in batch.events if self._concerns_us(event, rooms.get(event.room_id))]
            fresh = (
                {row.event_id for row in await store.inbox.add([self._row(event) for event in heard])}
                if heard
                else set()
            )
            if self._echoes:  # before who answers them is heard: an answer names the event that it answers
                await store.outbox.echoed(self._echoes)
            await store.settings.put(SYNC_TOKEN, batch.token)
        self._echoes.clear()
        self._kept_at = self.clock.now()
        return [event for event in heard if event.type == ENCRYPTED and event.event_id in fresh]

    async def _know_rooms(self, batch: Batch) -> None:
        """Somebody may already speak in a room that was made, but not written down, when the bot was killed."""
        talking = {event.room_id for event in batch.events if event.sender != self.client.user_id} - self._known
        if not talking:
            return
        async with self.database.read() as session:
            known = await Store(session, "", self.clock.now()).rooms.kinds(talking)
        self._known.update(known)
        if talking - known.keys():
            await self.adopt()

    def _concerns_us(self, event: Event, room: RoomKind | None) -> bool:
        """People's words and signs; never our own, another bot's notices, or a file's edit (it would be filed twice)."""
        if event.sender == self.client.user_id or event.type not in HEARD or room in (None, RoomKind.SPACE):
            return False
        if event.type == "m.room.member":
            return room is RoomKind.DM and event.state_key == event.sender  # came in, or left
        kind = event.content.get("msgtype")
        return kind != "m.notice" and (kind in WORDS or not is_edit(event.content))

    def _row(self, event: Event) -> Incoming:
        now = self.clock.now()
        unreadable = event.type == ENCRYPTED
        content = event.source if unreadable else event.content
        if event.redacts:
            content = {"redacts": event.redacts}
        return Incoming(
            event_id=event.event_id,
            room_id=event.room_id,
            sender=event.sender,
            type=event.type,
            content=content,
            encrypted=event.encrypted,
            authentic=event.authentic,
            session_id=event.session_id,
            sent_at=event.sent_at if event.age is None else now - event.age,  # whatever our clocks differ by
            received_at=now,
            due_at=now + PATIENCE if unreadable else now,
            state=InboxState.UNREADABLE if unreadable else InboxState.NEW,
        )

    async def _read_again(self) -> None:
        """Keys came (or may have, before a stop): what waited for them goes on as if it had just arrived."""
        if not (self._keys or self._all_keys):
            return
        sessions = None if self._all_keys else tuple(self._keys)
        async with self.database.read() as session:
            waiting = list(await Store(session, "", self.clock.now()).inbox.unreadable(sessions))
        for row in waiting:
            event = await self.client.decrypt_again(row.content)
            if event is None:
                await self.client.ask_for_key(row.content)  # perhaps killed before it was asked for
                continue
            async with self.database.begin() as session:
                inbox = Store(session, "", self.clock.now()).inbox
                fresh = await inbox.get(row.id)
                inbox.readable(fresh, event.type, event.content, authentic=event.authentic)
        self._keys.clear()
        self._all_keys = False
        self.ring()
