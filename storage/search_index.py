"""The search index as each database keeps it: FTS5 on SQLite, tsvector on PostgreSQL, behind one interface.

An index row is a page of a file, or its title as page 0; it holds analysed terms only. Tables here are named
``search_…`` and stand beside those of ``tables.py``: they are made from the rest and can be made again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Float,
    Select,
    cast,
    column,
    func,
    insert,
    literal,
    literal_column,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from storage.analysis import Term

TITLE_PAGE = 0
TABLES = "search_"

# More pages than an extraction ever gives: a row's number tells its file and its page.
_PAGES_A_FILE = 4096
# A page beyond any real one: PostgreSQL bounds what a row may hold.
_TERMS_A_PAGE = 20_000
_REPEATS_COUNTED = 30
# An exact word weighs above its stem, and counts as its stem besides.
_WORD_WEIGHT, _STEM_WEIGHT = 1.0, 0.5

_INDEX = table("search_index", *map(column, ("rowid", "words", "stems", "file_id", "page", "terms")))


class Row(NamedTuple):
    """A page of a file, from 1, or its title as page 0, with its terms."""

    page: int
    terms: Sequence[Term]


class Index(Protocol):
    """What search needs of a database."""

    async def add(self, session: AsyncSession, file_id: int, rows: Iterable[Row]) -> None:
        """Index the rows of a file that isn't indexed yet."""
        ...

    async def remove(self, session: AsyncSession, file_id: int) -> None:
        """Take a file out of the index."""
        ...

    def matches(self, asked: Sequence[Term]) -> CTE:
        """The rows that hold a term: ``term`` (its place in ``asked``), ``file_id``, ``page``, ``score``."""
        ...

    async def words(self, session: AsyncSession) -> Sequence[str]:
        """The words of the index, of all papers: never to be shown without asking who may read them."""
        ...

    async def rows(self, session: AsyncSession) -> Sequence[tuple[int, int]]:
        """The file and the page of each row: what can be found at all."""
        ...


def index_of(session: AsyncSession) -> Index:
    """The index of a session's database."""
    return _Sqlite() if session.get_bind().dialect.name == "sqlite" else _Postgres()


def create_index(connection: Connection) -> None:
    """Make the index's tables where they are missing, for the connection's database."""
    statements = _SQLITE_TABLES if connection.dialect.name == "sqlite" else _POSTGRES_TABLES
    for statement in statements:
        connection.execute(text(statement))


_SQLITE_TABLES = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_index
       USING fts5(words, stems, tokenize = "unicode61 remove_diacritics 0 tokenchars '-,'")""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab(search_index, 'col')",
)
_POSTGRES_TABLES = (
    """CREATE TABLE IF NOT EXISTS search_index
       (file_id integer NOT NULL, page integer NOT NULL, terms tsvector NOT NULL, PRIMARY KEY (file_id, page))""",
    "CREATE INDEX IF NOT EXISTS search_index_terms ON search_index USING gin (terms)",
)


