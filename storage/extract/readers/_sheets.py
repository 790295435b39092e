"""The sheets of an Excel workbook (ECMA-376, SpreadsheetML): a row is a line, wherever its cells claim to be."""

import math
import re
from collections.abc import Iterator
from datetime import date, timedelta

from . import Stop
from ._package import Package, related
from ._xml import Enough, Walker, heard, walk

_MOST_SHARED = 20_000_000
_MOST_SHEETS = 5000
# SpreadsheetML 18.8.30: the built-in formats that show a day; those of a time alone say nothing.
_DAYS = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, 50, 51, 52, 53, 54, 57, 58})
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_LAST_DAY = 2_958_465  # 31 December 9999


def pages(package: Package, main: str) -> Iterator[str]:
    """Each sheet in the workbook's order, under its name, cut in several pages when it's long."""
    book, shared, styles = _Book(), _Shared(), _Styles()
    heard(package.part(main), book)
    parts = {}
    for key, kind, part in related(package, main):
        if kind == "sharedStrings":
            heard(package.part(part), shared)
        elif kind == "styles":
            heard(package.part(part), styles)
        elif kind == "worksheet":
            parts[key] = part
    start = date(1904, 1, 1) if book.since_1904 else date(1899, 12, 30)
    for name, key in book.sheets:
        if key in parts:
            yield from walk(package.part(parts[key]), _Sheet(name, shared.texts, styles.days, start))


class _Book(Walker):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.sheets) >= _MOST_SHEETS:
            raise Enough
        if name == "sheet":
            self.sheets.append((attributes.get("name", "")[:200], attributes.get("r:id", "")))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


class _Shared(Walker):
    """The texts that cells point to."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._reading = False
        self._kept = 0

    def begins(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "rPh":
            self.hide()  # how to pronounce it
        self._reading = name == "t"

    def ends(self, name: str) -> None:
        self._reading = False
        if name == "si":
            self.texts.append("".join(self._pieces))
            self._pieces.clear()

    def says(self, text: str) -> None:
        if self._reading:
            self._kept += len(text)
            if self._kept > _MOST_SHARED:
                raise Stop("too_big")
            self._pieces.append(text)


class _Styles(Walker):
    """Which styles show a number as a day."""

    def __init__(self) -> None:
        super().__init__()
        self.days: list[bool] = []
        self._formats: dict[str, bool] = {str(number): True for number in _DAYS}
        self._inside = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            code = _NOT_CODE.sub("", attributes.get("formatCode", "")[:500]).lower()
            self._formats[attributes.get("numFmtId", "")] = "d" in code or "yy" in code
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self.days.append(self._formats.get(attributes.get("numFmtId", ""), False))

    def ends(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


class _Sheet(Walker):
    def __init__(self, name: str, shared: list[str], days: list[bool], start: date) -> None:
        super().__init__()
        self._shared, self._days, self._start_day = shared, days, start
        self._cell: dict[str, str] = {}
        self._value: list[str] = []
        self._reading = False
        self._row_is_blank = True
        self.add(name)
        self.line()

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell = attributes
        elif name == "rPh":
            self.hide()
        self._reading = name in ("v", "t")

    def says(self, text: str) -> None:
        if self._reading:
            self._value.append(text)

    def ends(self, name: str) -> None:
        self._reading = False
        if name == "c":
            if shown := self._shown("".join(self._value)):
                self.add(shown if self._row_is_blank else f" | {shown}")
                self._row_is_blank = False
            self._value.clear()
        elif name == "row" and not self._row_is_blank:
            self.line()
            self._row_is_blank = True

    def _shown(self, value: str) -> str:
        """A cell as people see it, about: texts, days in figures, numbers with their comma."""
        kind = self._cell.get("t", "n")
        if kind == "s":
            place = int(value) if value.isdecimal() and len(value) < 10 else -1
            return self._shared[place].strip() if 0 <= place < len(self._shared) else ""
        if kind != "n":
            return "" if kind in ("b", "e") else value.strip()
        try:
            number = float(value)
        except ValueError:
            return ""
        if not math.isfinite(number):
            return ""
        style = self._cell.get("s", "0")
        place = int(style) if style.isdecimal() and len(style) < 10 else 0
        if place < len(self._days) and self._days[place] and 0 < number < _LAST_DAY - 2000:
            return (self._start_day + timedelta(days=int(number))).strftime("%d/%m/%Y")
        return f"{number:.12g}".replace(".", ",")
