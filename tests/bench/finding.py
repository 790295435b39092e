"""How well papers are found: judged questions on real papers, beside plain full-text search by page.

Run: ``python -m tests.bench finding --data DIR``, a folder of papers that answer ``questions.toml``. One question in two
is held out: the ranking is tuned on the others only. Pages in pictures are read by Tesseract where it is installed.
"""

import json
import re
import sys
import tempfile
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from sqlalchemy import text

from council.roles import BodyKind, Channel, Function
from storage.database import Database
from storage.extract import Extractor, tesseract
from storage.papers import Reader
from storage.search import read_query
from storage.store import Store
from storage.tables import Body, File, Membership, Page, Person
from tests.postgres import running_postgres

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
READER = Reader(1, None, TODAY)
DEPTH = 10
QUESTIONS = Path(__file__).with_name("questions.toml")
ABSENT = "Pas de papiers à chercher : donnez leur dossier par --data.\n"


class Read(NamedTuple):
    """A paper as it was read: the end of its path tells it apart."""

    path: str
    title: str
    pages: tuple[str, ...]


class Question(NamedTuple):
    """What is asked, and the ends of the paths that answer."""

    asked: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """How well questions were answered, from 0 to 1.

    Attributes:
        first: the part whose first paper answers.
        fifth: the part that has an answer among the first five papers.
        reciprocal: the mean of 1 / the rank of the first answer.
    """

    first: float
    fifth: float
    reciprocal: float
    count: int

    def __str__(self) -> str:
        return (
            f"{self.first * self.count:3.0f}/{self.count} at 1, {self.fifth * self.count:3.0f}/{self.count} at 5, "
            f"MRR {self.reciprocal:.3f}"
        )


Find = Callable[[str], Awaitable[list[str]]]


def questions() -> list[Question]:
    """The judged questions."""
    read = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]
    return [Question(each["demande"], tuple(normalize("NFC", end) for end in each["fichiers"])) for each in read]


