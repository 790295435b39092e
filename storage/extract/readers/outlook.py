"""Outlook's messages ([MS-OXMSG]): the letter by its properties, and the files that came with it."""

import base64
import encodings.cp1252
import encodings.utf_16_le  # noqa: F401 - past the confinement no module can be read
from collections.abc import Iterator
from typing import Any

from ._compound import Compound
from ._flow import Flow
from .web_page import read

# [MS-OXPROPS]: the tags of what is read.
_SUBJECT, _BODY, _HTML, _DATA = "0037", "1000", "1013", "3701"
_HEADERS = (("0C1A", "De"), ("0E04", "À"), ("0E03", "Copie à"), (_SUBJECT, "Objet"))
_NAMES = ("3707", "3704")
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
    html = compound.stream(f"__substg1.0_{_HTML}0102").decode("cp1252", "replace")
    flow.add(_said(compound, _BODY) or "\n".join(read(html)[1]))
    flow.turn()
    yield from flow.taken()
    folders = sorted({path.partition("/")[0] for path in compound.entries if path.startswith("__attach")})
    for folder in folders[:_MOST_ATTACHMENTS]:
        name = next(filter(None, (_said(compound, tag, f"{folder}/") for tag in _NAMES)), "")
        content = compound.stream(f"{folder}/__substg1.0_{_DATA}0102")
        yield {"attachment": name[:1000], "data": base64.b64encode(content).decode()}


def _said(compound: Compound, tag: str, folder: str = "") -> str:
    """A property that is a text, in Unicode or in the older encoding."""
    if text := compound.stream(f"{folder}__substg1.0_{tag}001F"):
        return text.decode("utf-16-le", "replace").strip("\0 ")
    return compound.stream(f"{folder}__substg1.0_{tag}001E").decode("cp1252", "replace").strip("\0 ")
