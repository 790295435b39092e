"""The journal: whole under concurrent writers, never rewritten, and any change of it is seen and named."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.journal import faults
from storage.states import JournalKind
from storage.store import Store

NOW = datetime(2026, 11, 24, 9, 30, 15, 250, tzinfo=UTC)
LOOSE = {
    "sqlite": ("DROP TRIGGER journal_no_UPDATE", "DROP TRIGGER journal_no_DELETE"),
    "postgresql": ("DROP TRIGGER journal_no_rewriting ON journal",),
}


async def tell(database: Database, *subjects: str) -> None:
    """Add an entry a subject, each in its own transaction."""
    for subject in subjects:
        async with database.begin() as session:
            await Store(session, "", NOW).journal.add(JournalKind.FILED, subject, version=1, état="é")


async def wrong(database: Database) -> list[str]:
    """What the chain's verification finds."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(lambda sync: list(faults(sync)))


async def tamper(database: Database, statement: str) -> None:
    """Change the journal as somebody with the database in hand would: the guards are taken off first."""
    async with database.engine.begin() as connection:
        for loosen in LOOSE[connection.dialect.name]:
            await connection.execute(text(loosen))
        await connection.execute(text(statement))


async def test_entries_come_back_latest_first(database: Database) -> None:
    """With all that they tell."""
    await tell(database, "EAU-2026-001", "EAU-2026-002")
    async with database.read() as session:
        [(second, _), (first, who)] = await Store(session, "", NOW).journal.latest(10)
        assert (first.id, first.at, first.kind, first.subject) == (1, NOW, JournalKind.FILED, "EAU-2026-001")
        assert (first.details, who) == ({"version": 1, "état": "é"}, None)
        assert second.previous == first.hash
        assert await Store(session, "", NOW).journal.head() == (2, second.hash)
    assert await wrong(database) == []


async def test_what_is_rolled_back_was_never_told(database: Database) -> None:
    """The entry and what it tells are one transaction."""

    async def fail() -> None:
        async with database.begin() as session:
            await Store(session, "", NOW).journal.add(JournalKind.FILED, "EAU-2026-001")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    await tell(database, "EAU-2026-002")
    assert await wrong(database) == []
    async with database.read() as session:
        assert [entry.id for entry, _ in await Store(session, "", NOW).journal.latest(10)] == [1]


async def test_concurrent_writers_make_one_chain(database: Database) -> None:
    """Twenty transactions at once follow one another."""
    await asyncio.gather(*(tell(database, f"EAU-2026-{n:03d}", f"VOI-2026-{n:03d}") for n in range(10)))
    assert await wrong(database) == []
    async with database.read() as session:
        assert (await Store(session, "", NOW).journal.head())[0] == 20


@pytest.mark.parametrize("statement", ["UPDATE journal SET subject = 'x'", "DELETE FROM journal"])
async def test_the_database_refuses_to_rewrite_it(database: Database, statement: str) -> None:
    """Even to us."""
    await tell(database, "EAU-2026-001")
    async with database.engine.begin() as connection:
        with pytest.raises(DBAPIError, match="append-only"):
            await connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE journal SET subject = 'EAU-2026-009' WHERE id = 2", "l'entrée 2 a été modifiée"),
        ("UPDATE journal SET details = '{}' WHERE id = 3", "l'entrée 3 a été modifiée"),
        ("UPDATE journal SET at = '2026-11-23 09:30:15.000250+00:00' WHERE id = 1", "l'entrée 1 a été modifiée"),
        ("UPDATE journal SET kind = 'version' WHERE id = 3", "l'entrée 3 a été modifiée"),
        ("DELETE FROM journal WHERE id = 2", "l'entrée 2 manque"),
        ("DELETE FROM journal WHERE id = 3", "la fin manque, ou a été récrite : après l'entrée 2"),
        ("DELETE FROM journal", "la fin manque, ou a été récrite : après l'entrée 0"),
    ],
)
async def test_any_change_is_seen_and_the_first_is_named(database: Database, statement: str, named: str) -> None:
    """By the hashes, or by the end that is kept apart."""
    await tell(database, "EAU-2026-001", "EAU-2026-002", "EAU-2026-003")
    await tamper(database, statement)
    assert await wrong(database) == [named]


async def test_an_end_cut_off_shows_for_ever(database: Database) -> None:
    """What is added afterwards doesn't hide it."""
    await tell(database, "EAU-2026-001", "EAU-2026-002", "EAU-2026-003")
    await tamper(database, "DELETE FROM journal WHERE id = 3")
    await tell(database, "EAU-2026-004")
    assert await wrong(database) == ["l'entrée 3 manque"]
