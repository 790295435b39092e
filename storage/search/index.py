"""The search index, behind one interface: FTS5 on SQLite, tsvector on PostgreSQL.

An index row is a page of a file, or its title as page 0; it holds analysed terms only. Beside it, one row a file holds
all its stems once: it tells which papers may hold words that stand on different pages. Tables here are named
``search_…`` and stand beside those of ``tables.py``: they are made from the rest and can be made again.
"""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import CTE, Connection, Select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.search.postgres import PostgresIndex
from storage.search.rows import Row
from storage.search.sqlite import SqliteIndex
from storage.search.wanted import Wanted


class Index(Protocol):
    """What search needs of a database."""

    async def add(self, session: AsyncSession, file_id: int, rows: Sequence[Row]) -> None:
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

    def holders(self, asked: Sequence[Wanted]) -> Select[int]:
        """The files that may hold all that is wanted: they hold the stems, wherever they stand."""
        ...

    async def words(self, session: AsyncSession) -> Sequence[str]:
        """The words of the index, of all papers: never to be shown without asking who may read them."""
        ...

    async def rows(self, session: AsyncSession) -> Sequence[tuple[int, int]]:
        """The file and the page of each row: what can be found at all."""
        ...


def index_of(session: AsyncSession) -> Index:
    """The index of a session's database."""
    return SqliteIndex() if session.get_bind().dialect.name == "sqlite" else PostgresIndex()


def create_index(connection: Connection) -> None:
    """Make the index's tables where they are missing, for the connection's database."""
    index = SqliteIndex if connection.dialect.name == "sqlite" else PostgresIndex
    for statement in index.tables:
        connection.execute(text(statement))
