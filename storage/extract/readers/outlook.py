"""Outlook's messages ([MS-OXMSG]): the letter by its properties, and the files that came with it."""

import base64
import email.headerregistry
import email.message
import email.policy
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ._compound import Compound
from ._flow import Flow
from .message import ORNAMENT
from .web_page import read

# [MS-OXPROPS]: the tags of what is read.
_SUBJECT, _BODY, _HTML, _DATA = "0037", "1000", "1013", "3701"
_HEADERS = (("0C1A", "De"), ("0E04", "À"), ("0E03", "Copie à"), (_SUBJECT, "Objet"))
_NAMES = ("3707", "3704")
_SHOWN_AS = "3712"
_FIELDS = (("0C1A", "From"), (_SUBJECT, "Subject"))
_MOST_ATTACHMENTS = 100


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """The subject as title, the letter, then its attachments."""
    compound = Compound(data)
    yield {"title": _said(compound, _SUBJECT)[:1000]}
    flow = Flow()
    for tag, french in _HEADERS:
        if value := _said(compound, tag):
            flow.add(f"{french} : {value[:2000]}")
            flow.line()
    flow.line()
    text, html = _text(compound)
    flow.add(text)
    flow.turn()
    yield from flow.taken()
    for name, content in islice(_files(compound, html), _MOST_ATTACHMENTS):
        yield {"attachment": name[:1000], "data": base64.b64encode(content).decode()}


def _files(compound: Compound, html: str) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each attachment; a message within is rebuilt as a letter, without its own files."""
    folders = sorted({path.partition("/")[0] for path in compound.entries if path.startswith("__attach")})
    for folder in folders:
        name = next(filter(None, (_said(compound, tag, f"{folder}/") for tag in _NAMES)), "")
        shown_as = _said(compound, _SHOWN_AS, f"{folder}/")
        content = compound.stream(f"{folder}/__substg1.0_{_DATA}0102")
        if shown_as and f"cid:{shown_as}" in html and len(content) < ORNAMENT:
            continue
        within = f"{folder}/__substg1.0_{_DATA}000D/"
        if not content and any(path.startswith(within) for path in compound.entries):
            yield f"{_said(compound, _SUBJECT, within)[:100] or name}.eml", _letter(compound, within)
        else:
            yield name, content


def _letter(compound: Compound, folder: str) -> bytes:
    """A message that is inside another, as a letter in text (RFC 5322)."""
    letter = email.message.EmailMessage(email.policy.SMTP)
    for tag, field in _FIELDS:
        letter[field] = "".join(sign for sign in _said(compound, tag, folder) if sign.isprintable())[:900]
    letter.set_content(_text(compound, folder)[0])
    return letter.as_bytes()


def _text(compound: Compound, folder: str = "") -> tuple[str, str]:
    """What a message says, and its source in HTML when it has one."""
    html = compound.stream(f"{folder}__substg1.0_{_HTML}0102").decode("cp1252", "replace")
    return _said(compound, _BODY, folder) or "\n".join(read(html)[1]), html


def _said(compound: Compound, tag: str, folder: str = "") -> str:
    """A property that is a text, in Unicode or in the older encoding."""
    if text := compound.stream(f"{folder}__substg1.0_{tag}001F"):
        return text.decode("utf-16-le", "replace").strip("\0 ")
    return compound.stream(f"{folder}__substg1.0_{tag}001E").decode("cp1252", "replace").strip("\0 ")
