"""Nothing is lost between the homeserver and the inbox: gaps, kills, restarts, rooms that come and go."""

import pytest

from bot.matrix.events import Event
from tests.bot.conftest import Matrix

pytestmark = pytest.mark.matrix

TEXT = "m.room.message"


def said(events: tuple[Event, ...]) -> list[str]:
    """The messages that could be read, in order."""
    return [event.content["body"] for event in events if event.type == TEXT]


async def test_the_first_sync_acts_on_nothing(matrix: Matrix) -> None:
    """What was said before the bot first listened is not for it."""
    bot, person = await matrix.client(), await matrix.person()
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    await person.says(room, "vieux")
    batch = await bot.sync(None)
    assert batch.events == ()
    await person.says(room, "neuf")
    assert said((await bot.sync(batch.token)).events) == ["neuf"]


async def test_a_gap_of_seventy_messages_is_filled_without_loss_or_double(matrix: Matrix) -> None:
    """A homeserver gives the last fifty at most: the others are fetched, all in order, before the batch is handed on."""
    bot, person = await matrix.client(), await matrix.person()
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    token = (await bot.sync(None)).token
    for number in range(70):
        await person.says(room, str(number))
    batch = await bot.sync(token, 0)
    assert said(batch.events) == [str(number) for number in range(70)]
    assert len({event.event_id for event in batch.events}) == len(batch.events)
    assert (await bot.sync(batch.token, 0)).events == ()


async def test_what_was_said_before_we_came_is_not_an_order(matrix: Matrix) -> None:
    """A room that invites the bot shares its past with it; only what follows its arrival is handed over."""
    bot, person = await matrix.client(), await matrix.person()
    token = (await bot.sync(None)).token
    room = await person.client.create_room(name="Ancien", encrypted=False)
    for number in range(60):
        await person.says(room, f"!supprimer {number}")
    await person.client.invite(room, bot.user_id)
    await bot.join(room)
    await person.says(room, "!aide")
    assert said((await bot.sync(token, 0)).events) == ["!aide"]
    assert len(said(tuple(await bot.recent(room, 40)))) > 30


async def test_members_are_followed(matrix: Matrix) -> None:
    """Who is in a room is known from the syncs, without a request; a private room is one of exactly two."""
    bot, person, guest = await matrix.client(), await matrix.person(), await matrix.person("guest")
    room = await bot.create_room(name="Privé", invite=[person.user_id], direct=True)
    token = (await bot.sync(None)).token
    assert bot.joined(room) == {bot.user_id}
    await person.accepts(room)
    token = (await bot.sync(token, 0)).token
    assert bot.joined(room) == {bot.user_id, person.user_id}
    await bot.invite(room, guest.user_id)
    await guest.accepts(room)
    token = (await bot.sync(token, 0)).token
    assert bot.joined(room) == {bot.user_id, person.user_id, guest.user_id}
    await guest.client.leave(room)
    await bot.sync(token, 0)
    assert bot.joined(room) == {bot.user_id, person.user_id}


async def test_encryption_once_on_stays_on(matrix: Matrix) -> None:
    """A room that turns encrypted is written to encrypted from then on, also after a restart."""
    account = await matrix.account()
    bot = await matrix.client(account, "bot")
    room = await bot.create_room(name="Conseil", encrypted=False)
    token = (await bot.sync(None)).token
    assert not bot.is_encrypted(room)
    await bot.put_state(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    await bot.sync(token, 0)
    assert bot.is_encrypted(room)
    await bot.__aexit__(None, None, None)
    again = await matrix.client(account, "bot")
    event_id = await again.send(room, TEXT, {"msgtype": "m.text", "body": "secret"}, "1")
    _, raw = await again.request("GET", f"/_matrix/client/v3/rooms/{room}/event/{event_id}")
    assert raw["type"] == "m.room.encrypted"
    assert "secret" not in str(raw)
