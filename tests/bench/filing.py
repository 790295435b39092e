"""Filing throughput: papers dropped one after the other in an encrypted room, until the last is filed and indexed.

Run: ``python -m tests.bench.filing [PAPERS]``. Meanwhile somebody asks ``!agenda`` in their own conversation: filing must
not hold up the answers.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.demo.papers import make_pdf
from bot.demo.person import Person
from tests.bench.stage import BOT, FIRST, Stage, stage

PAGES = 5
LINES = "Le conseil approuve la dépense et charge le maire de signer le marché, lot numéro {n}, page {page}.\n" * 20


def paper(number: int) -> bytes:
    """A small, distinct PDF with a real text layer."""
    return make_pdf([f"Devis numéro {number}\n\n" + LINES.format(n=number, page=page) for page in range(1, PAGES + 1)])


async def drop_all(person: Person, room_id: str, count: int) -> None:
    """Drop the papers as fast as the homeserver takes them."""
    for number in range(count):
        await person.drops(room_id, paper(number), f"devis-{number}.pdf")


async def measure(town: Stage, count: int) -> tuple[float, list[float]]:
    """Seconds until the last confirmation, and the answer times of ``!agenda`` in between."""
    room_id, own = await town.room(FIRST), await town.room("Appariteur")
    filed, asked = 0, time.perf_counter()
    waits: list[float] = []
    start = time.perf_counter()
    dropping = asyncio.create_task(drop_all(town.chair, room_id, count))
    await town.chair.says(own, "agenda")
    while filed < count:
        event = await town.chair.hears(lambda e: e.sender == BOT and e.type == "m.room.message", 120)
        body = str(event.content["body"])
        if event.room_id == room_id and body.startswith("Classé"):
            filed += 1
        elif event.room_id == own and "séance" in body:
            waits.append((time.perf_counter() - asked) * 1000)
            asked = time.perf_counter()
            await town.chair.says(own, "agenda")
    await dropping
    return time.perf_counter() - start, waits


async def main(count: int) -> None:
    """Print the throughput and the answer times under it."""
    with tempfile.TemporaryDirectory() as directory:
        async with stage(Path(directory)) as town:
            with town.bot():
                elapsed, waits = await measure(town, count)
    sys.stdout.write(f"filing: {count} papers of {PAGES} pages in {elapsed:.1f} s, {count / elapsed:.1f} a second\n")
    ranked = sorted(waits)
    p95 = ranked[int(len(ranked) * 0.95)]
    sys.stdout.write(
        f"agenda meanwhile: median {statistics.median(ranked):.0f} ms, p95 {p95:.0f} ms, n {len(ranked)}\n"
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
