"""Rooms that were made but not written down are known again; rooms that were left, or that bear a forged mark, are not."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.matrix.desired import MARK, mark_of
from bot.matrix.errors import MatrixError
from storage.database import Database
from storage.states import RoomKind
from storage.tables import Room
from tests.bot.conftest import Matrix
from tests.bot.hall import Hall, eventually, open_hall

BOT = "@appariteur:ville.fr"
ROUX = 2
"""The row of the second person of the members file."""


@pytest.mark.matrix
async def test_who_speaks_in_a_room_that_was_not_written_down_is_answered_there(matrix: Matrix, tmp_path: Path) -> None:
    """Killed between the making of a conversation and its record: what is said in it is heard, and no second one is made."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    async with hall.running():
        await hall.find("", "roux")
        await hall.asks("roux", "agenda")
    database = Database.in_directory(hall.settings.storage.directory)
    async with database.begin() as session:
        await session.execute(delete(Room).where(Room.kind == RoomKind.DM))
    await database.close()
    event_id = await hall.says("roux", "agenda")
    async with hall.running():
        assert (await hall.answer("roux", event_id)).startswith("Prochaines séances")
        assert await _conversations(hall, "roux") == 1


@pytest.mark.matrix
async def test_a_conversation_that_was_left_is_not_taken_for_one_again(matrix: Matrix, tmp_path: Path) -> None:
    """Whoever left theirs is invited to a new one, also when the bot was started again in between."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    async with hall.running() as bot:
        await hall.find("", "roux")
        left = hall.room("roux")
        await hall.people["roux"].client.leave(left)

        async def closed() -> bool:
            return await bot.rooms.conversation(ROUX) != left

        await eventually(closed)
    async with hall.running() as bot:
        await bot.rooms.adopt()
        assert await bot.rooms.conversation(ROUX) != left


async def _conversations(hall: Hall, name: str) -> int:
    """How many conversations with the bot a person is in or invited to."""
    person = hall.people[name]
    for _ in range(3):
        with suppress(MatrixError):
            await person.listen(500)
        await asyncio.sleep(0)
    return 1 + len(person.invitations)


@pytest.mark.parametrize(
    ("sender", "mark", "found"), [(BOT, "body:EAU", "body:EAU"), ("@x:ville.fr", "body:EAU", None)]
)
def test_a_mark_counts_only_from_the_bot_s_own_hand(sender: str, mark: str, found: str | None) -> None:
    """Somebody else's room could pretend to be a commission's, or the mayor's own."""
    state = [{"type": "m.room.create", "state_key": "", "sender": sender, "content": {MARK: mark}}]
    assert mark_of(state, BOT) == found
