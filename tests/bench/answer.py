"""Answer time of ``!agenda`` in an encrypted room, against a bare nio bot that echoes, in turn, on the same Synapse.

Run: ``python -m tests.bench.answer [ROUNDS]``. Figures are milliseconds as a person's client sees them, from sending to
the decrypted answer.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.demo.homeserver import SERVER_NAME
from bot.demo.person import Person
from tests.bench.stage import BOT, FIRST, Stage, running, stage
from tests.town import PASSWORD

ECHO = f"@echo:{SERVER_NAME}"
EACH = 5


async def ask(person: Person, room_id: str, bot: str) -> float:
    """The milliseconds between saying ``!agenda`` and reading the answer."""
    start = time.perf_counter()
    sending = asyncio.create_task(person.says(room_id, "!agenda"))
    await person.hears_text(room_id, bot)
    elapsed = (time.perf_counter() - start) * 1000
    await sending
    return elapsed


async def echo_room(town: Stage) -> str:
    """A room like the body's, with the same people invited, where the echo bot answers."""
    state = await town.chair.client.state(await town.room(FIRST))
    people = [event["state_key"] for event in state if event["type"] == "m.room.member"]
    room_id = await town.chair.client.create_room(name="écho", invite=[ECHO, *set(people) - {BOT, town.chair.user_id}])
    await town.entered(room_id, ECHO)
    return room_id


async def measure(town: Stage, rounds: int) -> tuple[list[float], list[float]]:
    """Both bots in turn, so that the machine's moods are shared."""
    store = town.directory / "echo"
    store.mkdir()
    await town.server.register("echo", PASSWORD)
    command = [sys.executable, "-m", "tests.bench.echo", town.server.url, ECHO, PASSWORD, str(store)]
    with town.bot(), running(command, town.directory / "echo.log"):
        ours, other = await town.room(FIRST), await echo_room(town)
        for _ in range(EACH):  # warm both
            await ask(town.chair, ours, BOT)
            await ask(town.chair, other, ECHO)
        mine: list[float] = []
        bare: list[float] = []
        for _ in range(rounds):
            mine += [await ask(town.chair, ours, BOT) for _ in range(EACH)]
            bare += [await ask(town.chair, other, ECHO) for _ in range(EACH)]
    return mine, bare


def shown(name: str, values: list[float]) -> str:
    """Median and 95th percentile."""
    ranked = sorted(values)
    return f"{name}: median {statistics.median(ranked):.1f} ms, p95 {ranked[int(len(ranked) * 0.95)]:.1f} ms, n {len(ranked)}"


async def main(rounds: int) -> None:
    """Print both, and their ratio."""
    with tempfile.TemporaryDirectory() as directory:
        async with stage(Path(directory)) as town:
            mine, bare = await measure(town, rounds)
    sys.stdout.write(f"{shown('appariteur', mine)}\n{shown('echo', bare)}\n")
    sys.stdout.write(f"ratio of medians: {statistics.median(mine) / statistics.median(bare):.3f}\n")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
