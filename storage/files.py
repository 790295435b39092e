"""The bytes of the papers: kept once each, encrypted at rest, under names that reveal nothing.

A blob is named by the HMAC-SHA256 of its plaintext, keyed from the town's key: the same bytes get the same
name, and nobody without the key can tell whether the town holds a given paper. On disk a blob is a header
(``MAGIC`` and a random nonce prefix of 7 bytes), then AES-256-GCM chunks of 1 MiB in the STREAM
construction: the nonce of a chunk is the prefix, its number on 4 bytes and a last-chunk flag; name, number
and flag are also associated data. A chunk that is cut, moved, repeated or taken from another blob is thus
refused. Each blob has its own key, derived from the town's.
"""

import asyncio
import base64
import hmac
import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.durable import sync_directory

MAGIC = b"APPARITEUR\x01"
CHUNK = 1024 * 1024
KEY_BYTES = 32

_TAG = 16
_PREFIX = 7
_NAME = re.compile(r"[0-9a-f]{64}\Z")


class BlobMissing(Exception):
    """Raised when no blob has this name (or when it isn't a name at all)."""


class BlobDamaged(Exception):
    """Raised when a blob isn't what was written: cut, altered, moved, or sealed with another town's key."""


class KeyFileError(ValueError):
    """Raised, with one French line for the technician, when the key file can't be used."""


