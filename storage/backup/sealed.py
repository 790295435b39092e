"""A stream sealed under a passphrase: what is cut, moved or altered in it is refused when it is read.

The key is derived by scrypt (RFC 7914) from the passphrase and a salt kept in the header. The stream is AES-256-GCM by
chunks of 1 MiB in the STREAM construction: a chunk's nonce is the header's prefix, its number and a last-chunk flag; header,
number and flag are also associated data.
"""

import io
import secrets
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"APPARITEUR-SAUVEGARDE\x01"
CHUNK = 1024 * 1024
_SALT, _PREFIX, _TAG = 16, 7, 16
_WORK = 2**16
"""64 MiB of memory for each guess of the passphrase."""


class Unopened(Exception):
    """The passphrase isn't the one that sealed the stream, or the stream was altered or cut."""


class Sealer(io.RawIOBase):
    """Writes what it is given, sealed, to a file; ``close`` ends the stream and leaves the file open."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        salt, self._prefix = secrets.token_bytes(_SALT), secrets.token_bytes(_PREFIX)
        self._header = MAGIC + salt + self._prefix
        self._cipher = _cipher(passphrase, salt)
        self._file = file
        self._waiting = bytearray()
        self._number = 0
        file.write(self._header)

    def writable(self) -> bool:
        """It is written to."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes; whole chunks leave at once."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._leave(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        """The last chunk leaves, marked so."""
        if not self.closed:
            self._leave(bytes(self._waiting), last=True)
        super().close()

    def _leave(self, chunk: bytes, *, last: bool) -> None:
        place = _place(self._number, last=last)
        self._file.write(self._cipher.encrypt(self._prefix + place, chunk, self._header + place))
        self._number += 1


class Opener(io.RawIOBase):
    """Reads a sealed file; nothing is given before it is authenticated.

    Raises:
        Unopened: at the first read that can't be trusted.
    """

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        self._header = file.read(len(MAGIC) + _SALT + _PREFIX)
        salt = self._header[len(MAGIC) : len(MAGIC) + _SALT]
        if not self._header.startswith(MAGIC) or len(self._header) != len(MAGIC) + _SALT + _PREFIX:
            raise Unopened
        self._cipher = _cipher(passphrase, salt)
        self._file = file
        self._next = file.read(CHUNK + _TAG)
        self._plain = b""
        self._number = 0
        self._ended = False

    def readable(self) -> bool:
        """It is read from."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Give what can be given of the stream; 0 at its end."""
        if not self._plain and not self._ended:
            self._open_next()
        given = self._plain[: len(buffer)]
        buffer[: len(given)] = given
        self._plain = self._plain[len(given) :]
        return len(given)

    def _open_next(self) -> None:
        chunk, self._next = self._next, self._file.read(CHUNK + _TAG)
        self._ended = not self._next
        place = _place(self._number, last=self._ended)
        try:
            prefix = self._header[-_PREFIX:]
            self._plain = self._cipher.decrypt(prefix + place, chunk, self._header + place)
        except (InvalidTag, ValueError):
            raise Unopened from None
        self._number += 1


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=_WORK, r=8, p=1).derive(passphrase.encode()))


def _place(number: int, *, last: bool) -> bytes:
    """A chunk's place on 5 bytes: its number, then whether it ends the stream."""
    return number.to_bytes(4, "big") + bytes([last])
