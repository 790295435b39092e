"""The Olm and Megolm machine of one device: the library's, where hostile or broken input can't stop it.

Anybody on any homeserver can send a to-device message: each one is handled alone, and whatever is wrong with it
costs that message only. (Library 0.26: one raised error loses the whole answer of the homeserver.)
"""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
import vodozemac
from nio.crypto import InboundGroupSession, OlmDevice, OutboundGroupSession
from nio.crypto.olm_machine import Olm
from nio.events.to_device import RoomKeyEvent, ToDeviceEvent
from unpaddedbase64 import encode_base64

from bot.matrix.coding import canonical
from bot.matrix.errors import StoreFailed, Undecryptable
from bot.matrix.events import Opened
from bot.matrix.roomkeys import merged

_log = structlog.get_logger(__name__)
logging.getLogger("nio").setLevel(logging.CRITICAL)  # its warnings quote whole events: what people wrote is not logged

MEGOLM = "m.megolm.v1.aes-sha2"
SHARED_HISTORY = "org.matrix.msc3061.shared_history"  # both names in one key make Rust clients refuse it
_SHARED_NAMES = (SHARED_HISTORY, "m.shared_history")

Json = dict[str, Any]


@dataclass(frozen=True)
class Bundle:
    """The keys of a room's past that somebody prepared for us before inviting us (MSC4268)."""

    sender: str
    sender_key: str
    room_id: str
    file: Json


