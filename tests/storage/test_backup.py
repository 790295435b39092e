"""A backup is one consistent file that is read back, opens with its own passphrase only, and fills either database."""

import asyncio
import sqlite3
import tarfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from council.roles import BodyKind, Channel, Function
from storage.backup import Archive, BackupError, Manifest, documents, extract, load, mark_restored, read_back, snapshot
from storage.backup.sealed import CHUNK
from storage.base import Base
from storage.bodies import BodyEntry
from storage.database import Database
from storage.journal import faults
from storage.papers import Reader
from storage.people import Entry
from storage.search import Query
from storage.settings import RESTORED
from storage.states import JournalKind, OutboxKind
from storage.store import Store
from storage.tables import File
from tests.postgres import Postgres

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PHRASE = "quatre mots bien choisis"


def write(target: Path, passphrase: str | None = None, size: int = 10) -> None:
    """A backup of two small members."""
    with Archive.writing(target, Manifest(NOW.isoformat(), "Cormicy", "1"), passphrase) as archive:
        archive.add_bytes("appariteur.toml", b"[commune]")
        archive.add_bytes("data/gros", bytes(size))


@pytest.mark.parametrize("passphrase", [None, PHRASE])
@pytest.mark.parametrize("size", [0, CHUNK - 1, CHUNK, 3 * CHUNK + 1])
def test_what_is_written_comes_back(tmp_path: Path, passphrase: str | None, size: int) -> None:
    """Around the chunks' edges, sealed or not, for its owner only."""
    write(tmp_path / "a.sauvegarde", passphrase, size)
    assert [path.name for path in tmp_path.iterdir()] == ["a.sauvegarde"]
    assert (tmp_path / "a.sauvegarde").stat().st_mode & 0o777 == 0o600
    manifest = extract(tmp_path / "a.sauvegarde", passphrase, tmp_path / "ville")
    assert manifest.moment == NOW
    assert (tmp_path / "ville" / "data" / "gros").read_bytes() == bytes(size)
    assert (tmp_path / "ville" / "data" / "gros").stat().st_mode & 0o777 == 0o600


def test_an_unsealed_backup_is_an_ordinary_tar(tmp_path: Path) -> None:
    """It can be opened without us."""
    write(tmp_path / "a")
    with tarfile.open(tmp_path / "a") as tar:
        assert tar.getnames() == ["appariteur.toml", "data/gros", "sauvegarde.json"]