class _Sqlite:
    """FTS5, with BM25: words in a column, stems in another, told apart in the question."""

    async def add(self, session: AsyncSession, file_id: int, rows: Iterable[Row]) -> None:
        values = [
            {
                "rowid": file_id * _PAGES_A_FILE + row.page,
                "words": " ".join(term.word for term in row.terms[:_TERMS_A_PAGE]),
                "stems": " ".join(term.stem for term in row.terms[:_TERMS_A_PAGE]),
            }
            for row in rows
        ]
        await session.execute(insert(_INDEX), values)

    async def remove(self, session: AsyncSession, file_id: int) -> None:
        first = file_id * _PAGES_A_FILE
        await session.execute(_INDEX.delete().where(_INDEX.c.rowid.between(first, first + _PAGES_A_FILE - 1)))

    def matches(self, asked: Sequence[Term]) -> CTE:
        return _materialized([self._match(place, term) for place, term in enumerate(asked)])

    def _match(self, place: int, term: Term) -> Select[Any]:
        itself: ColumnElement[Any] = literal_column("search_index")
        return select(
            literal(place).label("term"),
            (_INDEX.c.rowid.op("/")(_PAGES_A_FILE)).label("file_id"),
            (_INDEX.c.rowid.op("%")(_PAGES_A_FILE)).label("page"),
            (-func.bm25(itself, _WORD_WEIGHT, _STEM_WEIGHT)).label("score"),
        ).where(itself.op("MATCH")(f'words : "{term.word}" OR stems : "{term.stem}"'))

    async def words(self, session: AsyncSession) -> Sequence[str]:
        vocabulary = table("search_vocabulary", column("term"), column("col"))
        return (await session.scalars(select(vocabulary.c.term).where(vocabulary.c.col == "words"))).all()

    async def rows(self, session: AsyncSession) -> Sequence[tuple[int, int]]:
        numbers = await session.scalars(select(_INDEX.c.rowid))
        return [divmod(number, _PAGES_A_FILE) for number in numbers]


class _Postgres:
    """A tsvector by row: words have the weight A, stems B; rare terms count more, as in BM25."""

    async def add(self, session: AsyncSession, file_id: int, rows: Iterable[Row]) -> None:
        statement = insert(_INDEX).values(
            file_id=file_id,
            page=text(":page"),
            terms=text("CAST(:terms AS tsvector)"),
        )
        await session.execute(statement, [{"page": row.page, "terms": _vector(row.terms)} for row in rows])

    async def remove(self, session: AsyncSession, file_id: int) -> None:
        await session.execute(_INDEX.delete().where(_INDEX.c.file_id == file_id))

    def matches(self, asked: Sequence[Term]) -> CTE:
        return _materialized([self._match(place, term) for place, term in enumerate(asked)])

    def _match(self, place: int, term: Term) -> Select[Any]:
        question = cast(f"'{term.word}':A | '{term.stem}':B", TSQUERY)
        weights = cast([0.0, 0.0, _STEM_WEIGHT, _WORD_WEIGHT], ARRAY(Float(24)))
        rank = func.ts_rank(weights, _INDEX.c.terms, question, 1)
        rows = select(func.count()).select_from(_INDEX).scalar_subquery()
        rarity = func.ln(1 + cast(rows, Float) / func.count().over())
        return select(
            literal(place).label("term"), _INDEX.c.file_id, _INDEX.c.page, (rank * rarity).label("score")
        ).where(_INDEX.c.terms.op("@@")(question))

    async def words(self, session: AsyncSession) -> Sequence[str]:
        statement = text("SELECT word FROM ts_stat('SELECT terms FROM search_index', 'A')")
        return (await session.scalars(statement)).all()

    async def rows(self, session: AsyncSession) -> Sequence[tuple[int, int]]:
        return [(file_id, page) for file_id, page in await session.execute(select(_INDEX.c.file_id, _INDEX.c.page))]


def _materialized(parts: list[Select[Any]]) -> CTE:
    """The parts as one table, worked out once: FTS5 ranks only where it matches."""
    return union_all(*parts).cte("matches").prefix_with("MATERIALIZED")


def _vector(terms: Sequence[Term]) -> str:
    """A tsvector's text: places are only counts here, as each of a term's must differ from the others."""
    kept = terms[:_TERMS_A_PAGE]
    counts = Counter((term.word, "A") for term in kept) + Counter((term.stem, "B") for term in kept)
    places: dict[str, list[str]] = {}
    for (lexeme, weight), count in counts.items():
        of_lexeme = places.setdefault(lexeme, [])
        first = len(of_lexeme) + 1
        of_lexeme += [f"{place}{weight}" for place in range(first, first + min(count, _REPEATS_COUNTED))]
    return " ".join(f"'{lexeme}':{','.join(of_lexeme)}" for lexeme, of_lexeme in places.items())
