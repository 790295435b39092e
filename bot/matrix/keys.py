"""Keys over the wire: publishing ours, learning others', giving each device what it needs to read us.

Membership and devices are compared at each send with those that hold the current room key: whoever is gone makes
the key change, whoever is new receives it first. Nothing depends on having seen each change go by.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from time import monotonic
from typing import Any
from uuid import uuid4

import structlog
from nio.crypto import OlmDevice, OutboundGroupSession
from nio.event_builders import RoomKeyRequestMessage
from nio.responses import KeysClaimResponse, KeysQueryResponse, ToDeviceResponse

from bot.matrix.errors import ENDS, MatrixError, Rejected, StoreFailed
from bot.matrix.machine import MEGOLM, SHARED_HISTORY, Json, Machine, usable_device
from bot.matrix.transport import Transport, v3

_log = structlog.get_logger(__name__)

_AT_ONCE = 40  # devices per to-device request
_TRY_AGAIN = 300.0  # seconds before asking again for the one-time key of a device that had none
_ALGORITHM = "signed_curve25519"


class Keyring:
    """The keys of one device and of those it talks to, kept in step with the homeserver."""

    def __init__(self, transport: Transport, machine: Machine) -> None:
        self._transport = transport
        self.machine = machine
        self.one_time_keys: int | None = None  # left on the homeserver, by its last word
        self._needs_fallback = True
        self._fresh: set[str] = set()  # people whose devices we know to be up to date
        self._querying = asyncio.Lock()
        self._sharing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._unreachable: dict[tuple[str, str], float] = {}

    def note(self, answer: Json) -> None:
        """Takes from a sync what concerns keys: whose devices changed, how many of our keys are left.

        Zero keys left is a count like any other (the library takes it for silence, and goes deaf).
        """
        lists = answer.get("device_lists", {})
        for user_id in (*lists.get("changed", []), *lists.get("left", [])):
            self._fresh.discard(user_id)
            for known in [key for key in self._unreachable if key[0] == user_id]:
                del self._unreachable[known]
        if "device_one_time_keys_count" in answer:
            self.one_time_keys = int(answer["device_one_time_keys_count"].get(_ALGORITHM, 0))
        if "device_unused_fallback_key_types" in answer:
            self._needs_fallback = _ALGORITHM not in answer["device_unused_fallback_key_types"]

    # --- ours

    async def publish(self) -> None:
        """Uploads our device keys once, and one-time keys and a fallback key whenever some were used."""
        machine = self.machine
        machine.uploaded_key_count = self.one_time_keys
        if machine.should_upload_keys:
            content = machine.share_keys()
            # Saved before it is sent: the same keys go out again after a crash. Other keys under ids that the
            # homeserver already has would be refused for ever.
            machine.save_account()
            await self._upload(content)
        if self._needs_fallback:
            await self._publish_fallback()

    async def _upload(self, content: Json) -> None:
        """After an old backup of the crypto store, the next ids were used already: they are skipped, not insisted on."""
        try:
            answer = await self._transport.call("POST", v3("keys", "upload"), content)
        except Rejected as error:
            if not self.machine.account.shared or error.status != 400:
                raise
            _log.warning("one-time keys refused, the next ones will be others", code=error.code)
            self.machine.mark_keys_as_published()
            self.machine.save_account()
            return
        self.machine.account.shared = True
        self._published(answer)

    async def _publish_fallback(self) -> None:
        """The key that still works when all one-time keys are used, after a long stop (specification, 11.12.4.1)."""
        account = self.machine.account
        account._account.generate_fallback_key()  # the library doesn't know these keys
        self.machine.save_account()
        content: Json = {}
        for key_id, key in account._account.fallback_key.items():
            signed: Json = {"key": key.to_base64(), "fallback": True}
            signature = self.machine.sign_json(signed)
            signed["signatures"] = {self.machine.user_id: {f"ed25519:{self.machine.device_id}": signature}}
            content[f"{_ALGORITHM}:{key_id}"] = signed
        answer = await self._transport.call("POST", v3("keys", "upload"), {"fallback_keys": content})
        self._needs_fallback = False
        self._published(answer)

    def _published(self, answer: Json) -> None:
        self.one_time_keys = int(answer.get("one_time_key_counts", {}).get(_ALGORITHM, 0))
        self.machine.mark_keys_as_published()
        self.machine.save_account()

    # --- those of others

    async def refresh(self, users: Iterable[str]) -> None:
        """Learns the devices of those whose devices are unknown, or changed since they were last asked for."""
        async with self._querying:
            asked = sorted(set(users) - self._fresh)
            if not asked:
                return
            self._fresh.update(asked)  # before the request: a change that arrives meanwhile undoes it
            try:
                body: Json = {"device_keys": {user_id: [] for user_id in asked}}
                answer = await self._transport.call("POST", v3("keys", "query"), body)
            except BaseException:
                self._fresh.difference_update(asked)
                raise
            self._learn(answer, asked)

    def _learn(self, answer: Json, asked: list[str]) -> None:
        """One member's malformed keys are that member's loss only; the library stops at the first of them."""
        found = answer.get("device_keys", {})
        self._fresh.difference_update(set(asked) - set(found))  # their homeserver did not answer
        for user_id, devices in found.items():
            for device_id in [name for name, keys in devices.items() if not usable_device(user_id, name, keys)]:
                _log.warning("device ignored: unusable keys", user=user_id, device=device_id)
                del devices[device_id]
        self.machine.handle_response(KeysQueryResponse(found, {}))

    async def claim(self, devices: Iterable[OlmDevice]) -> None:
        """Opens an Olm session with those devices that we have none with, as far as they left keys for that."""
        wanted: Json = {}
        for device in devices:
            later = self._unreachable.get((device.user_id, device.id), 0.0)
            if self.machine.session_store.get(device.curve25519) is None and monotonic() >= later:
                wanted.setdefault(device.user_id, {})[device.id] = _ALGORITHM
        await self._claim(wanted)

    async def _claim(self, wanted: Json) -> None:
        if not wanted:
            return
        answer = await self._transport.call("POST", v3("keys", "claim"), {"one_time_keys": wanted})
        given = answer.get("one_time_keys", {})
        for user_id, devices in wanted.items():
            for device_id in devices:
                key = given.get(user_id, {}).get(device_id)
                if not self._open_session(user_id, device_id, key):
                    self._unreachable[user_id, device_id] = monotonic() + _TRY_AGAIN

    def _open_session(self, user_id: str, device_id: str, key: object) -> bool:
        """A malformed key costs the one device that published it."""
        try:
            self.machine.handle_response(KeysClaimResponse({user_id: {device_id: key}}, {}))
            device = self.machine.device_store[user_id][device_id]
            return self.machine.session_store.get(device.curve25519) is not None
        except StoreFailed:
            raise
        except Exception as error:  # whatever a hostile device publishes
            _log.warning("one-time key unusable", user=user_id, device=device_id, error=type(error).__name__)
            return False

    # --- room keys

    async def share(self, room_id: str, members: frozenset[str], *, history: bool) -> None:
        """Makes sure that every device of ``members`` has the room's current key, and that nobody else has.

        Can be interrupted anywhere and called again: a device counts as served once the homeserver said so.
        """
        await self.refresh(members)
        devices = list(self.machine.recipients(members))
        session = self._current(room_id, devices, history=history)
        missing = [each for each in devices if (each.user_id, each.id) not in session.users_shared_with]
        await self.claim(missing)
        content: Json = {
            "algorithm": MEGOLM,
            "room_id": room_id,
            "session_id": session.id,
            "session_key": session.session_key,
        }
        if history:
            content[SHARED_HISTORY] = True
        for start in range(0, len(missing), _AT_ONCE):
            chunk = missing[start : start + _AT_ONCE]
            served = await self.send_to(chunk, "m.room_key", content)
            session.users_shared_with.update(served)
        session.shared = True

    def lock(self, room_id: str) -> asyncio.Lock:
        """One message at a time per room, from the sharing of the key to the homeserver's answer, so order holds."""
        return self._sharing[room_id]

    def _current(self, room_id: str, devices: list[OlmDevice], *, history: bool) -> OutboundGroupSession:
        """The room key in use, or a new one: worn out, or held by somebody who is gone."""
        session = self.machine.outbound(room_id)
        present = {(device.user_id, device.id) for device in devices}
        if session is None or session.users_shared_with - present:
            self.machine.create_outbound_group_session(room_id)
            session = self.machine.outbound_group_sessions[room_id]
            if history:
                self.machine.store.mark_shared(room_id, session.id)
        return session

    async def send_to(self, devices: Iterable[OlmDevice], kind: str, content: Json) -> set[tuple[str, str]]:
        """Sends one encrypted to-device message to each device that has a session; tells which were served."""
        messages: Json = {}
        served = set()
        with self.machine.store.database.atomic():  # one commit for all their sessions
            for device in devices:
                sealed = self.machine.seal_for(device, kind, content)
                if sealed is not None:
                    messages.setdefault(device.user_id, {})[device.id] = sealed
                    served.add((device.user_id, device.id))
        if messages:
            path = v3("sendToDevice", "m.room.encrypted", uuid4().hex)
            await self._transport.call("PUT", path, {"messages": messages})
        return served

    # --- what waits

    async def housekeeping(self) -> None:
        """All that can wait until a batch is safe: keys, broken sessions, pending messages; raises ENDS only."""
        for duty in (self.publish, self._mend_sessions, self._flush):
            try:
                await duty()
            except ENDS:
                raise
            except MatrixError as error:
                _log.warning("keys: put off", duty=duty.__name__, error=type(error).__name__)
            except Exception as error:  # nothing here may stop the bot from answering
                _log.error("keys: failed", duty=duty.__name__, error=type(error).__name__)

    async def _mend_sessions(self) -> None:
        """Opens a fresh Olm session where one broke, and tells the other side by an empty message."""
        broken: list[Any] = list(self.machine.wedged_devices)
        wanted: Json = {}
        for device in broken:
            wanted.setdefault(device.user_id, {})[device.id] = _ALGORITHM
        await self._claim(wanted)
        self.machine.wedged_devices = [each for each in self.machine.wedged_devices if each not in broken]

    async def _flush(self) -> None:
        for message in list(self.machine.outgoing_to_device_messages):
            path = v3("sendToDevice", message.type, uuid4().hex)
            await self._transport.call("PUT", path, message.as_dict())
            self.machine.handle_response(ToDeviceResponse(message))

    async def ask_for_key(self, source: Mapping[str, Any]) -> None:
        """Asks the device that encrypted an event for its key once more, if not asked already."""
        content, room_id = source["content"], source["room_id"]
        session_id, sender_key = content.get("session_id"), content.get("sender_key")
        if not isinstance(session_id, str) or session_id in self.machine.outgoing_key_requests:
            return
        await self.refresh([source["sender"]])
        found = self.machine.device_store.device_from_sender_key(source["sender"], sender_key)
        device_id = found.id if found is not None else str(content.get("device_id", "*"))
        body = {"algorithm": MEGOLM, "room_id": room_id, "session_id": session_id, "sender_key": sender_key}
        request = {
            "action": "request",
            "body": body,
            "request_id": session_id,
            "requesting_device_id": self.machine.device_id,
        }
        message = RoomKeyRequestMessage(
            "m.room_key_request", source["sender"], device_id, request, session_id, session_id, room_id, MEGOLM
        )
        self.machine.outgoing_to_device_messages.append(message)
        await self._flush()