def _flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize("passphrase", [None, PHRASE])
@pytest.mark.parametrize("spoil", [_flip, lambda data: data[: len(data) // 2], lambda _: b"", lambda _: b"autre chose"])
def test_a_damaged_backup_is_refused_in_one_line(
    tmp_path: Path, passphrase: str | None, spoil: Callable[[bytes], bytes]
) -> None:
    """One bit, a cut, something else altogether."""
    write(tmp_path / "a", passphrase, 2 * CHUNK)
    (tmp_path / "a").write_bytes(spoil((tmp_path / "a").read_bytes()))
    with pytest.raises(BackupError, match=r"abîmé|incomplet"):
        read_back(tmp_path / "a", passphrase)


def test_it_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    """A wrong one, or none, is said."""
    write(tmp_path / "a", PHRASE)
    assert b"commune" not in (tmp_path / "a").read_bytes()
    with pytest.raises(BackupError, match="n'est pas la bonne"):
        read_back(tmp_path / "a", "autre")
    with pytest.raises(BackupError, match="est chiffré"):
        read_back(tmp_path / "a", None)


def test_a_member_never_leaves_its_folder(tmp_path: Path) -> None:
    """A forged tar can't write elsewhere."""
    with Archive.writing(tmp_path / "a", Manifest(NOW.isoformat(), "Cormicy", "1"), None) as archive:
        archive.add_bytes("appariteur.toml", b"")
    with tarfile.open(tmp_path / "b", "w") as tar:
        tar.addfile(tarfile.TarInfo("../ailleurs"))
    with pytest.raises(BackupError, match="n'est pas une sauvegarde"):
        extract(tmp_path / "b", None, tmp_path / "ville")
    assert not (tmp_path / "ailleurs").exists()


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    """Neither under its name nor beside."""

    def fail() -> None:
        with Archive.writing(tmp_path / "a", Manifest(NOW.isoformat(), "Cormicy", "1"), None) as archive:
            archive.add("absent", tmp_path / "absent")

    with pytest.raises(FileNotFoundError):
        fail()
    assert list(tmp_path.iterdir()) == []


async def settle(database: Database) -> None:
    """A person, a body, a paper of two pages, something owed."""
    seat = Entry("Roux", "Hugo", "@roux:x.fr", "", "", Function.DEPUTY, Channel.ELEMENT, None, None, {"EAU": True})
    async with database.begin() as session:
        store = Store(session, "$drop", NOW)
        await store.bodies.declare([BodyEntry("EAU", "Commission de l'eau", BodyKind.COMMISSION)])
        await store.people.take_roll([seat], TODAY)
        [body], roux = await store.bodies.all(), await store.people.by_matrix_id("@roux:x.fr")
        assert roux is not None
        file = File(
            blob="a" * 64, name="devis.txt", mime="text/plain", size=3, room_id="!r", event_id="$e", filed_by=roux.id,
            filed_at=NOW, problem="",
        )  # fmt: skip
        await store.papers.file(body, 2026, "Devis du réservoir", file)
        await store.papers.keep_text(file, ["La clôture des Buttes", "Pénalités"], 2, "")
        await store.search.index(file.id, ["La clôture des Buttes", "Pénalités"])
        await store.outbox.owe(OutboxKind.FILE, {"blob": "b" * 64, "name": "x"}, room_id="!r")
        await store.settings.put("sync_token", "s1")


async def counts(database: Database) -> dict[str, int]:
    """How many rows each table holds."""
    async with database.engine.connect() as connection:
        return {
            table.name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


async def found(database: Database) -> list[str]:
    """What a search finds: the index is there and is right."""
    async with database.read() as session:
        reader = Reader(1, None, TODAY)
        hits = await Store(session, "", NOW).search.find(Query("pénalité"), readable=reader, today=TODAY)
        return [f"{hit.reference} page {hit.page}" for hit in hits.found]


@pytest.mark.postgres
@pytest.mark.parametrize("target", ["sqlite", "postgres"])
async def test_a_snapshot_fills_either_database(
    database: Database, postgres: Postgres, tmp_path: Path, target: str
) -> None:
    """Every row, the index, the journal's chain; new rows are numbered after them."""
    await settle(database)
    await snapshot(database, tmp_path / "copie.sqlite3")
    assert await documents(tmp_path / "copie.sqlite3") == {"a" * 64, "b" * 64}
    url = await postgres.fresh() if target == "postgres" else f"sqlite+aiosqlite:///{tmp_path / 'autre.sqlite3'}"
    other = Database(url)
    try:
        await load(tmp_path / "copie.sqlite3", other)
        assert await counts(other) == await counts(database)
        assert await found(other) == ["EAU-2026-001 page 2"]
        await mark_restored(other, NOW, NOW)
        async with other.begin() as session:
            store = Store(session, "$again", NOW)
            assert await store.settings.get(RESTORED) == NOW.isoformat()
            await store.outbox.owe(OutboxKind.MESSAGE, {}, room_id="!r")
            assert (await store.journal.last(JournalKind.RESTORED)) is not None
        async with other.engine.connect() as connection:
            assert await connection.run_sync(lambda sync: list(faults(sync))) == []
        with pytest.raises(BackupError, match="n'est pas vide"):
            await load(tmp_path / "copie.sqlite3", other)
    finally:
        await other.close()


async def test_a_snapshot_is_one_moment_while_others_write(database: Database, tmp_path: Path) -> None:
    """Two rows that are always written together are both in it, or neither."""
    await settle(database)
    stop = asyncio.Event()

    async def write_on() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            async with database.begin() as session:
                store = Store(session, f"${n}", NOW)
                await store.settings.put("twin", str(n))
                await store.outbox.owe(OutboxKind.MESSAGE, {}, room_id="!r")

    writing = asyncio.create_task(write_on())
    try:
        for n in range(3):
            await snapshot(database, tmp_path / f"{n}.sqlite3")
    finally:
        stop.set()
        await writing
    for n in range(3):
        copy = sqlite3.connect(tmp_path / f"{n}.sqlite3")
        twin = copy.execute("SELECT value FROM settings WHERE name = 'twin'").fetchone()
        owed = copy.execute("SELECT count(*) FROM outbox WHERE kind = 'message'").fetchone()
        copy.close()
        assert int(twin[0] if twin else 0) == owed[0]
