"""OpenDocument (ISO/IEC 26300): texts, sheets and slides of LibreOffice, all in one part."""

from collections.abc import Iterator
from typing import Any

from . import Stop
from ._flow import PAGE
from ._package import Package, title
from ._xml import Walker, walk

_NUMBERED = 20_000
"""Characters of a page whose document says where its pages end: it is cut only to bound it."""
_MOST_SPACES = 100
_HIDDEN = frozenset({"tracked-changes", "annotation", "notes", "forms", "event-listeners", "binary-data", "script"})


def lines(package: Package, mime: str) -> Iterator[Any]:
    """The kind, the title, then the pages, sheets or slides."""
    if b"encryption-data" in package.start("META-INF/manifest.xml"):
        raise Stop("encrypted")
    family = mime.rpartition(".")[2]
    sheets, slides = family.startswith("spreadsheet"), family.startswith(("presentation", "graphics"))
    yield {"kind": "ods" if sheets else "odp" if slides else "odt", "title": title(package, "meta.xml")}
    numbered = slides or b"<text:soft-page-break" in package.start("content.xml")
    body = _Body(_NUMBERED if numbered else PAGE, slides=slides, sheets=sheets)
    count = 0
    for page in walk(package.part("content.xml"), body):
        count += 1
        yield page
    if slides:
        yield {"pages": count}


class _Body(Walker):
    def __init__(self, size: int, *, slides: bool, sheets: bool) -> None:
        super().__init__(size)
        self._slides, self._sheets = slides, sheets
        self._paragraphs = 0
        self._cells = 0

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in _HIDDEN:
            self.hide()
        elif name in ("p", "h"):
            self._paragraphs += 1
        elif name == "s":
            count = attributes.get("c", "1")
            self.add(" " * min(int(count) if count.isdecimal() and len(count) < 9 else 1, _MOST_SPACES))
        elif name == "tab":
            self.add(" ")
        elif name == "line-break":
            self.line()
        elif name == "soft-page-break":
            self.turn(even_if_blank=True)
        elif name == "table" and self._sheets and not self._cells:
            self.turn()
            self.add(attributes.get("name", "")[:200])
            self.line()
        elif name in ("table-cell", "covered-table-cell"):
            self._cells += 1

    def ends(self, name: str) -> None:
        if name in ("p", "h"):
            self._paragraphs -= 1
            if self._cells:
                self.add(" ")
            else:
                self.line()
        elif name in ("table-cell", "covered-table-cell"):
            self._cells -= 1
            self.add("| ")
        elif name == "table-row":
            self.line()
        elif name == "page" and self._slides:
            self.turn(even_if_blank=True)

    def says(self, text: str) -> None:
        if self._paragraphs > 0:
            self.add(text)
