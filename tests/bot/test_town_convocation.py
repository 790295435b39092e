"""A convocation on a real homeserver, with encrypted apps: the files that follow it can be opened."""

from pathlib import Path

import pypdfium2
import pytest
from icalendar import Calendar

from tests.bot.conftest import Matrix
from tests.bot.hall import open_hall

pytestmark = pytest.mark.matrix
PAPER = "Morel;Colette;;conseiller;;;"
SHOWN = "Répondez oui ou non."


async def test_what_follows_a_convocation_can_be_opened(matrix: Matrix, tmp_path: Path) -> None:
    """The session for a calendar, to each; the letters to print, to who hands them over; the certificate on request."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    hall.save(PAPER)
    async with hall.running():
        await hall.find("CM", "arnaud")
        await hall.find("", "arnaud", "roux")
        assert SHOWN in await hall.asks("arnaud", "!séance CM dans 30 jours à 20 h à la mairie")
        await hall.asks("arnaud", "oui")
        await hall.asks("arnaud", "!point CM Budget primitif")
        assert SHOWN in await hall.asks("arnaud", "!convoquer CM")
        await hall.asks("arnaud", "oui")
        for who, start, mime in (
            ("roux", "séance CM-", "text/calendar"),
            ("arnaud", "CM-", "application/pdf"),
        ):
            sent = await hall.hears(who, start)
            assert sent.content["info"]["mimetype"] == mime
            data = await hall.people[who].client.fetch(sent.content, 1_000_000)
            if mime == "text/calendar":
                assert "Conseil municipal" in str(Calendar.from_ical(data).walk("VEVENT")[0]["summary"])
            else:
                assert len(pypdfium2.PdfDocument(data)) == 2
        await hall.asks("arnaud", "!accusés CM attestation")
        sent = await hall.hears("arnaud", "attestation CM-")
        assert str(sent.content["body"]).endswith(".pdf")
        data = await hall.people["arnaud"].client.fetch(sent.content, 1_000_000)
        text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
        assert "Attestation d'envoi et de réception" in text
