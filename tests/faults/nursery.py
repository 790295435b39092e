"""Gives birth to victims fast: the bot's modules are loaded once, and each life of the bot is a fork of that.

``python -m tests.faults.nursery`` reads one JSON line per life on its standard input (the environment to add and the
arguments) and writes two on its output: the process's number, then how it ended. What the bot logs goes to its standard
error. Loading the bot takes three seconds of processor; a seed has up to five lives.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.faults import victim


def main() -> None:
    """Serve one life after the other, until the input ends."""
    for module in ("bot.run", "bot.app", "bot.terminal", "aiosqlite", *victim.POINTS.values()):
        with suppress(ModuleNotFoundError):
            import_module(module)
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _be_born(asked["environment"], asked["arguments"])
        _tell({"pid": pid})
        _, status = os.waitpid(pid, 0)
        _tell({"ended": os.waitstatus_to_exitcode(status)})


def _be_born(environment: dict[str, str], arguments: list[str]) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.environ.update(environment)
    sys.argv = ["appariteur", *arguments]
    try:
        victim.main()
    except SystemExit as ended:
        os._exit(ended.code if isinstance(ended.code, int) else 1)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _tell(said: dict[str, int]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


class Nursery:
    """The other side of it: one life at a time."""

    def __init__(self, process: "asyncio.subprocess.Process") -> None:
        self._process = process
        self.log: Path | None = None

    async def pump(self) -> None:
        """Write what the bot logs to the present log."""
        assert self._process.stderr is not None
        while line := await self._process.stderr.readline():
            if self.log is not None and self.log.parent.exists():
                with self.log.open("ab") as log:
                    log.write(line)

    async def bear(self, environment: dict[str, str], arguments: list[str]) -> int:
        """Start a life; the process's number."""
        assert self._process.stdin is not None
        asked = {"environment": environment, "arguments": arguments}
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        return int((await self._reply())["pid"])

    async def ended(self) -> int:
        """Wait until the present life ends: its exit code, negative for a signal."""
        return int((await self._reply())["ended"])

    async def _reply(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        reply: dict[str, Any] = json.loads(await self._process.stdout.readline())
        return reply


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """A nursery, ended with its input."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "tests.faults.nursery")
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe, limit=10_000_000)
    made = Nursery(process)
    pumping = asyncio.create_task(made.pump())
    try:
        yield made
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
        await pumping


if __name__ == "__main__":
    main()
