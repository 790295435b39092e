"""The one door: handled wholly or not at all, three tries, then aside; what can't be read is said once, in private."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.town import HOST, Town, open_town, room_id
from commands import _kit
from storage.states import InboxState
from storage.store import Store
from storage.tables import Incoming


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Sainte-Colombe."""
    async with open_town(tmp_path) as town:
        yield town


async def receive(town: Town, event_id: str, *, session: str | None = None, body: str = "!agenda") -> int:
    """An event of Lucie Vidal's in the inbox; unreadable when a session is named."""
    now = town.clock.now()
    row = Incoming(
        event_id=event_id,
        room_id=room_id("vidal", ""),
        sender=f"@vidal:{HOST}",
        type="m.room.encrypted" if session else "m.room.message",
        content={"msgtype": "m.text", "body": body},
        encrypted=False,
        authentic=True,
        session_id=session,
        sent_at=now,
        received_at=now,
        due_at=now + timedelta(seconds=30) if session else now,
        state=InboxState.UNREADABLE if session else InboxState.NEW,
    )
    async with town.database.begin() as database:
        await Store(database, "", now).inbox.add([row])
    return row.id


async def said_to(town: Town, person: str) -> list[str]:
    """What the person was told in private since the start."""
    await town.wake()
    async with town.database.read() as database:
        store = Store(database, "", town.clock.now())
        found = await store.people.by_matrix_id(f"@{person}:{HOST}")
    assert found is not None
    return [text for where, text in town.heard if where in (f"!dm{found.id}", room_id(person, ""))]


async def test_an_unreadable_message_is_said_once_a_session_after_a_wait(town: Town) -> None:
    """Not at once (the key may come), not twice, and in the sender's own conversation."""
    await receive(town, "$a", session="one")
    await receive(town, "$b", session="one")
    assert await town.dispatch.unreadable() == 0
    town.clock.push(timedelta(seconds=31))
    assert await town.dispatch.unreadable() == 2
    assert await town.dispatch.unreadable() == 0
    told = await said_to(town, "vidal")
    assert len(told) == 1
    assert told[0].startswith("Je n'ai pas pu lire un message que vous venez d'envoyer")


async def test_a_key_that_comes_late_still_runs_the_command(town: Town) -> None:
    """The message goes on as if it had just arrived, once."""
    row_id = await receive(town, "$late", session="one")
    async with town.database.begin() as database:
        inbox = Store(database, "", town.clock.now()).inbox
        content = {"msgtype": "m.text", "body": "!agenda"}
        inbox.readable(await inbox.get(row_id), "m.room.message", content, authentic=True)
    await town.dispatch.receive(row_id)
    await town.dispatch.receive(row_id)
    assert len(await said_to(town, "vidal")) == 1


async def test_a_command_that_breaks_changes_nothing_and_is_set_aside(town: Town) -> None:
    """Three tries, then one French line to the person; the row stays for the administrator."""
    command = _kit.registry().by_word["agenda"]

    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    row_id = await receive(town, "$broken")
    saved = command.handler
    object.__setattr__(command, "handler", broken)
    try:
        for _ in range(3):
            await town.dispatch.receive(row_id)
    finally:
        object.__setattr__(command, "handler", saved)
    assert [
        text for text in await said_to(town, "vidal") if text.startswith("Je n'ai pas réussi. Rien n'a été changé.")
    ]
    async with town.database.read() as database:
        row = await Store(database, "", town.clock.now()).inbox.get(row_id)
        assert (row.state, row.reason) == (InboxState.ASIDE, "ZeroDivisionError")


async def test_what_was_written_is_blanked_once_done(town: Town) -> None:
    """The inbox forgets the words; the room keeps them."""
    row_id = await receive(town, "$words", body="!chercher quelque chose de privé")
    await town.dispatch.receive(row_id)
    async with town.database.read() as database:
        assert (await Store(database, "", town.clock.now()).inbox.get(row_id)).content == {}


async def test_an_answer_after_a_long_stop_says_so(town: Town) -> None:
    """Late rather than never, and it says that it is late."""
    row_id = await receive(town, "$old")
    async with town.database.begin() as database:
        row = await Store(database, "", town.clock.now()).inbox.get(row_id)
        row.sent_at = town.clock.now() - timedelta(hours=2)
    await town.dispatch.receive(row_id)
    assert [
        text
        for text in await said_to(town, "vidal")
        if "avec retard à votre message du lundi 2 mars 2026 à 7 h" in text
    ]
