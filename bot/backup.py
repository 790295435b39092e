"""``appariteur backup``: the whole town in one file while it lives; each night by itself, the last few are kept."""

import asyncio
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bot.belongings import CONFIGURATION, DATABASE, belongings
from bot.matrix.vault import Vault
from bot.settings import Settings, SettingsError
from bot.system import why
from council import __version__
from council.french import count, fold, size
from storage.backup import Archive, Manifest, documents, snapshot
from storage.database import Database
from storage.files import Files, load_or_create_key
from storage.states import JournalKind
from storage.store import Store

log = structlog.get_logger(__name__)
SUFFIX = ".sauvegarde"
STALE = timedelta(days=1)
"""After this, what a killed backup left half written is cleared away."""
UNSEALED = "Cette sauvegarde n'est pas chiffrée, et elle contient les clés : donnez [backup] passphrase_file, ou gardez-la sous clé."


@dataclass(frozen=True)
class Made:
    """A backup that was made.

    Attributes:
        missing: documents that the database speaks of and that are no longer there.
    """

    path: Path
    size: int
    documents: int
    missing: tuple[str, ...]
    sealed: bool

    def lines(self) -> list[str]:
        """What the person who asked for it is told."""
        said = [f"{self.path} : {size(self.size)}, {count(self.documents, 'document')}, relue et bonne."]
        if self.missing:
            lost = count(len(self.missing), "document manque", "documents manquent")
            said.append(f"Attention, {lost} sur le disque : `appariteur verify` les nomme.")
        return said if self.sealed else [*said, UNSEALED]


def passphrase_of(path: Path | None) -> str | None:
    """The recovery passphrase in its file; None without a file.

    Raises:
        SettingsError: it can't be read, or it is empty.
    """
    if path is None:
        return None
    try:
        phrase = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"backup.passphrase_file : le fichier {path} ne se lit pas ({why(error)}).") from error
    if not phrase:
        raise SettingsError(f"backup.passphrase_file : le fichier {path} est vide.")
    return phrase


async def back_up(settings: Settings, database: Database, target: Path, now: datetime) -> Made:
    """Write the town to a file, read it back, and tell the journal; the bot may be at work meanwhile.

    Raises:
        BackupError, SettingsError, KeyFileError: in one French line.
        OSError: the disk refuses.
    """
    passphrase = passphrase_of(settings.backup.passphrase_file)
    key = load_or_create_key(settings.storage.key_file)
    files = Files(settings.storage.directory / "files", key)
    kept = belongings(settings)
    manifest = Manifest(now.astimezone(UTC).isoformat(), settings.commune.name, __version__)
    with tempfile.TemporaryDirectory(prefix=".sauvegarde-", dir=settings.storage.directory) as aside:
        copy = Path(aside) / DATABASE
        await snapshot(database, copy)
        wanted = sorted(await documents(copy))
        present = [name for name in wanted if files.path(name).is_file()]
        parts = {f"{kept.data}/{DATABASE}": copy, **kept.files}
        parts |= {f"{kept.data}/matrix/{path.name}": path for path in _keys(settings, key, Path(aside))}
        parts |= {f"{kept.data}/files/{name[:2]}/{name[2:4]}/{name}": files.path(name) for name in present}
        written = await asyncio.to_thread(_write, target, manifest, passphrase, kept.configuration, parts)
    missing = tuple(name for name in wanted if name not in set(present))
    made = Made(target, written, len(present), missing, passphrase is not None)
    async with database.begin() as session:
        store = Store(session, "", now)
        await store.journal.add(JournalKind.BACKUP, size=size(made.size), documents=made.documents)
    log.info("backed up", bytes=made.size, documents=made.documents, missing=len(missing))
    return made


def _keys(settings: Settings, key: bytes, aside: Path) -> list[Path]:
    """Copies of what the account keeps on disk."""
    folder = aside / "matrix"
    folder.mkdir(mode=0o700)
    Vault(settings.storage.directory / "matrix", key).copy_to(folder)
    return sorted(folder.iterdir())


def _write(target: Path, manifest: Manifest, passphrase: str | None, text: str, parts: dict[str, Path]) -> int:
    """Write the backup; gives its size."""
    with Archive.writing(target, manifest, passphrase) as archive:
        archive.add_bytes(CONFIGURATION, text.encode())
        for name, source in parts.items():
            archive.add(name, source)
    return target.stat().st_size


async def back_up_nightly(settings: Settings, database: Database, now: datetime) -> Made | None:
    """The night's backup, beside those of the nights before; the oldest beyond ``keep`` go once the new one is good."""
    directory = settings.backup.directory
    if directory is None:
        return None
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{_prefix(settings)}{now:%Y-%m-%d-%H%M}{SUFFIX}"
    made = await back_up(settings, database, directory / name, now)
    for path in _older(settings, directory):
        path.unlink(missing_ok=True)
    _clear(settings, directory, now)
    return made


def _prefix(settings: Settings) -> str:
    return f"appariteur-{re.sub('[^a-z0-9]+', '-', fold(settings.commune.name)).strip('-')}-"


def _older(settings: Settings, directory: Path) -> Sequence[Path]:
    """The backups beyond those to keep: their names tell their age."""
    return sorted(directory.glob(f"{_prefix(settings)}*{SUFFIX}"))[: -settings.backup.keep]


def _clear(settings: Settings, directory: Path, now: datetime) -> None:
    """Clear away what killed backups left."""
    for path in directory.glob(f".{_prefix(settings)}*{SUFFIX}.*"):
        if now.timestamp() - path.stat().st_mtime > STALE.total_seconds():
            path.unlink(missing_ok=True)
