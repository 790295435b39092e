"""What fails because of the machine is told apart from what fails because of what was being done."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database, is_passing
from tests.postgres import Postgres


async def _failure(db: Database, *statements: str) -> BaseException:
    try:
        async with db.begin() as session:
            for statement in statements:
                await session.execute(text(statement))
    except DBAPIError as error:
        return error
    raise AssertionError("it did not fail")


async def test_writers_take_turns(database: Database) -> None:
    """Who writes sees what the one before left: nobody is welcomed twice, no number is given twice."""
    seen = []

    async def write(name: str) -> None:
        async with database.begin() as session:
            seen.append(name)
            await session.execute(text("select 1"))
            seen.append(name)

    await asyncio.gather(*(write(name) for name in "abc"))
    assert seen == ["a", "a", "b", "b", "c", "c"]


@pytest.mark.postgres
async def test_a_connection_that_is_cut_passes(postgres: Postgres) -> None:
    """The server restarts in the middle of something: that fails, counts as nobody's fault, and the next goes well."""
    url = await postgres.fresh()
    ours, other = Database(url), Database(url)
    cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid = "
    async with ours.begin() as session:
        process = await session.scalar(text("select pg_backend_pid()"))
        async with other.begin() as outside:
            await outside.execute(text(f"{cut}{process}"))
        with pytest.raises(DBAPIError) as failure:
            await session.execute(text("select pg_sleep(20)"))
        await session.rollback()
    assert is_passing(failure.value)
    async with ours.begin() as session:
        assert await session.scalar(text("select 1")) == 1
    await ours.close()
    await other.close()


async def test_a_locked_database_passes(tmp_path: Path) -> None:
    """Another process holds it for longer than we wait; then it lets go."""
    db = Database.in_directory(tmp_path)
    async with db.begin() as session:
        await session.execute(text("create table t (a integer unique)"))
        await session.execute(text("pragma busy_timeout = 0"))  # of the one connection there is
    other = sqlite3.connect(tmp_path / "appariteur.sqlite3", isolation_level=None)
    other.execute("begin exclusive")
    assert is_passing(await _failure(db, "insert into t values (1)"))
    other.execute("rollback")
    other.close()
    async with db.begin() as session:
        await session.execute(text("insert into t values (1)"))
    await db.close()


@pytest.mark.parametrize(
    ("statement", "passing"),
    [
        ("insert into t select randomblob(5000) from t a, t b, t c, t d, t e, t f", True),
        ("insert into t values (1)", False),
    ],
    ids=["full disk", "a row that is there"],
)
async def test_a_full_disk_passes_and_a_mistake_stays(tmp_path: Path, statement: str, passing: bool) -> None:
    """A database that may not grow any more fails as on a full disk; a mistake is one however often it is tried."""
    db = Database.in_directory(tmp_path)
    async with db.begin() as session:
        await session.execute(text("create table t (a unique)"))
        for number in range(1, 8):
            await session.execute(text(f"insert into t values ({number})"))  # noqa: S608 - a figure
    error = await _failure(db, "pragma max_page_count = 20", statement)
    assert is_passing(error) is passing
    await db.close()


@pytest.mark.parametrize(("make", "passing"), [(lambda: OSError(28, "full"), True), (lambda: ValueError("x"), False)])
def test_the_disk_of_the_files_counts_too(make: Callable[[], Exception], passing: bool) -> None:
    """The system's own refusals pass; a handler's mistakes don't."""
    assert is_passing(make()) is passing
