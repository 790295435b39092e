"""A paper replaced, on a real homeserver: what changed is told by how its pages look, behind the answers."""

import asyncio
from pathlib import Path

import pytest

from tests.bot.conftest import Matrix
from tests.bot.hall import LIMIT, open_hall
from tests.bot.test_town_talk import number
from tests.storage.test_looks import drawn, nothing, signature

pytestmark = pytest.mark.matrix


async def test_a_signature_added_to_a_page_is_told(matrix: Matrix, tmp_path: Path) -> None:
    """The same words, another drawing; known a moment after the answer, which didn't wait for it."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    async with hall.running():
        await hall.find("EAU", "roux")
        await hall.find("", "roux")
        reference = number(await hall.drops("roux", drawn(nothing, nothing), "plan.pdf", "EAU"))
        newer = drawn(nothing, signature)
        said = await hall.drops("roux", newer, "plan.pdf", "EAU", caption=f"remplacer {reference}")
        assert "version 2 (2 pages), désormais en vigueur." in said
        async with asyncio.timeout(LIMIT):
            while "Je compare encore" in (said := await hall.asks("roux", f"versions {reference}")):
                continue
        assert "page 2 (le dessin a changé)" in said


async def test_a_file_replaces_a_paper_called_by_its_words(matrix: Matrix, tmp_path: Path) -> None:
    """In the room, by its caption and a number; then in private, nobody knowing a reference."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    async with hall.running():
        await hall.find("EAU", "roux")
        await hall.find("", "roux")
        reference = number(await hall.drops("roux", drawn(nothing), "plan.pdf", "EAU", caption="Plan de la source"))
        said = await hall.drops("roux", drawn(signature), "v2.pdf", "EAU", caption="remplacer le plan")
        assert f"Quel document remplace-t-il ?\n\n1. {reference} Plan de la source" in said
        assert "version 2" in await hall.asks("roux", "1", "EAU")
        assert f"1. {reference} Plan de la source" in await hall.asks("roux", "je veux retirer le plan")
        assert "ne sera plus ni montré ni trouvé" in await hall.asks("roux", "1")
