"""Search over very many pages: our answer beside the database's own raw question, on SQLite and PostgreSQL.

Run: ``python -m tests.bench scale [--pages N]``. The pages are made of French words by their rank, as in any long text: a
few are everywhere, most are rare. The raw question is the bare index's best five pages for the same words, without
rights, titles, snippets nor papers.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import text

from council.acronyms import ACRONYMS
from council.glossary import TERMS
from storage.analysis import query_terms
from storage.database import Database
from storage.papers import Reader
from storage.search import read_query
from storage.store import Store
from storage.tables import Body, File, Page
from tests.bench.finding import settle
from tests.postgres import running_postgres

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
READER = Reader(1, None, TODAY)
PAGES_A_PAPER = 10
WORDS_A_PAGE = 250
BATCH = 50
ASKED = 60
ROUNDS = 5
ROOTS = ["mar", "ver", "cha", "lon", "bel", "cor", "tur", "vil", "sen", "gar", "mon", "pra", "ros", "cal", "dor", "fer"]
ENDS = [
    "tion",
    "ment",
    "age",
    "eur",
    "erie",
    "ette",
    "ier",
    "ance",
    "ible",
    "oire",
    "elle",
    "isme",
    "ade",
    "ure",
    "eau",
    "ois",
]


def vocabulary() -> list[str]:
    """The glossary's words first, then made ones: some five thousand, from the most used to the rarest."""
    real = [word for term in TERMS for word in term.meaning.lower().split() if word.isalpha()]
    real += [word for long in ACRONYMS.values() for word in long[0].split() if word.isalpha()]
    made = [first + second + end for first in ROOTS for second in ROOTS for end in ENDS]
    return list(dict.fromkeys([*real, *made]))


def pages(count: int) -> Iterator[str]:
    """Pages whose words follow their rank (the n-th is n times rarer than the first)."""
    chance, words = random.Random(4), vocabulary()  # noqa: S311  # the same pages each time, no secret
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    for _ in range(count):
        yield " ".join(chance.choices(words, weights, k=WORDS_A_PAGE))


def questions() -> list[str]:
    """One to three words each, from the frequent ones to the rare ones."""
    chance, words = random.Random(5), [word for word in vocabulary() if len(word) > 4][:3000]  # noqa: S311
    return [
        " ".join(words[int(chance.triangular(0, len(words) - 1, 100))] for _ in range(1 + n % 3)) for n in range(ASKED)
    ]


async def fill(database: Database, count: int) -> None:
    """File the papers."""
    await settle(database)
    chance, source = random.Random(6), pages(count)  # noqa: S311
    for start in range(0, count // PAGES_A_PAPER, BATCH):
        async with database.begin() as session:
            body, store = await session.get_one(Body, 1), Store(session, "", NOW)
            for number in range(start, min(start + BATCH, count // PAGES_A_PAPER)):
                at = NOW - timedelta(days=chance.randrange(2000))
                file = File(
                    blob="0" * 64, name=f"{number}.pdf", mime="", size=1, page_count=PAGES_A_PAPER, room_id="",
                    event_id="", filed_by=1, filed_at=at,
                )  # fmt: skip
                own = list(islice(source, PAGES_A_PAPER))
                await store.papers.file(body, at.year, " ".join(own[0].split()[:6]), file)
                await session.flush()
                session.add_all(Page(file_id=file.id, number=n, text=page) for n, page in enumerate(own, start=1))
                await store.search.index(file.id, own)
    async with database.begin() as session:
        await session.execute(text("ANALYZE"))


async def timed(asks: Sequence[Callable[[str], Awaitable[object]]]) -> list[list[float]]:
    """Milliseconds of each question by each way of asking, in turn: the median of ``ROUNDS``, after one for nothing."""
    waits: list[list[float]] = [[] for _ in asks]
    for question in questions():
        rounds: list[list[float]] = [[] for _ in asks]
        for _ in range(1 + ROUNDS):
            for ask, own in zip(asks, rounds, strict=True):
                start = time.perf_counter()
                await ask(question)
                own.append((time.perf_counter() - start) * 1000)
        for own, kept in zip(rounds, waits, strict=True):
            kept.append(statistics.median(own[1:]))
    return waits


async def measure(database: Database, name: str) -> None:
    """Two lines: ours, then the raw question."""

    async def ours(question: str) -> None:
        async with database.read() as session:
            await Store(session, "", NOW).search.find(read_query(question, now=NOW), readable=READER, today=TODAY)

    async def raw(question: str) -> None:
        stems = [term.stem for term in query_terms(question)]
        async with database.read() as session:
            if name == "sqlite":
                statement = "SELECT rowid FROM search_index WHERE search_index MATCH :asked ORDER BY rank LIMIT 5"
                asked = "stems : (" + " AND ".join(f'"{stem}"' for stem in stems) + ")"
            else:
                statement = (
                    "SELECT file_id, page FROM search_index, CAST(:asked AS tsquery) asked WHERE terms @@ asked"
                    " ORDER BY ts_rank(terms, asked) DESC LIMIT 5"
                )
                asked = " & ".join(f"'{stem}'" for stem in stems)
            await session.execute(text(statement), {"asked": asked})

    for who, waits in zip(("ours", "raw"), await timed((ours, raw)), strict=True):
        p95 = sorted(waits)[int(len(waits) * 0.95)]
        sys.stdout.write(f"{name:10} {who:5} median {statistics.median(waits):6.1f} ms, p95 {p95:6.1f} ms\n")
        sys.stdout.flush()


async def main(count: int) -> None:
    """Fill and measure SQLite, then PostgreSQL."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_postgres(directory / "postgres"))
        for name in ("sqlite", "postgres"):
            database = Database.in_directory(directory) if name == "sqlite" else Database(await server.fresh())
            if name == "sqlite":
                await database.migrate()
            start = time.perf_counter()
            await fill(database, count)
            sys.stdout.write(f"{name:10} {count} pages filed in {time.perf_counter() - start:.0f} s\n")
            sys.stdout.flush()
            await measure(database, name)
            await database.close()