class Machine(Olm):  # type: ignore[misc]  # the library is not typed
    """Keys, sessions and devices, without any network; see ``Keyring`` for what goes over the wire."""

    def __init__(self, user_id: str, device_id: str, store: Any) -> None:
        super().__init__(user_id, device_id, store)
        self.own_device_keys: Json | None = None  # as published, signed by our identity (MSC4147)
        self.arrived: list[str] = []  # ids of the room keys received since they were last collected
        self.bundles: list[Bundle] = []

    # --- what arrives for this device

    def receive(self, raw: object) -> None:
        """Takes one to-device message, whatever it holds; raises StoreFailed only.

        What it brings is kept in one transaction: a used one-time key without the session that it opened would
        make the sender's device unreadable for good. Only encrypted ones matter: keys in clear are never accepted, and a verification that a person starts
        (m.key.verification.*) waits in vain, for a bot has no eyes to compare pictures.
        """
        if not isinstance(raw, dict) or raw.get("type") != "m.room.encrypted":
            return
        with self.store.database.atomic():
            event = self._taken(raw)
        if isinstance(event, RoomKeyEvent):
            self.arrived.append(event.session_id)

    def _taken(self, raw: Json) -> Any:
        """What a to-device message was, or None; what it changed before it went wrong stays, here as on the disk."""
        try:
            return self.decrypt_event(ToDeviceEvent.parse_event(raw))
        except StoreFailed:
            raise
        except Exception as error:  # poisoned input may raise anything, and must not spread
            _log.warning("to-device message dropped", sender=raw.get("sender"), error=type(error).__name__)
            self._unwedge(raw)
            return None

    def _unwedge(self, raw: Json) -> None:
        """An Olm session that fails is replaced by a fresh one, at most once an hour (specification, 11.12.5.1)."""
        content = raw.get("content")
        key = content.get("sender_key") if isinstance(content, dict) else None
        if isinstance(key, str) and isinstance(raw.get("sender"), str):
            self._mark_device_for_unwedging(raw["sender"], key)

    def _handle_olm_event(self, sender: str, sender_key: str, payload: Json) -> Any:
        if payload["type"] == "m.room_key_bundle":
            content = payload["content"]
            self.bundles.append(Bundle(sender, sender_key, content["room_id"], content["file"]))
            return None
        return super()._handle_olm_event(sender, sender_key, payload)

    def _handle_room_key_event(self, sender: str, sender_key: str, payload: Json) -> Any:
        content = payload["content"]
        event = super()._handle_room_key_event(sender, sender_key, payload)
        if isinstance(event, RoomKeyEvent) and any(content.get(name) is True for name in _SHARED_NAMES):
            self.store.mark_shared(event.room_id, event.session_id)
        return event

    def _should_accept_forward(self, sender: str, sender_key: str, event: Any) -> bool:
        """A key that we asked for again is accepted from the very device that made it, and from no other."""
        asked = self.outgoing_key_requests.get(event.session_id)
        content = event.source.get("content", {})
        return (
            asked is not None
            and event.algorithm == MEGOLM
            and asked.room_id == event.room_id
            and content.get("sender_key") == sender_key
            and not content.get("forwarding_curve25519_key_chain")
            and self.device_store.device_from_sender_key(sender, sender_key) is not None
        )

    def create_group_session(
        self, sender_key: str, sender_fp_key: str, room_id: str, session_id: str, session_key: str
    ) -> None:
        """Keeps a room key; one that reads less of the past than the one we have changes nothing."""
        session = InboundGroupSession(session_key, sender_fp_key, sender_key, room_id)
        if session.id != session_id:
            raise vodozemac.SessionCreationException("the key is not of the session that it names")
        self.keep(session)

    def keep(self, session: InboundGroupSession) -> bool:
        """Stores a room key unless as good a copy of it is there; tells whether anything was stored."""
        known = self.inbound_group_store.get(session.room_id, session.sender_key, session.id)
        best = session if known is None else merged(known, session)
        if best is None:
            return False
        self.inbound_group_store[best.room_id][best.sender_key][best.id] = best
        self.store.keep(best)
        return True

    # --- what leaves for other devices and for rooms

    def _olm_encrypt(self, session: Any, recipient_device: OlmDevice, message_type: str, content: Json) -> Json:
        payload: Json = {
            "type": message_type,
            "content": content,
            "sender": self.user_id,
            "sender_device": self.device_id,
            "keys": {"ed25519": self.account.identity_keys["ed25519"]},
            "recipient": recipient_device.user_id,
            "recipient_keys": {"ed25519": recipient_device.ed25519},
        }
        if self.own_device_keys is not None:
            payload["sender_device_keys"] = self.own_device_keys
        kind, body = session.encrypt(_compact(payload)).to_parts()
        self.store.save_session(recipient_device.curve25519, session)
        return {
            "algorithm": "m.olm.v1.curve25519-aes-sha2",
            "sender_key": self.account.identity_keys["curve25519"],
            "ciphertext": {recipient_device.curve25519: {"type": kind, "body": encode_base64(body)}},
        }

    def seal_for(self, device: OlmDevice, kind: str, content: Json) -> Json | None:
        """A to-device message that only ``device`` can read, or None while there is no session with it."""
        session = self.session_store.get(device.curve25519)
        return None if session is None else self._olm_encrypt(session, device, kind, content)

    def recipients(self, users: frozenset[str]) -> Iterator[OlmDevice]:
        """All known devices of these people but this one: a council member's new phone reads at once."""
        for user_id in sorted(users):
            for device in self.device_store.active_user_devices(user_id):
                if (user_id, device.id) != (self.user_id, self.device_id):
                    yield device

    def outbound(self, room_id: str) -> OutboundGroupSession | None:
        """The room key that we encrypt with at the moment, if there is one and it is not worn out."""
        session = self.outbound_group_sessions.get(room_id)
        return None if session is None or session.expired else session

    def encrypt_for_room(self, room_id: str, kind: str, content: Json) -> Json:
        """The content of an m.room.encrypted; the room's key must have been shared just before."""
        session = self.outbound_group_sessions[room_id]
        payload = {"type": kind, "content": content, "room_id": room_id}
        sealed: Json = {
            "algorithm": MEGOLM,
            "sender_key": self.account.identity_keys["curve25519"],
            "ciphertext": session.encrypt(_compact(payload)),
            "session_id": session.id,
            "device_id": self.device_id,
        }
        if "m.relates_to" in content:  # in clear, so that homeservers can follow replies and edits
            sealed["m.relates_to"] = content["m.relates_to"]
        return sealed

    # --- what is read

    def open(self, raw: Mapping[str, Any], room_id: str) -> Opened:
        """What a raw m.room.encrypted event of this room holds; raises Undecryptable."""
        content = raw["content"]
        session = self._session_of(room_id, raw["sender"], content)
        try:
            plain, position = session.decrypt(content["ciphertext"])
            payload = json.loads(plain)
            opened = Opened(payload["type"], payload["content"], self.is_authentic(raw["sender"], session))
        except (ValueError, KeyError, TypeError) as error:
            raise Undecryptable(type(error).__name__) from error
        if not isinstance(opened.type, str) or not isinstance(opened.content, dict):
            raise Undecryptable("what is inside is no event")
        if payload.get("room_id") != room_id:
            raise Undecryptable("it was written for another room")
        if self.store.first_seen(session.id, position, raw["event_id"]) != raw["event_id"]:
            raise Undecryptable("an old message served again as a new one")
        return opened

    def _session_of(self, room_id: str, sender: str, content: Json) -> InboundGroupSession:
        """The room key that an event names; ``sender_key`` is optional since version 1.3 of the specification."""
        session_id = content.get("session_id")
        found = [by[session_id] for by in list(self.inbound_group_store[room_id].values()) if session_id in by]
        named = [session for session in found if session.sender_key == content.get("sender_key")]
        proved = [session for session in found if self.is_authentic(sender, session)]
        for session in (*named, *proved, *found):
            return session
        raise Undecryptable("its key has not arrived")

    def is_authentic(self, sender: str, session: InboundGroupSession) -> bool:
        """Whether a room key comes from a device of ``sender`` itself (the library doesn't check it)."""
        if set(session.forwarding_chain) - {session.sender_key}:
            return False  # handed on by somebody else, who could have made it up
        own = self.account.identity_keys
        if sender == self.user_id and session.sender_key == own["curve25519"]:
            return bool(session.ed25519 == own["ed25519"])
        device = self.device_store.device_from_sender_key(sender, session.sender_key)
        return device is not None and bool(device.ed25519 == session.ed25519)


def usable_device(user_id: str, device_id: str, keys: object) -> bool:
    """Whether these device keys, as a homeserver gives them, are well formed and signed by themselves."""
    try:
        assert isinstance(keys, dict)  # noqa: S101  # caught below like any other malformation
        if (keys["user_id"], keys["device_id"]) != (user_id, device_id):
            return False
        vodozemac.Curve25519PublicKey.from_base64(keys["keys"][f"curve25519:{device_id}"])
        signing = vodozemac.Ed25519PublicKey.from_base64(keys["keys"][f"ed25519:{device_id}"])
        signature = vodozemac.Ed25519Signature.from_base64(keys["signatures"][user_id][f"ed25519:{device_id}"])
        signing.verify_signature(canonical(keys), signature)
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError):
        return False
    return True


def _compact(payload: Json) -> str:
    """Without escapes: an accent takes two bytes of the 64 KiB that an event may have, not six."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
