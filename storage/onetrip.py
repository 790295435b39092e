"""SQLite in one trip to its thread per statement.

aiosqlite sends each call of a cursor to the connection's thread and waits: four trips for a SELECT (open, execute, fetch,
close), which cost more than most of our queries. Here a statement is executed and its rows are fetched in the same trip;
the event loop still never waits for the disk.
"""

import sqlite3
from types import TracebackType
from typing import Any, Self

import aiosqlite


class OneTripCursor:
    """A cursor whose ``execute`` brings its rows back with it."""

    def __init__(self, connection: "OneTripConnection", cursor: sqlite3.Cursor) -> None:
        self._connection = connection
        self._cursor = cursor
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def execute(self, statement: str, parameters: Any = ()) -> Self:
        """Execute, and fetch what there is to fetch."""
        self._rows = await self._connection.trip(self._execute, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Any) -> Self:
        """Execute for each of the parameters."""
        await self._connection.trip(self._cursor.executemany, statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """The rows that ``execute`` brought."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is left open: the rows were all fetched."""

    def _execute(self, statement: str, parameters: Any) -> list[Any]:
        self._cursor.execute(statement, parameters)
        return self._cursor.fetchall() if self._cursor.description else []

    @property
    def description(self) -> Any:
        """The columns of the last statement, as DB-API says them."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The row that the last INSERT made."""
        return self._cursor.lastrowid


class OneTripConnection(aiosqlite.Connection):
    """A connection that gives such cursors; made in its thread, shared with the loop's only to open cursors."""

    async def trip(self, function: Any, *arguments: Any) -> Any:
        """Call a function in the connection's thread."""
        return await self._execute(function, *arguments)  # type: ignore[no-untyped-call]

    def cursor(self) -> OneTripCursor:  # type: ignore[override]  # SQLAlchemy enters it as it enters aiosqlite's
        """A new cursor, at once: opening one touches neither disk nor database."""
        return OneTripCursor(self, self._conn.cursor())


def connect(database: str, **options: Any) -> OneTripConnection:
    """Open a database, as ``aiosqlite.connect`` does; given to SQLAlchemy as its ``async_creator_fn``."""

    def connector() -> sqlite3.Connection:
        options["check_same_thread"] = False
        made: sqlite3.Connection = sqlite3.connect(database, **options)
        return made

    connection = OneTripConnection(connector, iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
