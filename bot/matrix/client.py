"""The account on Matrix: the one object through which the rest of the bot talks, encrypted wherever rooms are.

It hides the library entirely. Every method may raise MatrixError: Limited and Unreachable mean "again later", the
others are final.
"""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import structlog

from bot.matrix import history, identity, media
from bot.matrix.creation import NewRoom, creation_body, default_version
from bot.matrix.errors import Rejected, Undecryptable
from bot.matrix.events import ENCRYPTED, Batch, Event, Health, well_formed
from bot.matrix.keys import Keyring
from bot.matrix.machine import Json
from bot.matrix.memory import Memory
from bot.matrix.powers import Powers, powers_of
from bot.matrix.signin import Account, sign_in
from bot.matrix.sync import KEY, Syncer
from bot.matrix.transport import Transport, v3
from bot.matrix.vault import Identity, Vault

__all__ = ["Account", "Client"]

_log = structlog.get_logger(__name__)

_ALWAYS_CLEAR = frozenset({"m.reaction"})  # apps send and read reactions in clear, in encrypted rooms too
_LOADING = 8  # rooms asked for at the same time, at the start


class Client:
    """One account, one device, one directory: ``async with Client(account, directory, key=key) as client``.

    Args:
        directory: where this account's secrets are kept, sealed under ``key`` (32 bytes).
        recovery_key: given once, to find the account's identity again when ``directory`` was lost.
    """

    def __init__(self, account: Account, directory: Path, *, key: bytes, recovery_key: str | None = None) -> None:
        self.user_id = account.user_id
        self.homeserver = account.homeserver.rstrip("/")
        self.device_id = ""
        self._account = account
        self._recovery_key = recovery_key
        self._vault = Vault(directory, key)
        self._transport = Transport(account.homeserver)
        self._identity: Identity | None = None
        self._started = False

    async def __aenter__(self) -> Self:
        self._vault.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.close()
        if self._started:
            self._keyring.machine.store.close()
        self._started = False
        self._vault.close()

    async def start(self) -> None:
        """Signs in or resumes, publishes keys, signs the device, learns the rooms. Does nothing the second time.

        Raises Unreachable; Rejected (wrong password); SignedOut, KeysLost, IdentityLost when a person has to act.
        """
        if self._started:
            return
        device, machine = await sign_in(self._transport, self._account, self._vault)
        self.device_id = device.device_id
        self._keyring = Keyring(self._transport, machine)
        self._memory = Memory(self._transport, machine.store)
        self._syncer = Syncer(self._transport, self._keyring, self._memory, self.user_id)
        try:
            await self._keyring.publish()
            self._identity = await identity.ensure(
                self._transport, self._account, self._vault, machine, self._recovery_key
            )
            await self._know_rooms()
        except BaseException:
            machine.store.close()
            raise
        self._started = True
        _log.info("signed in", user=self.user_id, device=self.device_id)

    async def _know_rooms(self) -> None:
        """One request per room instead of the whole state in one answer, which would block for seconds."""
        gate = asyncio.Semaphore(_LOADING)

        async def know(room_id: str) -> None:
            async with gate:
                with suppress(Rejected):  # left meanwhile
                    await self._memory.know(room_id)

        await asyncio.gather(*(know(room_id) for room_id in await self.joined_rooms()))

    # --- receiving

    async def sync(self, since: str | None, timeout_ms: int = 30_000) -> Batch:
        """The next Batch after the token ``since``, gaps filled; commit it with its token before asking for more."""
        return await self._syncer.sync(since, timeout_ms)

    async def housekeeping(self) -> None:
        """Keys and sessions, once a batch is committed; raises ENDS only."""
        await self._keyring.housekeeping()

    async def recent(self, room_id: str, count: int = 50) -> list[Event]:
        """A room's last events, oldest first, also from before we came, as far as its history is shared with us."""
        raws = await self._syncer.recent(room_id, count)
        await self._syncer.know_senders(raws)
        return [self._syncer.read(room_id, raw) for raw in reversed(raws)]

    async def decrypt_again(self, source: Mapping[str, Any]) -> Event | None:
        """An Event whose key may have come since; None while it still can't be read."""
        raw = dict(source)
        await self._keyring.refresh([raw["sender"]])
        with suppress(Undecryptable):
            self._keyring.machine.open(raw, raw["room_id"])
            return self._syncer.read(raw["room_id"], raw)
        return None

    async def ask_for_key(self, source: Mapping[str, Any]) -> None:
        """Asks the sender's own device again for the key of an event that could not be read."""
        await self._keyring.ask_for_key(source)

    # --- sending

    async def send(self, room_id: str, type: str, content: Mapping[str, Any], txn: str) -> str:  # noqa: A002  # Matrix's word
        """Sends one event and tells its id; the same ``txn`` within a day is sent once, whatever happened between.

        Encrypted where the room is, for every device that its members have at this moment.
        """
        room = await self._memory.know(room_id)
        async with self._keyring.lock(room_id):
            kind, body = type, dict(content)
            if self._memory.is_encrypted(room_id) and type not in _ALWAYS_CLEAR:
                shared = room.history in ("shared", "world_readable")
                await self._keyring.share(room_id, frozenset(room.joined | room.invited), history=shared)
                kind, body = ENCRYPTED, self._keyring.machine.encrypt_for_room(room_id, type, body)
            body[KEY] = txn  # in clear: the homeserver knows it already, and another device of ours must read it
            answer = await self._transport.call("PUT", v3("rooms", room_id, "send", kind, txn), body)
        return str(answer["event_id"])

    async def redact(self, room_id: str, event_id: str, txn: str, reason: str = "") -> None:
        """Removes what an event said."""
        body = {"reason": reason} if reason else {}
        await self._transport.call("PUT", v3("rooms", room_id, "redact", event_id, txn), body)

    async def find_sent(self, room_id: str, txn: str, after: datetime) -> str | None:
        """The event that we sent with ``txn``, looked for among those the homeserver dates from ``after`` on."""
        return (await self.sent_since(room_id, after)).get(txn)

    async def sent_since(self, room_id: str, moment: datetime) -> dict[str, str]:
        """What this account sent to a room since a moment, by whatever device: the events by their ``txn``."""
        return await self._syncer.sent_since(room_id, moment)

    async def upload(self, data: bytes, name: str, mime: str, *, encrypted: bool) -> Json:
        """Sends a file; the result is merged into an m.file content. Raises FileTooBig with the homeserver's limit."""
        return await media.upload(self._transport, data, name, mime, encrypted=encrypted)

    async def fetch(self, content: Mapping[str, Any], limit: int) -> bytes:
        """The file of a message, at most ``limit`` bytes; raises FileTooBig, FileDamaged, FileGone."""
        return await media.fetch(self._transport, content, limit)

    # --- rooms

    async def create_room(
        self,
        *,
        name: str,
        topic: str = "",
        invite: Iterable[str] = (),
        encrypted: bool = True,
        space: bool = False,
        direct: bool = False,
        mark: Mapping[str, Any] | None = None,
        power_levels: Mapping[str, Any] | None = None,
        initial_state: Iterable[Json] = (),
    ) -> str:
        """Makes a room, by invitation only; ``mark`` in its creation event finds it again after a crash."""
        room = NewRoom(name, topic, invite, encrypted, space, direct, mark or {}, power_levels or {}, initial_state)
        body = creation_body(room, self.user_id, await default_version(self._transport))
        answer = await self._transport.call("POST", v3("createRoom"), body)
        room_id = str(answer["room_id"])
        await self._memory.know(room_id)
        return room_id

    async def joined_rooms(self) -> list[str]:
        """The rooms that we are in, by the homeserver."""
        answer = await self._transport.call("GET", v3("joined_rooms"))
        return [str(room_id) for room_id in answer.get("joined_rooms", [])]

    async def state(self, room_id: str) -> list[Json]:
        """A room's full state as it is now, raw."""
        return await self._transport.listing(v3("rooms", room_id, "state"))

    async def put_state(self, room_id: str, type: str, content: Mapping[str, Any], state_key: str = "") -> None:  # noqa: A002
        """Sets one piece of a room's state; read and compare first, for there is no transaction id."""
        await self._transport.call("PUT", v3("rooms", room_id, "state", type, state_key), dict(content))

    async def members(self, room_id: str) -> dict[str, str]:
        """Each person's membership (join, invite, leave, ban, knock), by the homeserver."""
        answer = await self._transport.call("GET", v3("rooms", room_id, "members"))
        found = [raw for raw in answer.get("chunk", []) if well_formed(raw)]
        return {str(raw["state_key"]): str(raw["content"].get("membership")) for raw in found}

    def joined(self, room_id: str) -> frozenset[str]:
        """Who is in a room as far as the syncs told; nobody for a room that we are not in."""
        return self._memory.joined(room_id)

    def is_encrypted(self, room_id: str) -> bool:
        """Whether a room is encrypted; a room that once was stays so."""
        return self._memory.is_encrypted(room_id)

    async def powers(self, room_id: str) -> Powers:
        """Who may do what, from the state fetched now."""
        return powers_of(await self.state(room_id))

    async def invite(self, room_id: str, user_id: str, *, past: bool = True) -> None:
        """Invites a person, to whom the keys of what was said before are given first, unless ``past`` is not theirs."""
        if past and self._memory.is_encrypted(room_id):
            async with self._keyring.lock(room_id):
                await history.offer(self._transport, self._keyring, room_id, user_id)
        await self._transport.call("POST", v3("rooms", room_id, "invite"), {"user_id": user_id})
        self._memory.moved(room_id, user_id, "invite")

    async def kick(self, room_id: str, user_id: str, reason: str = "") -> None:
        """Removes a person, or takes an invitation back."""
        body = {"user_id": user_id, **({"reason": reason} if reason else {})}
        await self._transport.call("POST", v3("rooms", room_id, "kick"), body)
        self._memory.moved(room_id, user_id, "leave")

    async def join(self, room_id: str) -> None:
        """Accepts an invitation, with the keys of the past that the inviter prepared."""
        await self._transport.call("POST", v3("rooms", room_id, "join"), {})
        await self._memory.know(room_id)
        inviter = self._syncer.inviters.pop(room_id, None)
        await history.take(self._transport, self._keyring.machine, room_id, inviter)

    async def leave(self, room_id: str, reason: str = "") -> None:
        """Leaves a room, or declines its invitation with a polite ``reason``."""
        await self._transport.call("POST", v3("rooms", room_id, "leave"), {"reason": reason} if reason else {})
        self._memory.forget(room_id)

    # --- the account

    async def account_data(self, type: str) -> Json:  # noqa: A002
        """A piece of the account's own data; empty when it was never set."""
        try:
            return await self._transport.call("GET", v3("user", self.user_id, "account_data", type))
        except Rejected as error:
            if error.code == "M_NOT_FOUND":
                return {}
            raise

    async def set_account_data(self, type: str, content: Mapping[str, Any]) -> None:  # noqa: A002
        """Sets a piece of the account's own data (m.direct, for instance)."""
        await self._transport.call("PUT", v3("user", self.user_id, "account_data", type), dict(content))

    async def introduce(self, name: str) -> None:
        """The name that people see, unless somebody gave the account another one than the homeserver's own."""
        path, local = v3("profile", self.user_id, "displayname"), self.user_id[1:].partition(":")[0]
        status, answer = await self._transport.request("GET", path)
        unnamed = status == 404 or (status == 200 and answer.get("displayname") in (None, "", local))
        if unnamed and local != name:
            await self._transport.call("PUT", path, {"displayname": name})

    async def request(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        timeout: float = 60.0,  # noqa: ASYNC109
    ) -> tuple[int, Json]:
        """Any other call, with the account's token: its status and JSON, whatever the status; raises Unreachable."""
        return await self._transport.request(method, path, body, patience=timeout)

    @property
    def health(self) -> Health:
        """How the account is doing."""
        if not self._started:
            return Health(False, None, 0, None)
        signed = self._keyring.machine.own_device_keys is not None
        return Health(signed, self._keyring.one_time_keys, self._syncer.undecryptable, self._syncer.last_at)

    def recovery_key(self) -> str | None:
        """The key that opens the account's identity in any app, for the administrator's safe; None before the start."""
        return self._identity.recovery_key if self._identity else None
