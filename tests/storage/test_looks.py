"""How pages look, drawn in the confined process: what was added is seen, a paper saved again by another program is the same."""

import io
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import PIL.Image
import PIL.ImageDraw
import pypdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from council.comparison import Changes
from council.looks import SIDE, Look
from council.roles import BodyKind
from storage.bodies import BodyEntry
from storage.database import Database
from storage.extract import Extractor, Limits, Seen
from storage.looks import Undrawn
from storage.store import Store
from storage.tables import File
from tests.storage.hostile import FILED
from tests.storage.makers import bare, paper
from tests.storage.test_extract_pictures import huge, picture, scanned

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
Draw = Callable[[Canvas], None]


def drawn(*pages: Draw) -> bytes:
    """A paper of A4 pages, each with a text and whatever is drawn on it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595.28, 841.89))
    for draw in pages:
        canvas.drawString(60, 780, "Le conseil municipal, après en avoir délibéré, vote.")
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def nothing(_canvas: Canvas) -> None:
    """A page with its text alone."""


def stamp(canvas: Canvas) -> None:
    """A mayor's stamp."""
    canvas.setLineWidth(1)
    canvas.circle(420, 120, 40)
    canvas.drawCentredString(420, 117, "Mairie")


def line(canvas: Canvas) -> None:
    """A line struck through nothing."""
    canvas.setLineWidth(0.5)
    canvas.line(100, 300, 300, 300)


def signature(canvas: Canvas) -> None:
    """A pen's few strokes."""
    canvas.setLineWidth(1)
    for n in range(5):
        canvas.bezier(380 + n * 16, 90, 384 + n * 16, 130, 390 + n * 16, 70, 396 + n * 16, 98)


def tint(canvas: Canvas) -> None:
    """A pale frame, as a highlighted paragraph has."""
    canvas.setFillGray(0.9)
    canvas.rect(100, 300, 300, 200, stroke=0, fill=1)


async def looks(data: bytes, first: int = 0, count: int = 25) -> list[Look]:
    """How the pages of a paper look, each of them drawn."""
    seen = await Extractor(program="").see(data, first, count)
    found = [look for look in map(Look.read, seen.pages) if look]
    assert len(found) == len(seen.pages)
    assert all(max(look.width, look.height) == SIDE for look in found)
    return found


@pytest.mark.parametrize("draw", [stamp, line, signature, tint])
async def test_what_was_drawn_on_a_page_is_seen(draw: Draw) -> None:
    """On that page, and on no other."""
    before, after = await looks(drawn(nothing, nothing)), await looks(drawn(nothing, draw))
    assert [one.differs(other) for one, other in zip(before, after, strict=True)] == [False, True]


def by_pypdf(data: bytes) -> bytes:
    """Read and written whole, its drawings compressed."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_pdfium(data: bytes) -> bytes:
    """Its pages taken into a new document."""
    new, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    new.import_pages(pypdfium2.PdfDocument(data))
    new.save(out)
    return out.getvalue()


@pytest.mark.parametrize("again", [by_pypdf, by_pdfium])
@pytest.mark.parametrize("data", [drawn(stamp, signature, tint), scanned(picture())], ids=["drawn", "scanned"])
async def test_a_paper_saved_again_looks_the_same(again: Callable[[bytes], bytes], data: bytes) -> None:
    """Whatever other bytes it has."""
    before, after = await looks(data), await looks(again(data))
    assert again(data) != data
    assert not any(one.differs(other) for one, other in zip(before, after, strict=True))


def photograph(quality: int, mark: bool) -> bytes:
    """A grey picture in JPEG, with a dark mark or without."""
    image = PIL.Image.linear_gradient("L").resize((800, 600)).convert("RGB")
    if mark:
        PIL.ImageDraw.Draw(image).ellipse((500, 60, 640, 160), outline="black", width=6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


async def test_a_picture_is_one_page() -> None:
    """Packed again it is the same; marked it isn't."""
    [one], [again], [marked] = [await looks(photograph(*each)) for each in ((90, False), (60, False), (90, True))]
    assert not one.differs(again)
    assert one.differs(marked)
    assert await Extractor(program="").see(photograph(90, mark=False), 1, 25) == Seen()


