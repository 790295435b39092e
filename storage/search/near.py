"""Where very many pages hold all the words: the best of them, without weighing nor counting the rest.

One reading of the index ranks the pages; rights, titles and the words side by side are then looked at for those alone.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import CTE, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from storage.analysis import Term, terms
from storage.search.index import Index, index_of
from storage.search.rows import TITLE_PAGE, place_of
from storage.search.wanted import Phrase, Wanted
from storage.tables import File, Paper

ENOUGH = 40
"""Pages that hold all the words, from which the papers that hold them on different pages are left aside."""
MOST = 150
"""Pages that are looked at when there are more."""
NEWEST, NEWEST_HINTED = 60, 300
"""Papers that are looked at when more hold all the words on different pages; the more where a date or a kind weighs."""
_TITLES = 40

Best = Sequence[tuple[int, float]]


class Near(NamedTuple):
    """A page that holds all the words, or a title that holds some, as ``Weighing`` reads it."""

    id: int
    file_id: int
    filed_at: datetime
    page: int
    held: int
    score: float
    coverage: int
    hinted: bool
    titled: bool
    timely: int = 0


class _Paper(NamedTuple):
    id: int
    filed_at: datetime
    said: str


async def best_rows(
    session: AsyncSession, asked: Sequence[Wanted], hints: Sequence[Wanted], where: Sequence[Any], best: Best
) -> Sequence[Near]:
    """The pages that hold all the words and score best, with their papers' titles.

    Args:
        hints: what only weighs: phrases, not kinds nor dates.
        where: which papers may answer.
        best: the numbers and the scores of those pages.
    """
    index = index_of(session)
    side_by_side = {number for hint in hints for number, _ in await index.best(session, [hint], MOST)}
    papers = await _papers(session, {place_of(number)[0] for number, _ in best}, where)
    rows: list[Near] = []
    titled: set[int] = set()
    for rank, (number, score) in enumerate(best):
        file_id, page = place_of(number)
        if (paper := papers.get(file_id)) is None:
            continue
        hinted = number in side_by_side
        row = Near(
            paper.id,
            file_id,
            paper.filed_at,
            page,
            len(asked),
            score,
            len(asked),
            hinted,
            hinted and page == TITLE_PAGE,
        )
        rows.append(row)
        if rank >= _TITLES or file_id in titled:
            continue
        titled.add(file_id)
        if page != TITLE_PAGE and (held := _held(paper.said, asked)):
            rows.append(row._replace(page=TITLE_PAGE, held=held, score=score * held / len(asked)))
    return rows


def holders(index: Index, asked: Sequence[Wanted], where: Sequence[Any], best: Best, most: int) -> CTE:
    """The files that may hold all the words: those of the best pages, and the newest of the others."""
    newest = (
        select(File.id.label("file_id"))
        .join(Paper, Paper.id == File.paper_id)
        .where(File.current, File.id.in_(index.holders(asked)), *where)
        .order_by(File.id.desc())
        .limit(most)
        .subquery()
    )
    together = select(File.id).where(File.id.in_({place_of(number)[0] for number, _ in best}))
    return union(select(newest.c.file_id), together).cte("holders").prefix_with("MATERIALIZED")


async def _papers(session: AsyncSession, file_ids: set[int], where: Sequence[Any]) -> dict[int, _Paper]:
    """The papers that may answer, by their current version."""
    statement = (
        select(File.id, Paper.id, Paper.filed_at, Paper.reference, Paper.title, File.name)
        .join(Paper, Paper.id == File.paper_id)
        .where(File.current, File.id.in_(file_ids), *where)
    )
    return {
        file_id: _Paper(paper_id, filed_at, f"{reference} {title} {name}".replace("_", " "))
        for file_id, paper_id, filed_at, reference, title, name in (await session.execute(statement)).all()
    }


def _held(title: str, asked: Sequence[Wanted]) -> int:
    """How many of the words a title holds."""
    said = terms(title)
    return sum(any(_says(said, phrase) for phrase in wanted.phrases) for wanted in asked)


def _says(said: Sequence[Term], phrase: Phrase) -> bool:
    form = 0 if phrase.exact else 1
    words, wanted = [term[form] for term in said], [term[form] for term in phrase.terms]
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))
