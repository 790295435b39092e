"""The search index as each database keeps it: FTS5 on SQLite, tsvector on PostgreSQL, behind one interface.

An index row is a page of a file, or its title as page 0; it holds analysed terms only. Tables here are named
``search_…`` and stand beside those of ``tables.py``: they are made from the rest and can be made again.
"""

from collections.abc import Iterable, Iterator, Sequence
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
from storage.search_wanted import Phrase, Wanted

TITLE_PAGE = 0
TABLES = "search_"

# More pages than an extraction ever gives: a row's number tells its file and its page.
_PAGES_A_FILE = 4096
# A page beyond any real one: PostgreSQL bounds what a row may hold.
_TERMS_A_PAGE = 20_000
# PostgreSQL keeps no more of a lexeme in a row.
_REPEATS_KEPT = 250
# An exact word weighs above its stem, and counts as its stem besides.
_WORD_WEIGHT, _STEM_WEIGHT = 1.0, 0.5
_FLAT_RANK = 0.03
# The same where only stems were compared: for so many of the first rows, up to so much more when all words are exact.
_READ, _EXACT_BONUS = 50, 0.5

_INDEX = table("search_index", *map(column, ("rowid", "words", "stems", "file_id", "page", "terms")))
_ITSELF: ColumnElement[Any] = literal_column("search_index")
_RANK: ColumnElement[float] = literal_column("rank")
_FILE: ColumnElement[int] = _INDEX.c.rowid.op("/")(_PAGES_A_FILE)
_PAGE: ColumnElement[int] = _INDEX.c.rowid.op("%")(_PAGES_A_FILE)
_NUMBER: ColumnElement[int] = _INDEX.c.file_id * _PAGES_A_FILE + _INDEX.c.page


class Row(NamedTuple):
    """A page of a file, from 1, or its title as page 0, with its terms."""

    page: int
    terms: Sequence[Term]


def place_of(number: int) -> tuple[int, int]:
    """The file and the page that a row's number tells."""
    return divmod(number, _PAGES_A_FILE)


