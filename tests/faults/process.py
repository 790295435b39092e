"""The bot as a process that is started again whenever it dies, as a service manager does, with a death planned per life."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.nursery import Nursery

KILLED = -signal.SIGKILL
PAUSE = 0.05


@dataclass
class Service:
    """Keeps the bot alive.

    Attributes:
        folder: the town's; the files that hurt the victim are there too.
        deaths: the deaths planned for the coming lives ("Deliver._settle:before:2"); then it lives on.
        tolerated: exit codes that the fault at hand may cause (2 is one clear line on a disk that is full).
        quick: a locked database is not waited for as long as usual.
        own_log: the log is on the disk that fills up.
        exits: how it ended, each time.
    """

    folder: Path
    nursery: Nursery
    deaths: list[str] = field(default_factory=list)
    tolerated: frozenset[int] = frozenset()
    quick: bool = False
    own_log: bool = False
    exits: list[int] = field(default_factory=list)
    _pid: int | None = None
    _down: bool = False
    _over: bool = False

    @property
    def armed(self) -> Path:
        """Planned deaths count calls from the moment that this file is there."""
        return self.folder / "armed"

    @property
    def clock(self) -> Path:
        """The seconds by which the bot's clock is wrong."""
        return self.folder / "clock"

    @property
    def limit(self) -> Path:
        """While it is there, the disk is full beyond so many bytes."""
        return self.folder / "limit"

    async def live(self) -> None:
        """Start it again and again, until told that it is over."""
        self.nursery.log = self.folder / "bot.log"
        while not self._over:
            if not self._down:
                self._pid = await self._start()
                code = await self.nursery.ended()
                self._pid = None
                self.exits.append(code)
            await asyncio.sleep(PAUSE)

    async def _start(self) -> int:
        told = {"VICTIM_CLOCK": str(self.clock), "VICTIM_LIMIT": str(self.limit), "VICTIM_ARMED": str(self.armed)}
        if self.own_log:
            told["VICTIM_LOG"] = str(self.folder / "own.log")
        if self.quick:
            told["VICTIM_BUSY"] = "1"
        if self.deaths:
            told["VICTIM_DEATH"] = self.deaths.pop(0)
        return await self.nursery.bear(told, ["run", "--config", str(self.folder / "appariteur.toml")])

    def kill(self) -> None:
        """Now, wherever it is."""
        if self._pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    async def hold(self) -> None:
        """Kill it, and leave it so."""
        self._down = True
        while self._pid is not None:
            self.kill()
            await asyncio.sleep(PAUSE)

    def release(self) -> None:
        """It may live again."""
        self._down = False

    def push(self, seconds: float) -> None:
        """Move its clock, which may be wrong already."""
        before = float(self.clock.read_text() or 0) if self.clock.exists() else 0.0
        aside = self.clock.with_suffix(".new")
        aside.write_text(str(before + seconds))
        aside.rename(self.clock)

    @property
    def own_ends(self) -> list[int]:
        """Ends that no fault explains: the bot must not stop by itself."""
        return [code for code in self.exits if code != KILLED and code not in self.tolerated]

    async def verified(self) -> bool:
        """Whether ``appariteur verify`` finds every document, the index and the journal as they were; once it is over."""
        await self.nursery.bear({}, ["verify", "--config", str(self.folder / "appariteur.toml")])
        return await self.nursery.ended() == 0

    def over(self) -> None:
        """No more lives."""
        self._over = True


@asynccontextmanager
async def served(service: Service) -> AsyncIterator[Service]:
    """The bot alive, until the end."""
    task = asyncio.create_task(service.live())
    try:
        yield service
    finally:
        counted = len(service.exits)
        service.over()
        while not task.done():
            service.kill()
            await asyncio.sleep(PAUSE)
        await task
        del service.exits[counted:]
