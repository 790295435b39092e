"""A page of a PDF as a picture in grey, for what recognises letters; its input is a page's number, a line, the PDF."""

import base64
import os
from collections.abc import Iterator
from typing import Any

import pypdfium2

from . import Stop

_SCALE = 250 / 72  # points to the dots in an inch that letters are well recognised at
_MOST_DOTS = 12_000_000


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """One object with ``image``: a portable grey map (PGM) in base64."""
    os.nice(10)
    number, _, paper = data.partition(b"\n")
    try:
        page = pypdfium2.PdfDocument(paper)[int(number)]
        width, height = page.get_size()
        scale = min(_SCALE, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
    except pypdfium2.PdfiumError as error:
        raise Stop("broken") from error
    whole = bytes(bitmap.buffer)
    starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
    dots = b"".join(whole[start : start + bitmap.width] for start in starts)
    yield {"image": base64.b64encode(b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + dots).decode()}
