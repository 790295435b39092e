"""Hostile files: each is answered within its limits, says what it is, and takes nothing with it."""

import struct
import time
from collections.abc import Callable

import pytest

from storage.extract import Extraction, Extractor, Kind, Limits, Problem
from tests.storage.hostile import ARCHIVES, BOMBS, FILED, part
from tests.storage.makers import (
    doc,
    docx,
    letter,
    open_document,
    paper,
    paragraph,
    pptx,
    xlsx,
    zipped,
)


async def answered(data: bytes, limits: Limits | None = None) -> Extraction:
    """What is read of a file, in less than its time."""
    start = time.monotonic()
    read = await Extractor(limits).extract(data)
    assert time.monotonic() - start < 25
    return read


@pytest.mark.parametrize("name", BOMBS)
async def test_a_bomb_is_answered(name: str) -> None:
    """Whatever it wants to unpack or repeat, the file is left within its limits and said for what it is."""
    make, problems = BOMBS[name]
    assert (await answered(make())).problem in problems


async def test_a_cell_at_the_end_of_the_world_is_a_cell() -> None:
    """A row is a line, wherever a cell claims to be: nothing is filled in between."""
    row = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert (await answered(xlsx({"Feuille": row}))).pages == ("Feuille\n1\n2",)


async def test_repeated_cells_of_opendocument_are_one() -> None:
    """A cell or a row repeated a billion times is read once; a million spaces are a few."""
    body = (
        '<table:table table:name="F"><table:table-row table:number-rows-repeated="1000000000"><table:table-cell '
        'table:number-columns-repeated="1000000000"><text:p>Eau<text:s text:c="999999999"/></text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    assert (await answered(open_document("spreadsheet", body))).pages == ("F\nEau |",)


async def test_numbers_that_lie_are_left() -> None:
    """Texts, styles and days out of reach, infinite numbers: the others are read."""
    row = (
        '<row><c t="s"><v>99</v></c><c t="s"><v>-1</v></c><c s="999999"><v>1e999</v></c><c><v>non</v></c>'
        '<c s="1"><v>9999999999</v></c><c><v>7</v></c></row>'
    )
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    assert (await answered(xlsx({"F": row}, styles=styles))).pages == ("F\n9999999999 | 7",)


async def test_names_in_an_archive_are_made_harmless() -> None:
    """No folder above, no control and no change of direction in what is shown and searched."""
    found = await answered(zipped({"../../etc/passwd": "x", "devis\u202efdp.exe": "x", "a\x07b\nc.txt": "x"}))
    assert found.pages == ("etc/passwd\ndevisfdp.exe\nab c.txt",)


async def test_a_program_in_a_letter_is_only_bytes() -> None:
    """Attachments are given as they are, never opened; too many are cut."""
    message = letter("Bonjour", *((f"{n}.exe", b"MZ") for n in range(300)))
    found = await answered(message.as_bytes())
    assert found.problem is None
    assert [attached.data for attached in found.attachments] == [b"MZ"] * 100


WHOLE: dict[str, Callable[[], bytes]] = {
    "docx": lambda: docx(paragraph("Le conseil vote le budget.") * 50),
    "xlsx": lambda: xlsx({"F": '<row><c t="str"><v>Eau</v></c></row>' * 50}),
    "pptx": lambda: pptx("Budget", "Eau"),
    "odt": lambda: open_document("text", "<text:p>Le conseil vote.</text:p>" * 50),
    "doc": lambda: doc("Le conseil vote le budget.\r" * 200),
    "eml": lambda: letter("Bonjour", ("a.bin", bytes(range(256)))).as_bytes(),
    "rtf": lambda: b"{\\rtf1\\ansi {\\fonttbl{\\f0 Arial;}} Le conseil vote.\\par}",
    "html": lambda: b"<!doctype html><title>Eau</title><p>Le conseil <table><tr><td>vote",
}


@pytest.mark.parametrize("kind", WHOLE)
async def test_a_truncated_file_is_answered(kind: str) -> None:
    """Cut anywhere, a file is broken or partly read; nothing raises."""
    data = WHOLE[kind]()
    for cut in (12, len(data) // 3, len(data) // 2, len(data) - 3):
        assert (await answered(data[:cut])).problem in (None, Problem.BROKEN, Problem.ARCHIVE, Problem.UNSUPPORTED)


async def test_a_broken_part_keeps_what_was_read() -> None:
    """XML cut in its middle gives its beginning, and says that it isn't whole."""
    found = await answered(part("<document><p><t>Le conseil vote</t></p><p><t>le bud"))
    assert found == Extraction(Kind.DOCX, ("Le conseil vote\nle bud",), None, "Le conseil vote", Problem.BROKEN)


async def test_a_zip_that_lies_about_its_sizes_is_broken() -> None:
    """Sizes and checksums that don't hold end the reading."""
    data = bytearray(docx(paragraph("Eau") * 1000))
    at = data.index(b"PK\x01\x02", data.index(b"word/document.xml") + 1)
    data[at + 16 : at + 20] = struct.pack("<I", 1)
    found = await answered(bytes(data))
    assert found.problem in (Problem.BROKEN, None)


@pytest.mark.parametrize("name", FILED)
async def test_a_hostile_paper_is_answered_and_the_next_is_read(name: str) -> None:
    """By the very process that splits for each file: what one file did is nothing to the next."""
    make, problems = FILED[name]
    async with Extractor(program="") as extractor:
        start = time.monotonic()
        assert (await extractor.extract(make())).problem in problems
        assert time.monotonic() - start < 45
        assert (await extractor.extract(paper("Le conseil municipal vote."))).problem is None


@pytest.mark.parametrize("name", ARCHIVES)
async def test_what_comes_out_of_a_hostile_archive_is_bounded(name: str) -> None:
    """Never above the bound, whatever it announces."""
    async with Extractor(program="") as extractor:
        unpacked = await extractor.unpack(ARCHIVES[name](), [], 20_000_000)
    assert sum(len(file.data) for file in unpacked.files) <= 200_000_000
