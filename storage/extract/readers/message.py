"""E-mail (RFC 5322, MIME): who wrote what to whom, and the files that came with it."""

import base64
import email.generator
import email.message
import email.parser
import email.policy
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ._flow import Flow
from .web_page import read

_HEADERS = (("From", "De"), ("To", "À"), ("Cc", "Copie à"), ("Date", "Date"), ("Subject", "Objet"))
_MOST_ATTACHMENTS = 100
ORNAMENT = 60_000
"""Bytes below which a picture that a letter shows in its text is a logo, and above which it is a photograph."""
_NAMELESS = "message.eml"


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """The subject as title, the letter, then its attachments."""
    message = email.parser.BytesParser(policy=email.policy.default).parsebytes(data)
    yield {"title": _header(message, "Subject")}
    flow = Flow()
    for name, french in _HEADERS:
        if value := _header(message, name):
            flow.add(f"{french} : {value}")
            flow.line()
    flow.line()
    flow.add(_text(message))
    flow.turn()
    yield from flow.taken()
    for part in islice(_attached(message), _MOST_ATTACHMENTS):
        yield {
            "attachment": str(part.get_filename() or _NAMELESS)[:1000],
            "data": base64.b64encode(_content(part)).decode(),
        }


def _header(message: Any, name: str) -> str:
    """A header decoded; one that breaks the parser is none."""
    try:
        return " ".join(str(message[name] or "").split())[:2000]
    except Exception:  # the standard library's parser of headers fails in many ways on what isn't one
        return ""


def _text(message: Any) -> str:
    """The letter as plain text, else as seen in HTML."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    payload = body.get_payload(decode=True) or b""
    try:
        text = payload.decode(body.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        text = payload.decode("cp1252", "replace")
    return "\n".join(read(text)[1]) if body.get_content_subtype() == "html" else text


def _attached(message: Any) -> Iterator[Any]:
    """The parts that are files of their own; a letter within a letter is one, whose files stay in it."""
    parts = [message]
    while parts:
        part = parts.pop(0)
        if _is_ornament(part):
            continue
        if part.get_content_type() == "message/rfc822" and part is not message:
            yield part
        elif part.is_multipart():
            parts = [*part.get_payload(), *parts]
        elif part.get_content_disposition() == "attachment" or part.get_filename():
            yield part


def _is_ornament(part: Any) -> bool:
    """Whether a part is a small picture that the letter shows, as logos of signatures are (RFC 2392)."""
    shown = part.get_content_maintype() == "image" and bool(part["Content-ID"])
    return shown and len(_content(part)) < ORNAMENT


def _content(part: Any) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return bytes(inner[0].as_bytes()) if isinstance(inner, list) and inner else b""
    return part.get_payload(decode=True) or b""
