"""Secret storage: the identity's seeds kept on the homeserver, closed by a recovery key that people can write down.

Specification, 11.12.2.5 (m.secret_storage.v1.aes-hmac-sha2) and appendices (cryptographic key representation).
With that key an administrator may open the account in an ordinary app, and a rebuilt bot finds its identity again.
"""

import hmac
from functools import reduce
from operator import xor
from secrets import token_bytes, token_hex

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.matrix.coding import aes_ctr, unbase64, unpadded
from bot.matrix.errors import IdentityLost, Rejected
from bot.matrix.machine import Json
from bot.matrix.transport import Transport, v3
from bot.matrix.vault import Identity

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PREFIX = bytes((0x8B, 0x01))
_SECRETS = {
    "m.cross_signing.master": "master",
    "m.cross_signing.self_signing": "self_signing",
    "m.cross_signing.user_signing": "user_signing",
}


def new_recovery_key() -> str:
    """A fresh recovery key, as one writes it down: base58 in groups of four."""
    return written(token_bytes(32))


def written(key: bytes) -> str:
    """A key of 32 bytes in the form that Matrix apps show and ask for."""
    raw = _PREFIX + key
    number = int.from_bytes(raw + bytes([reduce(xor, raw)]))
    digits = ""
    while number:
        number, digit = divmod(number, 58)
        digits = _ALPHABET[digit] + digits
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def read_back(text: str) -> bytes:
    """The key that ``written`` wrote, spaces forgiven; raises IdentityLost when it was not copied right."""
    number = 0
    for letter in "".join(text.split()):
        if letter not in _ALPHABET:
            raise IdentityLost("the recovery key holds a letter that no such key has")
        number = number * 58 + _ALPHABET.index(letter)
    try:
        raw = number.to_bytes(35)
    except OverflowError:
        raise IdentityLost("the recovery key is too long") from None
    if not raw.startswith(_PREFIX) or reduce(xor, raw) != 0:
        raise IdentityLost("the recovery key was not copied right")
    return raw[2:34]


async def store_identity(transport: Transport, user_id: str, identity: Identity) -> None:
    """Puts the three seeds in the account's data, closed by the identity's recovery key."""
    key = read_back(identity.recovery_key or "")
    key_id = token_hex(16)
    check = _close(key, "", b"\0" * 32)
    description = {"algorithm": "m.secret_storage.v1.aes-hmac-sha2", "iv": check["iv"], "mac": check["mac"]}
    await _put(transport, user_id, f"m.secret_storage.key.{key_id}", description)
    for name, field in _SECRETS.items():
        seed = unpadded(bytes.fromhex(getattr(identity, field))).encode()
        await _put(transport, user_id, name, {"encrypted": {key_id: _close(key, name, seed)}})
    # Last: apps look here first, and must then find the rest.
    await _put(transport, user_id, "m.secret_storage.default_key", {"key": key_id})


async def recover_identity(transport: Transport, user_id: str, recovery_key: str) -> Identity:
    """The identity that ``store_identity`` kept; raises IdentityLost when the key doesn't open it."""
    key = read_back(recovery_key)
    try:
        key_id = (await _get(transport, user_id, "m.secret_storage.default_key"))["key"]
        seeds = {}
        for name, field in _SECRETS.items():
            closed = (await _get(transport, user_id, name))["encrypted"][key_id]
            seeds[field] = unbase64(_open(key, name, closed).decode()).hex()
    except (Rejected, KeyError, ValueError, TypeError) as error:
        raise IdentityLost("this recovery key doesn't open the account's secrets") from error
    return Identity(**seeds, recovery_key=written(key))


async def _put(transport: Transport, user_id: str, kind: str, content: Json) -> None:
    await transport.call("PUT", v3("user", user_id, "account_data", kind), content)


async def _get(transport: Transport, user_id: str, kind: str) -> Json:
    return await transport.call("GET", v3("user", user_id, "account_data", kind))


def _derived(key: bytes, name: str) -> tuple[bytes, bytes]:
    both = HKDF(hashes.SHA256(), 64, b"\0" * 32, name.encode()).derive(key)
    return both[:32], both[32:]


def _close(key: bytes, name: str, plain: bytes) -> Json:
    aes, mac = _derived(key, name)
    iv = bytearray(token_bytes(16))
    iv[8] &= 0x7F  # bit 63 is cleared: some AES implementations treat the counter as signed
    cipher = aes_ctr(aes, bytes(iv), plain)
    return {
        "iv": unpadded(bytes(iv)),
        "ciphertext": unpadded(cipher),
        "mac": unpadded(hmac.digest(mac, cipher, "sha256")),
    }


def _open(key: bytes, name: str, closed: Json) -> bytes:
    """Raises ValueError when the key is another one."""
    aes, mac = _derived(key, name)
    cipher = unbase64(closed["ciphertext"])
    if not hmac.compare_digest(hmac.digest(mac, cipher, "sha256"), unbase64(closed["mac"])):
        raise ValueError("wrong key")
    return aes_ctr(aes, unbase64(closed["iv"]), cipher)
