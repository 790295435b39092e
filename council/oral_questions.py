"""Oral questions: a councillor's right (CGCT, art. L2121-19), under the conditions that the council's own rules set."""

from datetime import datetime, timedelta

from council.roles import BodyKind

NOTICE = timedelta(hours=24)
"""How long before a session they are handed in where the town says nothing else: what most house rules ask."""
_ARTICLES = {
    BodyKind.COUNCIL: "article L. 2121-19 du CGCT",
    BodyKind.EPCI: "articles L. 5211-1 et L. 2121-19 du CGCT",
}


def late_under(kind: BodyKind, asked_at: datetime, starts_at: datetime, notice: timedelta = NOTICE) -> str:
    """Give the article under which a question comes too late for a session; empty when it doesn't, or no text says so.

    Args:
        asked_at: aware, as ``starts_at``: the notice is counted in elapsed time.
        notice: what the house rules ask.
    """
    return _ARTICLES.get(kind, "") if asked_at > starts_at - notice else ""
