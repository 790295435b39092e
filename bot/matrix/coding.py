"""The few encodings that Matrix's cryptography shares: unpadded base64, canonical JSON, AES in counter mode."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def unpadded(raw: bytes) -> str:
    """Base64 without padding, as Matrix writes keys: apps silently drop padded ones."""
    return base64.b64encode(raw).decode().rstrip("=")


def unbase64(text: str) -> bytes:
    """The bytes of either alphabet of base64, padded or not (senders differ); raises ValueError."""
    plain = text.translate(str.maketrans("-_", "+/")).rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def canonical(value: Mapping[str, Any]) -> bytes:
    """Canonical JSON of what a signature covers (specification, appendices, signing JSON)."""
    signed = {name: part for name, part in value.items() if name not in ("signatures", "unsigned")}
    return json.dumps(signed, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def aes_ctr(key: bytes, iv: bytes, data: bytes) -> bytes:
    """AES in counter mode, which encrypts and decrypts alike."""
    stream = Cipher(algorithms.AES(key), modes.CTR(iv)).encryptor()
    return stream.update(data) + stream.finalize()
