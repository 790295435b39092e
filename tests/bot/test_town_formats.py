"""What a town hall produces, dropped in a real encrypted room: letters, archives, older files, scans, and a bomb."""

import time
from pathlib import Path

import pytest

from storage.extract import tesseract
from tests.bot.conftest import Matrix
from tests.bot.hall import LIMIT, open_hall
from tests.storage.makers import letter, ppt, xls, zipped
from tests.storage.test_extract_pictures import picture, scanned

pytestmark = pytest.mark.matrix


async def test_letters_archives_and_older_files_are_filed(matrix: Matrix, tmp_path: Path) -> None:
    """The attachments of a letter with it, a file of an archive by its number, a bomb as any paper; the bot goes on."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "vidal")
    async with hall.running():
        await hall.find("EAU", "vidal")
        message = letter("Bonjour.", ("budget.xls", xls({"Budget": [["Pompe", 1200.0]]})), subject="Budget de la pompe")
        assert (await hall.drops("vidal", message.as_bytes(), "lettre.eml", "EAU")).startswith(
            "Classé : EAU-2026-001 Budget de la pompe.\n\nJointe au courriel EAU-2026-001 :\n\n- EAU-2026-002 Budget"
        )
        slides = ppt(("Le réservoir des Buttes", "Source : mairie"))
        assert "1. plan.ppt" in await hall.drops("vidal", zipped({"plan.ppt": slides, "b": "c"}), "plans.zip", "EAU")
        answer = await hall.asks("vidal", "1", "EAU")
        assert answer == "Tiré de l'archive EAU-2026-003 Plans :\n\n- EAU-2026-004 Le réservoir des Buttes (1 page)"
        bomb = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a>" * 5_000_000})
        assert "EAU-2026-005" in await hall.drops("vidal", bomb, "\u202efdp.odt", "EAU")
        assert "EAU-2026-002" in await hall.asks("vidal", "!chercher pompe 1200", "EAU")


@pytest.mark.skipif(tesseract() is None, reason="the system has no Tesseract")
async def test_a_scan_is_found_by_its_letters_soon_after(matrix: Matrix, tmp_path: Path) -> None:
    """It is filed at once; what it says is found once it was recognised, without asking anything."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "vidal")
    async with hall.running():
        await hall.find("EAU", "vidal")
        said = await hall.drops("vidal", scanned(picture()), "scan.pdf", "EAU")
        assert said.startswith("Classé : EAU-2026-001 Scan (2 pages). Ce sont des pages numérisées")
        until = time.monotonic() + 2 * LIMIT
        while "EAU-2026-001" not in await hall.asks("vidal", "!chercher budget voté", "EAU"):
            assert time.monotonic() < until
