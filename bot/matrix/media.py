"""Files on Matrix: sent and fetched with the account's token, encrypted where the room is, never over a limit.

Specification, 11.7 (content repository, authenticated) and 11.12.1.7 (encrypted attachments). What a sender says of
a file (size, type, name) is never believed.
"""

import asyncio
import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from secrets import token_bytes
from typing import Any

import aiohttp
from yarl import URL

from bot.matrix.coding import aes_ctr, unbase64, unpadded
from bot.matrix.errors import FileDamaged, FileGone, FileTooBig, Rejected, Unreachable
from bot.matrix.machine import Json
from bot.matrix.transport import Transport, refuse, v1

_ADDRESS = re.compile(r"mxc://([A-Za-z0-9.:\[\]_-]+)/([A-Za-z0-9_=-]+)")
_PIECE = 64 * 1024
_SLOWEST = 50_000  # bytes a second: what the time limit of a transfer allows for


async def upload(transport: Transport, data: bytes, name: str, mime: str, *, encrypted: bool) -> Json:
    """Sends a file; the result is what an m.file content needs: ``{"url": …}``, or ``{"file": {…}}`` when encrypted.

    Raises FileTooBig with the homeserver's limit, Limited, Unreachable, Rejected.
    """
    if not encrypted:
        return {"url": await _put(transport, data, mime, name)}
    sealed, description = await asyncio.to_thread(encrypt, data)
    # Neither name nor type: the homeserver needs to know nothing of what it keeps.
    description["url"] = await _put(transport, sealed, "application/octet-stream", "")
    return {"file": description}


async def _put(transport: Transport, data: bytes, mime: str, name: str) -> str:
    path = "/_matrix/media/v3/upload"
    if name:
        path += "?" + str(URL.build(query={"filename": name}).raw_query_string)
    patience = 60 + len(data) / _SLOWEST
    try:
        answer = await transport.call("POST", path, data, mime=mime, patience=patience)
    except Rejected as error:
        if error.code == "M_TOO_LARGE" or error.status == 413:
            raise FileTooBig(await _limit(transport)) from error
        raise
    except Unreachable as error:
        # Some homeservers hang up in the middle of what is too big, instead of saying so.
        if len(data) > (limit := await _limit(transport)) > 0:
            raise FileTooBig(limit) from error
        raise
    return str(answer["content_uri"])


async def _limit(transport: Transport) -> int:
    answer = await transport.call("GET", v1("media", "config"))
    size = answer.get("m.upload.size", 0)
    return size if isinstance(size, int) else 0


async def fetch(transport: Transport, content: Mapping[str, Any], limit: int) -> bytes:
    """The bytes that a message's content points to, decrypted, never more than ``limit``.

    Raises FileTooBig as soon as more arrives, FileGone, FileDamaged (hash or description), Unreachable, Rejected.
    """
    file = content.get("file")
    described = file if isinstance(file, Mapping) else content
    server, media = _parts(described.get("url"))
    data = await _get(transport, v1("media", "download", server, media), limit)
    if described is content:
        return data
    return await asyncio.to_thread(decrypt, data, described)


def _parts(address: object) -> tuple[str, str]:
    match = _ADDRESS.fullmatch(address) if isinstance(address, str) else None
    if match is None:
        raise FileDamaged("the message has no usable address of a file")
    return match[1], match[2]


async def _get(transport: Transport, path: str, limit: int) -> bytes:
    timeout = aiohttp.ClientTimeout(total=60 + limit / _SLOWEST)
    url = URL(transport.homeserver + path, encoded=True)
    try:
        async with transport.session.get(url, headers=transport.headers(), timeout=timeout) as response:
            if response.status >= 400:
                await _refuse(response)
            return await _read(response, limit)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unreachable(f"no answer: {type(error).__name__}") from error


async def _refuse(response: aiohttp.ClientResponse) -> None:
    try:
        answer = await response.json(content_type=None)
    except ValueError:
        answer = None
    known = answer if isinstance(answer, dict) else {}
    if response.status == 404 and "errcode" in known:
        raise FileGone("the homeserver has no such file")
    refuse(response.status, known)


async def _read(response: aiohttp.ClientResponse, limit: int) -> bytes:
    data = bytearray()
    async for piece in response.content.iter_chunked(_PIECE):
        data += piece
        if len(data) > limit:
            raise FileTooBig(limit)
    return bytes(data)


def encrypt(data: bytes) -> tuple[bytes, Json]:
    """A file encrypted with a key of its own, and the description (without ``url``) that travels in the message."""
    key, iv = token_bytes(32), token_bytes(8) + bytes(8)
    sealed = aes_ctr(key, iv, data)
    jwk = {
        "kty": "oct",
        "alg": "A256CTR",
        "ext": True,
        "key_ops": ["encrypt", "decrypt"],
        "k": base64.urlsafe_b64encode(key).decode().rstrip("="),
    }
    digest = unpadded(hashlib.sha256(sealed).digest())
    return sealed, {"v": "v2", "key": jwk, "iv": unpadded(iv), "hashes": {"sha256": digest}}


def decrypt(sealed: bytes, description: Mapping[str, Any]) -> bytes:
    """The file inside; raises FileDamaged when it isn't the one described, or the description makes no sense."""
    try:
        digest = unbase64(description["hashes"]["sha256"])
        key, iv = unbase64(description["key"]["k"]), unbase64(description["iv"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FileDamaged("the description of the file makes no sense") from error
    if not hmac.compare_digest(hashlib.sha256(sealed).digest(), digest):
        raise FileDamaged("the file is not the one that was sent")
    if (len(key), len(iv)) != (32, 16):
        raise FileDamaged("the description of the file makes no sense")
    return aes_ctr(key, iv, sealed)
