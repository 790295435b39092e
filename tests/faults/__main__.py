"""The long run: ``python -m tests.faults --seeds 300 --from 0 --jobs 2``. One line a seed; a failed seed's folder stays."""

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from multiprocessing import SimpleQueue
from pathlib import Path
from time import monotonic

from bot import logs
from tests.faults.breaking import KINDS
from tests.faults.nursery import nursery
from tests.faults.stage import House
from tests.faults.trial import trial
from tests.postgres import Postgres, running_postgres

FRESH = 40
"""Seeds after which a job takes a fresh homeserver."""


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seeds", type=int, default=300, help="how many")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once, each with a homeserver of its own")
    parser.add_argument("--kind", default=",".join(KINDS), help="kinds of faults, by commas")
    parser.add_argument("--postgresql", action="store_true", help="the bot's tables on PostgreSQL, not SQLite")
    parser.add_argument("--keep", type=Path, help="where the folders of failed seeds go")
    return parser.parse_args()


def job(number: int, asked: argparse.Namespace, verdicts: "SimpleQueue[tuple[int, bool]]") -> None:
    """Every n-th seed, one after the other."""
    logs.configure(level=50)
    with running_postgres(asked.keep / f"postgres-{number}") if asked.postgresql else nullcontext() as postgres:
        asyncio.run(_job(number, asked, verdicts, postgres))


async def _job(
    number: int, asked: argparse.Namespace, verdicts: "SimpleQueue[tuple[int, bool]]", postgres: Postgres | None
) -> None:
    kinds = tuple(asked.kind.split(","))
    seeds = list(range(asked.first + number, asked.first + asked.seeds, asked.jobs))
    for turn, some in enumerate(_chunks(seeds)):
        house = await House.build(asked.keep / f"synapse-{number}-{turn}")
        try:
            async with nursery() as born:
                for seed in some:
                    verdict = await trial(house, born, asked.keep / f"seed-{seed}", seed, kinds, postgres=postgres)
                    verdicts.put((seed, not verdict.found))
                    sys.stdout.write(f"{verdict}\n")
                    sys.stdout.flush()
        finally:
            await house.stop()


def _chunks(seeds: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(seeds), FRESH):
        yield seeds[start : start + FRESH]


def main() -> int:
    """Run all, sum up."""
    asked = arguments()
    asked.keep = (asked.keep or Path(tempfile.mkdtemp(prefix="faults-"))).resolve()
    asked.keep.mkdir(parents=True, exist_ok=True)
    begun = monotonic()
    verdicts: SimpleQueue[tuple[int, bool]] = SimpleQueue()
    jobs = [multiprocessing.Process(target=job, args=(n, asked, verdicts)) for n in range(asked.jobs)]
    for each in jobs:
        each.start()
    for each in jobs:
        each.join()
    passed = set()
    while not verdicts.empty():
        seed, well = verdicts.get()
        passed |= {seed} if well else set()
    others = sorted(set(range(asked.first, asked.first + asked.seeds)) - passed)
    told = f"{len(passed)} of {asked.seeds} seeds passed in {monotonic() - begun:.0f} s"
    sys.stdout.write(f"{told}; failed or not run: {others or 'none'}; {asked.keep}\n")
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