def scored(ranks: Sequence[int]) -> Score:
    """The measures of the ranks of the first right answers, 0 where there was none."""
    count = len(ranks) or 1
    return Score(
        sum(rank == 1 for rank in ranks) / count,
        sum(1 <= rank <= 5 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
        len(ranks),
    )


async def read_all(folder: Path) -> list[Read]:
    """The papers of a folder, as the bot reads them; kept in the temporary folder while their bytes don't change."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.parent != folder]
    mark = sha256("".join(f"{path}{path.stat().st_size}" for path in paths).encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"appariteur-finding-{mark}.json"
    if kept.exists():
        read = json.loads(kept.read_text())
        return [Read(normalize("NFC", path), title, tuple(pages)) for path, title, pages in read]
    found = []
    async with Extractor() as extractor:
        for path in paths:
            data = path.read_bytes()
            read = await extractor.extract(data)
            pages = list(read.pages)
            for place in read.pictures:
                pages[place] = await extractor.recognise(data, place)
            found.append(Read(normalize("NFC", str(path.relative_to(folder))), read.title or path.stem, tuple(pages)))
    kept.write_text(json.dumps(found))
    return found


async def settle(database: Database) -> None:
    """One body, and one person who sits there."""
    async with database.begin() as session:
        session.add(Body(id=1, code="CM", name="Conseil municipal", kind=BodyKind.COUNCIL, position=1))
        session.add(
            Person(
                id=1, key="1", last_name="Roux", first_name="Anne", matrix_id=None, email="", phone="",
                function=Function.COUNCILLOR, channel=Channel.ELEMENT, since=None, until=None, welcomed_at=None,
            )
        )  # fmt: skip
        await session.flush()
        session.add(Membership(person_id=1, body_id=1, chair=False, since=date(2020, 3, 22), until=None))


@asynccontextmanager
async def ours(database: Database, papers: Sequence[Read]) -> AsyncIterator[Find]:
    """Our search over the papers, filed in one body."""
    names: dict[int, str] = {}
    await settle(database)
    async with database.begin() as session:
        body, store = await session.get_one(Body, 1), Store(session, "", NOW)
        for paper in papers:
            file = File(
                blob="0" * 64, name=Path(paper.path).name, mime="", size=1, page_count=None, room_id="", event_id="",
                filed_by=1, filed_at=NOW,
            )  # fmt: skip
            filed = await store.papers.file(body, NOW.year, paper.title, file)
            await session.flush()
            session.add_all(Page(file_id=file.id, number=n, text=page) for n, page in enumerate(paper.pages, start=1))
            await session.flush()
            await store.search.index(file.id, paper.pages)
            names[filed.id] = paper.path

    async def find(asked: str) -> list[str]:
        async with database.read() as session:
            hits = await Store(session, "", NOW).search.find(
                read_query(asked, now=NOW), readable=READER, limit=DEPTH, today=TODAY
            )
            return [names[hit.paper_id] for hit in hits.found]

    yield find
    await database.close()


@asynccontextmanager
async def plain(database: Database, papers: Sequence[Read]) -> AsyncIterator[Find]:
    """What SQLite does by itself: FTS5 by page, the title and the file's name as one more; all the words, or else some."""
    async with database.begin() as session:
        await session.execute(
            text(
                "CREATE VIRTUAL TABLE plain USING fts5(body, path UNINDEXED, tokenize='unicode61 remove_diacritics 2')"
            )
        )
        for paper in papers:
            for page in (f"{paper.title} {Path(paper.path).name}", *paper.pages):
                await session.execute(
                    text("INSERT INTO plain VALUES (:body, :path)"), {"body": page, "path": paper.path}
                )

    async def find(asked: str) -> list[str]:
        words = [f'"{word}"' for word in re.findall(r"\w+", asked)]
        async with database.read() as session:
            for how in (" AND ", " OR "):
                ranked = text("SELECT path FROM plain WHERE plain MATCH :words ORDER BY rank LIMIT 500")
                paths = (await session.scalars(ranked, {"words": how.join(words)})).all()
                if paths:
                    return list(dict.fromkeys(paths))[:DEPTH]
        return []

    yield find
    await database.close()


async def ranks_of(find: Find, asked: Sequence[Question]) -> list[int]:
    """The rank of the first paper that answers each question, 0 when none of the first ten does."""
    ranks = []
    for question in asked:
        found = await find(question.asked)
        ranks.append(next((n for n, path in enumerate(found, start=1) if path.endswith(question.answers)), 0))
    return ranks


def tell(name: str, asked: Sequence[Question], ranks: Sequence[int], *, missed: bool) -> None:
    """A line for the half that was tuned on, one for the half held out, one for all; what was missed of the first."""
    sys.stdout.write(f"{name:10} tuned    {scored(ranks[::2])}\n{'':10} held out {scored(ranks[1::2])}\n")
    sys.stdout.write(f"{'':10} all      {scored(ranks)}\n")
    for question, rank in zip(asked[::2], ranks[::2], strict=True):
        if missed and rank != 1:
            sys.stdout.write(f"{rank:14} {question.asked}\n")


async def main(folder: Path | None, *, missed: bool = False) -> None:
    """Print the measures of plain FTS5, then of our search on both databases."""
    if folder is None or not folder.is_dir():
        sys.stdout.write(ABSENT)
        return
    asked, papers = questions(), await read_all(folder)
    expected = [end for question in asked for end in question.answers]
    lost = [end for end in expected if not any(paper.path.endswith(end) for paper in papers)]
    pages = sum(len(paper.pages) for paper in papers)
    sys.stdout.write(f"{len(papers)} papers, {pages} pages, {len(asked)} questions; scans ")
    sys.stdout.write("read by Tesseract\n" if tesseract() else "not read\n")
    if lost:
        sys.stdout.write(f"not there: {', '.join(lost)}\n")
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_postgres(directory / "postgres"))
        for name in ("plain", "sqlite"):
            (directory / name).mkdir()
            database = Database.in_directory(directory / name)
            await database.migrate()
            async with (plain if name == "plain" else ours)(database, papers) as find:
                tell(name, asked, await ranks_of(find, asked), missed=missed and name != "plain")
        async with ours(Database(await server.fresh()), papers) as find:
            tell("postgres", asked, await ranks_of(find, asked), missed=missed)
