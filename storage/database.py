"""One town's database: SQLite in a file by default, PostgreSQL by its URL; one transaction for one thing done."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from storage import migrations, onetrip
from storage.freshness import Watched

BUSY_SECONDS = 30


class DatabaseUnavailable(Exception):
    """The database can't be opened or written to: its message is one clear French line."""


_OF_THE_MACHINE = frozenset({5, 6, 8, 10, 13, 14})
"""SQLite's result codes BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN (https://sqlite.org/rescode.html)."""
_OF_THE_SERVER = ("08", "40", "53", "55", "57", "58")
"""PostgreSQL's classes: connection, rollback, resources, object in use, intervention, system (its appendix A)."""
_CUT = "InternalClientError"
"""What asyncpg says when its connection was cut in the middle of an answer."""


def is_passing(error: BaseException) -> bool:
    """Whether the machine failed (a full disk, a locked database, a server that restarts), not what was being done.

    It may well succeed later, and does not count as one of its tries.
    """
    if isinstance(error, OSError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _OF_THE_MACHINE
    if type(error.orig).__name__ == _CUT:
        return True
    return error.connection_invalidated or str(getattr(error.orig, "sqlstate", None)).startswith(_OF_THE_SERVER)


class Database:
    """Opens transactions; one writer at a time, in the order they came.

    PostgreSQL would let two write side by side: each would see nobody welcomed, no number taken, and do it again.

    Args:
        url: an SQLAlchemy URL (``sqlite+aiosqlite:///…`` or ``postgresql+asyncpg://…``).
    """

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        options = {"async_creator_fn": onetrip.connect} if self.is_sqlite else {}
        # parameters hidden: what a person wrote must not reach the log through an error
        self.engine = create_async_engine(url, hide_parameters=True, connect_args=options)
        self._writing = asyncio.Lock()
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _configure_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)

    @classmethod
    def in_directory(cls, directory: Path) -> Self:
        """The default: an SQLite file in the town's data directory."""
        directory.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite+aiosqlite:///{directory / 'appariteur.sqlite3'}")

    async def migrate(self) -> None:
        """Bring the schema to this release's; safe to run again after an interruption.

        Raises:
            DatabaseUnavailable: it can't be reached, or it comes from a newer release.
        """
        try:
            async with self.engine.connect() as connection:
                await connection.run_sync(migrations.upgrade)
                await connection.commit()
        except (OSError, DBAPIError) as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise DatabaseUnavailable(f"La base de données ne s'ouvre pas : {reason}") from error

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A read and write transaction: all of it is kept, or none of it."""
        async with (
            self._writing,
            AsyncSession(self.engine, sync_session_class=Watched, expire_on_commit=False, autoflush=True) as session,
            session.begin(),
        ):
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads and never waits for a writer."""
        options = {"sqlite_read": True}
        async with AsyncSession(self.engine.execution_options(**options), expire_on_commit=False) as session:
            yield session

    async def size(self) -> int:
        """Its size in octets, as the database itself counts it."""
        sizes = "page_count * page_size FROM pragma_page_count, pragma_page_size"
        query = f"SELECT {sizes if self.is_sqlite else 'pg_database_size(current_database())'}"
        async with self.read() as session:
            return int(await session.scalar(text(query)) or 0)

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _configure_sqlite(connection: Any, _record: Any) -> None:
    """WAL lets readers read while one writes; FULL makes a commit outlive a power cut; what is deleted is written over."""
    connection.isolation_level = None  # BEGIN is ours: see _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "temp_store=MEMORY",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: two transactions can't both read, then fail to write.

    A reader opens none: each of its questions sees what was last committed, and is one trip shorter.
    """
    if not connection.get_execution_options().get("sqlite_read"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
