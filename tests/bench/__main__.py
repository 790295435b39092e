"""All the measures of ``docs/performance.md``, one after the other: ``python -m tests.bench``."""

import asyncio

from tests.bench import answer, filing, start


async def main() -> None:
    """Answer, start, filing."""
    await answer.main(20)
    await start.main(5)
    await filing.main(60)


asyncio.run(main())
