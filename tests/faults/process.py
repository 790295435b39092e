"""The bot as a process that is started again whenever it dies, as a service manager does, with a death planned per life."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

KILLED = -signal.SIGKILL
PAUSE = 0.05


@dataclass
class Service:
    """Keeps the bot alive.

    Attributes:
        folder: the town's; the files that hurt the victim are there too.
        deaths: the deaths planned for the coming lives ("Deliver._settle:before:2"); then it lives on.
        tolerated: exit codes that the fault at hand may cause (2 is one clear line on a disk that is full).
        exits: how it ended, each time.
    """

    folder: Path
    deaths: list[str] = field(default_factory=list)
    tolerated: frozenset[int] = frozenset()
    quick: bool = False
    exits: list[int] = field(default_factory=list)
    _process: "asyncio.subprocess.Process | None" = None
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
        with (self.folder / "bot.log").open("ab") as log:
            while not self._over:
                if self._down:
                    await asyncio.sleep(PAUSE)
                    continue
                self._process = await self._start()
                assert self._process.stdout is not None
                while line := await self._process.stdout.readline():
                    log.write(line)
                    log.flush()
                self.exits.append(await self._process.wait())
                await asyncio.sleep(PAUSE)

    async def _start(self) -> "asyncio.subprocess.Process":
        told = {"VICTIM_CLOCK": str(self.clock), "VICTIM_LIMIT": str(self.limit), "VICTIM_ARMED": str(self.armed)}
        if self.quick:
            told["VICTIM_BUSY"] = "1"
        if self.deaths:
            told["VICTIM_DEATH"] = self.deaths.pop(0)
        config = str(self.folder / "appariteur.toml")
        # A pipe: what the victim logs is not written under the victim's own limit.
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.victim", "run", "--config", config),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=1_000_000,
            env={**os.environ, **told},
        )

    def kill(self) -> None:
        """Now, wherever it is."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def hold(self) -> None:
        """Kill it, and leave it so."""
        self._down = True
        self.kill()
        if self._process is not None:
            await self._process.wait()

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

    def over(self) -> None:
        """No more lives."""
        self._over = True
        self.kill()


@asynccontextmanager
async def served(service: Service) -> AsyncIterator[Service]:
    """The bot alive, until the end."""
    task = asyncio.create_task(service.live())
    try:
        yield service
    finally:
        counted = len(service.exits)
        service.over()
        await task
        del service.exits[counted:]
