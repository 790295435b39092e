"""Parts bound into one PDF, with its bookmarks and its pages numbered; its input is a line of JSON, then the parts.

The parts are of ours: what people filed was made anew by ``placed``, each paper in a process of its own.
"""

import base64
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from ._pypdf import pypdf
from ._stamp import lettered, right_stamp

_generic = pypdf.generic


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """One object with ``bound``: the PDF in base64, and the count of its ``pages``.

    The line of JSON says of each of the ``parts`` its bytes and the only page to take, or null; the ``title``; the height of
    the ``band``; whether pages are ``numbered``; and of each of the ``marks`` its depth, its part, its page there, its words. All count from 0.
    """
    head, _, rest = data.partition(b"\n")
    asked = json.loads(head)
    writer = pypdf.PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    starts = []
    for size, page in asked["parts"]:
        starts.append(len(writer.pages))
        only = None if page is None else (page, page + 1)
        writer.append(io.BytesIO(rest[:size]), pages=only, import_outline=False)
        rest = rest[size:]
    front = starts[1] if len(starts) > 1 else len(writer.pages)
    for number, page in enumerate(writer.pages, start=1):
        if asked["numbered"] and number > front:
            _number(writer, page, number, asked["band"])
    _mark(writer, [(depth, starts[part] + page, words) for depth, part, page, words in asked["marks"]])
    writer.page_mode = "/UseOutlines"
    writer.add_metadata({"/Title": asked["title"], "/Producer": "Appariteur"})
    out = io.BytesIO()
    writer.write(out)
    yield {"bound": base64.b64encode(out.getvalue()).decode(), "pages": len(writer.pages)}


def _number(writer: Any, page: Any, number: int, band: float) -> None:
    """Write a page's number over what it shows, in a stream of its own that nothing before it disturbs."""
    name = _generic.NameObject
    resources = page["/Resources"]
    fonts = resources.get("/Font", _generic.DictionaryObject()).get_object()
    lettered(fonts)
    resources[name("/Font")] = fonts
    content = page.get_contents()
    stream = _generic.StreamObject()
    sheet = (float(page.mediabox.width), float(page.mediabox.height))
    before = content.get_data() if content is not None else b""
    stream.set_data(b"q\n" + before + b"\nQ\n" + right_stamp(sheet, band, number))
    page[name("/Contents")] = writer._add_object(stream.flate_encode())


def _mark(writer: Any, marks: Sequence[tuple[int, int, str]]) -> None:
    above: dict[int, Any] = {}
    for depth, page, words in marks:
        above[depth] = writer.add_outline_item(title=words, page_number=page, parent=above.get(depth - 1))
