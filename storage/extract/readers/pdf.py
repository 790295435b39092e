"""PDF, by PDFium; forms are never initialised, so that no script of a paper is run."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw

from . import Stop

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_TEXT = pypdfium2.raw.FPDF_PAGEOBJ_TEXT
_OURS = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 31>>stream
BT /F 9 Tf (Conseil municipal) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""


def lines(data: bytes, most: int) -> Iterator[Any]:
    """The count of pages and the title, then the text of each page."""
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise Stop("encrypted" if getattr(error, "err_code", None) == _PASSWORD else "broken") from error
    yield {"pages": count, "title": _title(document)}
    spoke = mute = False
    for number in range(count):
        text, drawn = _page(document, number, most)
        most -= len(text)
        spoke, mute = spoke or bool(text.strip()), mute or drawn
        yield text
    if mute and not spoke:
        yield {"mute": True}


def warm() -> None:
    """Read a paper of ours: what PDFium prepares for its first page is then there for every process split off."""
    for _ in lines(_OURS, len(_OURS)):
        pass


def _title(document: Any) -> str:
    try:
        return str(document.get_metadata_value("Title"))[:1000]
    except pypdfium2.PdfiumError:
        return ""


def _page(document: Any, number: int, most: int) -> tuple[str, bool]:
    """The text of a page, empty when it can't be read as the others may be; and whether it draws text that isn't given."""
    with contextlib.suppress(pypdfium2.PdfiumError):
        page = document[number]
        try:
            text_page = page.get_textpage()
            text = str(text_page.get_text_range(0, min(text_page.count_chars(), most)))
            return text, not text.strip() and any(page.get_objects(filter=[_TEXT], max_depth=2))
        finally:
            page.close()
    return "", True
