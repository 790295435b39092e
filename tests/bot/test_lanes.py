"""The loop over a table's oldest rows, apart from any table: what is due, what waits, what fails."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from bot.lanes import LONGEST, Lanes, Turn
from bot.matrix.errors import SignedOut, StoreFailed
from council.clock import HandClock

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)


class Table:
    """Rows by lane, each with its moment; a row that was handled is gone."""

    def __init__(self, **rows: datetime) -> None:
        self.rows = rows
        self.handled: list[str] = []
        self.failing: Callable[[], Exception] | None = None

    async def heads(self, busy: tuple[str, ...]) -> list[Turn[str]]:
        """The turn of each lane that isn't busy."""
        return [Turn(name, name, due, False) for name, due in self.rows.items() if name not in busy]

    async def work(self, row: str) -> None:
        """Handle, or fail as told."""
        if self.failing is not None:
            raise self.failing()
        self.handled.append(row)
        del self.rows[row]


@asynccontextmanager
async def at_work(table: Table) -> AsyncIterator["asyncio.Task[None]"]:
    """The loop, ended after the test."""
    task = asyncio.create_task(Lanes("test", HandClock(NOON), table.heads, table.work).run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, ExceptionGroup):
            await task


async def until(true: Callable[[], bool]) -> None:
    """Let the loop turn until it is true, ten seconds at most."""
    end = monotonic() + 10
    while not true():
        assert monotonic() < end
        await asyncio.sleep(0.01)


async def test_what_waits_for_its_moment_waits() -> None:
    """A row put off by a few minutes stays; the others go."""
    table = Table(soon=NOON + timedelta(minutes=5), now=NOON)
    async with at_work(table):
        await until(lambda: table.handled == ["now"])
    assert list(table.rows) == ["soon"]


async def test_a_clock_that_went_back_holds_nothing_up() -> None:
    """A row that seems to wait for longer than any pause was written by a clock that was ahead: it goes at once."""
    table = Table(late=NOON + timedelta(seconds=LONGEST + 1))
    async with at_work(table):
        await until(lambda: table.handled == ["late"])


@pytest.mark.parametrize("error", [StoreFailed("full"), SignedOut(401, "M_UNKNOWN_TOKEN")])
async def test_what_ends_a_run_ends_the_loop(error: Exception) -> None:
    """No row is to blame, and none can be handled any more."""
    table = Table(first=NOON)
    table.failing = lambda: error
    async with at_work(table) as task:
        await until(task.done)
    assert table.rows
