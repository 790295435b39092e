"""The database's part of a backup: one SQLite file, whatever the town runs on, that either database takes back."""

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backup.archive import BackupError
from storage.base import Base
from storage.database import Database
from storage.settings import RESTORED
from storage.states import JournalKind, OutboxKind, PaperState
from storage.store import Store
from storage.tables import Drop, File, Outgoing, Paper, Person, Setting

_AT_ONCE = 500


async def snapshot(database: Database, target: Path) -> None:
    """Copy the database as it is at one moment into an SQLite file, while others write.

    Raises:
        BackupError: the copy isn't sound.
    """
    if database.is_sqlite:
        await asyncio.to_thread(_copy_sqlite, Path(str(database.engine.url.database)), target)
        return
    copy = Database(f"sqlite+aiosqlite:///{target}")
    try:
        await copy.migrate()
        async with database.engine.connect() as source:
            await source.execution_options(isolation_level="REPEATABLE READ")
            async with copy.engine.begin() as into:
                await _copy_rows(source, into)
        await _index_again(copy)
    finally:
        await copy.close()
    await asyncio.to_thread(_settle_sqlite, target)


def _copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's online backup: one consistent moment, without holding up who writes."""
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reading.backup(writing)
    finally:
        writing.close()
        reading.close()
    _settle_sqlite(target)


def _settle_sqlite(path: Path) -> None:
    """Make it a single file, and look at every page of it."""
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA journal_mode=DELETE")
        found = [row[0] for row in database.execute("PRAGMA integrity_check")]
    finally:
        database.close()
    if found != ["ok"]:
        raise BackupError(f"La base de données est abîmée : {found[0]}")


async def documents(path: Path) -> set[str]:
    """The names of all the blobs that a snapshot speaks of: every version, what waits to be sorted, what is to be sent."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    try:
        async with database.engine.connect() as connection:
            there = select(File.blob).join(File.paper).where(Paper.state != PaperState.ERASED)
            named = set(await connection.scalars(there.union(select(Drop.blob))))
            owed = select(Outgoing.content).where(Outgoing.kind.in_((OutboxKind.FILE, OutboxKind.MAIL)))
            named.update(str(content.get("blob", "")) for content in await connection.scalars(owed))
    finally:
        await database.close()
    return {name for name in named if name}


async def load(path: Path, database: Database) -> None:
    """Fill an empty database with a snapshot's rows, brought up to this release's schema first.

    Raises:
        BackupError: the database holds something already: nothing was changed.
    """
    await database.migrate()
    copy = Database(f"sqlite+aiosqlite:///{path}")
    try:
        await copy.migrate()
        async with database.engine.begin() as into:
            if await into.scalar(select(func.count()).select_from(Person)) or await into.scalar(
                select(func.count()).select_from(Setting)
            ):
                raise BackupError("La base de données de la configuration n'est pas vide : donnez-en une autre.")
            async with copy.engine.connect() as source:
                await _copy_rows(source, into)
            await _advance_sequences(into)
        await _index_again(database)
    finally:
        await copy.close()


async def _copy_rows(source: AsyncConnection, target: AsyncConnection) -> None:
    """Every row of every table of ours, those that others point to first."""
    for table in Base.metadata.sorted_tables:
        query = select(table).order_by(*table.primary_key)
        start = 0
        while rows := (await source.execute(query.limit(_AT_ONCE).offset(start))).mappings().all():
            await target.execute(insert(table), [dict(row) for row in rows])
            start += len(rows)


async def _advance_sequences(connection: AsyncConnection) -> None:
    """PostgreSQL numbers new rows after those that were put in with their numbers."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if "id" in table.columns:
            await connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": table.name, "last": await connection.scalar(select(func.max(table.c.id))) or 1},
            )


async def _index_again(database: Database) -> None:
    """The search index is each database's own: it is made from the pages."""
    async with database.begin() as session:
        store = Store(session, "", datetime.now(UTC))
        for file_id in await session.scalars(select(File.id).order_by(File.id)):
            await store.search.index(file_id, await store.papers.pages(file_id))


async def mark_restored(database: Database, made_at: datetime, now: datetime) -> None:
    """Remember that what was said since ``made_at`` may have been answered by the bot that is gone."""
    async with database.begin() as session:
        store = Store(session, "", now)
        await store.settings.put(RESTORED, made_at.isoformat())
        await store.journal.add(JournalKind.RESTORED, made_at.isoformat())
