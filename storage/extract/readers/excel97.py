"""Excel 97 to 2003 ([MS-XLS]), by xlrd: a row is a line, as in newer workbooks; formulas show their last result."""

import io
import struct
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import xlrd

from . import Stop
from ._compound import Compound
from ._flow import Flow

_MOST_SHEETS = 5000
_EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))
_LAST_DAY = 2_950_000


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """Each sheet in the workbook's order, under its name, cut in several pages when it's long."""
    compound = Compound(data)
    stream = compound.stream("Workbook") or compound.stream("Book")
    try:
        book = xlrd.open_workbook(file_contents=stream, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
        for number in range(min(book.nsheets, _MOST_SHEETS)):
            yield from _sheet(book.sheet_by_index(number), book.datemode)
            book.unload_sheet(number)
    except xlrd.XLRDError as error:
        raise Stop("encrypted" if "encrypted" in str(error).lower() else "broken") from error
    except (struct.error, LookupError, AssertionError, ValueError) as error:
        raise Stop("broken") from error


def _sheet(sheet: Any, mode: int) -> Iterator[str]:
    flow = Flow()
    flow.add(sheet.name[:200])
    flow.line()
    for number in range(sheet.nrows):
        if row := " | ".join(filter(None, (_shown(cell, mode) for cell in sheet.row(number)))):
            flow.add(row)
            flow.line()
            yield from flow.taken()
    flow.turn()
    yield from flow.taken()


def _shown(cell: Any, mode: int) -> str:
    """A cell as people see it, about: texts, days in figures, numbers with their comma; errors are nothing."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value).strip()
    if cell.ctype == xlrd.XL_CELL_DATE and 61 <= cell.value < _LAST_DAY:  # before, 1900 is a leap year by mistake
        return (_EPOCHS[mode] + timedelta(days=int(cell.value))).strftime("%d/%m/%Y")
    return str(f"{cell.value:.12g}").replace(".", ",") if cell.ctype == xlrd.XL_CELL_NUMBER else ""
