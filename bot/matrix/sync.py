"""One answer of the homeserver after another, nothing lost between them.

The token belongs to whoever commits the events: asking twice from the same one gives the same events, decrypted
again. What a limited timeline left out is fetched before the batch is handed over (specification, 10.4).
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime

import structlog

from bot.matrix.errors import Rejected, Undecryptable, Unreachable
from bot.matrix.events import (
    ENCRYPTED,
    Batch,
    Event,
    Invitation,
    event_in_clear,
    event_opened,
    invitation,
    well_formed,
)
from bot.matrix.keys import Keyring
from bot.matrix.machine import Json
from bot.matrix.memory import Memory
from bot.matrix.transport import Transport, v3

_log = structlog.get_logger(__name__)

_QUIET: Json = {"presence": {"types": []}, "account_data": {"types": []}}
_ROOM: Json = {"ephemeral": {"types": []}, "account_data": {"types": []}}
_FILTER = json.dumps({**_QUIET, "room": {**_ROOM, "timeline": {"limit": 50}}})
_FIRST = json.dumps({**_QUIET, "room": {**_ROOM, "timeline": {"limit": 1}, "state": {"types": []}}})
_GRACE = 30.0  # seconds that a homeserver may take beyond the waiting that it was asked for
_PAGE = "100"
KEY = "fr.appariteur.key"  # the transaction id, kept in the event: another device finds what this one sent


class Syncer:
    """Turns what a homeserver says into Batches."""

    def __init__(self, transport: Transport, keyring: Keyring, memory: Memory, me: str) -> None:
        self._transport = transport
        self._keyring = keyring
        self._memory = memory
        self._me = me
        self.inviters: dict[str, str] = {}
        self.undecryptable = 0
        self.last_at: datetime | None = None

    async def sync(self, since: str | None, timeout_ms: int) -> Batch:
        """The next Batch; with no token, where to start from and no events: what is old is not for us.

        Raises MatrixError, SignedOut among them; the same ``since`` may be asked again.
        """
        answer = await self._ask(since, timeout_ms)
        self._keyring.note(answer)
        for raw in (sent := answer.get("to_device", {}).get("events", [])):
            self._keyring.machine.receive(raw)
        if sent:  # acknowledged by the next token, these keys never come again
            await asyncio.to_thread(self._keyring.machine.store.outlive)
        rooms: Json = answer.get("rooms", {})
        invitations = [found for room, info in rooms.get("invite", {}).items() if (found := self._invited(room, info))]
        events = [] if since is None else await self._events(rooms.get("join", {}), since)
        left = tuple(rooms.get("leave", {}))
        for room_id in left:
            self._memory.forget(room_id)
        machine = self._keyring.machine
        arrived, machine.arrived = tuple(machine.arrived), []
        self.last_at = datetime.now(UTC)
        echoes = self._echoes(event.source for event in events)
        return Batch(str(answer["next_batch"]), tuple(events), tuple(invitations), left, arrived, echoes)

    async def _ask(self, since: str | None, timeout_ms: int) -> Json:
        query = {"filter": _FIRST if since is None else _FILTER, "set_presence": "offline"}
        if since is not None:
            query |= {"since": since, "timeout": str(timeout_ms)}
        patience = _GRACE + (0 if since is None else timeout_ms / 1000)
        answer = await self._transport.call("GET", v3("sync", **query), patience=patience)
        if not isinstance(answer.get("next_batch"), str):
            raise Unreachable("the answer is not one to a sync")
        return answer

    def _invited(self, room_id: str, info: Json) -> Invitation | None:
        found = invitation(room_id, info, self._me)
        if found is not None:
            self.inviters[room_id] = found.inviter
        return found

    async def _events(self, joined: Json, since: str) -> list[Event]:
        raws: list[tuple[str, Json]] = []
        for room_id, info in joined.items():
            timeline = info.get("timeline", {})
            shown = [raw for raw in timeline.get("events", []) if well_formed(raw)]
            await self._remember(room_id, [*info.get("state", {}).get("events", []), *shown])
            start = timeline.get("prev_batch")
            arrival = next((at for at, raw in enumerate(shown) if self._is_own_arrival(raw)), None)
            if arrival is not None:
                shown = shown[arrival:]  # what was said before we came was not said to us
            elif timeline.get("limited") and isinstance(start, str):
                shown = [*await self._gap(room_id, start, since), *shown]
            raws += [(room_id, raw) for raw in shown]
        await self.know_senders(raw for _, raw in raws)
        return [self.read(room_id, raw) for room_id, raw in raws]

    async def know_senders(self, raws: Iterable[Json]) -> None:
        """Learns the devices of those who wrote these events: without them, nobody's hand can be proved."""
        await self._keyring.refresh({raw["sender"] for raw in raws if raw["type"] == ENCRYPTED})

    async def _remember(self, room_id: str, state: Iterable[Json]) -> None:
        try:
            await self._memory.know(room_id)
        except Rejected as error:  # removed meanwhile: the next batch says so
            _log.info("room not readable", room=room_id, code=error.code)
        self._memory.apply(room_id, state)  # also over what was just asked for, perhaps a moment too early

    async def _gap(self, room_id: str, start: str, since: str) -> list[Json]:
        """What happened between ``since`` and ``start``, oldest first."""
        found: list[Json] = []
        try:
            async for raw in self._backwards(room_id, **{"from": start, "to": since}):
                found.append(raw)
                if self._is_own_arrival(raw):
                    break
        except Rejected as error:  # removed meanwhile: what can't be read any more is not ours to read
            _log.warning("gap not readable", room=room_id, code=error.code)
        return found[::-1]

    async def _backwards(self, room_id: str, **query: str) -> AsyncIterator[Json]:
        """A room's raw events, newest first, page after page."""
        while True:
            path = v3("rooms", room_id, "messages", dir="b", limit=_PAGE, **query)
            page = await self._transport.call("GET", path)
            for raw in filter(well_formed, page.get("chunk", [])):
                yield raw
            end = page.get("end")
            if not page.get("chunk") or not isinstance(end, str) or end == query.get("from"):
                return
            query["from"] = end

    async def recent(self, room_id: str, count: int) -> list[Json]:
        """The last raw events of a room, newest first, as far as we may see them."""
        found: list[Json] = []
        async for raw in self._backwards(room_id):
            if len(found) == count:
                break
            found.append(raw)
        return found

    async def sent_since(self, room_id: str, after: datetime) -> dict[str, str]:
        """Our own events of a room from a moment on, by the transaction id that they were sent with."""
        found: dict[str, str] = {}
        async for raw in self._backwards(room_id):
            found |= self._echoes([raw])
            if raw.get("origin_server_ts", 0) < after.timestamp() * 1000:
                break
        return found

    def _echoes(self, raws: Iterable[Json]) -> dict[str, str]:
        """Our own events among these, by the transaction id that they were sent with."""
        own = [raw for raw in raws if raw["sender"] == self._me]
        keys = [(raw["content"].get(KEY) or raw.get("unsigned", {}).get("transaction_id"), raw) for raw in own]
        return {str(key): str(raw["event_id"]) for key, raw in keys if key}

    def _is_own_arrival(self, raw: Json) -> bool:
        """Our own joining of a room, not a mere change of our name in it."""
        if raw["type"] != "m.room.member" or raw.get("state_key") != self._me:
            return False
        unsigned = raw.get("unsigned", {})
        before = unsigned.get("prev_content", {}) if isinstance(unsigned, dict) else {}
        return bool(raw["content"].get("membership") == "join" and before.get("membership") != "join")

    def read(self, room_id: str, raw: Json) -> Event:
        """The Event of a raw one, decrypted if it can be; never raises for what people or homeservers may send."""
        if raw["type"] == ENCRYPTED:
            try:
                return event_opened(raw, room_id, self._keyring.machine.open(raw, room_id))
            except Undecryptable as error:
                self.undecryptable += 1
                _log.warning("event not decrypted", event_id=raw["event_id"], room=room_id, reason=str(error))
        return event_in_clear(raw, room_id, room_encrypted=self._memory.is_encrypted(room_id))
