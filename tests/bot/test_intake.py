"""What arrives and can't be handled at once: a file whose bytes don't come, while all the rest does."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, cast

from bot.intake import AGAIN, ENOUGH, Intake
from bot.matrix.client import Client
from bot.matrix.errors import Unreachable
from bot.matrix.events import Health
from bot.reading import Reading
from bot.town import HOST, Town, open_town, room_id
from storage.store import Store
from storage.tables import Incoming


class Deaf:
    """A homeserver whose files never come, while its syncs do, or don't."""

    def __init__(self, *, heard: bool) -> None:
        self.asked = 0
        self._heard = heard

    async def fetch(self, content: Mapping[str, Any], limit: int) -> bytes:
        """No bytes."""
        self.asked += 1
        raise Unreachable("the homeserver answers 502")

    @property
    def health(self) -> Health:
        """Whether something else was heard just now."""
        return Health(True, 50, 0, datetime.now(UTC) if self._heard else None)


async def _drop(town: Town) -> None:
    """A file in Eau's room, in the inbox."""
    now = town.clock.now()
    times = {"sent_at": now, "received_at": now, "due_at": now}
    row = Incoming(
        event_id="$file",
        room_id=room_id("", "EAU"),
        sender=f"@roux:{HOST}",
        type="m.room.message",
        content={"msgtype": "m.file", "body": "devis.pdf"},
        encrypted=True,
        authentic=True,
        session_id=None,
        **times,
    )
    async with town.database.begin() as session:
        await Store(session, "", now).inbox.add([row])


async def _work(town: Town, deaf: Deaf, until: Callable[[], Awaitable[bool]]) -> None:
    """Let the intake work while time flies; twenty seconds of ours at most."""
    lanes = Intake(town.database, cast(Client, deaf), Reading(town.files, town.extractor), town.dispatch).lanes()
    work, end = asyncio.create_task(lanes.run()), monotonic() + 20
    while not await until():
        assert monotonic() < end
        town.clock.push(AGAIN)
        lanes.ring()
        await asyncio.sleep(0.01)
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def _owed(town: Town) -> list[str]:
    """What waits to be said."""
    async with town.database.read() as session:
        heads = await Store(session, "", town.clock.now()).outbox.heads(())
        return [head.row.content["markdown"] for head in heads]


async def test_a_file_that_alone_never_comes_is_given_up(tmp_path: Path) -> None:
    """Its giver is told after some minutes, and its room goes on."""
    async with open_town(tmp_path) as town:
        await _drop(town)
        deaf = Deaf(heard=True)

        async def told() -> bool:
            return bool(await _owed(town))

        await _work(town, deaf, told)
        assert deaf.asked == ENOUGH
        assert [text.partition(".")[0] for text in await _owed(town)] == ["Je n'ai pas pu recevoir ce fichier"]


async def test_a_homeserver_that_is_silent_altogether_is_waited_for(tmp_path: Path) -> None:
    """It will give the file when it is back."""
    async with open_town(tmp_path) as town:
        await _drop(town)
        deaf = Deaf(heard=False)

        async def tried() -> bool:
            return deaf.asked > 2 * ENOUGH

        await _work(town, deaf, tried)
        assert await _owed(town) == []
