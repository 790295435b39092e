"""Finding papers by words: what was read of them, their titles and file names, within what the asker may read."""

import asyncio
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Select, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.analysis import Snippet, Term, query_terms, snippet, spelling, terms
from storage.papers import Reader, visible_to
from storage.search_index import TITLE_PAGE, Row, index_of
from storage.tables import File, Page, Paper

_TITLE_WEIGHT = 2.0
_RECENCY_BONUS = 0.25
_RECENCY_DAYS = 365
_MOST_TERMS = 12
_ROWS_RANKED = 2000
_NEAREST = 12


@dataclass(frozen=True)
class Hit:
    """A paper found, by the best page of its current version.

    Args:
        page: from 1; ``None`` when only the title or the file's name answers.
        score: comparable within one answer only.
        snippet: the page's text around the words; empty when ``page`` is ``None``.
    """

    paper_id: int
    reference: str
    title: str
    file_id: int
    page: int | None
    score: float
    snippet: Snippet


@dataclass(frozen=True)
class Hits:
    """An answer.

    Args:
        found: the papers asked for, best first.
        total: how many papers answer in all.
        corrected: the words that no readable paper holds, and those looked for instead, as papers spell them.
        every_word: whether the papers hold all the words; otherwise they hold some.
    """

    found: list[Hit] = field(default_factory=list)
    total: int = 0
    corrected: dict[str, str] = field(default_factory=dict)
    every_word: bool = True


class _Ranked(NamedTuple):
    """A paper among the answers, before its page's text is read."""

    paper_id: int
    file_id: int
    page: int | None
    score: float


class Search:
    """The index of the papers' current words, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._index = index_of(session)

    async def index(self, file_id: int, pages: Sequence[str]) -> None:
        """Index a file's title, name, reference and pages, instead of what was indexed of it."""
        named = await self._session.execute(
            select(Paper.reference, Paper.title, File.name).join(Paper.files).where(File.id == file_id)
        )
        title = " ".join(named.one()).replace("_", " ")
        rows = await asyncio.to_thread(lambda: list(_rows(title, pages)))
        await self._index.remove(self._session, file_id)
        await self._index.add(self._session, file_id, rows)

    async def forget(self, file_id: int) -> None:
        """Take a file out of the index."""
        await self._index.remove(self._session, file_id)

    async def find(self, query: str, *, readable: Reader, limit: int = 5, offset: int = 0, today: date) -> Hits:
        """The papers that answer a question, best first, among those that the reader may see.

        Papers that hold all the words, anywhere in them; if none does, those that hold some. A word that no readable
        paper holds is read as the nearest one that some readable paper holds.
        """
        asked = query_terms(query)[:_MOST_TERMS]
        if not asked:
            return Hits()
        corrected: dict[str, str] = {}
        rows = await self._rows_found(asked, readable)
        if _coverage(rows) < len(asked):
            asked, corrected = await self._corrected(asked, readable)
            rows = await self._rows_found(asked, readable) if corrected else rows
        every_word = _coverage(rows) == len(asked)
        best = [row for row in rows if row.coverage == len(asked)] if every_word else rows
        ranked = _ranked(best, len(asked), today)
        words = " ".join(term.word for term in asked)
        found = [await self._hit(one, words) for one in ranked[offset : offset + limit]]
        spelt = {spelling(query, old) or old: await self._spelt(new, ranked) for old, new in corrected.items()}
        return Hits(found, len(ranked), spelt, every_word)

    async def _corrected(self, asked: list[Term], readable: Reader) -> tuple[list[Term], dict[str, str]]:
        """The terms with their typos undone, and which were; what can't be is left as it is."""
        known = set().union(*(await self._held(asked, readable)).values())
        unknown = [term for place, term in enumerate(asked) if place not in known and _allowance(term.word)]
        if not unknown:
            return asked, {}
        vocabulary = await self._index.words(self._session)
        sure = [term for place, term in enumerate(asked) if place in known]
        nearest = {term: await self._nearest(term.word, sure, vocabulary, readable) for term in unknown}
        replaced = {old: new for old, new in nearest.items() if new is not None}
        corrected = {old.word: new.word for old, new in replaced.items()}
        return [replaced.get(term, term) for term in asked], corrected

    async def _nearest(self, word: str, sure: list[Term], vocabulary: Sequence[str], readable: Reader) -> Term | None:
        """The nearest word that the reader may find, first beside the question's other words.

        Only readable papers are asked: a correction must not tell what closed ones hold.
        """
        near = await asyncio.to_thread(
            process.extract, word, vocabulary, scorer=OSA.distance, score_cutoff=_allowance(word), limit=_NEAREST
        )
        near.sort(key=lambda one: (one[1], one[0][:1] != word[:1]))
        candidates = [term for candidate, _, _ in near for term in terms(candidate)[:1]]
        if not candidates:
            return None
        papers = (await self._held(candidates + sure, readable)).values()
        others = set(range(len(candidates), len(candidates) + len(sure)))
        beside = set().union(*(held for held in papers if held >= others))
        anywhere = set().union(*papers)
        places = sorted(anywhere.intersection(range(len(candidates))), key=lambda place: (place not in beside, place))
        return candidates[places[0]] if places else None

    async def _held(self, asked: Sequence[Term], readable: Reader) -> dict[int, set[int]]:
        """The readable papers that hold some of the terms: their rows, and the places of those terms."""
        matches = self._index.matches(asked)
        statement = _within(select(File.paper_id, matches.c.term).distinct(), matches, readable)
        papers: dict[int, set[int]] = {}
        for paper_id, place in (await self._session.execute(statement)).all():
            papers.setdefault(paper_id, set()).add(place)
        return papers

    async def _rows_found(self, asked: Sequence[Term], readable: Reader) -> Sequence[Any]:
        """The rows that answer, best first, with how many of the words the row and its whole paper hold."""
        matches = self._index.matches(asked)
        covered = _within(
            select(File.paper_id, func.count(distinct(matches.c.term)).label("coverage")), matches, readable
        )
        papers = covered.group_by(File.paper_id).subquery()
        held, score = func.count().label("held"), func.sum(matches.c.score).label("score")
        statement = _within(
            select(Paper.id, Paper.filed_at, File.id.label("file_id"), matches.c.page, held, score, papers.c.coverage),
            matches,
            readable,
        ).join(papers, papers.c.paper_id == Paper.id)
        ordered = (
            statement.group_by(Paper.id, Paper.filed_at, File.id, matches.c.page, papers.c.coverage)
            .order_by(papers.c.coverage.desc(), held.desc(), score.desc(), File.id.desc(), matches.c.page)
            .limit(_ROWS_RANKED)
        )
        return (await self._session.execute(ordered)).all()

    async def _hit(self, ranked: _Ranked, words: str) -> Hit:
        paper = await self._session.execute(select(Paper.reference, Paper.title).where(Paper.id == ranked.paper_id))
        reference, title = paper.one()
        shown = snippet(await self._text(ranked), words) if ranked.page else Snippet("")
        return Hit(ranked.paper_id, reference, title, ranked.file_id, ranked.page, ranked.score, shown)

    async def _text(self, ranked: _Ranked) -> str:
        statement = select(Page.text).where(Page.file_id == ranked.file_id, Page.number == ranked.page)
        return await self._session.scalar(statement) or ""

    async def _spelt(self, word: str, ranked: Sequence[_Ranked]) -> str:
        """A folded word with the accents of the best paper that holds it."""
        for one in ranked[:_NEAREST]:
            named = await self._session.execute(
                select(Paper.title, File.name).join(Paper.files).where(File.id == one.file_id)
            )
            if spelt := spelling(" ".join((*named.one(), await self._text(one))), word):
                return spelt
        return word


