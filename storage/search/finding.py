"""Finding papers by words: what was read of them, their titles and file names, within what the asker may read."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, distinct, false, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from council.papers import names_of_kind
from storage.analysis import Snippet, Term, snippet, spelling, terms
from storage.papers import Reader, of_bodies, of_meetings, visible_to
from storage.search.index import index_of
from storage.search.near import ENOUGH, MOST, NEWEST, NEWEST_HINTED, best_rows, holders
from storage.search.query import Query, Span
from storage.search.ranking import Ranked, Weighing
from storage.search.rows import TITLE_PAGE, Row
from storage.search.similar import candidates, telling
from storage.search.typos import Typos
from storage.search.wanted import MOST as MOST_WORDS
from storage.search.wanted import Wanted, wanted_hints, wanted_kind, wanted_phrase, wanted_words
from storage.tables import Body, File, Meeting, Page, Paper

_ROWS_RANKED = 400
_SPELT_FROM = 12
_LIKE_AT_LEAST = 2

Where = Sequence[ColumnElement[bool]]


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
        total: how many papers answer, at least.
        corrected: the words that no readable paper holds, and those looked for instead, as papers spell them.
        every_word: whether the papers hold all the words; otherwise they hold some.
        others: whether more papers may answer, which were not counted.
    """

    found: list[Hit] = field(default_factory=list)
    total: int = 0
    corrected: dict[str, str] = field(default_factory=dict)
    every_word: bool = True
    others: bool = False


