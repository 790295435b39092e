"""What a town hall produces, dropped in a real encrypted room: letters, archives, older files, scans, and a bomb."""

import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from council.clock import HandClock
from storage.extract import tesseract
from tests.bot.conftest import Matrix
from tests.bot.hall import LIMIT, Hall, open_hall
from tests.storage.makers import (
    compound,
    doc,
    docx,
    letter,
    open_document,
    paper,
    paragraph,
    ppt,
    pptx,
    xls,
    xlsx,
    zipped,
)
from tests.storage.test_extract_pictures import picture, scanned

pytestmark = pytest.mark.matrix
_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>bergerie</t></is></c></row>'
_CELL = "<table:table-row><table:table-cell><text:p>cordonnerie</text:p></table:table-cell></table:table-row>"
_MESSAGE = {
    "__substg1.0_0037001F": "Devis".encode("utf-16-le"),
    "__substg1.0_1000001F": "La forge est fermée.".encode("utf-16-le"),
}
EVERY = {
    "pdf": ("abreuvoir", paper("Un abreuvoir de pierre.")),
    "docx": ("aqueduc", docx(paragraph("Un aqueduc romain."))),
    "xlsx": ("bergerie", xlsx({"Budget": _ROW})),
    "pptx": ("calvaire", pptx("Le calvaire du bourg")),
    "odt": ("chapelle", open_document("text", "<text:p>La chapelle est close.</text:p>")),
    "ods": ("cordonnerie", open_document("spreadsheet", f'<table:table table:name="Budget">{_CELL}</table:table>')),
    "odp": ("donjon", open_document("presentation", "<draw:page><text:p>Le donjon</text:p></draw:page>")),
    "doc": ("lavoir", doc("Le lavoir est à repeindre.\r")),
    "xls": ("moulin", xls({"Budget": [["moulin", 1.0]]})),
    "ppt": ("pigeonnier", ppt(("Le pigeonnier", "Source : mairie"))),
    "msg": ("forge", compound(_MESSAGE)),
    "eml": ("tannerie", letter("La tannerie ferme.", subject="Avis").as_bytes()),
    "rtf": ("verger", rb"{\rtf1\ansi Le verger communal.}"),
    "html": ("tuilerie", b"<!DOCTYPE html><html><body><p>La tuilerie est vendue.</p></body></html>"),
    "csv": ("scierie", b"Nom;Prix\nscierie;12\nhalle;14\n"),
    "txt": ("puits", b"Un puits couvert."),
    "zip": ("cadastre", zipped({"cadastre.dwg": b"x"})),
    "bin": ("", b"\x00\x01\x02 nothing known"),
}
"""For each kind of file, by its name's end: a word that no other holds (none where it can't be read), and the file."""
MORNING = datetime(2027, 3, 1, 9, tzinfo=ZoneInfo("Europe/Paris"))


async def _found(hall: Hall, word: str, reference: str) -> None:
    """A file whose reading takes long is found a little later than it is filed."""
    until = time.monotonic() + LIMIT
    while reference not in (said := await hall.asks("vidal", f"!chercher {word}", "EAU")):
        assert time.monotonic() < until, said


async def test_every_kind_is_filed_found_and_sent_back(matrix: Matrix, tmp_path: Path) -> None:
    """By its reference, by a word that is inside, and byte for byte."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "vidal")
    async with hall.running(HandClock(MORNING)):
        await hall.find("EAU", "vidal")
        for number, (kind, (word, data)) in enumerate(EVERY.items(), start=1):
            reference = f"EAU-2027-{number:03}"
            assert f"Classé : {reference}" in await hall.drops("vidal", data, f"{number:02}.{kind}", "EAU")
            if word:
                await _found(hall, word, reference)
            await hall.says("vidal", f"!envoyer {reference}", "EAU")
            sent = await hall.hears("vidal", f"{number:02}.{kind}", "EAU")
            assert await hall.people["vidal"].client.fetch(sent.content, 1_000_000) == data


async def test_letters_archives_and_older_files_are_filed(matrix: Matrix, tmp_path: Path) -> None:
    """The attachments of a letter with it, a file of an archive by its number, a bomb as any paper; the bot goes on."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "vidal")
    async with hall.running(HandClock(MORNING)):
        await hall.find("EAU", "vidal")
        message = letter("Bonjour.", ("budget.xls", xls({"Budget": [["Pompe", 1200.0]]})), subject="Budget de la pompe")
        assert (await hall.drops("vidal", message.as_bytes(), "lettre.eml", "EAU")).startswith(
            "Classé : EAU-2027-001 Budget de la pompe.\n\nJointe au courriel EAU-2027-001 :\n\n- EAU-2027-002 Budget"
        )
        slides = ppt(("Le réservoir des Buttes", "Source : mairie"))
        assert "1. plan.ppt" in await hall.drops("vidal", zipped({"plan.ppt": slides, "b": "c"}), "plans.zip", "EAU")
        answer = await hall.asks("vidal", "1", "EAU")
        assert answer == "Tiré de l'archive EAU-2027-003 Plans :\n\n- EAU-2027-004 Le réservoir des Buttes (1 page)"
        bomb = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a>" * 5_000_000})
        assert "EAU-2027-005" in await hall.drops("vidal", bomb, "\u202efdp.odt", "EAU")
        assert "EAU-2027-002" in await hall.asks("vidal", "!chercher pompe 1200", "EAU")


@pytest.mark.skipif(tesseract() is None, reason="the system has no Tesseract")
async def test_a_scan_is_found_by_its_letters_soon_after(matrix: Matrix, tmp_path: Path) -> None:
    """It is filed at once; what it says is found once it was recognised, without asking anything."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "vidal")
    async with hall.running(HandClock(MORNING)):
        await hall.find("EAU", "vidal")
        said = await hall.drops("vidal", scanned(picture()), "scan.pdf", "EAU")
        assert said.startswith("Classé : EAU-2027-001 Scan (2 pages). Ce sont des pages numérisées")
        until = time.monotonic() + 2 * LIMIT
        while "EAU-2027-001" not in await hall.asks("vidal", "!chercher budget voté", "EAU"):
            assert time.monotonic() < until
