"""Verification sees any change, and names it: a byte, a page, an entry, a row, whatever database it is in."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.database import Database
from storage.files import Files
from storage.people import Entry
from storage.store import Store
from storage.tables import File
from storage.verify import verify

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PAGES = ["La clôture des Buttes", "", "Pénalités de retard"]
WELL = {
    "documents": "2 documents intacts",
    "index": "4 pages trouvables",
    "base de données": "sqlite",
}


@pytest.fixture
async def files(tmp_path: Path, database: Database) -> Files:
    """A town with one paper of two versions, the second not read yet."""
    files = Files(tmp_path / "files", b"k" * 32)
    seat = Entry("Roux", "Hugo", "@roux:x.fr", "", "", Function.DEPUTY, Channel.ELEMENT, None, None, {"EAU": True})
    async with database.begin() as session:
        store = Store(session, "$drop", NOW)
        await store.bodies.declare([BodyEntry("EAU", "Commission de l'eau", BodyKind.COMMISSION)])
        await store.people.take_roll([seat], date(2026, 11, 24))
        [body] = await store.bodies.all()
        known = {"name": "devis.txt", "mime": "text/plain", "size": 3, "room_id": "!r", "event_id": "$e", "problem": ""}
        blobs = [await files.put(data) for data in (b"un", b"deux")]
        made = [File(blob=blob, filed_by=1, filed_at=NOW, **known) for blob in blobs]
        paper = await store.papers.file(body, 2026, "Devis du réservoir", made[0])
        await store.papers.keep_text(made[0], PAGES, 3, "")
        await store.search.index(made[0].id, PAGES)
        await store.papers.replace(paper, made[1])
        await store.search.index(made[1].id, ())
    return files


async def wrong(database: Database, files: Files) -> dict[str, str]:
    """What is wrong, by check."""
    return {each.what: each.said for each in await verify(database, files) if not each.well}


async def execute(database: Database, *statements: str) -> None:
    """Change the database behind our back."""
    async with database.engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def test_a_sound_town_is_well(database: Database, files: Files) -> None:
    """A line each, none of them wrong."""
    checked = await verify(database, files)
    assert [each.what for each in checked] == ["documents", "index", "journal", "base de données"]
    assert all(each.well for each in checked)
    said = {each.what: each.said for each in checked}
    assert said["journal"].startswith("2 inscriptions, empreinte ")
    assert {**said, "journal": ""} == {**WELL, "journal": "", "base de données": database.engine.dialect.name}


async def test_a_changed_byte_is_seen(database: Database, files: Files) -> None:
    """The document is named by its reference."""
    path = files.path((await files.names())[0])
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    [said] = (await wrong(database, files)).values()
    assert said.startswith("EAU-2026-001 version ")
    assert said.endswith("est abîmé")


async def test_a_lost_document_is_named(database: Database, files: Files) -> None:
    """Both versions."""
    for name in await files.names():
        await files.delete(name)
    assert set((await wrong(database, files))["documents"].split(" ; ")) == {
        "EAU-2026-001 version 1 manque",
        "EAU-2026-001 version 2 manque",
    }


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "DELETE FROM pages WHERE number = 1",
            "une page de EAU-2026-001 manque ; EAU-2026-001, page 1, est dans l'index",
        ),
        ("DELETE FROM pages WHERE number = 2", "une page de EAU-2026-001 manque"),
        ("DELETE FROM pages WHERE number = 3", "EAU-2026-001, page 3, est dans l'index sans avoir été lu"),
        ("UPDATE pages SET text = '' WHERE number = 3", "EAU-2026-001, page 3, est dans l'index sans avoir été lu"),
        ("DELETE FROM search_index", "EAU-2026-001, titre, n'est pas dans l'index ; EAU-2026-001, page 1, n'est pas"),
    ],
)
async def test_pages_and_index_are_compared_both_ways(
    database: Database, files: Files, statement: str, said: str
) -> None:
    """A page that is gone, one that can't be found any more."""
    await execute(database, statement)
    found = await wrong(database, files)
    assert list(found) == ["index"]
    assert found["index"].startswith(said)


async def test_a_rewritten_journal_is_seen(database: Database, files: Files) -> None:
    """Its guards taken off first."""
    guard = "journal_no_UPDATE" if database.is_sqlite else "journal_no_rewriting ON journal"
    await execute(database, f"DROP TRIGGER {guard}", "UPDATE journal SET person_id = NULL WHERE id = 1")
    assert await wrong(database, files) == {"journal": "l'entrée 1 a été modifiée"}


async def test_a_row_without_its_other_is_seen(tmp_path: Path) -> None:
    """SQLite lets foreign keys be switched off: what was broken then shows."""
    database = Database.in_directory(tmp_path)
    await database.migrate()
    async with database.engine.connect() as connection:
        await connection.execute(text("ROLLBACK"))
        await connection.execute(text("PRAGMA foreign_keys=OFF"))
        await connection.execute(text("INSERT INTO pages (id, file_id, number, text) VALUES (1, 9, 1, '')"))
    async with database.engine.connect() as connection:
        kept = await connection.scalar(text("SELECT count(*) FROM pages"))
    assert kept == 1
    found = await wrong(database, Files(tmp_path / "files", b"k" * 32))
    assert found["base de données"] == "une ligne de pages mène à une ligne absente de files"
    await database.close()
