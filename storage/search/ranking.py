"""Which papers come first: their best page, their title, their date, and what the question hints at."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from storage.search.rows import TITLE_PAGE

_TITLE_WEIGHT = 2.0
_RECENCY_BONUS = 0.25
_RECENCY_DAYS = 365
_HINT_BONUS = 0.5
_TITLED_BONUS = 1.5
_TIMELY_BONUS = 0.5
_TOGETHER = 0.5


class Ranked(NamedTuple):
    """A paper among the answers, before its page's text is read."""

    paper_id: int
    file_id: int
    page: int | None
    score: float


@dataclass(frozen=True)
class Weighing:
    """What a score depends on beside the rows.

    Args:
        asked: how many words were asked for.
        today: the town's date.
    """

    asked: int
    today: date

    def ranked(self, rows: Sequence[Any]) -> list[Ranked]:
        """One answer a paper, the best first; between equals, the last filed.

        Args:
            rows: the pages that answer: ``id`` and ``file_id`` of the paper, ``page``, the words ``held`` and their
                ``score``; and of the whole paper, ``coverage`` (words), ``hinted`` (hints), ``titled``
                (hints that its title holds), ``timely``, ``filed_at``.
        """
        of_paper = groupby(sorted(rows, key=lambda row: row.id), key=lambda row: row.id)
        ranked = [self._rank(list(group)) for _, group in of_paper]
        return sorted(ranked, key=lambda one: (-one.score, -one.paper_id))

    def _rank(self, rows: list[Any]) -> Ranked:
        """The best page's score with the title's; more when the words stand together, are recent, or as hinted."""
        title = next((row for row in rows if row.page == TITLE_PAGE), None)
        page = max(
            (row for row in rows if row.page != TITLE_PAGE and row.held),
            key=lambda row: (row.held, row.score),
            default=None,
        )
        score = (_TITLE_WEIGHT * title.score if title else 0) + (page.score if page else 0)
        first = rows[0]
        together = max(row.held for row in rows) / self.asked
        score *= first.coverage / self.asked * (1 - _TOGETHER + _TOGETHER * together)
        score *= (1 + _HINT_BONUS * first.hinted + _TITLED_BONUS * first.titled) * (1 + _TIMELY_BONUS * first.timely)
        return Ranked(first.id, first.file_id, page.page if page else None, score * self._recency(first.filed_at))

    def _recency(self, filed_at: datetime) -> float:
        """From 1.25 for a paper of the day down to 1 for an old one, halfway after eight months."""
        age = max((self.today - filed_at.date()).days, 0)
        return 1 + _RECENCY_BONUS * math.exp(-age / _RECENCY_DAYS)
