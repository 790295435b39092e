"""Powers computed from a room's state: creators of version 12, demotion by removal, values as the homeserver has them."""

import math
from typing import Any

import pytest

from bot.matrix.powers import powers_of
from tests.bot.conftest import Matrix

Json = dict[str, Any]


def created(version: str, **content: Any) -> Json:
    """A creation event by @mairie."""
    return {
        "type": "m.room.create",
        "state_key": "",
        "sender": "@mairie:x",
        "content": {"room_version": version, **content},
    }


def levels(**content: Any) -> Json:
    """A power levels event."""
    return {"type": "m.room.power_levels", "state_key": "", "sender": "@mairie:x", "content": content}


def test_the_creators_of_version_12_are_above_all() -> None:
    """Finding 9: no list names them; others follow the list."""
    powers = powers_of([created("12", additional_creators=["@clerc:x"]), levels(users={"@roux:x": 50})])
    assert powers.of("@mairie:x") == math.inf
    assert powers.of("@clerc:x") == math.inf
    assert powers.of("@roux:x") == 50
    assert powers.of("@blanc:x") == 0


def test_an_upgraded_room_keeps_its_version() -> None:
    """Finding 9: a creation event with a predecessor is read like any other."""
    powers = powers_of([created("12", predecessor={"room_id": "!old"}), levels()])
    assert powers.of("@mairie:x") == math.inf


def test_the_creator_of_an_older_room_is_a_user_like_others() -> None:
    """Until there are levels, the creator alone has power; afterwards the list decides."""
    assert powers_of([created("11")]).of("@mairie:x") == 100
    assert powers_of([created("11"), levels(users={})]).of("@mairie:x") == 0
    assert powers_of([created("11"), levels(users_default=10)]).of("@anyone:x") == 10


def test_what_acts_take() -> None:
    """Defaults of the specification where the event says nothing; texts of old rooms are numbers."""
    powers = powers_of([created("11"), levels(events={"m.room.name": "75"}, events_default=5, kick=60)])
    assert powers.needed("m.room.name", state=True) == 75
    assert powers.needed("m.room.topic", state=True) == 50
    assert powers.needed("m.room.message") == 5
    assert (powers.needed_to("kick"), powers.needed_to("ban"), powers.needed_to("invite")) == (60, 50, 0)
    assert powers_of([created("11"), levels(users={"@roux:x": "much"})]).of("@roux:x") == 0


@pytest.mark.matrix
async def test_who_is_removed_from_the_list_has_no_power_left(matrix: Matrix) -> None:
    """Finding 10: on a real room of the homeserver's default version."""
    bot = await matrix.client()
    room = await bot.create_room(name="Conseil", power_levels={"users": {"@roux:ville.test": 50}})
    powers = await bot.powers(room)
    assert powers.of(bot.user_id) == math.inf
    assert powers.of("@roux:ville.test") == 50
    await bot.put_state(room, "m.room.power_levels", {**powers.levels, "users": {}})
    assert (await bot.powers(room)).of("@roux:ville.test") == 0
