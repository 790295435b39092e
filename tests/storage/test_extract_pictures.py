"""Letters in pictures: recognised when the system can, within bounds, and said plainly when they can't be."""

import io
import stat
import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from storage.extract import Extraction, Extractor, Kind, Patience, Problem, tesseract
from tests.storage.makers import paper

TITLE = "Procès-verbal de la séance du conseil municipal"
needs_tesseract = pytest.mark.skipif(tesseract() is None, reason="the system has no Tesseract")


def picture() -> bytes:
    """A photograph of a page, in PNG."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(500, 200))
    canvas.setFont("Helvetica", 18)
    canvas.drawString(20, 120, TITLE)
    canvas.drawString(20, 80, "Le budget de la commune est voté.")
    canvas.save()
    image = io.BytesIO()
    pypdfium2.PdfDocument(out.getvalue())[0].render(scale=3).to_pil().save(image, "PNG")
    return image.getvalue()


def scanned(image: bytes) -> bytes:
    """A PDF of two pages that only hold a picture."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(500, 200))
    for _ in range(2):
        canvas.drawImage(ImageReader(io.BytesIO(image)), 0, 0, 500, 200)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def huge() -> bytes:
    """A picture of a few bytes that says that it has ten thousand million dots."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    dots = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def program(tmp_path: Path, body: str) -> str:
    """A program in Tesseract's place."""
    path = tmp_path / "tesseract"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@needs_tesseract
async def test_a_scan_is_read_by_its_pictures() -> None:
    """It is said at once that its letters will be looked for; each page's are then recognised."""
    extractor, data = Extractor(), scanned(picture())
    found = await extractor.extract(data)
    assert (found.kind, found.page_count, found.pictures, found.problem) == (Kind.PDF, 2, (0, 1), Problem.SCANNED)
    for place in found.pictures:
        assert (await extractor.recognise(data, place)).splitlines()[0] == TITLE


@needs_tesseract
async def test_a_photograph_is_read() -> None:
    """A picture alone is a page."""
    extractor = Extractor()
    found = await extractor.extract(picture())
    assert (found.kind, found.pictures, found.problem) == (Kind.IMAGE, (0,), Problem.SCANNED)
    assert "Le budget de la commune est voté." in await extractor.recognise(picture(), 0)


async def test_without_the_program_it_is_said() -> None:
    """A scan and a photograph are filed; the answer says that search can't read them."""
    without = Extractor(program="")
    assert (await without.extract(scanned(picture()))).problem is Problem.NO_TEXT
    assert await without.extract(picture()) == Extraction(Kind.IMAGE, ("",), problem=Problem.NO_TEXT)
    assert await without.recognise(picture(), 0) == ""


@pytest.mark.parametrize(
    "data", [huge(), picture()[:600], b"GIF8", b"\xff\xd8\xff\xe0 photo", b"\x00\x00\x00\x18ftypheic"]
)
async def test_a_hostile_picture_is_a_picture(data: bytes) -> None:
    """Huge, cut or false, it has no text, and that is all."""
    assert (await Extractor(program="").extract(data)).problem is Problem.NO_TEXT
    assert await Extractor(patience=Patience(page=10)).recognise(data, 0) == ""


async def test_pages_without_text_are_known_among_the_others() -> None:
    """A paper some pages of which are scans is found by the others; those wait for their letters."""
    found = await Extractor(program="").extract(paper("Le conseil municipal vote.", "", "12"))
    assert (found.problem, found.pictures) == (None, (1, 2))


async def test_a_slow_program_is_ended(tmp_path: Path) -> None:
    """Past its time, a page's recognition is dropped."""
    slow = Extractor(patience=Patience(page=0.5), program=program(tmp_path, "while :; do :; done"))
    assert await slow.recognise(scanned(picture()), 1) == ""


async def test_the_program_reaches_nothing(tmp_path: Path) -> None:
    """It may read what programs read, and write nothing."""
    treasure = tmp_path / "trésor"
    treasure.write_text("intact")
    body = f"(echo perdu > {treasure}) 2>/dev/null || echo 'Il est resté fermé.'"
    assert await Extractor(program=program(tmp_path, body)).recognise(picture(), 0) == "Il est resté fermé."
    assert treasure.read_text() == "intact"