def _coverage(rows: Sequence[Any]) -> int:
    """How many of the words the fullest paper holds."""
    return int(rows[0].coverage) if rows else 0


def _rows(title: str, pages: Sequence[str]) -> Iterator[Row]:
    yield Row(TITLE_PAGE, terms(title))
    for number, page in enumerate(pages, start=1):
        if found := terms(page):
            yield Row(number, found)


def _within(statement: Select[*tuple[Any, ...]], matches: Any, readable: Reader) -> Select[*tuple[Any, ...]]:
    """A question to the matches, narrowed to the current versions of what a reader may see."""
    return (
        statement.select_from(matches)
        .join(File, File.id == matches.c.file_id)
        .join(Paper, Paper.id == File.paper_id)
        .where(File.current, visible_to(readable))
    )


def _allowance(word: str) -> int:
    """How many slips of the finger a word may hold: none in short words, figures and references."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


def _ranked(rows: Sequence[Any], asked: int, today: date) -> list[_Ranked]:
    """One answer a paper: its best page's score with its title's, more when words stand together or it's recent."""
    of_paper = groupby(sorted(rows, key=lambda row: row.id), key=lambda row: row.id)
    ranked = [_rank(list(group), asked, today) for _, group in of_paper]
    return sorted(ranked, key=lambda one: (-one.score, -one.paper_id))


def _rank(rows: list[Any], asked: int, today: date) -> _Ranked:
    title = next((row for row in rows if row.page == TITLE_PAGE), None)
    page = max((row for row in rows if row.page != TITLE_PAGE), key=lambda row: (row.held, row.score), default=None)
    score = (_TITLE_WEIGHT * title.score if title else 0) + (page.score if page else 0)
    together = max(row.held for row in rows) / asked
    score *= rows[0].coverage / asked * (0.5 + 0.5 * together) * _recency(rows[0].filed_at, today)
    return _Ranked(rows[0].id, rows[0].file_id, page.page if page else None, score)


def _recency(filed_at: datetime, today: date) -> float:
    """From 1.25 for a paper of the day down to 1 for an old one, halfway after eight months."""
    age = max((today - filed_at.date()).days, 0)
    return 1 + _RECENCY_BONUS * math.exp(-age / _RECENCY_DAYS)