class Search:
    """The index of the papers' current words, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._index = index_of(session)

    async def index(self, file_id: int, pages: Sequence[str], ready: Sequence[Sequence[Term]] = ()) -> None:
        """Index a file's title, name, reference and pages, instead of what was indexed of it.

        Args:
            ready: the pages' terms, when they were worked out before this transaction.
        """
        named = await self._session.execute(
            select(Paper.reference, Paper.title, File.name).join(Paper.files).where(File.id == file_id)
        )
        title = " ".join(named.one()).replace("_", " ")
        if pages and not ready:
            ready = await asyncio.to_thread(lambda: list(map(terms, pages)))
        rows = [
            Row(number, found) for number, found in enumerate((terms(title), *ready)) if found or number == TITLE_PAGE
        ]
        await self._index.remove(self._session, file_id)
        await self._index.add(self._session, file_id, rows)

    async def forget(self, file_id: int) -> None:
        """Take a file out of the index."""
        await self._index.remove(self._session, file_id)

    async def find(self, query: Query, *, readable: Reader, limit: int = 5, offset: int = 0, today: date) -> Hits:
        """The papers that answer a question, best first, among those that the reader may see.

        Papers that hold all the words, anywhere in them; if none does, those that hold some. A word that no readable
        paper holds is read as the nearest one that some readable paper holds. Phrases in quotes and filters hide what
        doesn't fit; what the words hint at only weighs.
        """
        phrases = [phrase for said in query.phrases if (phrase := wanted_phrase(said))]
        asked = [*phrases, *wanted_words(query.words, query.hint)][:MOST_WORDS]
        where = self._where(query, phrases, readable)
        if not asked:
            return await self._newest(where, limit, offset) if query.filtered else Hits()
        hints, corrected = wanted_hints(query.words, query.hint), dict[str, str]()
        rows, others = await self._rows_together(query, asked, hints, where, offset + limit)
        if _coverage(rows) < len(asked):
            typos = Typos(lambda each: self._held(each, where), lambda: self._index.words(self._session))
            asked, corrected = await typos.mended(asked)
            rows = await self._rows_found(asked, hints, query.hint.span, where) if corrected else rows
        every_word = _coverage(rows) == len(asked)
        best = [row for row in rows if row.coverage == len(asked)] if every_word else rows
        ranked = Weighing(len(asked), today).ranked(best)
        found = await self._hits(ranked[offset : offset + limit], asked)
        said = f"{query.words} {' '.join(query.phrases)}"
        spelt = {spelling(said, old) or old: await self._spelt(new, ranked) for old, new in corrected.items()}
        return Hits(found, len(ranked), spelt, every_word, others)

    async def like(self, paper: Paper, *, readable: Reader, limit: int = 5, offset: int = 0, today: date) -> Hits:
        """The papers that share the most telling words of a readable paper, among those that the reader may see."""
        where = (visible_to(readable),)
        file = next(file for file in paper.files if file.current)
        pages = await self._session.scalars(select(Page.text).where(Page.file_id == file.id).order_by(Page.number))
        weighed = await asyncio.to_thread(candidates, paper.title, pages.all())
        if not weighed:
            return Hits()
        matches = self._index.matches([wanted for wanted, _ in weighed])
        counts = _within(select(matches.c.term, func.count(distinct(File.paper_id))), matches, where)
        holders = dict((await self._session.execute(counts.group_by(matches.c.term))).all())
        papers = await self._session.scalar(select(func.count()).select_from(Paper).where(*where)) or 0
        asked = telling(weighed, holders, papers)
        if not asked:
            return Hits()
        rows = await self._rows_found(asked, [], None, (*where, Paper.id != paper.id))
        near = [row for row in rows if row.coverage >= min(_LIKE_AT_LEAST, len(asked))]
        ranked = Weighing(len(asked), today).ranked(near)
        return Hits(await self._hits(ranked[offset : offset + limit], asked), len(ranked))

    def _where(self, query: Query, phrases: Sequence[Wanted], readable: Reader) -> Where:
        """Which papers may answer: those that the reader may see, then what the question's filters leave."""
        where: list[ColumnElement[bool]] = [visible_to(readable)]
        where += [File.id.in_(self._index.files(phrase)) for phrase in phrases]
        unwanted = [found for text in query.without for found in [wanted_phrase(text), *wanted_words(text, query.hint)]]
        where += [File.id.not_in(self._index.files(each)) for each in unwanted if each is not None]
        if query.kind:
            kind = wanted_kind(query.kind, names_of_kind(query.kind))
            where.append(File.id.in_(self._index.files(kind)) if kind else false())
        if query.since is not None:
            where.append(Paper.filed_at >= query.since)
        if query.before is not None:
            where.append(Paper.filed_at < query.before)
        if query.body:
            where.append(of_bodies(select(Body.id).where(Body.code == query.body)))
        return [*where, _of_sessions(query.sessions)] if query.sessions else where

    async def _newest(self, where: Where, limit: int, offset: int) -> Hits:
        """The papers that filters alone leave, newest first."""
        statement = select(Paper.id, File.id).join(Paper.files).where(File.current, *where)
        total = await self._session.scalar(select(func.count()).select_from(statement.subquery())) or 0
        ordered = statement.order_by(Paper.filed_at.desc(), Paper.id.desc()).limit(limit).offset(offset)
        ranked = [Ranked(paper_id, file_id, None, 0.0) for paper_id, file_id in await self._session.execute(ordered)]
        return Hits(await self._hits(ranked, []), total)

    async def _held(self, asked: Sequence[Wanted], where: Where) -> dict[int, set[int]]:
        """The papers that hold some of what is wanted: their rows, and the places of those words."""
        matches = self._index.matches(asked)
        statement = _within(select(File.paper_id, matches.c.term).distinct(), matches, where)
        papers: dict[int, set[int]] = {}
        for paper_id, place in (await self._session.execute(statement)).all():
            papers.setdefault(paper_id, set()).add(place)
        return papers

    async def _rows_together(
        self, query: Query, asked: Sequence[Wanted], hints: Sequence[Wanted], where: Where, most: int
    ) -> tuple[Sequence[Any], bool]:
        """The rows of the papers that hold all the words, and whether others hold them too.

        Where very many pages do, only the best of them, unless a date or a kind weighs, or the reader may read too few.
        """
        best, most_held = list[tuple[int, float]](), NEWEST_HINTED
        if not (query.hint.span or query.hint.kinds):
            best, most_held = await self._index.best(self._session, asked, MOST), NEWEST
        if len(best) >= ENOUGH:
            rows = await best_rows(self._session, asked, hints, where, best)
            if len({row.id for row in rows}) >= most:
                return rows, len(best) == MOST
        files = holders(self._index, asked, where, best, most_held)
        found = await self._rows_found(asked, hints, query.hint.span, where, files)
        if _coverage(found) < len(asked):
            found = await self._rows_found(asked, hints, query.hint.span, where)
        return found, len(found) == _ROWS_RANKED or len({row.id for row in found}) >= most_held

    async def _rows_found(
        self,
        asked: Sequence[Wanted],
        hints: Sequence[Wanted],
        span: Span | None,
        where: Where,
        among: CTE | None = None,
    ) -> Sequence[Any]:
        """The rows that answer, best first, with how many of the words the row and its whole paper hold."""
        matches = self._index.matches([*asked, *hints], among)
        word = case((matches.c.term < len(asked), matches.c.term))
        hint = case((matches.c.term >= len(asked), matches.c.term))
        coverage = func.count(distinct(word))
        titled = case((matches.c.page == TITLE_PAGE, hint))
        hinted = (func.count(distinct(hint)).label("hinted"), func.count(distinct(titled)).label("titled"))
        covered = _within(select(File.paper_id, coverage.label("coverage"), *hinted), matches, where)
        papers = covered.group_by(File.paper_id).having(coverage > 0).subquery()
        held, score = func.count(word).label("held"), func.sum(case((word.is_not(None), matches.c.score), else_=0.0))
        timely = case((_timely(span), 1), else_=0).label("timely") if span else literal(0).label("timely")
        statement = _within(
            select(
                *(Paper.id, Paper.filed_at, timely, File.id.label("file_id"), matches.c.page, held),
                *(score.label("score"), papers.c.coverage, papers.c.hinted, papers.c.titled),
            ),
            matches,
            where,
        ).join(papers, papers.c.paper_id == Paper.id)
        ordered = (
            statement.group_by(Paper.id, File.id, matches.c.page, papers.c.coverage, papers.c.hinted, papers.c.titled)
            .order_by(papers.c.coverage.desc(), held.desc(), score.desc(), File.id.desc(), matches.c.page)
            .limit(_ROWS_RANKED)
        )
        return (await self._session.execute(ordered)).all()

    async def _hits(self, ranked: Sequence[Ranked], asked: Sequence[Wanted]) -> list[Hit]:
        """The papers as they are shown: what each is called, and the words where they stand."""
        words = " ".join(wanted.text for wanted in asked)
        called = select(Paper.id, Paper.reference, Paper.title).where(Paper.id.in_([one.paper_id for one in ranked]))
        named = {row.id: row for row in await self._session.execute(called)}
        texts = await self._texts(ranked)
        return [
            Hit(
                *(one.paper_id, named[one.paper_id].reference, named[one.paper_id].title, one.file_id),
                *(one.page, one.score, snippet(texts.get(one.file_id, ""), words) if one.page else Snippet("")),
            )
            for one in ranked
        ]

    async def _texts(self, ranked: Sequence[Ranked]) -> dict[int, str]:
        """The text of the pages found, by their file."""
        places = [and_(Page.file_id == one.file_id, Page.number == one.page) for one in ranked if one.page]
        # Pairs in a list would have SQLite read the whole table.
        rows = (
            (await self._session.execute(select(Page.file_id, Page.text).where(or_(*places)))).all() if places else ()
        )
        return {row.file_id: row.text for row in rows}

    async def _spelt(self, word: str, ranked: Sequence[Ranked]) -> str:
        """A folded word with the accents of the best paper that holds it."""
        for one in ranked[:_SPELT_FROM]:
            named = await self._session.execute(
                select(Paper.title, File.name).join(Paper.files).where(File.id == one.file_id)
            )
            texts = await self._texts([one])
            if spelt := spelling(" ".join((*named.one(), *texts.values())), word):
                return spelt
        return word


def _coverage(rows: Sequence[Any]) -> int:
    """How many of the words the fullest paper holds."""
    return int(rows[0].coverage) if rows else 0


def _within(statement: Select[*tuple[Any, ...]], matches: Any, where: Where) -> Select[*tuple[Any, ...]]:
    """A question to the matches, narrowed to the current versions of the papers that may answer."""
    return (
        statement.select_from(matches)
        .join(File, File.id == matches.c.file_id)
        .join(Paper, Paper.id == File.paper_id)
        .where(File.current, *where)
    )


def _of_sessions(spans: Sequence[Span]) -> ColumnElement[bool]:
    """Whether a paper is of a session in one of these stretches of time."""
    within = or_(*(and_(Meeting.starts_at >= span.start, Meeting.starts_at < span.end) for span in spans))
    return of_meetings(select(Meeting.id).where(within))


def _timely(span: Span) -> ColumnElement[bool]:
    """Whether a paper was filed, or its session is, in a stretch of time."""
    return or_(and_(Paper.filed_at >= span.start, Paper.filed_at < span.end), _of_sessions([span]))
