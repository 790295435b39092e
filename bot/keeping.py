"""What the command line does for a town to be kept, or left: backup, restore, verify, export; each opens and closes what it needs."""

from datetime import UTC, datetime
from pathlib import Path

from bot.app import database_of
from bot.backup import back_up, passphrase_of
from bot.check import Line
from bot.leaving import ExportError, export
from bot.matrix.vault import Vault
from bot.restore import restore
from bot.settings import Settings, SettingsError
from bot.system import why
from council.clock import SystemClock
from storage.backup import BackupError
from storage.database import DatabaseUnavailable
from storage.files import Files, KeyFileError, load_or_create_key
from storage.migrations import NewerSchema
from storage.sealing import SealBroken
from storage.verify import verify

FAULTS = (BackupError, ExportError, SettingsError, KeyFileError, DatabaseUnavailable, NewerSchema, SealBroken, OSError)


def in_one_line(fault: BaseException) -> str:
    """What went wrong, for the terminal."""
    match fault:
        case OSError():
            return f"{fault.filename} : {why(fault)}." if fault.filename else f"{why(fault)}."
        case SealBroken():
            return "Les secrets du compte ne s'ouvrent pas avec la clé de la commune : ils sont abîmés, ou la clé a changé."
        case _:
            return str(fault)


async def backup_town(settings: Settings, file: Path) -> list[str]:
    """Back a town up; raises FAULTS."""
    _refuse_strange(settings)
    database = database_of(settings)
    try:
        await database.migrate()
        made = await back_up(settings, database, file, SystemClock(settings.commune.zone).now())
    finally:
        await database.close()
    return made.lines()


async def restore_town(file: Path, directory: Path, passphrase_file: Path | None) -> list[str]:
    """Bring a town back; raises FAULTS."""
    return await restore(file, directory, passphrase_of(passphrase_file), datetime.now(UTC))


async def verify_town(settings: Settings) -> list[Line]:
    """Every check, a line each; a fault never hides the others."""
    lines = [_secrets(settings)]
    try:
        _refuse_strange(settings)
        files = Files(settings.storage.directory / "files", load_or_create_key(settings.storage.key_file))
        database = database_of(settings)
    except FAULTS as fault:
        return [*lines, Line("commune", False, in_one_line(fault))]
    try:
        await database.migrate()
        checked = await verify(database, files)
    except FAULTS as fault:
        return [*lines, Line("base de données", False, in_one_line(fault))]
    finally:
        await database.close()
    return [*lines, *(Line(each.what, each.well, each.said) for each in checked)]


async def export_town(settings: Settings, target: Path, session: str) -> list[Line]:
    """Export a town, or the one session that is named, line by line; raises FAULTS."""
    _refuse_strange(settings)
    files = Files(settings.storage.directory / "files", load_or_create_key(settings.storage.key_file))
    database = database_of(settings)
    try:
        await database.migrate()
        now = SystemClock(settings.commune.zone).now()
        return await export(database, files, target, settings.commune.name, now, session=session)
    finally:
        await database.close()


def _refuse_strange(settings: Settings) -> None:
    """Nothing is made where there is no town yet: a mistyped folder must not look like an empty town.

    Raises:
        BackupError: there is no key, or no data.
    """
    for path in (settings.storage.key_file, settings.storage.directory):
        if not path.exists():
            raise BackupError(f"{path} n'existe pas : cette commune n'a jamais été lancée ici.")


def _secrets(settings: Settings) -> Line:
    """The account's sealed secrets open with the town's key."""
    try:
        _refuse_strange(settings)
        vault = Vault(settings.storage.directory / "matrix", load_or_create_key(settings.storage.key_file))
        device, identity, former = vault.device(), vault.identity(), vault.former_device()
    except FAULTS as fault:
        return Line("secrets", False, in_one_line(fault))
    if identity is None:
        return Line("secrets", device is None, "le compte n'a pas encore d'identité")
    named = device or former
    return Line("secrets", True, f"identité et appareil {named.device_id}" if named else "identité")
