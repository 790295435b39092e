"""Pages drawn small: how many a second, and whether what was added to real papers is seen and what was only saved again isn't.

Run: ``python -m tests.bench.looks FOLDER``.
"""

import asyncio
import io
import itertools
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import PIL.Image
import pypdf
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from council.looks import Look
from storage.extract import Extractor
from tests.storage.test_looks import by_pdfium, by_pypdf

TURN = 25


async def draw(extractor: Extractor, data: bytes) -> list[Look | None]:
    """How all the pages of a paper look, a few at a time, as the bot does."""
    lines: list[str] = []
    more = True
    while more:
        seen = await extractor.see(data, len(lines), TURN)
        lines += seen.pages
        more = seen.more
    return [Look.read(line) for line in lines]


def _stamp(canvas: Canvas, width: float, height: float) -> None:
    canvas.setStrokeColorRGB(0.7, 0, 0.1)
    canvas.setFillColorRGB(0.7, 0, 0.1)
    canvas.rect(width * 0.6, height * 0.06, 110, 48)
    canvas.drawString(width * 0.6 + 8, height * 0.06 + 20, "MAIRIE, le 12 janvier")


def _line(canvas: Canvas, width: float, height: float) -> None:
    canvas.line(width * 0.15, height * 0.3, width * 0.6, height * 0.3)


def _signature(canvas: Canvas, width: float, height: float) -> None:
    for n in range(6):
        x, y = width * 0.62 + n * 16, height * 0.1
        canvas.bezier(x, y, x + 4, y + 40, x + 10, y - 20, x + 16, y + 8)


def _picture(canvas: Canvas, width: float, height: float) -> None:
    image = ImageReader(PIL.Image.linear_gradient("L").resize((120, 80)))
    canvas.drawImage(image, width * 0.5, height * 0.2, 120, 80)


def with_more(draw_more: Callable[[Canvas, float, float], None]) -> Callable[[bytes], bytes]:
    """What draws more on the first page of a paper."""

    def made(data: bytes) -> bytes:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
        page = writer.pages[0]
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        sheet, out = io.BytesIO(), io.BytesIO()
        canvas = Canvas(sheet, pagesize=(width, height))
        draw_more(canvas, width, height)
        canvas.save()
        page.merge_page(pypdf.PdfReader(sheet).pages[0])
        writer.write(out)
        return out.getvalue()

    return made


SAME = {"saved by pypdf": by_pypdf, "saved by PDFium": by_pdfium}
OTHER = {
    "a stamp": with_more(_stamp),
    "a line": with_more(_line),
    "a signature": with_more(_signature),
    "a picture": with_more(_picture),
}


async def main(folder: Path) -> None:
    """Print the rate, then each kind of pair: how many papers look the same, page by page."""
    papers = [path.read_bytes() for path in sorted(folder.rglob("*.pdf"))]
    async with Extractor(program="") as extractor:
        start = time.perf_counter()
        drawn = [await draw(extractor, data) for data in papers]
        spent = time.perf_counter() - start
        pages = sum(map(len, drawn))
        blank = sum(look is None for looks in drawn for look in looks)
        sys.stdout.write(
            f"{len(papers)} papers, {pages} pages in {spent:.0f} s ({pages / spent:.0f} a second), {blank} not drawn\n"
        )
        for name, change in (SAME | OTHER).items():
            found: Counter[str] = Counter()
            for data, before in zip(papers, drawn, strict=True):
                found[await _compared(extractor, data, before, change)] += 1
            sys.stdout.write(f"{name}: {dict(found)}\n")
    looks = [look for each in drawn for look in each if look]
    start = time.perf_counter()
    for one, other in itertools.pairwise(looks):
        one.differs(other)
    sys.stdout.write(f"comparing: {(time.perf_counter() - start) / len(looks) * 1e6:.0f} µs a page that differs\n")


async def _compared(
    extractor: Extractor, data: bytes, before: list[Look | None], change: Callable[[bytes], bytes]
) -> str:
    try:
        changed = change(data)
    except Exception as error:  # what another program can't do with a paper is no measure of ours
        return f"not made ({type(error).__name__})"
    after = await draw(extractor, changed)
    if len(after) != len(before):
        return "not made (pages lost)"
    pairs = [(one, other) for one, other in zip(before, after, strict=True) if one and other]
    return "other" if any(one.differs(other) for one, other in pairs) else "same"


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
