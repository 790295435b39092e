"""What the index is made of, whichever the database: its rows, its tables' names, the questions that both ask alike."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import CTE, Select, column, table, union_all

from storage.analysis import Term
from storage.search.wanted import Phrase, Wanted

TITLE_PAGE = 0
PAGES_A_FILE = 4096
"""More pages than an extraction ever gives: a row's number tells its file and its page."""
TERMS_A_PAGE = 20_000
"""A page beyond any real one: PostgreSQL bounds what a row may hold."""
WORD_WEIGHT, STEM_WEIGHT = 1.0, 0.5
"""An exact word weighs above its stem, and counts as its stem besides."""
INDEX = table("search_index", *map(column, ("rowid", "words", "stems", "file_id", "page", "terms")))
FILES = table("search_files", *map(column, ("rowid", "file_id", "stems")))


class Row(NamedTuple):
    """A page of a file, from 1, or its title as page 0, with its terms."""

    page: int
    terms: Sequence[Term]


def place_of(number: int) -> tuple[int, int]:
    """The file and the page that a row's number tells."""
    return divmod(number, PAGES_A_FILE)


def materialized(parts: list[Select[Any]]) -> CTE:
    """The parts as one table, worked out once: FTS5 ranks only where it matches."""
    return union_all(*parts).cte("matches").prefix_with("MATERIALIZED")


def all_stems(asked: Sequence[Wanted], quote: str, both: str, either: str) -> str:
    """Every stem of some phrase of each that is wanted, in a database's words."""

    def of(phrase: Phrase) -> str:
        return both.join(f"{quote}{term.stem}{quote}" for term in phrase.terms)

    return both.join("(" + either.join(f"({of(phrase)})" for phrase in wanted.phrases) + ")" for wanted in asked)


def stems_of(rows: Sequence[Row]) -> dict[str, None]:
    """All the stems of a file, once each."""
    return dict.fromkeys(term.stem for row in rows for term in row.terms)
