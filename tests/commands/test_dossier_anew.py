"""A dossier that is made anew by itself: what changes it, when it comes, for whom."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.town import Town, room_id
from storage.states import NoticeKind
from storage.tables import Notice
from tests.commands.dossiers import FILE, SESSION, bound, drops, pages_of
from tests.storage.makers import paper

REFAIT = f"Dossier refait : {SESSION}. Depuis celui du "


async def test_it_is_made_anew_once_all_is_quiet(town: Town) -> None:
    """Ten minutes after the last change, in one line, with the file; one a day, then on the morning of the session."""
    await town.says("vidal", "dossier eau")
    assert await town.waits(timedelta(hours=1)) == ""
    await town.says("roux", "!point Travaux rue Haute", room="EAU")
    assert await town.waits(timedelta(minutes=9)) == ""
    await drops(town, paper("Rapport"), "rapport.pdf", "Rapport, point 2")
    assert await town.waits(timedelta(minutes=9)) == ""
    assert (
        await town.waits(timedelta(minutes=2))
        == f"{REFAIT}lundi 2 mars 2026 à 9 h : EAU-2026-002 (nouveau) et l'ordre du jour. Le nouveau arrive ici.\n\n{FILE}"
    )
    assert "2.1 Rapport" in pages_of(await bound(town))[1]
    await town.says("vidal", "question sans nom Et son bruit ?")
    await town.says("roux", "!point 2 pour avis", room="EAU")
    assert REFAIT not in await town.waits(timedelta(hours=13))
    assert (await town.waits(timedelta(hours=9))).endswith(
        f"{REFAIT}lundi 2 mars 2026 à 10 h 19 : l'ordre du jour et les questions. Le nouveau arrive ici.\n\n{FILE}"
    )
    assert REFAIT not in await town.waits(timedelta(days=15))
    await town.says("roux", "!séance lieu : salle des fêtes oui", room="EAU")
    assert "la date ou le lieu" in await town.waits(timedelta(minutes=11))
    await town.says("roux", "!retirer EAU-2026-002 oui", room="EAU")
    assert REFAIT not in await town.waits(timedelta(minutes=11))
    assert "EAU-2026-002 (n'y est plus)" in await town.waits(timedelta(days=1))


CHANGES = {
    "vidal: !question point 1 Et le bruit ?": "les questions",
    "roux: !classer EAU-2026-001 Devis de la société Hydra": "",
    "roux: !point retirer 1 oui": "l'ordre du jour",
    "roux: !reporter jeudi 2 avril à 20 h oui": "la date ou le lieu",
    "roux: !partager EAU-2026-001 CM": "",
    "roux: !annuler oui": "",
    "petit: !rappel demain à 9 h relire": "",
}


@pytest.mark.parametrize("line", CHANGES)
async def test_what_changes_a_dossier_is_seen(town: Town, line: str) -> None:
    """Whatever the command; what changes nothing that it says, or ends the session, makes none anew."""
    await town.says("roux", "!dossier", room="EAU")
    who, _, words = line.partition(": ")
    await town.says(who, words, room="" if who == "petit" else "EAU")
    said = await town.waits(timedelta(minutes=11))
    assert ("Dossier refait" in said) is bool(CHANGES[line])
    assert CHANGES[line] in said


async def test_a_question_without_a_name_moves_nothing_before_it_is_shown(town: Town) -> None:
    """The schedule must not tell when it was asked."""
    await town.says("vidal", "dossier eau")
    before = await _looks(town)
    await town.says("vidal", "question sans nom Et son bruit ?")
    assert await _looks(town) == before
    assert "les questions" in await town.waits(timedelta(hours=5))


async def _looks(town: Town) -> list[tuple[Any, Any]]:
    async with town.database.read() as session:
        rows = await session.scalars(select(Notice).where(Notice.kind == NoticeKind.DOSSIER))
        return [(row.due_at, row.state) for row in rows]


async def test_who_asked_and_left_gets_nothing_more(town: Town) -> None:
    """In the room, it is made for another member; never in private for who sits there no more."""
    await town.says("vidal", "dossier eau")
    await town.says("vidal", "!dossier", room="EAU")
    await town.leaves("vidal", "EAU")
    town.clock.push(timedelta(days=1))
    await town.says("roux", "!point Travaux rue Haute", room="EAU")
    before = len(town.heard)
    await town.waits(timedelta(minutes=11))
    assert [where for where, _ in town.heard[before:]] == [room_id("", "EAU")] * 2
    assert "Travaux rue Haute" in pages_of(await bound(town))[1]
