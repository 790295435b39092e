"""Open XML (ECMA-376): what Word, PowerPoint and Excel write, with macros or without: none is ever run."""

from collections.abc import Iterator
from typing import Any

from . import Stop, _sheets
from ._flow import PAGE
from ._package import Package, related, title
from ._xml import Enough, Walker, heard, walk

_NUMBERED = 20_000
"""Characters of a page whose document says where its pages end: it is cut only to bound it."""
_MOST_SLIDES = 5000


def lines(package: Package, main: str) -> Iterator[Any]:
    """The kind by the main part's own first element, the title, then the pages, slides or sheets."""
    root = _Root()
    heard(package.part(main), root)
    named = next((part for _, kind, part in related(package) if kind == "core-properties"), "")
    head = {"title": title(package, named)}
    if root.name == "document":
        yield {"kind": "docx", **head}
        yield from _document(package, main)
    elif root.name == "presentation":
        yield from _slides(package, main, head)
    elif root.name == "workbook":
        yield {"kind": "xlsx", **head}
        yield from _sheets.pages(package, main)
    else:
        raise Stop("broken")


class _Root(Walker):
    name = ""

    def begins(self, name: str, _attributes: dict[str, str]) -> None:
        self.name = name
        raise Enough


def _document(package: Package, main: str) -> Iterator[str]:
    numbered = b"lastRenderedPageBreak" in package.start(main)
    yield from walk(package.part(main), _Text(_NUMBERED if numbered else PAGE))
    for _, kind, part in related(package, main):
        if kind in ("footnotes", "endnotes"):
            yield from walk(package.part(part), _Text(PAGE))


class _Text(Walker):
    """WordprocessingML and DrawingML share these names: t is text, p a paragraph, tc a cell, tr a row."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self._reading = False
        self._cells = 0

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Fallback":
            self.hide()  # the same text again, for older programs
        elif name == "t":
            self._reading = True
        elif name == "lastRenderedPageBreak":
            self.turn(even_if_blank=True)
        elif name == "br" and attributes.get("type") != "page":
            self.line()
        elif name in ("tab", "ptab"):
            self.add(" ")
        elif name == "noBreakHyphen":
            self.add("-")
        elif name == "tc":
            self._cells += 1

    def ends(self, name: str) -> None:
        if name == "t":
            self._reading = False
        elif name == "p":
            if self._cells:
                self.add(" ")
            else:
                self.line()
        elif name == "tc":
            self._cells -= 1
            self.add("| ")
        elif name == "tr":
            self.line()

    def says(self, text: str) -> None:
        if self._reading:
            self.add(text)


class _Order(Walker):
    """The slides in their order: the numbers in their names aren't."""

    def __init__(self) -> None:
        super().__init__()
        self.slides: list[str] = []

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sldId":
            self.slides.append(attributes.get("r:id", ""))
        if len(self.slides) >= _MOST_SLIDES:
            raise Enough


def _slides(package: Package, main: str, head: dict[str, Any]) -> Iterator[Any]:
    order = _Order()
    heard(package.part(main), order)
    parts = {key: part for key, kind, part in related(package, main) if kind == "slide"}
    shown = [parts[key] for key in order.slides if key in parts]
    yield {"kind": "pptx", "pages": len(shown), **head}
    for part in shown:
        yield "".join(walk(package.part(part), _Text(_NUMBERED)))
