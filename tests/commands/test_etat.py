"""What the administrator reads of the bot's health."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.town import Town
from commands import Facts
from storage.states import JournalKind, OutboxKind
from storage.store import Store
from tests.storage.makers import paper


async def test_a_quiet_town_where_no_bot_looks(town: Town) -> None:
    """What the database knows, and no more."""
    assert await town.says("martin", "!état") == (
        "État\n\n- 0 message en attente\n- 0 envoi refusé\n- 0 message reçu mis de côté\n- 0 rappel mis de côté\n"
        "- dernière sauvegarde : aucune"
    )


async def test_all_that_there_is_to_know(town: Town) -> None:
    """Waiting, refused and why, the homeserver, clock, disk, keys, the last backup."""
    now = town.clock.now()
    facts = Facts(now, now, True, 50, 2, 12.4, 12_300_000_000, 3_400_000)
    town.commune = replace(town.commune, facts=lambda: facts)
    async with town.database.begin() as session:
        store = Store(session, "a", now)
        await store.outbox.owe(OutboxKind.MESSAGE, {}, room_id="!eau")
        [head] = await store.outbox.heads(())
        await store.outbox.failed(head.row.id, "403 M_FORBIDDEN")
        await store.journal.add(JournalKind.BACKUP, size="12 Mo")
    town.clock.push(timedelta(hours=1))
    assert await town.says("martin", "!état") == (
        "État\n\n- 0 message en attente\n- 1 envoi refusé\n- 0 message reçu mis de côté\n- 0 rappel mis de côté\n"
        "- dernière nouvelle du serveur Matrix : lundi 2 mars 2026 à 9 h\n"
        "- horloge : 12 s d'écart avec le serveur Matrix\n- disque : 12 Go libres\n- base de données : 3,4 Mo\n"
        "- clés : appareil signé, 50 clés à usage unique, 2 messages illisibles depuis le démarrage\n"
        "- dernière sauvegarde : lundi 2 mars 2026 à 9 h (12 Mo)\n"
        "- refusé le lundi 2 mars 2026 à 9 h : 403 M_FORBIDDEN"
    )


@pytest.mark.parametrize(
    ("reads", "said"),
    [
        (True, "papiers numérisés : 2 pages à lire"),
        (
            False,
            "papiers numérisés : 2 pages ne peuvent pas être cherchées, il manque Tesseract (apt-get install tesseract-ocr tesseract-ocr-fra)",
        ),
    ],
)
async def test_scanned_pages_that_wait_are_told(town: Town, reads: bool, said: str) -> None:
    """How many, and what they wait for."""
    await town.drops("vidal", paper("Le conseil municipal vote.", "", ""), "scan.pdf", room="EAU")
    now = town.clock.now()
    facts = Facts(now, now, True, 50, 0, 0, 12_300_000_000, 3_400_000, reads)
    town.commune = replace(town.commune, facts=lambda: facts)
    assert f"\n- {said}\n" in await town.says("martin", "!état")


async def test_it_is_for_the_administrator(town: Town) -> None:
    """Nobody else."""
    assert "réservée" in await town.says("roux", "!état")
