"""The search index on PostgreSQL: a tsvector by row, with the rarity of words as in BM25."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import CTE, ColumnElement, Float, Select, cast, func, insert, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR
from sqlalchemy.ext.asyncio import AsyncSession

from storage.analysis import Term
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
    stems_of,
)
from storage.search.wanted import Phrase, Wanted

_TABLES = (
    """CREATE TABLE IF NOT EXISTS search_index
       (file_id integer NOT NULL, page integer NOT NULL, terms tsvector NOT NULL, PRIMARY KEY (file_id, page))""",
    # Kept in the row itself: moved out, it would make the table look so small that the index would be left unused.
    "ALTER TABLE search_index ALTER COLUMN terms SET STORAGE MAIN",
    "CREATE INDEX IF NOT EXISTS search_index_terms ON search_index USING gin (terms)",
    "CREATE TABLE IF NOT EXISTS search_files (file_id integer PRIMARY KEY, stems tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS search_files_stems ON search_files USING gin (stems)",
)
# A megabyte of them, the most that a row may hold.
_STEMS_A_FILE = 50_000
# PostgreSQL keeps no more of a lexeme in a row.
_REPEATS_KEPT = 250
_FLAT_RANK = 0.03
_TOTAL = select(func.count().label("rows")).select_from(INDEX).cte("total")
_NUMBER: ColumnElement[int] = INDEX.c.file_id * PAGES_A_FILE + INDEX.c.page


class PostgresIndex:
    """A tsvector by row: words have the weight A, stems B; rare terms count more, as in BM25."""

    tables = _TABLES

    async def add(self, session: AsyncSession, file_id: int, rows: Sequence[Row]) -> None:
        """See ``Index.add``."""
        statement = insert(INDEX).values(
            file_id=file_id,
            page=text(":page"),
            terms=text("CAST(:terms AS tsvector)"),
        )
        await session.execute(statement, [{"page": row.page, "terms": _vector(row.terms)} for row in rows])
        stems = cast(" ".join(f"'{stem}'" for stem in islice(stems_of(rows), _STEMS_A_FILE)), TSVECTOR)
        await session.execute(insert(FILES).values(file_id=file_id, stems=stems))

    async def remove(self, session: AsyncSession, file_id: int) -> None:
        """See ``Index.remove``."""
        await session.execute(FILES.delete().where(FILES.c.file_id == file_id))
        await session.execute(INDEX.delete().where(INDEX.c.file_id == file_id))

    def matches(self, asked: Sequence[Wanted], among: CTE | None = None) -> CTE:
        """See ``Index.matches``."""
        return materialized([self._match(place, wanted, among) for place, wanted in enumerate(asked)])

    async def best(self, session: AsyncSession, asked: Sequence[Wanted], limit: int) -> list[tuple[int, float]]:
        """By stems alone, the question being costly enough; then the exact words of the first ones weigh too."""
        together, weighed = (
            cast(" & ".join(f"({_lexemes(wanted, words=words)})" for wanted in asked), TSQUERY)
            for words in (False, True)
        )
        ranked = _rank(INDEX.c.terms, together).desc()
        holding = select(INDEX.c.file_id, INDEX.c.page).where(INDEX.c.terms.op("@@")(together))
        best = holding.order_by(ranked).limit(limit).subquery()
        rank = _rank(INDEX.c.terms, weighed).label("rank")
        same = (INDEX.c.file_id == best.c.file_id) & (INDEX.c.page == best.c.page)
        found = await session.execute(select(_NUMBER, rank).join_from(best, INDEX, same).order_by(rank.desc()))
        return [(number, score) for number, score in found]

    def files(self, wanted: Wanted) -> Select[int]:
        """See ``Index.files``."""
        return select(INDEX.c.file_id).where(*self._holding(wanted))

    def holders(self, asked: Sequence[Wanted]) -> Select[int]:
        """See ``Index.holders``."""
        stems = cast(all_stems(asked, "'", " & ", " | "), TSQUERY)
        return select(FILES.c.file_id).where(FILES.c.stems.op("@@")(stems))

    def _match(self, place: int, wanted: Wanted, among: CTE | None) -> Select[Any]:
        rank = literal(_FLAT_RANK) if wanted.flat else _rank(INDEX.c.terms, cast(_lexemes(wanted, words=True), TSQUERY))
        rows = select(_TOTAL.c.rows).scalar_subquery()
        # Counting reads the rows themselves: past a quarter of them, a word is common enough.
        some = select(literal(1)).select_from(INDEX).where(*self._holding(wanted)).limit(rows / 4 + 1).subquery()
        holding = select(func.count()).select_from(some).scalar_subquery()
        rarity = literal(1.0) if wanted.flat else func.ln(1 + cast(rows, Float) / func.greatest(holding, 1))
        return select(
            literal(place).label("term"), INDEX.c.file_id, INDEX.c.page, (rank * rarity).label("score")
        ).where(*self._holding(wanted), *self._among(among))

    def _holding(self, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
        yield INDEX.c.terms.op("@@")(cast(_lexemes(wanted), TSQUERY))
        if wanted.titles:
            yield INDEX.c.page == TITLE_PAGE

    def _among(self, among: CTE | None) -> Iterator[ColumnElement[bool]]:
        if among is not None:
            yield INDEX.c.file_id.in_(select(among.c.file_id))

    async def words(self, session: AsyncSession) -> Sequence[str]:
        """See ``Index.words``."""
        statement = text("SELECT word FROM ts_stat('SELECT terms FROM search_index', 'A')")
        return (await session.scalars(statement)).all()

    async def rows(self, session: AsyncSession) -> Sequence[tuple[int, int]]:
        """See ``Index.rows``."""
        return [(file_id, page) for file_id, page in await session.execute(select(INDEX.c.file_id, INDEX.c.page))]


def _rank(terms: ColumnElement[Any], question: ColumnElement[Any]) -> ColumnElement[Any]:
    weights = cast([0.0, 0.0, STEM_WEIGHT, WORD_WEIGHT], ARRAY(Float(24)))
    return func.ts_rank(weights, terms, question, 1)


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
    for place, term in enumerate(terms[:TERMS_A_PAGE]):
        for lexeme, at in ((term.word, f"{2 * place + 1}A"), (term.stem, f"{2 * place + 2}B")):
            kept = places.setdefault(lexeme, [])
            if len(kept) < _REPEATS_KEPT:
                kept.append(at)
    return " ".join(f"'{lexeme}':{','.join(kept)}" for lexeme, kept in places.items())
