"""What is known of each room we are in: who is there, whether it is encrypted, whether newcomers read its past.

Loaded once per room from the homeserver, then kept up by the syncs. A room once encrypted stays encrypted here,
whatever a homeserver says later.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.matrix.machine import Json
from bot.matrix.transport import Transport, v3


@dataclass
class RoomMemory:
    """One room, as far as sending to it needs."""

    encrypted: bool
    joined: set[str] = field(default_factory=set)
    invited: set[str] = field(default_factory=set)
    history: str = "shared"


class Memory:
    """All rooms of the account; ``store`` keeps which are encrypted across restarts."""

    def __init__(self, transport: Transport, store: Any) -> None:
        self._transport = transport
        self._store = store
        self._encrypted: set[str] = set(store.load_encrypted_rooms())
        self._rooms: dict[str, RoomMemory] = {}
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def know(self, room_id: str) -> RoomMemory:
        """The room, asked from the homeserver when it is new; raises MatrixError, Rejected when we are not in it."""
        async with self._asking[room_id]:  # two answers at once: the older one must not have the last word
            if room_id not in self._rooms:
                self.learn(room_id, await self._transport.listing(v3("rooms", room_id, "state")))
            return self._rooms[room_id]

    def learn(self, room_id: str, state: Iterable[Json]) -> None:
        """Takes a room's full state."""
        self._rooms[room_id] = RoomMemory(room_id in self._encrypted)
        self.apply(room_id, state)

    def apply(self, room_id: str, events: Iterable[Json]) -> None:
        """Takes the state events that go by; those of a room that is not known yet wait until it is asked for."""
        room = self._rooms.get(room_id)
        if room is None:
            return
        for raw in events:
            kind, key, content = raw.get("type"), raw.get("state_key"), raw.get("content", {})
            if kind == "m.room.member" and isinstance(key, str):
                _move(room, key, content.get("membership"))
            elif kind == "m.room.encryption" and key == "":
                self._encrypt(room_id, room)
            elif kind == "m.room.history_visibility" and key == "":
                room.history = str(content.get("history_visibility", "shared"))

    def moved(self, room_id: str, user_id: str, membership: str) -> None:
        """Takes what we did ourselves to somebody before a sync says it, so that the next message counts with it."""
        if room_id in self._rooms:
            _move(self._rooms[room_id], user_id, membership)

    def _encrypt(self, room_id: str, room: RoomMemory) -> None:
        room.encrypted = True
        if room_id not in self._encrypted:
            self._encrypted.add(room_id)
            self._store.save_encrypted_rooms({room_id})

    def forget(self, room_id: str) -> None:
        """We are no longer there: who comes and goes is no longer told to us."""
        self._rooms.pop(room_id, None)

    def joined(self, room_id: str) -> frozenset[str]:
        """Who is in the room; nobody as far as we know, when we are not in it."""
        room = self._rooms.get(room_id)
        return frozenset(room.joined) if room else frozenset()

    def is_encrypted(self, room_id: str) -> bool:
        """Whether the room is, or ever was known to be, encrypted."""
        return room_id in self._encrypted


def _move(room: RoomMemory, user_id: str, membership: object) -> None:
    room.joined.discard(user_id)
    room.invited.discard(user_id)
    if membership == "join":
        room.joined.add(user_id)
    elif membership == "invite":
        room.invited.add(user_id)
