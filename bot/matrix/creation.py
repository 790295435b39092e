"""How a room is made: by invitation only, its past readable by those invited, powers never left to defaults."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.matrix.machine import Json
from bot.matrix.transport import Transport, v3

_ONE_CREATOR_POWER = frozenset(str(number) for number in range(1, 12))  # versions where creators are mere users


@dataclass(frozen=True)
class NewRoom:
    """What one asks for when making a room; ``mark`` goes into its creation event, where nobody can change it."""

    name: str
    topic: str = ""
    invite: Iterable[str] = ()
    encrypted: bool = True
    space: bool = False
    direct: bool = False
    mark: Mapping[str, Any] = field(default_factory=dict)
    power_levels: Mapping[str, Any] = field(default_factory=dict)
    initial_state: Iterable[Json] = ()


def creation_body(room: NewRoom, me: str, version: str) -> Json:
    """The body of createRoom (specification, 9.1.1), for the room version that the homeserver will use."""
    body: Json = {
        "preset": "private_chat",
        "visibility": "private",
        "name": room.name,
        "invite": sorted(set(room.invite) - {me}),
        "is_direct": room.direct,
        "room_version": version,
        "creation_content": {**room.mark, **({"type": "m.space"} if room.space else {})},
        "initial_state": _state(room),
        "power_level_content_override": _powers(room.power_levels, me, version),
    }
    if room.topic:
        body["topic"] = room.topic
    return body


async def default_version(transport: Transport) -> str:
    """The room version that the homeserver makes by default: 12 on a recent Synapse, where creators differ."""
    answer = await transport.call("GET", v3("capabilities"))
    versions: Json = answer.get("capabilities", {}).get("m.room_versions", {})
    return str(versions.get("default", "10"))


def _state(room: NewRoom) -> list[Json]:
    """The presets let guests in, and leave encryption out: both are said here."""
    state: list[Json] = [
        {"type": "m.room.history_visibility", "state_key": "", "content": {"history_visibility": "shared"}},
        {"type": "m.room.guest_access", "state_key": "", "content": {"guest_access": "forbidden"}},
    ]
    if room.encrypted:
        content = {"algorithm": "m.megolm.v1.aes-sha2"}
        state.append({"type": "m.room.encryption", "state_key": "", "content": content})
    return [*state, *room.initial_state]


def _powers(wanted: Mapping[str, Any], me: str, version: str) -> Json:
    """Who may invite is said every time: by default any member may. Version 12 refuses its creator in the list."""
    users = {user: power for user, power in wanted.get("users", {}).items() if user != me}
    if version in _ONE_CREATOR_POWER:
        users[me] = wanted.get("users", {}).get(me, 100)
    return {"invite": 50, **wanted, "users": users}
