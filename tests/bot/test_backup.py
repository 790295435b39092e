"""Backups of a town without a homeserver: where its files go, how many are kept, what is missing."""

import asyncio
import os
import tomllib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.app import database_of
from bot.backup import back_up, back_up_nightly
from bot.belongings import belongings
from bot.restore import restore
from bot.settings import Settings, SettingsError, load
from storage.database import Database
from storage.files import Files, load_or_create_key
from storage.states import JournalKind
from storage.store import Store
from storage.tables import Drop

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
TOML = """\
[commune]
name = "L'Haÿ-les-Bois"
population = 640
[matrix]
homeserver = "https://matrix.exemple.fr"
user = "@appariteur:exemple.fr"
{login}
[storage]
directory = '{data}'
[members]
file = "{members}"
[backup]
directory = "sauvegardes"
keep = 2
[[bodies]]
code = "CM"
name = "Conseil municipal"
kind = "council"
"""


def settings_in(
    folder: Path, *, login: str = 'password = "secret"', data: str = "data", members: str = "m.csv"
) -> Settings:
    """A town's configuration, its members file and data directory beside it or elsewhere."""
    folder.mkdir()
    (folder / "appariteur.toml").write_text(TOML.format(login=login, data=data, members=members), encoding="utf-8")
    (folder / members).write_text("nom;prénom;fonction\n")
    settings = load(folder / "appariteur.toml")
    settings.storage.directory.mkdir()
    load_or_create_key(settings.storage.key_file)
    return settings


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[tuple[Settings, Database]]:
    """A town with a document that waits to be sorted."""
    settings = settings_in(tmp_path / "ville")
    database = database_of(settings)
    await database.migrate()
    yield settings, database
    await database.close()


async def test_the_last_few_nights_are_kept(town: tuple[Settings, Database]) -> None:
    """The oldest go once the new one is good, and so does what a kill left; anything else stays."""
    settings, database = town
    assert settings.backup.directory is not None
    for night in range(4):
        await back_up_nightly(settings, database, NOW + timedelta(days=night))
        (settings.backup.directory / "notes.txt").touch()
    left = settings.backup.directory / ".appariteur-l-hay-les-bois-x.sauvegarde.ab12"
    left.touch()
    os.utime(left, (0, 0))
    await back_up_nightly(settings, database, NOW + timedelta(days=4))
    assert sorted(path.name for path in settings.backup.directory.iterdir()) == [
        "appariteur-l-hay-les-bois-2026-11-27-0300.sauvegarde",
        "appariteur-l-hay-les-bois-2026-11-28-0300.sauvegarde",
        "notes.txt",
    ]
    async with database.read() as session:
        last = await Store(session, "", NOW).journal.last(JournalKind.BACKUP)
    assert last is not None
    assert last.details["documents"] == 0


async def test_a_backup_that_fails_takes_none_away(town: tuple[Settings, Database]) -> None:
    """A passphrase that can't be read: one French line, and the older ones stay."""
    settings, database = town
    for night in range(2):
        await back_up_nightly(settings, database, NOW + timedelta(days=night))
    backup = settings.backup.model_copy(update={"keep": 1, "passphrase_file": settings.path.parent / "absente"})
    broken = settings.model_copy(update={"backup": backup})
    with pytest.raises(SettingsError, match=r"backup\.passphrase_file"):
        await back_up_nightly(broken, database, NOW + timedelta(days=3))
    assert settings.backup.directory is not None
    assert len(list(settings.backup.directory.iterdir())) == 2


async def test_a_document_that_is_gone_is_said(town: tuple[Settings, Database], tmp_path: Path) -> None:
    """The rest is backed up all the same."""
    settings, database = town
    files = Files(settings.storage.directory / "files", load_or_create_key(settings.storage.key_file))
    blob = await files.put(b"un")
    await files.delete(blob)
    async with database.begin() as session:
        store = Store(session, "", NOW)
        await store.settings.put("sync_token", "s")
        await store.people.take_roll([], NOW.date())
    async with database.engine.begin() as connection:
        row = {
            "person_id": 1,
            "blob": blob,
            "name": "a",
            "mime": "a/b",
            "size": 2,
            "caption": "",
            "room_id": "!r",
            "event_id": "$e",
        }
        await connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        await connection.exec_driver_sql(
            "INSERT INTO people (id, key, last_name, first_name, email, phone, function, channel)"
            " VALUES (1, 'x', 'X', 'X', '', '', 'agent', 'papier')"
        )
        await connection.execute(insert(Drop).values(row))
    made = await back_up(settings, database, tmp_path / "a", NOW)
    assert made.missing == (blob,)
    assert made.lines()[1] == "Attention, 1 document manque sur le disque : `appariteur verify` les nomme."


def test_what_lies_elsewhere_has_its_place_in_the_folder(tmp_path: Path) -> None:
    """The configuration that is kept leads to it; what is within the folder stays where it is."""
    (tmp_path / "listes").mkdir()
    settings = settings_in(tmp_path / "ville", data=str(tmp_path / "ailleurs"), members="../listes/conseil.csv")
    kept = belongings(settings)
    assert kept.data == "data"
    assert {place: path.name for place, path in kept.files.items()} == {
        "membres.csv": "conseil.csv",
        "secrets/storage": "storage",
    }
    written = tomllib.loads(kept.configuration)
    assert (written["members"]["file"], written["storage"]["directory"]) == ("membres.csv", "data")
    assert written["backup"]["directory"] == "sauvegardes"


async def test_a_restored_folder_stands_alone(tmp_path: Path) -> None:
    """From files all over the machine to one folder; a token asks for a new one, and it is said."""
    login = 'access_token = "t"\ndevice_id = "D"'
    settings = settings_in(tmp_path / "ville", login=login, data=str(tmp_path / "ailleurs"))
    database = database_of(settings)
    await database.migrate()
    await back_up(settings, database, tmp_path / "a", NOW)
    await database.close()
    said = await restore(tmp_path / "a", tmp_path / "neuve", None, NOW)
    assert said[0] == "L'Haÿ-les-Bois est rétablie, telle qu'elle était le mardi 24 novembre 2026 à 4 h."
    assert said[1].startswith("Son compte se connecte par un jeton, et il lui faut un nouvel appareil")
    restored = load(tmp_path / "neuve" / "appariteur.toml")
    assert restored.storage.directory == tmp_path / "neuve" / "data"
    assert load_or_create_key(restored.storage.key_file) == load_or_create_key(settings.storage.key_file)
    modes = {
        path.stat().st_mode & 0o077 for path in await asyncio.to_thread(lambda: list((tmp_path / "neuve").rglob("*")))
    }
    assert modes == {0}
