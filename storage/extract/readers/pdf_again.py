"""PDF, by pypdf: slower than PDFium and more forgiving; asked only of what PDFium refuses or finds mute."""

import contextlib
import io
from collections.abc import Iterator
from typing import Any

from . import Stop
from ._pypdf import pypdf


def lines(data: bytes, most: int) -> Iterator[Any]:
    """The count of pages and the title, then the text of each page."""
    document = pypdf.PdfReader(io.BytesIO(data))
    if document.is_encrypted:
        raise Stop("encrypted")
    count = len(document.pages)
    yield {"pages": count, "title": _title(document)}
    for number in range(count):
        text = ""
        with contextlib.suppress(Exception):  # it fails in many ways on what is broken; the other pages may be read
            text = document.pages[number].extract_text()[:most]
        most -= len(text)
        yield text


def _title(document: pypdf.PdfReader) -> str:
    with contextlib.suppress(Exception):
        return str((document.metadata and document.metadata.title) or "")[:1000]
    return ""