class Index(Protocol):
    """What search needs of a database."""

    async def add(self, session: AsyncSession, file_id: int, rows: Iterable[Row]) -> None:
        """Index the rows of a file that isn't indexed yet."""
        ...

    async def remove(self, session: AsyncSession, file_id: int) -> None:
        """Take a file out of the index."""
        ...

    def matches(self, asked: Sequence[Wanted], among: CTE | None = None) -> CTE:
        """The rows that hold what is wanted: ``term`` (its place in ``asked``), ``file_id``, ``page``, ``score``.

        Args:
            among: the files (``file_id``) to look in; everywhere by default.
        """
        ...

    async def best(self, session: AsyncSession, asked: Sequence[Wanted], limit: int) -> list[tuple[int, float]]:
        """The rows that hold all that is wanted and score best, whoever may read them: their numbers and scores."""
        ...

    def files(self, wanted: Wanted) -> Select[int]:
        """The files that hold what is wanted, in any of their rows, or in their title's."""
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
    # Kept in the row itself: moved out, it would make the table look so small that the index would be left unused.
    "ALTER TABLE search_index ALTER COLUMN terms SET STORAGE MAIN",
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

    def matches(self, asked: Sequence[Wanted], among: CTE | None = None) -> CTE:
        return _materialized([self._match(place, wanted, among) for place, wanted in enumerate(asked)])

    async def best(self, session: AsyncSession, asked: Sequence[Wanted], limit: int) -> list[tuple[int, float]]:
        """By stems alone, the question being costly enough; then the exact words of the first ones are looked at."""
        together = " AND ".join(f"({_fts5(wanted, stems_only=True)})" for wanted in asked)
        ranked = select(_INDEX.c.rowid, -_RANK).where(_ITSELF.op("MATCH")(together)).order_by(_RANK).limit(limit)
        best = {int(number): float(score) for number, score in await session.execute(ranked)}
        read = select(_INDEX.c.rowid, _INDEX.c.words).where(_INDEX.c.rowid.in_(list(best)[:_READ]))
        for number, words in await session.execute(read):
            exact = sum(any(f" {_words(phrase)} " in f" {words} " for phrase in each.phrases) for each in asked)
            best[number] *= 1 + _EXACT_BONUS * exact / len(asked)
        return sorted(best.items(), key=lambda one: -one[1])

    def files(self, wanted: Wanted) -> Select[int]:
        return select(_FILE.label("file_id")).where(*self._holding(wanted, stems_only=True))

    def _match(self, place: int, wanted: Wanted, among: CTE | None) -> Select[Any]:
        score = literal(1.0) if wanted.flat else -func.bm25(_ITSELF, _WORD_WEIGHT, _STEM_WEIGHT)
        return select(
            literal(place).label("term"), _FILE.label("file_id"), _PAGE.label("page"), score.label("score")
        ).where(*self._holding(wanted), *self._among(among))

    def _holding(self, wanted: Wanted, *, stems_only: bool = False) -> Iterator[ColumnElement[bool]]:
        yield _ITSELF.op("MATCH")(_fts5(wanted, stems_only=stems_only))
        if wanted.titles:
            yield _PAGE == TITLE_PAGE

    def _among(self, among: CTE | None) -> Iterator[ColumnElement[bool]]:
        if among is not None:
            yield _FILE.in_(select(among.c.file_id))

    async def words(self, session: AsyncSession) -> Sequence[str]:
        vocabulary = table("search_vocabulary", column("term"), column("col"))
        return (await session.scalars(select(vocabulary.c.term).where(vocabulary.c.col == "words"))).all()

    async def rows(self, session: AsyncSession) -> Sequence[tuple[int, int]]:
        numbers = await session.scalars(select(_INDEX.c.rowid))
        return [place_of(number) for number in numbers]


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

    def matches(self, asked: Sequence[Wanted], among: CTE | None = None) -> CTE:
        return _materialized([self._match(place, wanted, among) for place, wanted in enumerate(asked)])

    async def best(self, session: AsyncSession, asked: Sequence[Wanted], limit: int) -> list[tuple[int, float]]:
        together, weighed = (
            cast(" & ".join(f"({_lexemes(wanted, words=words)})" for wanted in asked), TSQUERY)
            for words in (False, True)
        )
        rank = _rank(weighed).label("rank")
        ranked = select(_NUMBER, rank).where(_INDEX.c.terms.op("@@")(together)).order_by(rank.desc()).limit(limit)
        return [(number, score) for number, score in await session.execute(ranked)]

    def files(self, wanted: Wanted) -> Select[int]:
        return select(_INDEX.c.file_id).where(*self._holding(wanted))

    def _match(self, place: int, wanted: Wanted, among: CTE | None) -> Select[Any]:
        rank = literal(_FLAT_RANK) if wanted.flat else _rank(cast(_lexemes(wanted, words=True), TSQUERY))
        rows = select(func.count()).select_from(_INDEX).scalar_subquery()
        holding = select(func.count()).select_from(_INDEX).where(*self._holding(wanted)).scalar_subquery()
        rarity = literal(1.0) if wanted.flat else func.ln(1 + cast(rows, Float) / func.greatest(holding, 1))
        return select(
            literal(place).label("term"), _INDEX.c.file_id, _INDEX.c.page, (rank * rarity).label("score")
        ).where(*self._holding(wanted), *self._among(among))

    def _holding(self, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
        yield _INDEX.c.terms.op("@@")(cast(_lexemes(wanted), TSQUERY))
        if wanted.titles:
            yield _INDEX.c.page == TITLE_PAGE

    def _among(self, among: CTE | None) -> Iterator[ColumnElement[bool]]:
        if among is not None:
            yield _INDEX.c.file_id.in_(select(among.c.file_id))

    async def words(self, session: AsyncSession) -> Sequence[str]:
        statement = text("SELECT word FROM ts_stat('SELECT terms FROM search_index', 'A')")
        return (await session.scalars(statement)).all()

    async def rows(self, session: AsyncSession) -> Sequence[tuple[int, int]]:
        return [(file_id, page) for file_id, page in await session.execute(select(_INDEX.c.file_id, _INDEX.c.page))]


def _materialized(parts: list[Select[Any]]) -> CTE:
    """The parts as one table, worked out once: FTS5 ranks only where it matches."""
    return union_all(*parts).cte("matches").prefix_with("MATERIALIZED")


def _fts5(wanted: Wanted, *, stems_only: bool = False) -> str:
    """What is wanted in FTS5's words: exact words, or any form of them; who has a word has its stem."""
    return " OR ".join(_fts5_phrase(phrase, stems_only) for phrase in wanted.phrases)


def _fts5_phrase(phrase: Phrase, stems_only: bool) -> str:
    if phrase.exact:
        return f'words : "{_words(phrase)}"'
    stems = " ".join(term.stem for term in phrase.terms)
    either = len(phrase.terms) == 1 and not stems_only
    return f'words : "{_words(phrase)}" OR stems : "{stems}"' if either else f'stems : "{stems}"'


def _words(phrase: Phrase) -> str:
    return " ".join(term.word for term in phrase.terms)


def _rank(question: ColumnElement[Any]) -> ColumnElement[Any]:
    weights = cast([0.0, 0.0, _STEM_WEIGHT, _WORD_WEIGHT], ARRAY(Float(24)))
    return func.ts_rank(weights, _INDEX.c.terms, question, 1)


def _lexemes(wanted: Wanted, *, words: bool = False) -> str:
    """The same in PostgreSQL's: a term's word and stem stand at two places, so the next term is two further.

    Stems bear no weight: the index doesn't hold the weights, and each row would be read to check them.
    """
    return " | ".join(_phrase_lexemes(phrase, words) for phrase in wanted.phrases)


def _phrase_lexemes(phrase: Phrase, words: bool) -> str:
    if phrase.exact:
        return " <2> ".join(f"'{term.word}':A" for term in phrase.terms)
    alone = f"'{phrase.terms[0].word}':A | " if words and len(phrase.terms) == 1 else ""
    return alone + " <2> ".join(f"'{term.stem}'" + ":B" * words for term in phrase.terms)


def _vector(terms: Sequence[Term]) -> str:
    """A tsvector's text: each term's word, then its stem, at the two next places."""
    places: dict[str, list[str]] = {}
    for place, term in enumerate(terms[:_TERMS_A_PAGE]):
        for lexeme, at in ((term.word, f"{2 * place + 1}A"), (term.stem, f"{2 * place + 2}B")):
            kept = places.setdefault(lexeme, [])
            if len(kept) < _REPEATS_KEPT:
                kept.append(at)
    return " ".join(f"'{lexeme}':{','.join(kept)}" for lexeme, kept in places.items())
