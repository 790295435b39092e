"""What binding a dossier costs: forty papers of ten pages, bound, asked for again, then in large.

python -m tests.bench.dossier
"""

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from bot.town import Town, open_town
from commands.letters import Shelf, bind
from tests.storage.makers import paper

PAPERS, PAGES = 40, 10
WORDS = ("budget", "travaux", "commune", "réservoir", "délibération", "subvention", "voirie", "école")


def _page(chance: random.Random) -> str:
    return "\n".join(" ".join(chance.choices(WORDS, k=11)) for _ in range(50))


async def _bound(town: Town) -> tuple[float, int]:
    began = time.monotonic()
    shelf = Shelf(town.database, town.files, town.commune)
    made = await bind(shelf, town.documents[-1].content, town.clock.now())
    return time.monotonic() - began, len(made.data)


async def main() -> None:
    """File the papers, then bind."""
    chance = random.Random(1)  # noqa: S311 - papers that are the same each time
    with tempfile.TemporaryDirectory() as directory:
        async with open_town(Path(directory)) as town:
            for number in range(PAPERS):
                data = paper(*(_page(chance) for _ in range(PAGES)))
                caption = f"Papier {number}, point 1"
                await town.drops("roux", data, f"{number}.pdf", caption=caption, room="EAU", event_id=f"$p{number}")
            for line in ("dossier eau", "dossier eau", "dossier eau grand"):
                await town.says("vidal", line)
                seconds, size = await _bound(town)
                sys.stdout.write(f"{line} : {seconds:.2f} s, {size / 1e6:.1f} Mo\n")


if __name__ == "__main__":
    asyncio.run(main())