async def test_pages_are_drawn_a_few_at_a_time() -> None:
    """Until there are none; other files have none."""
    async with Extractor(program="") as extractor:
        data = drawn(nothing, nothing, nothing)
        first = await extractor.see(data, 0, 2)
        assert (len(first.pages), first.more) == (2, True)
        last = await extractor.see(data, 2, 2)
        assert (len(last.pages), last.more) == (1, False)
        assert await extractor.see(data, 3, 2) == Seen()
        assert await extractor.see(b"du texte", 0, 2) == Seen()


async def test_a_page_that_kills_is_passed_over(tmp_path: Path) -> None:
    """With no look; a paper that never gives a page is left."""
    worker = tmp_path / "worker.py"
    worker.write_text("import os\nprint('\"2 1 AAA=\"', flush=True)\nos.abort()\n")
    assert await Extractor(worker=worker).see(b"%PDF-1.4", 0, 5) == Seen(("2 1 AAA=", ""), more=True)
    worker.write_text("while True: pass\n")
    assert await Extractor(Limits(seconds=1), worker=worker).see(b"%PDF-1.4", 0, 5) == Seen()
    worker.write_text('print(\'"999 999 AAA="\', \'{"end": "done"}\', sep=chr(10))\n')
    assert await Extractor(worker=worker).see(b"%PDF-1.4", 0, 5) == Seen(("",), more=False)
    worker.write_text("while True: print('\"2 1 AAA=\"')\n")
    assert len((await Extractor(worker=worker).see(b"%PDF-1.4", 0, 5)).pages) == 5


HOSTILE: dict[str, Callable[[], bytes]] = {
    **{name: make for name, (make, _) in FILED.items()},
    "a picture as large as a country": huge,
    "a cut picture": lambda: picture()[:400],
    "a page of no size": lambda: bare(b"").replace(b"[0 0 600 800]", b"[0 0 0 0]"),
    "a page like a thread": lambda: bare(b"").replace(b"[0 0 600 800]", b"[0 0 1 99999]"),
    "a million strokes": lambda: bare(b"0 0 m 600 800 l S " * 1_000_000),
    "a password": lambda: paper("Secret", password="x"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_paper_is_drawn_or_left_and_the_next_is_drawn(name: str) -> None:
    """By the very process that splits for each file, within its limits."""
    async with Extractor(Limits(seconds=5), program="") as extractor:
        start = time.monotonic()
        seen = await extractor.see(HOSTILE[name](), 0, 3)
        assert time.monotonic() - start < 20
        assert len(seen.pages) <= 3
        assert len((await extractor.see(drawn(nothing), 0, 3)).pages) == 1


async def test_versions_are_drawn_once_there_are_several_the_least_drawn_first(database: Database) -> None:
    """By turns, on both databases; then they are compared by their looks."""
    async with database.begin() as session:
        store = Store(session, "test", NOW)
        await store.bodies.declare([BodyEntry("EAU", "Eau", BodyKind.COMMISSION)])
        [body] = await store.bodies.all()
        author = await store.mails.author("Roux", "roux@sainte-colombe.fr")
        known = {"name": "x.pdf", "mime": "", "size": 1, "room_id": "!a", "filed_by": author.id, "filed_at": NOW}
        older, newer = (File(blob=str(n), event_id=f"$e{n}", **known) for n in range(2))
        paper = await store.papers.file(body, 2026, "Plan", older)
        assert await store.looks.next() is None
        await store.papers.replace(paper, newer)
        await session.flush()
        first = Undrawn(newer.id, "1", 0)
        assert await store.looks.next() == first
        await store.looks.keep(first, ["1 1 AA=="], more=True)
        assert await store.looks.next() == Undrawn(older.id, "0", 0)
        await store.looks.keep(Undrawn(older.id, "0", 0), ["1 1 /w=="], more=False)
        assert await store.looks.awaited([older, newer])
        assert await store.looks.changes(older, newer) is None
        assert await store.looks.next() == Undrawn(newer.id, "1", 1)
        await store.looks.keep(Undrawn(newer.id, "1", 1), ["1 1 AA=="], more=False)
        assert await store.looks.next() is None
        assert not await store.looks.awaited([older, newer])
        assert await store.looks.changes(older, newer) == Changes(changed=(1,), added=(2,))
