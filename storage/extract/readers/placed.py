"""A paper's pages, each put on a sheet under a band that bears its stamp; its input is a line of JSON, then the PDF or picture.

PDFium repairs what can be and draws forms and notes into the pages; each page then becomes a drawing (a form XObject) of a
page that is made anew: scripts, links and attachments stay behind, and nothing that a page draws leaks into its stamp.
"""

import base64
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from . import Stop
from ._picture import as_pdf
from ._pypdf import pypdf
from ._sheets_of_paper import Sheet, Source, laid
from ._stamp import left_stamp, lettered

_DOTS = 24
"""To the inch, for finding where a page shows anything."""
_WHITE = 250
_AIR = 6.0
_generic = pypdf.generic
_PASSWORDS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """One object with ``placed``: a PDF in base64, and the count of its ``pages``.

    The line of JSON says the ``label`` and the ``name`` of each stamp, whether it is ``large``, a ``picture``, the ``most``
    pages, and which ``pages`` are wanted, from 1; none named are all.
    """
    head, _, paper = data.partition(b"\n")
    asked = json.loads(head)
    if asked["picture"]:
        paper = as_pdf(paper)
    clean, sources, stamps = _repaired(paper, asked)
    sheets = [laid(source, large=asked["large"]) for source in sources]
    out = _placed(clean, sources, sheets, [(stamp, asked["name"]) for stamp in stamps])
    yield {"placed": base64.b64encode(out).decode(), "pages": len(sheets)}


def _repaired(paper: bytes, asked: dict[str, Any]) -> tuple[bytes, list[Source], list[str]]:
    """The pages that are wanted alone in a new document, notes and forms drawn into them; and what each is stamped."""
    try:
        document = pypdfium2.PdfDocument(paper)
    except pypdfium2.PdfiumError as error:
        raise Stop("encrypted" if error.err_code in _PASSWORDS else "broken") from error
    if len(document) == 0:
        raise Stop("broken")
    if len(document) > asked["most"]:
        raise Stop("too_big")
    numbers = [number for number in asked["pages"] or range(1, len(document) + 1) if number <= len(document)]
    for number in numbers:
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            raise Stop("broken")
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT)
        pdfium.FPDF_ClosePage(page)
    made = pypdfium2.PdfDocument.new()
    made.import_pages(document, [number - 1 for number in numbers])
    sources = [_source(made[number], large=asked["large"]) for number in range(len(made))]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue(), sources, [f"{asked['label']} p. {number}/{len(document)}" for number in numbers]


def _source(page: Any, *, large: bool) -> Source:
    media, crop = page.get_mediabox(), page.get_cropbox()
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    source = Source(box, page.get_rotation(), (0.0, 0.0, 0.0, 0.0))
    if not source.is_sound:
        raise Stop("broken")
    width, height = source.size
    return Source(box, source.rotation, _inked(page, width, height) if large else (0.0, 0.0, width, height))


def _inked(page: Any, width: float, height: float) -> tuple[float, float, float, float]:
    """Where a page shows anything but white; the whole of it when it is blank."""
    scale = min(_DOTS / 72, 2000 / max(width, height))
    bitmap = page.render(scale=scale, grayscale=True)
    whole, stride, across = bytes(bitmap.buffer), bitmap.stride, bitmap.width
    rows = [whole[start : start + across] for start in range(0, bitmap.height * stride, stride)]
    dark = bytes(1 if value < _WHITE else 0 for value in range(256))
    marked = [row.translate(dark) for row in rows]
    inked = [number for number, row in enumerate(marked) if 1 in row]
    if not inked:
        return (0.0, 0.0, width, height)
    left = min(row.index(1) for row in marked if 1 in row) / scale - _AIR
    right = (max(row.rindex(1) for row in marked if 1 in row) + 1) / scale + _AIR
    top, bottom = height - inked[0] / scale + _AIR, height - (inked[-1] + 1) / scale - _AIR
    return (max(0.0, left), max(0.0, bottom), min(width, right), min(height, top))


def _placed(
    clean: bytes, sources: Sequence[Source], sheets: Sequence[Sheet], stamps: Sequence[tuple[str, str]]
) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(clean))
    for page, source, sheet, stamp in zip(writer.pages, sources, sheets, stamps, strict=True):
        _remake(writer, page, source, sheet, stamp)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _remake(writer: Any, page: Any, source: Source, sheet: Sheet, stamp: tuple[str, str]) -> None:
    """Make of a page a drawing on a new page, with nothing else of it."""
    content = page.get_contents()
    form = _generic.StreamObject()
    form.set_data(content.get_data() if content is not None else b"")
    form = form.flate_encode()
    name = _generic.NameObject
    form.update({name("/Type"): name("/XObject"), name("/Subtype"): name("/Form")})
    form.update({name("/BBox"): _numbers(source.box), name("/Matrix"): _numbers(sheet.matrix)})
    for key in ("/Resources", "/Group"):
        if key in page:
            form[name(key)] = page.raw_get(key)
    drawing = writer._add_object(form)
    parent = page.raw_get("/Parent")
    page.clear()
    fonts, xobjects = _generic.DictionaryObject(), _generic.DictionaryObject({name("/Paper"): drawing})
    lettered(fonts)
    resources = _generic.DictionaryObject({name("/Font"): fonts, name("/XObject"): xobjects})
    page.update({name("/Type"): name("/Page"), name("/Parent"): parent, name("/Resources"): resources})
    page[name("/MediaBox")] = _numbers((0, 0, sheet.width, sheet.height))
    drawn = _generic.StreamObject()
    drawn.set_data(b"q /Paper Do Q\n" + left_stamp((sheet.width, sheet.height), sheet.band, *stamp))
    page[name("/Contents")] = writer._add_object(drawn)


def _numbers(values: Sequence[float]) -> Any:
    return _generic.ArrayObject(_generic.FloatObject(round(value, 4)) for value in values)
