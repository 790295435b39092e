"""The backup's file: a tar of the town's folder, sealed or not, whose last member lists the others with their hashes.

Unsealed, it is an ordinary tar that any machine can open. It is written aside, read back whole, then renamed: under its own
name there is never anything but a backup that was seen to be good.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import IO

from storage.backup.sealed import MAGIC, Opener, Sealer, Unopened
from storage.durable import sync_directory

FORMAT = 1
MANIFEST = "sauvegarde.json"
_PIECE = 1024 * 1024


class BackupError(Exception):
    """A backup can't be made, read or restored: its message is one clear French line."""


@dataclass
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: the moment of the database's snapshot (ISO, UTC).
        town: the commune's name.
        version: of the program that made it.
        files: the SHA-256 of each member, by name.
    """

    made_at: str
    town: str
    version: str
    format: int = FORMAT
    files: dict[str, str] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """``made_at``, aware."""
        return datetime.fromisoformat(self.made_at).astimezone(UTC)


class Archive:
    """Writes a backup: ``with Archive.writing(…) as archive``, then ``add`` what it holds."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar = tar
        self._manifest = manifest

    @classmethod
    @contextmanager
    def writing(cls, target: Path, manifest: Manifest, passphrase: str | None) -> Iterator["Archive"]:
        """Write a backup under ``target``; nothing has that name before all of it was read back.

        Raises:
            BackupError: what was written can't be read back.
            OSError: the disk refuses.
        """
        aside = target.with_name(f".{target.name}.{token_hex(4)}")
        try:
            with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                with _sealed(file, passphrase) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
                    archive = cls(tar, manifest)
                    yield archive
                    archive._end()
                file.flush()
                os.fsync(file.fileno())
            read_back(aside, passphrase)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
        sync_directory(target.parent)

    def add(self, name: str, source: Path) -> None:
        """Put a file in, under this name."""
        with source.open("rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size)

    def add_bytes(self, name: str, data: bytes) -> None:
        """Put bytes in, under this name."""
        self._add(name, io.BytesIO(data), len(data))

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        info.mtime = int(self._manifest.moment.timestamp())
        hashed = _Hashed(file)
        self._tar.addfile(info, hashed)
        self._manifest.files[name] = hashed.digest

    def _end(self) -> None:
        data = json.dumps(asdict(self._manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(data), 0o600
        self._tar.addfile(info, io.BytesIO(data))


def read_back(source: Path, passphrase: str | None) -> Manifest:
    """Read a backup whole, and compare each member with its hash.

    Raises:
        BackupError: it isn't a backup, it is damaged, or the passphrase isn't its own.
    """
    return _read(source, passphrase, None)


def extract(source: Path, passphrase: str | None, directory: Path) -> Manifest:
    """The same, and write the members under a directory, for their owner only."""
    return _read(source, passphrase, directory)


def _read(source: Path, passphrase: str | None, directory: Path | None) -> Manifest:
    found: dict[str, str] = {}
    manifest = None
    try:
        with source.open("rb") as file, tarfile.open(fileobj=_opened(file, passphrase), mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None or not _is_safe(member.name):
                    raise BackupError(f"{source} n'est pas une sauvegarde d'Appariteur.")
                if member.name == MANIFEST:
                    manifest = Manifest(**json.load(content))
                else:
                    found[member.name] = _take(content, directory / member.name if directory else None)
    except Unopened:
        raise BackupError(
            f"{source} ne s'ouvre pas : la phrase de récupération n'est pas la bonne, ou le fichier est abîmé."
        ) from None
    except (tarfile.TarError, ValueError, TypeError) as error:
        raise BackupError(f"{source} est abîmé, ou n'est pas une sauvegarde d'Appariteur.") from error
    if manifest is None or manifest.format != FORMAT:
        raise BackupError(f"{source} est incomplet, ou vient d'une version plus récente d'Appariteur.")
    if found != manifest.files:
        wrong = sorted(name for name, _ in set(found.items()) ^ set(manifest.files.items()))
        raise BackupError(f"{source} est abîmé : {wrong[0]} n'est pas ce qui a été écrit.")
    return manifest


def _take(content: IO[bytes], target: Path | None) -> str:
    """The hash of a member, written where it belongs when it does."""
    hashed = _Hashed(content)
    if target is None:
        while hashed.read(_PIECE):
            pass
        return hashed.digest
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        while piece := hashed.read(_PIECE):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return hashed.digest


class _Hashed:
    """Hashes a file as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._hash.update(piece)
        return piece

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


@contextmanager
def _sealed(file: IO[bytes], passphrase: str | None) -> Iterator[IO[bytes]]:
    if passphrase is None:
        yield file
        return
    sealer = Sealer(file, passphrase)
    yield sealer  # type: ignore[misc]  # a raw stream is all that tar needs
    sealer.close()


def _opened(file: IO[bytes], passphrase: str | None) -> IO[bytes]:
    sealed = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    if not sealed:
        return file
    if passphrase is None:
        raise BackupError(f"{file.name} est chiffré : donnez la phrase de récupération (--passphrase-file).")
    return io.BufferedReader(Opener(file, passphrase), _PIECE)


def _is_safe(name: str) -> bool:
    """Whether a member stays in the folder it is extracted to."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts
