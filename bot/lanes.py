"""Rows handled in order within a lane (a room), lanes side by side: one slow file never holds up another room."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from bot.matrix.errors import SignedOut

log = structlog.get_logger(__name__)
AT_ONCE = 8
LOOK = 30.0
"""Seconds after which the table is looked at even though nobody rang."""
PAUSE = 5.0
"""Seconds a lane rests after an unexpected failure (a full disk, a locked database) before it is tried again."""

Heads = Callable[[tuple[str, ...]], Awaitable[tuple[list[tuple[int, str]], float | None]]]


class Lanes:
    """A loop over a table's oldest row of each lane.

    Args:
        name: for the log.
        heads: given the busy lanes, the (row id, lane) that may start, and the seconds until a postponed one may.
        work: handles one row; only SignedOut ends the loop, any other failure is logged and tried again.
    """

    def __init__(self, name: str, heads: Heads, work: Callable[[int], Awaitable[None]]) -> None:
        self._name = name
        self._heads = heads
        self._work = work
        self._bell = asyncio.Event()
        self._busy: set[str] = set()

    def ring(self) -> None:
        """Something new may be waiting."""
        self._bell.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._busy

    async def run(self) -> None:
        """Work until cancelled; what is then under way is left to the next start."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._bell.clear()
                delay = await self._start_what_can(group)
                with suppress(TimeoutError):
                    async with asyncio.timeout(delay):
                        await self._bell.wait()

    async def _start_what_can(self, group: asyncio.TaskGroup) -> float:
        try:
            heads, delay = await self._heads(tuple(self._busy))
        except Exception:
            log.exception("table not read", loop=self._name)
            return PAUSE
        for row_id, lane in heads[: max(0, AT_ONCE - len(self._busy))]:
            self._busy.add(lane)
            group.create_task(self._one(row_id, lane), name=f"{self._name} {row_id}")
        return LOOK if delay is None else min(LOOK, max(0.05, delay))

    async def _one(self, row_id: int, lane: str) -> None:
        try:
            await self._work(row_id)
        except SignedOut:
            raise
        except Exception:
            log.exception("row not settled", loop=self._name, row=row_id)
            await asyncio.sleep(PAUSE)
        finally:
            self._busy.discard(lane)
            self._bell.set()