class Files:
    """The encrypted blobs under one directory, for one town's key; every method works in a thread of its own.

    Args:
        directory: where the blobs live, made with mode 0700 when missing.
        key: the town's 32 bytes, as read by ``load_or_create_key``.
    """

    def __init__(self, directory: Path, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("the town's key is 32 bytes long")
        self._directory = directory
        self._key = key
        self._naming = _derived(key, b"blob names")
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def put(self, data: bytes) -> str:
        """Keep these bytes, durably on return, and give their name; what is there intact isn't rewritten."""
        return await asyncio.to_thread(self._put, data)

    async def get(self, name: str) -> bytes:
        """The plaintext of a blob, wholly authenticated; raises ``BlobMissing`` or ``BlobDamaged``."""
        return await asyncio.to_thread(self._get, name)

    async def exists(self, name: str) -> bool:
        """Whether a blob has this name, without reading it."""
        return _NAME.match(name) is not None and await asyncio.to_thread(self.path(name).is_file)

    async def delete(self, name: str) -> None:
        """Remove a blob, durably on return; one that is already gone is no error."""
        if _NAME.match(name):
            await asyncio.to_thread(self._delete, name)

    async def delete_idle(self, name: str, seconds: float) -> bool:
        """Remove a blob that nobody put for as long, durably on return; whether it is gone by this.

        Bytes are put before the row that names them is written: what was put lately may be named in a moment.
        """
        return bool(_NAME.match(name)) and await asyncio.to_thread(self._delete_idle, name, seconds)

    async def names(self) -> list[str]:
        """The names of all the blobs, sorted; what a crash left half written isn't one."""
        return await asyncio.to_thread(lambda: sorted(self._walk()))

    async def verify(self, name: str) -> bool:
        """Whether a blob is there, opens with the key, and holds the bytes its name says."""
        return await asyncio.to_thread(self._intact, name)

    def _put(self, data: bytes) -> str:
        name = self._name_of(data)
        if self._intact(name):
            self.path(name).touch()  # somebody is about to speak of it again: see ``delete_idle``
        else:
            self._write(self.path(name), name, data)
        return name

    def _get(self, name: str) -> bytes:
        if not _NAME.match(name):
            raise BlobMissing(name)
        try:
            with self.path(name).open("rb") as blob:
                return b"".join(self._opened(blob, name))
        except FileNotFoundError:
            raise BlobMissing(name) from None

    def _delete(self, name: str) -> None:
        path = self.path(name)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_directory(path.parent)

    def _delete_idle(self, name: str, seconds: float) -> bool:
        path = self.path(name)
        if not path.is_file() or time.time() - path.stat().st_mtime < seconds:
            return False
        self._delete(name)
        return True

    def _intact(self, name: str) -> bool:
        try:
            return hmac.compare_digest(self._name_of(self._get(name)), name)
        except (BlobMissing, BlobDamaged):
            return False

    def _walk(self) -> Iterator[str]:
        return (path.name for path in self._directory.glob("??/??/*") if _NAME.match(path.name))

    def _write(self, path: Path, name: str, data: bytes) -> None:
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
            sync_directory(folder.parent)
        aside = path.with_name(f".{name}.{secrets.token_hex(4)}")
        try:
            with _open_new(aside) as blob:
                blob.writelines(self._sealed(name, data))
                _sync(blob)
            aside.rename(path)
        finally:
            aside.unlink(missing_ok=True)
        sync_directory(path.parent)

    def _sealed(self, name: str, data: bytes) -> Iterator[bytes]:
        """The header, then the sealed chunks; empty data is one empty chunk, so that no cut is unseen."""
        cipher, prefix = self._cipher(name), secrets.token_bytes(_PREFIX)
        yield MAGIC + prefix
        starts = range(0, max(len(data), 1), CHUNK)
        for number, start in enumerate(starts):
            place = _place(number, last=number == len(starts) - 1)
            yield cipher.encrypt(prefix + place, data[start : start + CHUNK], name.encode() + place)

    def _opened(self, blob: IO[bytes], name: str) -> Iterator[bytes]:
        """The plaintext chunks of an open blob, each one authenticated before it is given."""
        header = blob.read(len(MAGIC) + _PREFIX)
        if not header.startswith(MAGIC) or len(header) != len(MAGIC) + _PREFIX:
            raise BlobDamaged(name)
        cipher, prefix = self._cipher(name), header[len(MAGIC) :]
        number, chunk = 0, blob.read(CHUNK + _TAG)
        while True:
            following = blob.read(CHUNK + _TAG)
            place = _place(number, last=not following)
            try:
                yield cipher.decrypt(prefix + place, chunk, name.encode() + place)
            except (InvalidTag, ValueError):
                raise BlobDamaged(name) from None
            if not following:
                return
            number, chunk = number + 1, following

    def _name_of(self, data: bytes) -> str:
        return hmac.digest(self._naming, data, "sha256").hex()

    def _cipher(self, name: str) -> AESGCM:
        return AESGCM(_derived(self._key, b"blob " + name.encode()))

    def path(self, name: str) -> Path:
        """Where a blob of this name is kept, whether it is there or not."""
        return self._directory / name[:2] / name[2:4] / name


def load_or_create_key(path: Path) -> bytes:
    """The town's 32-byte key, from a base64 file that is made (mode 0600, all at once) when it's missing.

    Raises:
        KeyFileError: when the file doesn't hold 32 bytes in base64; it is never replaced.
    """
    if not path.exists():
        _create_key(path)
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except ValueError:
        raise KeyFileError(f"Le fichier de clé {path} n'est pas du base64 : remettez celui de la sauvegarde.") from None
    if len(key) != KEY_BYTES:
        raise KeyFileError(
            f"Le fichier de clé {path} contient {len(key)} octets au lieu de {KEY_BYTES} : "
            "remettez celui de la sauvegarde."
        )
    return key


def _create_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with _open_new(aside) as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            _sync(file)
        # A link never replaces: when two processes start at once, the first key is everyone's.
        path.hardlink_to(aside)
    except FileExistsError:
        return
    finally:
        aside.unlink(missing_ok=True)
    sync_directory(path.parent)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"appariteur " + purpose).derive(key)


def _place(number: int, *, last: bool) -> bytes:
    """A chunk's place on 5 bytes: its number, then whether it ends the blob."""
    return number.to_bytes(4, "big") + bytes([last])


def _open_new(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
