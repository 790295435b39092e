"""``appariteur restore``: a backup becomes a town again in an empty folder: same account, same identity, nothing said twice."""

import asyncio
import os
import shutil
from datetime import datetime
from pathlib import Path

from bot.app import database_of
from bot.belongings import CONFIGURATION, DATABASE
from bot.matrix.vault import Vault
from bot.settings import Settings, SettingsError, load
from council.french import long_moment
from storage import backup
from storage.backup import BackupError, Manifest, extract, mark_restored
from storage.database import Database
from storage.files import load_or_create_key

PRIVATE = 0o077


async def restore(source: Path, directory: Path, passphrase: str | None, now: datetime) -> list[str]:
    """Bring a town back; gives what remains to be done, in French lines.

    Raises:
        BackupError: the folder isn't empty, the backup can't be read: nothing is left behind.
        SettingsError, DatabaseUnavailable, NewerSchema: in one French line too.
    """
    _refuse_full(directory)
    before = os.umask(PRIVATE)
    try:
        manifest = await asyncio.to_thread(extract, source, passphrase, directory)
        settings = load(directory / CONFIGURATION)
        _refuse_elsewhere(settings)
        await _restore_database(settings, manifest, now)
        _set_device_aside(settings)
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    finally:
        os.umask(before)
    return _lines(settings, manifest)


def _refuse_full(directory: Path) -> None:
    """A town is never restored over another."""
    if directory.exists() and any(directory.iterdir()):
        raise BackupError(f"{directory} n'est pas vide : donnez un dossier vide ou nouveau.")


def _refuse_elsewhere(settings: Settings) -> None:
    """The environment may lead the configuration out of the folder: the bot would then start without its memory."""
    folder = settings.path.parent
    for key, path in (
        ("STORAGE__DIRECTORY", settings.storage.directory),
        ("STORAGE__KEY_FILE", settings.storage.key_file),
    ):
        if not path.is_relative_to(folder):
            raise BackupError(f"La variable APPARITEUR_{key} mène hors de {folder} : retirez-la, puis recommencez.")


async def _restore_database(settings: Settings, manifest: Manifest, now: datetime) -> None:
    copy = settings.storage.directory / DATABASE
    database = database_of(settings)
    try:
        if not database.is_sqlite:
            await backup.load(copy, database)
            copy.unlink()
        else:
            _put(copy, database)
            await database.migrate()
        await mark_restored(database, manifest.moment, now)
    finally:
        await database.close()


def _put(copy: Path, database: Database) -> None:
    """Put the snapshot where the configuration wants its SQLite file."""
    wanted = Path(str(database.engine.url.database))
    if wanted.resolve() == copy.resolve():
        return
    if wanted.exists():
        raise BackupError(f"{wanted} existe déjà : je n'y touche pas.")
    wanted.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(copy, wanted)


def _set_device_aside(settings: Settings) -> None:
    vault = Vault(settings.storage.directory / "matrix", load_or_create_key(settings.storage.key_file))
    vault.open()
    try:
        vault.set_device_aside()
    finally:
        vault.close()


def _lines(settings: Settings, manifest: Manifest) -> list[str]:
    moment = long_moment(manifest.moment, settings.commune.zone)
    lines = [f"{manifest.town} est rétablie, telle qu'elle était le {moment}."]
    if settings.matrix.access_token or settings.matrix.access_token_file:
        lines.append(
            "Son compte se connecte par un jeton, et il lui faut un nouvel appareil : mettez un nouveau jeton et son "
            "device_id dans [matrix]."
        )
    else:
        try:
            _ = settings.secret
        except SettingsError as error:
            lines.append(f"Il manque son mot de passe. {error}")
    where = settings.path
    lines.append(
        f"Arrêtez l'ancien robot. Ensuite : appariteur check --config {where}, puis appariteur run --config {where}."
    )
    return lines
