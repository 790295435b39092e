"""The measures of ``docs/performance.md``: all of them one after the other, or one by its name.

Run: ``python -m tests.bench``; ``python -m tests.bench finding --data DIR``; ``python -m tests.bench scale``.
"""

import argparse
import asyncio
from pathlib import Path

from tests.bench import answer, filing, finding, scale, start


async def main() -> None:
    """Answer, start, filing; or the one that was named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("what", nargs="?", choices=("finding", "scale"))
    parser.add_argument("--data", type=Path, help="a folder of real papers, for finding")
    parser.add_argument("--missed", action="store_true", help="show what was not found first")
    parser.add_argument("--pages", type=int, default=100_000, help="how many pages, for scale")
    asked = parser.parse_args()
    if asked.what == "finding":
        await finding.main(asked.data, missed=asked.missed)
    elif asked.what == "scale":
        await scale.main(asked.pages)
    else:
        await answer.main(20)
        await start.main(5)
        await filing.main(filing.PAPERS, filing.PAGES)


asyncio.run(main())
