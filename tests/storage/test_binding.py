"""Papers put on sheets and bound: whatever they are, each keeps its pages, upright and whole, or says why there are none."""

import io
import re
import zlib

import pypdf
import pypdfium2
import pytest
from PIL import Image

from storage.extract import Binder, Mark, Part, Problem, Stamp, Unbound
from tests.storage.makers import bare, paper

STAMP = Stamp("2.3", "FIN-2027-003 Budget", large=False)


def _pages(data: bytes) -> list[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(data)
    return [document[number] for number in range(len(document))]


def _text(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_bounded().split())


def _turned(data: bytes, angle: int) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.rotate(angle)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _sized(width: float, height: float) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width, height)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


async def test_each_page_is_whole_under_its_stamp() -> None:
    """On A4; what it said, then its number, and nothing over what it said."""
    async with Binder() as binder:
        placed = await binder.place(paper("Un", "Deux"), STAMP)
    assert (placed.pages, placed.problem) == (2, None)
    assert [_text(page) for page in _pages(placed.data)] == [
        "Un 2.3 p. 1/2 FIN-2027-003 Budget",
        "Deux 2.3 p. 2/2 FIN-2027-003 Budget",
    ]
    assert {tuple(map(round, page.get_size())) for page in _pages(placed.data)} == {(595, 842)}


async def test_only_some_pages_are_placed_under_their_own_numbers() -> None:
    """What is bound of them isn't numbered anew when it is not to be."""
    async with Binder() as binder:
        placed = await binder.place(paper("Un", "Deux", "Trois"), STAMP, pages=(1, 3))
        parts = [Part(paper("Lettre")), Part(placed.data)]
        bound = await binder.bind(parts, [], title="Feuille", large=False, numbered=False)
        nothing = await binder.place(paper("Un"), STAMP, pages=(2,))
    assert [_text(page) for page in _pages(bound.data)] == [
        "Lettre",
        "Un 2.3 p. 1/3 FIN-2027-003 Budget",
        "Trois 2.3 p. 3/3 FIN-2027-003 Budget",
    ]
    assert nothing.problem is Problem.BROKEN


@pytest.mark.parametrize("angle", [90, 180, 270])
async def test_a_turned_page_is_upright(angle: int) -> None:
    """Its own text reads as the reader of the paper saw it: the page's turn is within the drawing."""
    turned = _turned(paper("Haut"), angle)
    async with Binder() as binder:
        placed = await binder.place(turned, STAMP)
    (before,), (after,) = _pages(turned), _pages(placed.data)
    assert after.get_rotation() == 0
    assert (after.get_width() > after.get_height()) == (angle != 180)
    assert _corner(before) == _corner(after)


def _corner(page: pypdfium2.PdfPage) -> tuple[bool, bool]:
    """In which quarter of the page its ink is, the band apart: on the left, at the top."""
    bitmap = page.render(scale=0.5, grayscale=True)
    picture = bitmap.to_pil().crop((0, 18, bitmap.width, bitmap.height))
    left, top, _, _ = picture.point(lambda value: 255 if value < 200 else 0).getbbox() or (0, 0, 0, 0)
    return left < picture.width / 2, top < picture.height / 2


@pytest.mark.parametrize(
    ("size", "sheet"),
    [((612, 792), (595, 842)), ((420, 595), (595, 842)), ((1190, 842), (1191, 842)), ((2384, 1684), (2384, 1710))],
)
async def test_bigger_pages_go_on_bigger_sheets(size: tuple[int, int], sheet: tuple[int, int]) -> None:
    """A letter and a small page on A4, A3 on A3; a surveyor's plan keeps its size, a band above."""
    async with Binder() as binder:
        placed = await binder.place(_sized(*size), STAMP)
    (page,) = _pages(placed.data)
    assert tuple(map(round, page.get_size())) == sheet


async def test_what_acts_is_left_behind() -> None:
    """Scripts and links of a page and of its document; what is drawn of a note stays."""
    acting = bare(
        b"BT /F 20 Tf 50 700 Td (Corps) Tj ET q q q 5 0 0 5 0 0 cm",
        resources=b"",
        more=b"6 0 obj << /S /JavaScript /JS (app.alert\\(1\\)) >> endobj\n",
    ).replace(b"/Contents 4 0 R", b"/Contents 4 0 R /AA << /O 6 0 R >>")
    acting = acting.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction 6 0 R")
    async with Binder() as binder:
        placed = await binder.place(acting, STAMP)
        bound = await binder.bind([Part(placed.data)], [], title="Dossier", large=False)
    (page,) = _pages(bound.data)
    assert _text(page) == "Corps 2.3 p. 1/1 FIN-2027-003 Budget"
    assert not re.search(rb"JavaScript|OpenAction|/AA|alert", bound.data)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7 rien", Problem.BROKEN),
        (paper("x", password="secret"), Problem.ENCRYPTED),
        (b"Du texte.", Problem.UNSUPPORTED),
        (b"\x89PNG\r\n\x1a\n" + b"rien" * 20, Problem.BROKEN),
        (_sized(0.2, 0.2), Problem.BROKEN),
    ],
)
async def test_what_has_no_pages_says_why(data: bytes, problem: Problem) -> None:
    """And the next paper is placed as if nothing happened."""
    async with Binder() as binder:
        assert (await binder.place(data, STAMP)).problem is problem
        assert (await binder.place(paper("Suite"), STAMP)).pages == 1


