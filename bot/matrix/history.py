"""A newcomer reads what was said before (MSC4268): the room's keys are handed over with the invitation.

Only keys of messages sent while the room's history was shared are given, and only by invitation: a person who comes
through a space without being invited reads from then on.
"""

import json
from uuid import uuid4

import structlog
from nio.crypto import InboundGroupSession

from bot.matrix.errors import MatrixError
from bot.matrix.keys import Keyring
from bot.matrix.machine import MEGOLM, Bundle, Json, Machine
from bot.matrix.media import fetch, upload
from bot.matrix.transport import Transport

_log = structlog.get_logger(__name__)

_BUNDLE_LIMIT = 20_000_000  # bytes: about thirty thousand keys


async def offer(transport: Transport, keyring: Keyring, room_id: str, user_id: str) -> int:
    """Gives the keys of a room's past to the devices of somebody about to be invited; tells how many keys."""
    machine = keyring.machine
    keys = shareable(machine, room_id)
    if not keys:
        return 0
    await keyring.refresh([user_id])
    devices = list(machine.recipients(frozenset({user_id})))
    await keyring.claim(devices)
    if not devices:
        return 0
    payload = json.dumps({"room_keys": keys, "withheld": []}).encode()
    file = (await upload(transport, payload, uuid4().hex, "application/json", encrypted=True))["file"]
    served = await keyring.send_to(devices, "m.room_key_bundle", {"room_id": room_id, "file": file})
    _log.info("history keys given", room=room_id, user=user_id, keys=len(keys), devices=len(served))
    return len(keys)


def shareable(machine: Machine, room_id: str) -> list[Json]:
    """The room's keys that newcomers may have, in the form of a bundle."""
    allowed = machine.store.shared_sessions(room_id)
    by_sender = machine.inbound_group_store[room_id].values()
    sessions = [session for found in by_sender for session in found.values() if session.id in allowed]
    return [
        {
            "algorithm": MEGOLM,
            "room_id": room_id,
            "sender_key": session.sender_key,
            "sender_claimed_keys": {"ed25519": session.ed25519},
            "session_id": session.id,
            "session_key": session.export_session(session.first_known_index),
        }
        for session in sessions
    ]


async def take(transport: Transport, machine: Machine, room_id: str, inviter: str | None) -> int:
    """Imports what the inviter of a room prepared for us; tells how many keys. What is missing stays unread."""
    mine = [bundle for bundle in machine.bundles if bundle.room_id == room_id and bundle.sender == inviter]
    machine.bundles = [bundle for bundle in machine.bundles if bundle.room_id != room_id]
    kept = 0
    for bundle in mine:
        try:
            raw = await fetch(transport, {"file": bundle.file}, _BUNDLE_LIMIT)
            kept += sum(_import(machine, bundle, key) for key in json.loads(raw)["room_keys"])
        except (MatrixError, ValueError, KeyError, TypeError) as error:
            _log.warning("history keys unusable", room=room_id, error=type(error).__name__)
    return kept


def _import(machine: Machine, bundle: Bundle, key: Json) -> bool:
    if key.get("room_id") != bundle.room_id or key.get("algorithm") != MEGOLM:
        return False
    try:
        # The chain names who handed it on: such a key decrypts, but proves nothing about who wrote.
        session = InboundGroupSession.import_session(
            key["session_key"],
            key["sender_claimed_keys"]["ed25519"],
            key["sender_key"],
            bundle.room_id,
            [key["sender_key"], bundle.sender_key],
        )
    except (ValueError, KeyError, TypeError):
        return False
    if session.id != key.get("session_id"):
        return False
    kept = machine.keep(session)
    machine.store.mark_shared(bundle.room_id, session.id)
    if kept:
        machine.arrived.append(session.id)
    return kept
