"""What comes from Matrix, as plain frozen values: the rest of the bot sees these and nothing of the library."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

ENCRYPTED = "m.room.encrypted"
_NEVER_ENCRYPTED = frozenset({"m.reaction", "m.room.redaction"})
_LAST_MILLISECOND = 253_402_300_799_000  # the end of year 9999, beyond which no datetime exists
_OLDEST_AGE = 3_155_760_000_000  # a century, in milliseconds: before Matrix


@dataclass(frozen=True)
class Event:
    """One event of a room, decrypted when it could be.

    Attributes:
        type: what it is; ``m.room.encrypted`` means that it could not be decrypted (yet).
        sent_at: when the sender's homeserver says it was sent (UTC): a hint, never a proof.
        age: how long ago that was when our homeserver told us, by its own clock (specification: "unsigned.age"); None
            when it isn't told. Unlike ``sent_at``, it can be compared with a clock that isn't the homeserver's.
        encrypted: it came encrypted and was decrypted.
        authentic: its author is proved as well as it can be. Encrypted: by a device of ``sender``. In clear: True
            for what is never encrypted (state, reactions, redactions) and in rooms that are not encrypted; False
            for a message in clear in an encrypted room, which only a homeserver's administrator can slip in.
        session_id: the key that is missing, on events that could not be decrypted; else None.
        redacts: the event that a redaction removes.
        source: the raw event with its room, enough for ``Client.decrypt_again``.
    """

    event_id: str
    room_id: str
    sender: str
    type: str
    content: dict[str, Any]
    sent_at: datetime
    age: timedelta | None
    state_key: str | None
    encrypted: bool
    authentic: bool
    session_id: str | None
    redacts: str | None
    source: dict[str, Any]


@dataclass(frozen=True)
class Invitation:
    """Somebody invites us to a room; nothing is accepted by itself."""

    room_id: str
    inviter: str
    is_direct: bool


@dataclass(frozen=True)
class Batch:
    """One answer of the homeserver, gaps filled, in order: commit it whole with its token, then ask for the next.

    Attributes:
        token: where the next ``sync`` starts.
        left: rooms that we left, or were removed from.
        echoes: our own events among them, by the transaction id that they were sent with.
        new_sessions: the ids of room keys that just arrived: events that wait for them may be decrypted again.
            After a start, try all that wait once: a key may have arrived in a batch that was never committed.
    """

    token: str
    events: tuple[Event, ...]
    invitations: tuple[Invitation, ...]
    left: tuple[str, ...]
    new_sessions: tuple[str, ...]
    echoes: Mapping[str, str]


@dataclass(frozen=True)
class Health:
    """How the account is doing: device signed or not, keys left, messages unread, last answer (UTC)."""

    signed: bool
    one_time_keys: int | None
    undecryptable: int
    last_sync_at: datetime | None


@dataclass(frozen=True)
class Opened:
    """What was inside an encrypted event: its true type and content, and whether its author is proved."""

    type: str
    content: dict[str, Any]
    authentic: bool


def well_formed(raw: object) -> bool:
    """Whether this is an event one can work with; anything else that a homeserver sends is ignored."""
    if not isinstance(raw, dict):
        return False
    texts = (raw.get("event_id"), raw.get("sender"), raw.get("type"))
    return all(isinstance(text, str) for text in texts) and isinstance(raw.get("content"), dict)


def event_in_clear(raw: Mapping[str, Any], room_id: str, *, room_encrypted: bool) -> Event:
    """The Event of a raw one that is not encrypted, or that could not be decrypted."""
    kind = str(raw["type"])
    never = kind in _NEVER_ENCRYPTED or isinstance(raw.get("state_key"), str)
    session = raw["content"].get("session_id") if kind == ENCRYPTED else None
    authentic = never or not (room_encrypted or kind == ENCRYPTED)
    return _event(raw, room_id, kind, raw["content"], encrypted=False, authentic=authentic, session=session)


def event_opened(raw: Mapping[str, Any], room_id: str, opened: Opened) -> Event:
    """The Event of a raw encrypted one and what was found inside."""
    content = dict(opened.content)
    relation = raw["content"].get("m.relates_to")  # travels in clear, so that homeservers can aggregate
    if relation is not None:
        content.setdefault("m.relates_to", relation)
    return _event(raw, room_id, opened.type, content, encrypted=True, authentic=opened.authentic)


def _event(
    raw: Mapping[str, Any],
    room_id: str,
    kind: str,
    content: dict[str, Any],
    *,
    encrypted: bool,
    authentic: bool,
    session: object = None,
) -> Event:
    state_key = raw.get("state_key")
    # Rooms before version 11 name the redacted event at the top, later ones in the content.
    redacts = raw.get("redacts") or (content.get("redacts") if kind == "m.room.redaction" else None)
    return Event(
        event_id=raw["event_id"],
        room_id=room_id,
        sender=raw["sender"],
        type=kind,
        content=content,
        sent_at=_instant(raw.get("origin_server_ts")),
        age=_age(raw.get("unsigned")),
        state_key=state_key if isinstance(state_key, str) else None,
        encrypted=encrypted,
        authentic=authentic,
        session_id=session if isinstance(session, str) else None,
        redacts=redacts if isinstance(redacts, str) else None,
        source={**raw, "room_id": room_id},
    )


def _instant(milliseconds: object) -> datetime:
    """A time of Matrix as UTC; a homeserver may send any number, or none."""
    known = milliseconds if isinstance(milliseconds, int) else 0
    return datetime.fromtimestamp(min(max(known, 0), _LAST_MILLISECOND) / 1000, tz=UTC)


def _age(unsigned: object) -> timedelta | None:
    """The age that our homeserver gives an event; one from the future, or absurd, is not told."""
    known = unsigned.get("age") if isinstance(unsigned, dict) else None
    return timedelta(milliseconds=known) if isinstance(known, int) and 0 <= known < _OLDEST_AGE else None


def invitation(room_id: str, info: Mapping[str, Any], me: str) -> Invitation | None:
    """The invitation that a sync's invite section holds, or None when it does not say who invites."""
    for raw in info.get("invite_state", {}).get("events", []):
        content = raw.get("content", {}) if isinstance(raw, dict) else {}
        if raw.get("type") == "m.room.member" and raw.get("state_key") == me and content.get("membership") == "invite":
            return Invitation(room_id, str(raw.get("sender", "")), content.get("is_direct") is True)
    return None