async def test_a_bomb_costs_its_own_pages_only() -> None:
    """Sixty megabytes of spaces in a page, and a picture of hundreds of millions of dots."""
    bomb = zlib.compress(b" " * 60_000_000, 9)
    page = bare(b"").replace(
        b"<< /Length 0 >> stream\n\nendstream",
        b"<< /Length %d /Filter /FlateDecode >> stream\n" % len(bomb) + bomb + b"\nendstream",
    )
    huge = io.BytesIO()
    Image.new("1", (16_000, 16_000)).save(huge, "PNG")
    async with Binder() as binder:
        assert (await binder.place(page, STAMP)).pages in (0, 1)
        assert (await binder.place(huge.getvalue(), STAMP)).problem is Problem.BROKEN
        assert (await binder.place(paper("Suite"), STAMP)).pages == 1


async def test_a_photograph_is_upright_and_a_scanners_file_whole() -> None:
    """As its camera said it was held; each page of a TIFF."""
    photo, scan = io.BytesIO(), io.BytesIO()
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste((0, 0, 0), (0, 0, 100, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned: shown with its top on the right
    picture.save(photo, "JPEG", exif=exif)
    picture.save(scan, "TIFF", save_all=True, append_images=[picture, picture])
    async with Binder() as binder:
        upright = await binder.place(photo.getvalue(), STAMP)
        scanned = await binder.place(scan.getvalue(), STAMP)
    (page,) = _pages(upright.data)
    assert page.get_width() < page.get_height()
    assert _corner(page) == (False, True)
    assert scanned.pages == 3


async def test_in_large_margins_make_room_for_letters() -> None:
    """The same words are more than twice as high on A3."""
    async with Binder() as binder:
        plain = await binder.place(paper("\n".join(["Une ligne assez longue pour aller presque au bout."] * 40)), STAMP)
        large = await binder.place(
            paper("\n".join(["Une ligne assez longue pour aller presque au bout."] * 40)), Stamp("2.3", "x", large=True)
        )
    heights = [_height(_pages(each.data)[0]) for each in (plain, large)]
    assert heights[1] > 1.8 * heights[0]
    assert tuple(map(round, _pages(large.data)[0].get_size())) == (842, 1191)


def _height(page: pypdfium2.PdfPage) -> float:
    text = page.get_textpage()
    found = text.search("Une").get_next()
    assert found
    _, bottom, _, top = text.get_charbox(found[0])
    return float(top - bottom)


async def test_parts_are_bound_in_order_with_numbers_and_bookmarks() -> None:
    """The first part isn't numbered; one page may be taken of a part; a bookmark leads to the page of its part."""
    async with Binder() as binder:
        placed = await binder.place(paper("Un", "Deux"), STAMP)
        parts = [Part(paper("Couverture")), Part(placed.data), Part(paper("Avis 0", "Avis 1"), page=1)]
        marks = [Mark(0, 0, 0, "Début"), Mark(0, 1, 0, "Point 2"), Mark(1, 1, 1, "Suite"), Mark(0, 2, 0, "Avis")]
        bound = await binder.bind(parts, marks, title="Dossier d'essai", large=False)
    assert [_text(page) for page in _pages(bound.data)] == [
        "Couverture",
        "Un 2.3 p. 1/2 FIN-2027-003 Budget 2",
        "Deux 2.3 p. 2/2 FIN-2027-003 Budget 3",
        "Avis 1 4",
    ]
    document = pypdfium2.PdfDocument(bound.data)
    assert [(each.level, each.get_title(), each.get_dest().get_index()) for each in document.get_toc()] == [
        (0, "Début", 0),
        (0, "Point 2", 1),
        (1, "Suite", 2),
        (0, "Avis", 3),
    ]
    assert document.get_metadata_value("Title") == "Dossier d'essai"


@pytest.mark.parametrize("identifier", ["da003fd7083e7059b469fad2d562c3e5", "fffe3041", "feff0041"])
async def test_an_identifier_that_reads_as_words_of_any_encoding_stops_nothing(identifier: str) -> None:
    """It is drawn at random: one in three hundred was taken for UTF-16, whose decoder could not be loaded any more."""
    named = re.sub(rb"<[0-9a-f]{32}>", b"<%s>" % identifier.encode(), paper("Un"))
    assert identifier.encode() in named
    async with Binder() as binder:
        assert (await binder.place(named, STAMP)).problem is None
        assert (await binder.bind([Part(named)], [], title="x", large=False)).pages == 1


async def test_what_can_t_be_bound_is_told() -> None:
    """It may work later: nobody gets half a dossier."""
    async with Binder() as binder:
        with pytest.raises(Unbound):
            await binder.bind([Part(b"rien")], [], title="x", large=False)
