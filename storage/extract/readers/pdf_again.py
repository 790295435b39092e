"""PDF, by pypdf: slower than PDFium and more forgiving; asked only of what PDFium refuses or finds mute."""

import contextlib
import encodings.cp1252
import encodings.latin_1
import encodings.mac_roman
import encodings.utf_16
import encodings.utf_16_be  # noqa: F401 - past the confinement no module can be read
import importlib
import io
import pkgutil
from collections.abc import Iterator
from typing import Any

import pypdf

from . import Stop

for _module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
    with contextlib.suppress(ImportError):  # what needs a library that isn't there
        importlib.import_module(_module.name)


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
