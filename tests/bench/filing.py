"""Filing throughput: papers dropped one after the other in an encrypted room, until the last is filed and indexed.

Run: ``python -m tests.bench.filing [PAPERS [PAGES]]``. Meanwhile somebody else asks for the agenda in their own
conversation, one question after the other: filing must not hold up the answers.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.stage import BOT, CHAIR, FIRST, Stage, running, stage
from tests.town import PASSWORD

DROPPER = CHAIR.replace("p0", "p1")
PAPERS, PAGES = 60, 10


async def measure(town: Stage, papers: int) -> tuple[float, list[float]]:
    """Seconds from the first paper filed to the last, and the answer times of the agenda in between."""
    room_id, own = await town.room(FIRST), await town.room("Appariteur")
    filed, first, last = 0, 0.0, 0.0
    asked = time.perf_counter()
    waits: list[float] = []
    await town.chair.says(own, "agenda")
    while filed < papers:
        event = await town.chair.hears(lambda e: e.sender == BOT and e.type == "m.room.message", 120)
        heard, body = time.perf_counter(), str(event.content["body"])
        if event.room_id == room_id and body.startswith("Classé"):
            filed, first, last = filed + 1, first or heard, heard
        elif event.room_id == own and "séance" in body:
            waits += [(heard - asked) * 1000] if filed else []
            asked = time.perf_counter()
            await town.chair.says(own, "agenda")
    return last - first, waits


async def main(papers: int, pages: int) -> None:
    """Print the throughput and the answer times under it."""
    with tempfile.TemporaryDirectory() as directory:
        async with stage(Path(directory)) as town:
            other = [town.server.url, DROPPER, PASSWORD, f"{directory}/dropper", FIRST, str(papers), str(pages)]
            command = [sys.executable, "-m", "tests.bench.dropping", *other]
            with town.bot(), running(command, Path(directory) / "dropping.log"):
                elapsed, waits = await measure(town, papers)
    sys.stdout.write(
        f"filing: {papers} papers of {pages} pages in {elapsed:.1f} s, {(papers - 1) / elapsed:.1f} a second\n"
    )
    ranked = sorted(waits)
    p95 = ranked[int(len(ranked) * 0.95)]
    sys.stdout.write(
        f"agenda meanwhile: median {statistics.median(ranked):.0f} ms, p95 {p95:.0f} ms, n {len(ranked)}\n"
    )


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    asyncio.run(main(*(*given, *(PAPERS, PAGES)[len(given) :])))
