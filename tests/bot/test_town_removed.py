"""Messages removed in an app, on a real homeserver: whoever removes a paper's message is asked whether the paper goes too."""

from pathlib import Path

import pytest

from bot.demo.papers import ROOF, make_pdf
from tests.bot.conftest import Matrix
from tests.bot.hall import Hall, open_hall
from tests.bot.test_town_talk import number

pytestmark = pytest.mark.matrix
REMOVED = "Vous avez supprimé le message qui portait"


async def files(hall: Hall, name: str, data: bytes) -> tuple[str, str]:
    """Somebody drops a paper in a commission's room; the event's id, and the paper's reference."""
    person = hall.people[name]
    event_id = await person.drops(hall.room(name, "EAU"), data, "devis.pdf")
    return event_id, number(await hall.answer(name, event_id))


async def test_who_removes_a_paper_s_message_is_asked_whether_the_paper_goes_too(
    matrix: Matrix, tmp_path: Path
) -> None:
    """In private; "oui" takes it away for all, an answer that never comes changes nothing."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux", "vidal")
    async with hall.running():
        await hall.find("EAU", "roux", "vidal")
        await hall.find("", "roux", "vidal")
        dropped, reference = await files(hall, "roux", make_pdf(ROOF))
        assert reference in await hall.asks("vidal", "documents")
        await hall.people["roux"].client.redact(hall.room("roux", "EAU"), dropped, "removed-1", "mauvais fichier")
        asked = await hall.hears("roux", REMOVED)
        said = str(asked.content["body"])
        assert reference in said
        assert "Faut-il le retirer aussi ?" in said
        assert reference in await hall.asks("vidal", "documents")
        assert (await hall.asks("roux", "oui")).startswith(f"{reference} est retiré.")
        assert reference not in await hall.asks("vidal", "documents")
        assert not [event for event in hall.people["vidal"].heard if REMOVED in str(event.content.get("body", ""))]


async def test_a_thumb_under_the_question_is_an_answer(matrix: Matrix, tmp_path: Path) -> None:
    """The councillor who dropped the wrong file removes it, and answers by a reaction."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux", "vidal")
    async with hall.running():
        await hall.find("EAU", "roux", "vidal")
        await hall.find("", "roux", "vidal")
        dropped, reference = await files(hall, "vidal", make_pdf(ROOF))
        vidal = hall.people["vidal"]
        await vidal.client.redact(hall.room("vidal", "EAU"), dropped, "removed-1")
        asked = await hall.hears("vidal", REMOVED)
        await vidal.reacts(asked, "✅")
        await hall.hears("vidal", f"{reference} est retiré.")
        assert reference not in await hall.asks("roux", "documents")
