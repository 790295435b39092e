"""PowerPoint 97 to 2003 ([MS-PPT]): the text of the slides, in their order, by the last edit's table of objects."""

import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from . import Stop
from ._compound import Compound

# [MS-PPT] 2.13.24: the types of records.
_DOCUMENT, _SLIDES, _OF_SLIDE = 0x03E8, 0x0FF0, 0x03F3
_CHARACTERS, _BYTES = 0x0FA0, 0x0FA8
_EDIT = 0x0FF5
_LOCKED = 0xF3D1C4DF
_MOST_RECORDS, _MOST_EDITS, _MOST_SLIDES = 500_000, 1000, 5000
_SIGNS = str.maketrans({"\r": "\n", "\x0b": "\n"})


class _Record(NamedTuple):
    """A record; ``holds`` whether its content is other records ([MS-PPT] 2.3.1)."""

    kind: int
    instance: int
    holds: bool
    start: int
    end: int


def lines(data: bytes, most: int) -> Iterator[Any]:
    """The count of slides, then the text of each: its outline's, then that of its other frames."""
    compound = Compound(data)
    try:
        show = _Show(compound.stream("PowerPoint Document"), compound.stream("Current User"))
        slides = show.slides()[:_MOST_SLIDES]
    except (struct.error, IndexError) as error:
        raise Stop("broken") from error
    yield {"pages": len(slides)}
    for number, outline in slides:
        text = "\n".join([*outline, *show.texts(number)])[:most]
        most -= len(text)
        yield text


class _Show:
    """The stream of a presentation, and where the objects of its last edit are in it.

    Raises:
        Stop: it has a password, or its chain of edits can't be followed.
    """

    def __init__(self, data: bytes, current: bytes) -> None:
        self._data = data
        self._left = _MOST_RECORDS
        token, edit = struct.unpack_from("<II", current, 12)
        if token == _LOCKED:
            raise Stop("encrypted")
        self._places: dict[int, int] = {}
        self._document = 0
        for _ in range(_MOST_EDITS):
            record = self._record(edit)
            if record.kind != _EDIT:
                raise Stop("broken")
            edit, places, document = struct.unpack_from("<III", data, record.start + 8)
            self._document = self._document or document
            self._learn(self._record(places))
            if not edit:
                return

    def _learn(self, table: _Record) -> None:
        """Where objects are, unless a later edit moved them ([MS-PPT] 2.3.5)."""
        at = table.start
        while at + 4 <= table.end:
            (head,) = struct.unpack_from("<I", self._data, at)
            first, count = head & 0xFFFFF, head >> 20
            for number, place in enumerate(struct.unpack_from(f"<{count}I", self._data, at + 4), start=first):
                self._places.setdefault(number, place)
            at += 4 + 4 * count

    def slides(self) -> list[tuple[int, list[str]]]:
        """The number of each slide's object in the presentation's order, with its outline's texts."""
        found: list[tuple[int, list[str]]] = []
        document = self._record(self._places[self._document]) if self._document in self._places else None
        if document is None or document.kind != _DOCUMENT:
            raise Stop("broken")
        for part in self._inside(document):
            if part.kind == _SLIDES and part.instance == 0:  # 1 and 2 are the masters and the notes
                for record in self._inside(part):
                    if record.kind == _OF_SLIDE:
                        found.append((struct.unpack_from("<I", self._data, record.start)[0], []))
                    elif found:
                        found[-1][1].extend(self._text(record))
        return found

    def texts(self, number: int) -> list[str]:
        """The texts within a slide's object, whatever holds them; walked without recursion, as depth may lie."""
        if number not in self._places:
            return []
        found: list[str] = []
        waiting = [self._record(self._places[number])]
        while waiting:
            record = waiting.pop()
            found += self._text(record)
            if record.holds:
                waiting += reversed(list(self._inside(record)))
        return found

    def _text(self, record: _Record) -> list[str]:
        if record.kind not in (_CHARACTERS, _BYTES):
            return []
        codec = "utf-16-le" if record.kind == _CHARACTERS else "cp1252"
        text = self._data[record.start : record.end].decode(codec, "replace").translate(_SIGNS)
        return [text] if text.strip() else []

    def _inside(self, holder: _Record) -> Iterator[_Record]:
        at = holder.start
        while at + 8 <= holder.end:
            record = self._record(at)
            yield record
            at = record.end

    def _record(self, at: int) -> _Record:
        self._left -= 1
        if self._left < 0:
            raise Stop("too_big")
        head, kind, length = struct.unpack_from("<HHI", self._data, at)
        return _Record(kind, head >> 4, head & 0xF == 0xF, at + 8, min(at + 8 + length, len(self._data)))
