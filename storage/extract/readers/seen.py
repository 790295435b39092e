"""How the pages of a PDF look, small and in grey; its input is the first page (from 0) and how many, a line, then the PDF.

Drawn bigger and averaged, a thin line leaves the same grey wherever it falls, and a picture packed again its own.
"""

import os
from collections.abc import Iterator
from typing import Any

import pypdfium2

from . import Stop
from ._grey import FINER, SIDE, written

_HAIR = 0.001  # a length of 192.0000001 dots would be drawn as 193


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """A line a page, as ``council.looks`` reads it; empty for one that can't be drawn."""
    os.nice(10)
    asked, _, paper = data.partition(b"\n")
    first, count = map(int, asked.split())
    try:
        document = pypdfium2.PdfDocument(paper)
    except pypdfium2.PdfiumError as error:
        raise Stop("broken") from error
    for number in range(first, min(first + count, len(document))):
        yield _look(document, number)


def _look(document: Any, number: int) -> str:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    try:
        longest = max(*page.get_size(), 1)
        bitmap = page.render(scale=(SIDE * FINER - _HAIR) / longest, grayscale=True)
        return written(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    except pypdfium2.PdfiumError:
        return ""
    finally:
        page.close()
