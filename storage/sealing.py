"""Secrets at rest: small files sealed with AES-256-GCM under the town's key, readable by their owner only.

The name of what is sealed is bound to it as associated data, so one sealed file can't be put in another's place.
"""

import os
from pathlib import Path
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.durable import sync_directory

_MARK = b"AS1"  # format 1: mark, nonce of 12 bytes, ciphertext with its tag
_NONCE = 12


class SealBroken(Exception):
    """A sealed text can't be opened: the key is not the one that sealed it, or the bytes were changed."""


def seal(key: bytes, name: str, plain: bytes) -> bytes:
    """Encrypts ``plain`` under a ``key`` of 32 bytes and binds it to ``name``; never twice the same bytes."""
    nonce = token_bytes(_NONCE)
    return _MARK + nonce + AESGCM(key).encrypt(nonce, plain, name.encode())


def unseal(key: bytes, name: str, blob: bytes) -> bytes:
    """The plain bytes that ``seal`` was given for this ``name``; raises SealBroken when they can't be had."""
    start = len(_MARK) + _NONCE
    if len(blob) < start or not blob.startswith(_MARK):
        raise SealBroken(f"{name} is not a sealed text")
    try:
        return AESGCM(key).decrypt(blob[len(_MARK) : start], blob[start:], name.encode())
    except InvalidTag:
        raise SealBroken(f"{name} was sealed with another key, or damaged") from None


def write_sealed(path: Path, key: bytes, plain: bytes) -> None:
    """Seals ``plain`` under the file's name and puts it in place at once: whole after a power cut, or not at all."""
    aside = path.with_name(f".{path.name}.{token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(seal(key, path.name, plain))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    sync_directory(path.parent)


def read_sealed(path: Path, key: bytes) -> bytes | None:
    """What ``write_sealed`` kept in this file, or None when there is no file; raises SealBroken."""
    try:
        blob = path.read_bytes()
    except FileNotFoundError:
        return None
    return unseal(key, path.name, blob)
