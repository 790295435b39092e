"""PDF, by PDFium; forms are never initialised, so that no script of a paper is run."""

import contextlib
import encodings.utf_16_le  # noqa: F401 - PDFium speaks it; past the confinement no module can be read
from collections.abc import Iterator
from typing import Any

import pypdfium2

from . import Stop

_PASSWORD = 4  # FPDF_ERR_PASSWORD


def lines(data: bytes, most: int) -> Iterator[Any]:
    """The count of pages and the title, then the text of each page."""
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise Stop("encrypted" if getattr(error, "err_code", None) == _PASSWORD else "broken") from error
    yield {"pages": count, "title": _title(document)}
    for number in range(count):
        text = _page(document, number, most)
        most -= len(text)
        yield text


def _title(document: Any) -> str:
    try:
        return str(document.get_metadata_value("Title"))[:1000]
    except pypdfium2.PdfiumError:
        return ""


def _page(document: Any, number: int, most: int) -> str:
    """The text of a page, empty when the page can't be read: the others may be."""
    with contextlib.suppress(pypdfium2.PdfiumError):
        page = document[number]
        try:
            text_page = page.get_textpage()
            return str(text_page.get_text_range(0, min(text_page.count_chars(), most)))
        finally:
            page.close()
    return ""
