"""From starting the process to the first answer, with 18 rooms and 31 people already there; memory at rest.

Run: ``python -m tests.bench.start [TIMES]``. The bare bot joins the same number of rooms and answers in one of them.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.demo.homeserver import SERVER_NAME
from tests.bench.stage import BOT, FIRST, Stage, running, stage
from tests.town import PASSWORD

ECHO = f"@echo:{SERVER_NAME}"
BODIES, PEOPLE = 18, 31
PATIENCE = 0.25
"""Seconds after which the person asks again: the resolution of the figure."""
QUIET = 5.0
"""Seconds left to a bot before its memory is read."""


def resident(process: "subprocess.Popen[bytes]") -> float:
    """The process's resident memory, in MB."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise ValueError("no VmRSS")


async def first_answer(town: Stage, command: list[str], room_id: str, bot: str) -> tuple[float, float]:
    """Seconds from the start of the process to its first answer to somebody who keeps asking; then its memory."""
    start = time.perf_counter()
    with running(command, town.directory / "start.log") as process:
        while not await _answered(town, room_id, bot):
            await town.chair.says(room_id, "!agenda")
        elapsed = time.perf_counter() - start
        await asyncio.sleep(QUIET)
        memory = resident(process)
    while await _answered(town, room_id, bot):  # what it still said is not the next one's answer
        pass
    return elapsed, memory


async def _answered(town: Stage, room_id: str, bot: str) -> bool:
    """Whether an answer came within the time after which one asks again."""
    try:
        await town.chair.hears_text(room_id, bot, PATIENCE)
    except TimeoutError:
        return False
    return True


async def main(times: int) -> None:
    """Both bots in turn, from a cold process, on rooms that exist."""
    with tempfile.TemporaryDirectory() as directory:
        async with stage(Path(directory), bodies=BODIES, people=PEOPLE) as town:
            ours, other, echo = await _settle(town)
            command = [sys.executable, "-m", "bot", "run", "--config", str(town.config)]
            mine = [await first_answer(town, command, ours, BOT) for _ in range(times)]
            bare = [await first_answer(town, echo, other, ECHO) for _ in range(times)]
    for name, values in (("appariteur", mine), ("echo", bare)):
        seconds, memory = (statistics.median(column) for column in zip(*values, strict=True))
        sys.stdout.write(f"{name}: first answer {seconds:.2f} s after the start, {memory:.0f} MB at rest, n {times}\n")


async def _settle(town: Stage) -> tuple[str, str, list[str]]:
    """Let our bot make its rooms once, and the bare bot join as many."""
    with town.bot():
        ours = await town.room(FIRST)
        await town.room(f"Commission {BODIES - 1}")
    await town.server.register("echo", PASSWORD)
    rooms = [await town.chair.client.create_room(name=f"écho {n}", invite=[ECHO]) for n in range(BODIES)]
    store = town.directory / "echo"
    store.mkdir()
    echo = [sys.executable, "-m", "tests.bench.echo", town.server.url, ECHO, PASSWORD, str(store)]
    with running(echo, town.directory / "echo.log"):
        for room in rooms:
            await town.entered(room, ECHO)
    return ours, rooms[0], echo


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
