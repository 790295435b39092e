"""The search index on SQLite: FTS5, with BM25."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, column, func, insert, literal, literal_column, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from storage.search.rows import (
    FILES,
    INDEX,
    PAGES_A_FILE,
    STEM_WEIGHT,
    TERMS_A_PAGE,
    TITLE_PAGE,
    WORD_WEIGHT,
    Row,
    all_stems,
    materialized,
    place_of,
    stems_of,
)
from storage.search.wanted import Phrase, Wanted

_TABLES = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_index
       USING fts5(words, stems, tokenize = "unicode61 remove_diacritics 0 tokenchars '-,'")""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab(search_index, 'col')",
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_files
       USING fts5(stems, detail = none, columnsize = 0, tokenize = "unicode61 remove_diacritics 0 tokenchars '-,'")""",
)
# Where only stems were compared: so many of the first rows are read, and weigh up to so much more when all words are exact.
_READ, _EXACT_BONUS = 50, 0.5
_ITSELF: ColumnElement[Any] = literal_column("search_index")
_ALL_OF_IT: ColumnElement[Any] = literal_column("search_files")
_RANK: ColumnElement[float] = literal_column("rank")
_FILE: ColumnElement[int] = INDEX.c.rowid.op("/")(PAGES_A_FILE)
_PAGE: ColumnElement[int] = INDEX.c.rowid.op("%")(PAGES_A_FILE)


class SqliteIndex:
    """FTS5, with BM25: words in a column, stems in another, told apart in the question."""

    tables = _TABLES

    async def add(self, session: AsyncSession, file_id: int, rows: Sequence[Row]) -> None:
        """See ``Index.add``."""
        values = [
            {
                "rowid": file_id * PAGES_A_FILE + row.page,
                "words": " ".join(term.word for term in row.terms[:TERMS_A_PAGE]),
                "stems": " ".join(term.stem for term in row.terms[:TERMS_A_PAGE]),
            }
            for row in rows
        ]
        await session.execute(insert(INDEX), values)
        stems = " ".join(stems_of(rows))
        await session.execute(insert(FILES).values(rowid=file_id, stems=stems))

    async def remove(self, session: AsyncSession, file_id: int) -> None:
        """See ``Index.remove``."""
        await session.execute(FILES.delete().where(FILES.c.rowid == file_id))
        first = file_id * PAGES_A_FILE
        await session.execute(INDEX.delete().where(INDEX.c.rowid.between(first, first + PAGES_A_FILE - 1)))

    def matches(self, asked: Sequence[Wanted], among: CTE | None = None) -> CTE:
        """See ``Index.matches``."""
        return materialized([self._match(place, wanted, among) for place, wanted in enumerate(asked)])

    async def best(self, session: AsyncSession, asked: Sequence[Wanted], limit: int) -> list[tuple[int, float]]:
        """By stems alone, the question being costly enough; then the exact words of the first ones are looked at."""
        together = " AND ".join(f"({_fts5(wanted, stems_only=True)})" for wanted in asked)
        ranked = select(INDEX.c.rowid, -_RANK).where(_ITSELF.op("MATCH")(together)).order_by(_RANK).limit(limit)
        best = {int(number): float(score) for number, score in await session.execute(ranked)}
        read = select(INDEX.c.rowid, INDEX.c.words).where(INDEX.c.rowid.in_(list(best)[:_READ]))
        for number, words in await session.execute(read):
            exact = sum(any(f" {_words(phrase)} " in f" {words} " for phrase in each.phrases) for each in asked)
            best[number] *= 1 + _EXACT_BONUS * exact / len(asked)
        return sorted(best.items(), key=lambda one: -one[1])

    def files(self, wanted: Wanted) -> Select[int]:
        """See ``Index.files``."""
        return select(_FILE.label("file_id")).where(*self._holding(wanted, stems_only=True))

    def holders(self, asked: Sequence[Wanted]) -> Select[int]:
        """See ``Index.holders``."""
        holding = _ALL_OF_IT.op("MATCH")(all_stems(asked, '"', " AND ", " OR "))
        return select(FILES.c.rowid.label("file_id")).where(holding)

    def _match(self, place: int, wanted: Wanted, among: CTE | None) -> Select[Any]:
        score = literal(1.0) if wanted.flat else -func.bm25(_ITSELF, WORD_WEIGHT, STEM_WEIGHT)
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
        """See ``Index.words``."""
        vocabulary = table("search_vocabulary", column("term"), column("col"))
        return (await session.scalars(select(vocabulary.c.term).where(vocabulary.c.col == "words"))).all()

    async def rows(self, session: AsyncSession) -> Sequence[tuple[int, int]]:
        """See ``Index.rows``."""
        numbers = await session.scalars(select(INDEX.c.rowid))
        return [place_of(number) for number in numbers]


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
