"""Rows handled in order within a lane (a room), lanes side by side: one slow file never holds up another room."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import structlog

from bot.matrix.errors import ENDS
from council.clock import Clock

log = structlog.get_logger(__name__)
Row = TypeVar("Row")
AT_ONCE = 8
CALM = 0.05
"""Seconds after a lane's last row before the table is looked at again: what the row caused goes first."""
LOOK = 30.0
"""Seconds after which the table is looked at even though nobody rang."""
LONGEST = 900.0
"""Seconds: no pause is longer, so that a row that seems to wait for more was put off by a clock that has gone back since."""
PAUSE = 5.0
"""Seconds a lane rests after an unexpected failure (a full disk, a locked database) before it is tried again."""


@dataclass(frozen=True)
class Turn(Generic[Row]):
    """The oldest row of a lane, the moment from which it may be handled, whether others wait behind it."""

    row: Row
    lane: str
    due_at: datetime
    more: bool


class Lanes(Generic[Row]):
    """A loop over a table's oldest row of each lane.

    Args:
        name: for the log.
        heads: given the busy lanes, the others' turns.
        work: handles one row; only ENDS end the loop, any other failure is logged and tried again.
    """

    def __init__(
        self,
        name: str,
        clock: Clock,
        heads: Callable[[tuple[str, ...]], Awaitable[Sequence[Turn[Row]]]],
        work: Callable[[Row], Awaitable[None]],
    ) -> None:
        self._name = name
        self._clock = clock
        self._heads = heads
        self._work = work
        self._bell = asyncio.Event()
        self._busy: set[str] = set()

    def ring(self) -> None:
        """Something new may be waiting."""
        self._bell.set()

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
        """Start what is due; the seconds until something else may be."""
        try:
            turns = await self._heads(tuple(self._busy))
        except Exception:
            log.exception("table not read", loop=self._name)
            return PAUSE
        waits = [(turn, (turn.due_at - self._clock.now()).total_seconds()) for turn in turns]
        due = [turn for turn, wait in waits if not 0 < wait <= LONGEST]
        for turn in due[: max(0, AT_ONCE - len(self._busy))]:
            self._busy.add(turn.lane)
            group.create_task(self._one(turn), name=f"{self._name} {turn.lane}")
        return min([LOOK, *(wait for _, wait in waits if 0 < wait <= LONGEST)])

    async def _one(self, turn: Turn[Row]) -> None:
        try:
            await self._work(turn.row)
        except ENDS:
            raise
        except Exception:
            log.exception("row not settled", loop=self._name)
            await asyncio.sleep(PAUSE)
        finally:
            self._busy.discard(turn.lane)
            if turn.more:
                self._bell.set()
            else:
                asyncio.get_running_loop().call_later(CALM, self._bell.set)
