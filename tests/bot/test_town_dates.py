"""Dates proposed on a real homeserver: Matrix's own poll, its votes and its end, all within encryption."""

import asyncio
from pathlib import Path

import pytest

from bot.matrix.events import Event
from bot.polls import RESPONSE
from tests.bot.conftest import Matrix
from tests.bot.hall import LIMIT, Hall, open_hall

pytestmark = pytest.mark.matrix
START, END = "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.end"


async def _vote(hall: Hall, name: str, poll: Event, *answers: str) -> None:
    relation = {"rel_type": "m.reference", "event_id": poll.event_id}
    content = {"m.relates_to": relation, RESPONSE: {"answers": list(answers)}}
    await hall.people[name].client.send(hall.room(name, "EAU"), RESPONSE, content, f"vote-{name}-{'-'.join(answers)}")


async def _standing(hall: Hall, wanted: str) -> str:
    """The answers as the chair is shown them, once they say so: votes are heard in their own time."""
    async with asyncio.timeout(LIMIT):
        while wanted not in (shown := await hall.asks("roux", "!dates", "EAU")):
            await hall.people["roux"].listen(500)
    return shown


async def test_votes_of_an_encrypted_poll_count_and_the_session_ends_it(matrix: Matrix, tmp_path: Path) -> None:
    """A poll beside the numbered message, a vote changed in it, a number as a reaction; then the session is made."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux", "vidal")
    async with hall.running():
        await hall.find("EAU", "roux", "vidal", "arnaud")
        await hall.asks("roux", "!dates dans 3 semaines ; dans 4 semaines ; dans 5 semaines à 20 h", "EAU")
        await hall.says("roux", "oui", "EAU")
        poll = await hall.people["vidal"].hears(lambda event: event.type == START, LIMIT)
        assert poll.encrypted
        assert [answer["id"] for answer in poll.content[START]["answers"]] == ["1", "2", "3"]
        await _vote(hall, "vidal", poll, "1")
        await _vote(hall, "vidal", poll, "2", "3")
        message = await hall.hears("arnaud", "Quelles dates vous conviennent ?", "EAU")
        await hall.people["arnaud"].reacts(message, "2️⃣")
        shown = await _standing(hall, "2 disponibles")
        assert "1 disponible (Lucie Vidal)" in shown
        assert ": personne" in shown
        assert "C'est bien cela ?" in await hall.asks("roux", "!séance 2 à la mairie", "EAU")
        await hall.says("roux", "oui", "EAU")
        end = await hall.people["vidal"].hears(lambda event: event.type == END, LIMIT)
        assert end.content["m.relates_to"]["event_id"] == poll.event_id
