"""Upgrades: every released schema comes forward with its rows; one that is interrupted leaves no trace and runs again."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Column, Connection, MetaData, Table, insert, inspect, select, text

from storage import migrations
from storage.database import Database
from storage.journal import Fact, append, faults
from storage.states import JournalKind
from storage.store import Store

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
VALUES: dict[type, Any] = {
    int: 1,
    str: "x",
    bool: True,
    datetime: NOW,
    date: date(2026, 11, 24),
    object: {"a": 1},
}
UNFINISHED = '''"""a revision that breaks off."""

import os, signal

from alembic import op

revision, down_revision, branch_labels, depends_on = "0999", "{last}", None, None


def upgrade() -> None:
    op.execute("CREATE TABLE half (id integer)")
    op.execute("UPDATE settings SET value = 'half'")
    {end}
'''
PROGRAM = """
import asyncio, sys
from alembic import command
from alembic.config import Config
from storage.database import Database

def upgrade(connection):
    config = Config()
    config.set_main_option("script_location", sys.argv[2])
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

async def main():
    async with Database(sys.argv[1]).engine.connect() as connection:
        await connection.run_sync(upgrade)
        await connection.commit()

asyncio.run(main())
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        database = Database.in_directory(tmp_path / "data")
    else:
        database = Database(await request.getfixturevalue("postgres").fresh("template0"))
    yield database
    await database.close()


def bring_to(connection: Connection, revision: str) -> None:
    """Make the tables as this revision had them."""
    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def tables_of(connection: Connection) -> list[Table]:
    """The tables that are there, those that others point to first; the index is made again, not kept."""
    metadata = MetaData()
    names = [name for name in inspect(connection).get_table_names() if not name.startswith(("search", "alembic"))]
    metadata.reflect(connection, only=names)
    return metadata.sorted_tables


def fill(connection: Connection) -> None:
    """A row in every table, whatever its columns."""
    for table in tables_of(connection):
        if table.name == "journal":
            append(connection, Fact(NOW, JournalKind.FILED, "x"))
        else:
            connection.execute(insert(table).values({column.name: _value(column) for column in table.columns}))


def _value(column: Column[Any]) -> Any:
    return VALUES[column.type.python_type]


def rows_of(connection: Connection, columns: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """What these columns of each table hold."""
    by_name = {table.name: table for table in tables_of(connection)}
    return {
        name: [tuple(row) for row in connection.execute(select(*(by_name[name].c[each] for each in kept)))]
        for name, kept in columns.items()
    }


@pytest.mark.parametrize("revision", migrations.revisions()[:-1])
async def test_a_released_schema_comes_forward_with_its_rows(empty: Database, revision: str) -> None:
    """Every table of it holds what it held, and the journal tells the upgrade."""
    async with empty.engine.begin() as connection:
        await connection.run_sync(bring_to, revision)
        await connection.run_sync(fill)
    async with empty.engine.connect() as connection:
        tables = await connection.run_sync(tables_of)
        columns = {table.name: [column.name for column in table.columns] for table in tables}
        before = await connection.run_sync(rows_of, columns)
    assert all(before.values())
    await empty.migrate()
    async with empty.engine.connect() as connection:
        after = await connection.run_sync(rows_of, columns)
        assert await connection.run_sync(lambda sync: list(faults(sync))) == []
    for name, rows in before.items():
        assert [row for row in rows if row not in after[name] and row[0] != "journal"] == []
    async with empty.read() as session:
        told = await Store(session, "", NOW).journal.last(JournalKind.UPGRADED)
    assert told is not None
    assert (told.subject, told.details) == (migrations.revisions()[-1], {"from": revision})


@pytest.mark.parametrize("end", ["raise RuntimeError", "os.kill(os.getpid(), signal.SIGKILL)"])
async def test_an_interrupted_upgrade_leaves_no_trace_and_runs_again(
    database: Database, tmp_path: Path, end: str
) -> None:
    """An error midway, or a kill: the database is as it was, and the mended revision runs on it."""
    async with database.begin() as session:
        await Store(session, "", NOW).settings.put("name", "whole")
    scripts = tmp_path / "migrations"
    shutil.copytree(migrations.HERE, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    assert await run(database, scripts, end) != 0
    assert await state(database) == ("whole", False, migrations.revisions()[-1])
    assert await run(database, scripts, "pass") == 0
    assert await state(database) == ("half", True, "0999")


async def run(database: Database, scripts: Path, end: str) -> int:
    """Upgrade in a process of its own, with one revision more that ends so; gives its exit status."""
    last = migrations.revisions()[-1]
    (scripts / "versions" / "0999_unfinished.py").write_text(UNFINISHED.format(last=last, end=end))
    url = database.engine.url.render_as_string(hide_password=False)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM, url, str(scripts)), stderr=asyncio.subprocess.DEVNULL
    )
    async with asyncio.timeout(60):
        return await process.wait()


async def state(database: Database) -> tuple[str, bool, str | None]:
    """A setting, whether the new table is there, the revision."""
    async with database.engine.connect() as connection:
        value = await connection.scalar(text("SELECT value FROM settings WHERE name = 'name'"))
        half = await connection.run_sync(lambda sync: inspect(sync).has_table("half"))
        return str(value), half, await connection.run_sync(migrations.revision_of)
