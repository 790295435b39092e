"""A session's dossier as the tests of it read it."""

import pypdfium2

from bot.town import Town
from commands.letters import Shelf, bind
from storage.states import OutboxKind
from storage.tables import Outgoing

SESSION = "Commission de l'eau, jeudi 26 mars 2026 à 18 h 30, mairie"
READY = "Le fichier arrive ici dès qu'il est prêt."
FILE = "[fichier : dossier EAU 2026-03-26]"


async def bound(town: Town, row: Outgoing | None = None) -> bytes:
    """A dossier that the bot owed, the last one, bound."""
    owed = row or town.documents[-1]
    assert owed.kind is OutboxKind.DOSSIER
    made = await bind(Shelf(town.database, town.files, town.commune), owed.content, town.clock.now())
    return made.data


def pages_of(data: bytes) -> list[str]:
    """The words of each of its pages."""
    document = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


async def drops(town: Town, data: bytes, name: str, caption: str) -> None:
    """Put a file in the water commission's room, under an event that its name tells."""
    await town.drops("roux", data, name, caption=caption, room="EAU", event_id=f"${name}")
