"""The database keeps all of a transaction or none of it, and its schema is what the tables say."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import StatementError

from storage.base import Base
from storage.database import Database
from storage.migrations import NewerSchema
from storage.store import Store

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


async def test_migrated_schema_is_the_tables(database: Database) -> None:
    """The revisions and the tables say the same."""

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: "search" not in (name or "")}
        )
        return list(compare_metadata(context, Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    """An upgrade that was interrupted, or run again, is harmless."""
    await database.migrate()


async def test_newer_schema_is_refused(database: Database) -> None:
    """A downgrade would lose what the newer release wrote."""
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="plus récente"):
        await database.migrate()


async def test_a_broken_transaction_leaves_nothing(database: Database) -> None:
    """One command is one transaction."""

    async def breaks() -> None:
        async with database.begin() as session:
            await Store(session, "$event", NOW).settings.put("name", "value")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await breaks()
    async with database.read() as session:
        assert await Store(session, "$event", NOW).settings.get("name") is None


async def test_naive_datetimes_are_refused(database: Database) -> None:
    """A moment without its zone never enters the database."""
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the mistake under test
    async with database.begin() as session:
        meetings = Store(session, "$event", naive).meetings
        with pytest.raises(StatementError, match="aware"):
            await meetings.coming([1])
