"""Word 97 to 2003 ([MS-DOC]): the text by its table of pieces; macros and objects are other streams, left alone."""

import re
import struct
from collections.abc import Iterator
from typing import Any

from . import Stop
from ._compound import Compound
from ._flow import Flow

_WORD, _LOCKED, _TABLE_1 = 0xA5EC, 0x0100, 0x0200
_CLX_AT = 418  # FibRgFcLcb97.fcClx, the first of two numbers
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14?|\x15")
_SIGNS = str.maketrans(
    {"\x07": " | ", "\x0b": "\n", "\x1e": "-", "\x1f": None, "\xa0": " ", "\x01": None, "\x08": None}
)


def lines(data: bytes, most: int) -> Iterator[Any]:
    """The pages, as the document breaks them, else as long as a page is."""
    compound = Compound(data)
    main = compound.stream("WordDocument")
    try:
        pieces = _pieces(compound, main)
        text = "".join(_text(main, most, *piece) for piece in pieces)[:most]
    except struct.error as error:
        raise Stop("broken") from error
    flow = Flow()
    for page in _FIELD.sub("", text).translate(_SIGNS).split("\f"):
        for line in page.split("\r"):
            flow.add(line)
            flow.line()
            yield from flow.taken()
        flow.turn()
        yield from flow.taken()


def _pieces(compound: Compound, main: bytes) -> list[tuple[int, int]]:
    """Where each piece of the body's text is, and of how many characters ([MS-DOC] 2.4.1)."""
    signature, flags = struct.unpack_from("<H8xH", main)
    if signature != _WORD:
        raise Stop("broken")
    if flags & _LOCKED:
        raise Stop("encrypted")
    body = struct.unpack_from("<I", main, 76)[0]
    at, size = struct.unpack_from("<II", main, _CLX_AT)
    clx = compound.stream("1Table" if flags & _TABLE_1 else "0Table")[at : at + size]
    while clx[:1] == b"\x01":
        clx = clx[3 + struct.unpack_from("<H", clx, 1)[0] :]
    if clx[:1] != b"\x02":
        raise Stop("broken")
    table = clx[5 : 5 + struct.unpack_from("<I", clx, 1)[0]]
    count = (len(table) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", table)
    places = [struct.unpack_from("<I", table, 4 * (count + 1) + 8 * n + 2)[0] for n in range(count)]
    spans = zip(bounds, bounds[1:], places, strict=False)
    return [(place, min(end, body) - start) for start, end, place in spans if start < min(end, body)]


def _text(main: bytes, most: int, place: int, count: int) -> str:
    """The characters of a piece; a bit of its place says that they have a byte each."""
    count = min(count, most)
    start = place & 0x3FFFFFFF
    if place & 0x40000000:
        return main[start // 2 : start // 2 + count].decode("cp1252", "replace")
    return main[start : start + 2 * count].decode("utf-16-le", "replace")
