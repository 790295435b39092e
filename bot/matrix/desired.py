"""What the rooms should be, said as Matrix state: names, topics, powers, who is in them. Pure; nothing is sent here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from council.roles import BodyKind

MARK = "fr.appariteur.room"
"""The key of a room's creation event by which the bot finds its own rooms again after a crash."""
CHAIR, BOT_ONLY = 50, 100
TOPICS = {
    BodyKind.COUNCIL: "Conseil municipal : déposez ici les documents, écrivez « !aide » pour commencer.",
    BodyKind.COMMISSION: "Salon de la commission : déposez ici les documents, écrivez « !aide » pour commencer.",
}
TOPIC = "Déposez ici les documents, écrivez « !aide » pour commencer."


@dataclass(frozen=True)
class WantedRoom:
    """A room as the roll wants it.

    Attributes:
        mark: what it is, for its creation event: "space", "body:FIN", "dm:@marie:ville.fr".
        members: Matrix ids, and whether each acts for the chair.
        guests: those among them who don't read what was said before they came.
    """

    mark: str
    name: str
    topic: str
    members: Mapping[str, bool]
    space: bool = False
    order: str = ""
    guests: frozenset[str] = frozenset()


def topic_of(kind: BodyKind) -> str:
    """A room's topic: what one can do there."""
    return TOPICS.get(kind, TOPIC)


def power_levels(chairs: Iterable[str]) -> dict[str, Any]:
    """Everybody talks; the chair pins, removes a message, rings everyone; only the bot changes who is in the room."""
    return {
        "users": dict.fromkeys(sorted(chairs), CHAIR),
        "users_default": 0,
        "events_default": 0,
        "state_default": BOT_ONLY,
        "invite": BOT_ONLY,
        "kick": BOT_ONLY,
        "ban": BOT_ONLY,
        "redact": CHAIR,
        "events": {"m.room.pinned_events": CHAIR},
        "notifications": {"room": CHAIR},
    }


def same_powers(now: Mapping[str, Any], wanted: Mapping[str, Any], bot: str) -> bool:
    """Whether powers are as wanted; the bot's own place in the list depends on the room's version."""
    users = {user: power for user, power in now.get("users", {}).items() if user != bot}
    rest = {key: now.get(key) for key in wanted if key != "users"}
    return users == wanted["users"] and rest == {key: value for key, value in wanted.items() if key != "users"}


def find(state: Iterable[Mapping[str, Any]], kind: str, key: str = "") -> Mapping[str, Any]:
    """The content of one piece of a room's state; empty when it isn't there."""
    for event in state:
        if event.get("type") == kind and event.get("state_key") == key:
            content = event.get("content")
            return content if isinstance(content, Mapping) else {}
    return {}


def mark_of(state: Iterable[Mapping[str, Any]], creator: str) -> str | None:
    """What a room was made for, by the mark in its creation; None when somebody else made it, whatever mark it bears."""
    for event in state:
        if event.get("type") == "m.room.create" and event.get("sender") == creator:
            mark = event["content"].get(MARK)
            return mark if isinstance(mark, str) else None
    return None


def memberships(state: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Each person's membership."""
    return {
        str(event["state_key"]): str(event["content"].get("membership"))
        for event in state
        if event.get("type") == "m.room.member"
    }
