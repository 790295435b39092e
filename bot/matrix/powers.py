"""Who may do what in a room, computed from its state as it is now (specification, m.room.power_levels).

Room version 12 gives its creators infinite power, which no event lists (MSC4289).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_BEFORE_CREATORS = frozenset(str(number) for number in range(1, 12))


@dataclass(frozen=True)
class Powers:
    """The powers in one room; ``levels`` is the content of its m.room.power_levels, as the homeserver has it."""

    creators: frozenset[str]
    levels: Mapping[str, Any]

    def of(self, user_id: str) -> float:
        """The power of a person: infinite for a creator, the room's default for whom the list doesn't name."""
        if user_id in self.creators:
            return math.inf
        users = self.levels.get("users", {})
        return _number(users.get(user_id, self.levels.get("users_default", 0)), 0)

    def needed(self, kind: str, *, state: bool = False) -> float:
        """The power that sending an event of this type takes."""
        default = self.levels.get("state_default", 50) if state else self.levels.get("events_default", 0)
        return _number(self.levels.get("events", {}).get(kind, default), 50)

    def needed_to(self, act: str) -> float:
        """The power that ``invite``, ``kick``, ``ban`` or ``redact`` takes."""
        return _number(self.levels.get(act, 0 if act == "invite" else 50), 50)


def powers_of(state: Iterable[Mapping[str, Any]]) -> Powers:
    """The Powers of a room whose full state is given (raw state events)."""
    current = {raw.get("type"): raw for raw in state if raw.get("state_key") == ""}
    create = current.get("m.room.create", {})
    content = create.get("content", {})
    levels = current.get("m.room.power_levels")
    if str(content.get("room_version", "1")) not in _BEFORE_CREATORS:
        more = content.get("additional_creators", [])
        creators = {create.get("sender"), *(user for user in more if isinstance(user, str))}
        return Powers(frozenset(filter(None, creators)), levels["content"] if levels else {})
    if levels is None:  # before anything is said, the creator alone has power
        return Powers(frozenset(), {"users": {create.get("sender"): 100}})
    return Powers(frozenset(), levels["content"])


def _number(value: object, default: int) -> float:
    """Old rooms hold powers as text; anything else that is no number counts as the default."""
    try:
        return float(value) if isinstance(value, int | str) else default
    except ValueError:
        return default
