"""A session's dossier: what it holds and for whom, in which order, what is said of what changed, what can't be bound."""

import io
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from bot.erasing import erase_expired
from bot.town import Town, room_id
from commands._dossier import tell_unmade
from commands.letters import Unmade
from storage.states import OutboxKind
from storage.store import Store
from tests.commands.dossiers import FILE, READY, SESSION, bound, drops, pages_of
from tests.storage.makers import paper


def _marks(data: bytes) -> list[tuple[int, str, int]]:
    """The bookmarks: depth, words, page from 1."""
    found = []
    for mark in pypdfium2.PdfDocument(data).get_toc():
        target: Any = mark.get_dest()
        found.append((mark.level, mark.get_title(), target.get_index() + 1))
    return found


def _plan() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (400, 200), (0, 90, 0, 255)).save(out, "PNG")
    return out.getvalue()


async def test_all_of_a_session_is_bound_in_the_agendas_order(town: Town) -> None:
    """Cover, agenda with the pages' numbers, papers with their stamps, a page for each that can't be; bookmarks to all."""
    await town.says("roux", "!point Travaux rue Haute pour avis", room="EAU")
    await drops(town, paper("Rapport, une", "Rapport, deux"), "rapport.pdf", "Rapport, point 1")
    await drops(town, paper("Tarifs"), "tarifs.pdf", "Tarifs de l'œuvre, point 1")
    await drops(town, _plan(), "plan.png", "Plan, point 2")
    await drops(town, paper("x", password="secret"), "bail.pdf", "Bail")
    await town.says("vidal", "!question point 1 Le devis comprend-il la clôture ?", room="EAU")
    await town.says("roux", "!répondre 1 Oui, elle est comprise.", room="EAU")
    await town.says("vidal", "question sans nom Et son bruit ?")
    await town.waits(timedelta(hours=5))
    said = await town.says("roux", "!dossier", room="EAU")
    assert said == f"Dossier : {SESSION}\n\nJe le prépare : 5 documents, 6 pages. {READY}\n\n{FILE}"
    data = await bound(town)
    cover, agenda, devis, *papers, plan, bail, questions = pages_of(data)
    assert cover.startswith(
        "RÉPUBLIQUE FRANÇAISE Commune de Sainte-Colombe Dossier de séance Commission de l'eau jeudi 26 mars 2026 à 18 h 30 mairie 5 "
        "documents, 6 pages. Fait le lundi 2 mars 2026 à 14 h, des documents en vigueur à ce moment et que peut voir qui l'a demandé."
    )
    assert agenda == (
        "Ordre du jour 1. Réservoir des Buttes (rapporteur : Hugo Roux) 1.1 Devis du réservoir EAU-2026-001, non repris ici 3 "
        "1.2 Rapport EAU-2026-002, 2 pages 4 1.3 Tarifs de l'œuvre EAU-2026-003, 1 page 6 2. Travaux rue Haute (pour avis) 2.1 Plan "
        "EAU-2026-004, 1 page 7 Autres documents de la séance A.1 Bail EAU-2026-005, non repris ici 8 "
        "Questions et réponses (2 questions, dont 1 question sans réponse) 9"
    )
    assert devis == (
        "1.1 p. 1/1 EAU-2026-001 Devis du réservoir Devis du réservoir EAU-2026-001 Ce fichier (devis-reservoir.txt, 247 octets) n'est "
        "ni un PDF ni une image : ses pages ne peuvent pas être reprises ici. Pour le lire, écrivez à l'appariteur : "
        "envoyer EAU-2026-001. La mairie peut aussi vous le donner. 3"
    )
    assert papers == [
        "Rapport, une 1.2 p. 1/2 EAU-2026-002 Rapport 4",
        "Rapport, deux 1.2 p. 2/2 EAU-2026-002 Rapport 5",
        "Tarifs 1.3 p. 1/1 EAU-2026-003 Tarifs de l'œuvre 6",
    ]
    assert plan == "2.1 p. 1/1 EAU-2026-004 Plan 7"
    assert "Ce PDF est protégé par un mot de passe" in bail
    assert questions == (
        "Questions et réponses 2 questions, dont 1 question sans réponse Question 1 sur le point 1 (Réservoir des Buttes), Lucie Vidal "
        "Le devis comprend-il la clôture ? Réponse de Hugo Roux : Oui, elle est comprise. Question 2, posée sans nom Et son bruit ? "
        "Sans réponse à ce jour. 9"
    )
    assert _marks(data) == [
        (0, "Couverture", 1),
        (0, "Ordre du jour", 2),
        (0, "1. Réservoir des Buttes", 3),
        (1, "1.1 Devis du réservoir (EAU-2026-001)", 3),
        (1, "1.2 Rapport (EAU-2026-002)", 4),
        (1, "1.3 Tarifs de l'œuvre (EAU-2026-003)", 6),
        (0, "2. Travaux rue Haute", 7),
        (1, "2.1 Plan (EAU-2026-004)", 7),
        (0, "Autres documents", 8),
        (1, "A.1 Bail (EAU-2026-005)", 8),
        (0, "Questions et réponses", 9),
    ]


async def test_the_same_is_bound_once_and_what_changed_is_said(town: Town) -> None:
    """By whoever asks; a new paper, a new version, one that was taken away, the agenda."""
    await town.says("vidal", "dossier eau")
    first = await bound(town)
    assert await town.says("vidal", "dossier eau") == (
        f"Dossier : {SESSION}\n\nRien n'a changé depuis celui du lundi 2 mars 2026 à 9 h.\n\n"
        f"Je le prépare : 1 document, 1 page. {READY}\n\n{FILE}"
    )
    assert await bound(town) == first
    await town.says("roux", "!dossier", room="EAU")
    assert await bound(town) == first
    town.clock.push(timedelta(hours=1))
    await drops(town, paper("Rapport"), "rapport.pdf", "Rapport, point 1")
    await town.drops("roux", b"Un autre devis", "devis2.txt", caption="remplacer EAU-2026-001", room="EAU")
    await town.says("roux", "!point Travaux rue Haute", room="EAU")
    changed = await town.says("vidal", "dossier eau")
    assert (
        "\n\nLe dossier a changé depuis celui du lundi 2 mars 2026 à 9 h : EAU-2026-002 (nouveau), EAU-2026-001 (nouvelle version) et "
        "l'ordre du jour.\n\n"
    ) in changed
    assert await bound(town) != first
    await town.says("roux", "!retirer EAU-2026-002 oui", room="EAU")
    assert "à 10 h : EAU-2026-002 (n'y est plus).\n\n" in await town.says("vidal", "dossier eau")


async def test_each_gets_what_they_may_see(town: Town) -> None:
    """Nothing for who doesn't sit there; behind closed doors, nothing for guests nor in the room where they are."""
    await drops(town, paper("Secret"), "note.pdf", "Note réservée, point 1")
    assert "Note" in " ".join(pages_of(await _asked(town, "roux", "!dossier", room="EAU")))
    await town.says("roux", "!classer EAU-2026-002 huis clos", room="EAU")
    assert "1.2 Note réservée" in pages_of(await _asked(town, "vidal", "dossier eau"))[1]
    assert "Note" not in " ".join(pages_of(await _asked(town, "blanc", "dossier eau")))
    assert "Note" not in " ".join(pages_of(await _asked(town, "roux", "!dossier", room="EAU")))
    assert "[fichier" not in await town.says("petit", "dossier eau")


async def _asked(town: Town, who: str, line: str, room: str = "") -> bytes:
    assert "[fichier" in await town.says(who, line, room=room)
    return await bound(town)


async def test_in_large_the_sheets_are_a3(town: Town) -> None:
    """Ours as those of the papers, whatever the words that ask for it."""
    await drops(town, paper("Rapport"), "rapport.pdf", "Rapport, point 1")
    for words in ("dossier grand eau", "dossier eau en gros caractères"):
        said = await town.says("vidal", words)
        assert "Je le prépare, en grand (à imprimer sur des feuilles A3, ou à lire sur un écran) : 2 documents" in said
    sizes = {tuple(round(side) for side in page.get_size()) for page in pypdfium2.PdfDocument(await bound(town))}
    assert sizes == {(842, 1191)}


async def test_there_must_be_something_to_bind(town: Town) -> None:
    """And a session."""
    await town.says("arnaud", "!séance jeudi 12 mars 2026 à 20 h à la mairie oui", room="CM")
    assert "le dossier serait vide" in await town.says("arnaud", "!dossier", room="CM")
    assert "Je ne trouve pas de séance" in await town.says("arnaud", "!dossier", room="VOI")


async def test_it_can_be_had_during_its_session(town: Town) -> None:
    """When it is wanted most; afterwards, by its date."""
    await town.waits(timedelta(days=24, hours=10))
    assert FILE in await town.says("vidal", "dossier eau")
    await town.waits(timedelta(days=3))
    assert (
        await town.says("vidal", "dossier eau")
        == "Je ne trouve pas de séance à venir qui corresponde. !agenda montre les prochaines. Pour une séance passée, donnez sa date."
    )
    assert "Je ne trouve pas" in await town.says("vidal", "dossier de la séance du 25 mars")


async def test_that_of_a_past_session_is_as_it_was(town: Town) -> None:
    """In the versions of that day, without what was filed since; only for who sits there."""
    await drops(town, paper("Rapport, avant"), "rapport.pdf", "Rapport, point 1")
    await town.waits(timedelta(days=25))
    await town.drops("roux", paper("Rapport, après"), "r2.pdf", caption="remplacer EAU-2026-002", room="EAU")
    await town.says("roux", "!remplacer oui", room="EAU")
    await drops(town, paper("Procès-verbal"), "pv.pdf", "PV de la séance")
    for line in ("dossier de la séance du 26 mars", "dossier eau du jeudi 26 mars 2026", "dossier grand 26/03/2026"):
        said = await town.says("vidal", line)
        assert said.startswith(f"Dossier : {SESSION}"), line
        assert "2 documents, 2 pages" in said
    pages = pages_of(await bound(town, town.documents[-2]))
    assert "des documents de cette séance, tels qu'ils étaient ce jour-là, et que peut voir qui l'a demandé" in pages[0]
    assert "Rapport, avant" in pages[3]
    assert "[fichier" not in await town.says("petit", "dossier de la séance du 26 mars")
    await town.waits(timedelta(days=300))
    assert SESSION in await town.says("vidal", "dossier eau du 26 mars")


async def test_who_asked_is_told_when_it_can_t_be_made(town: Town) -> None:
    """What failed and what to do, in the same conversation; nothing to who sits there no more."""
    await town.says("vidal", "dossier eau")
    row = town.documents[-1]
    for seated in (True, False):
        async with town.database.begin() as session:
            store = Store(session, f"settled {seated}", town.clock.now())
            await tell_unmade(store, row, "fichier de plus de 50 Mo", town.commune)
        before = len(town.heard)
        await town.wake()
        told = (
            "Le dossier n'a pas pu être fait (dossier EAU 2026-03-26) : fichier de plus de 50 Mo. Ses documents se lisent un par un : "
            "!odj EAU les montre, !envoyer suivi d'une référence en donne un. L'administrateur en est averti ; vous pouvez le "
            "redemander plus tard."
        )
        assert town.heard[before:] == ([(room_id("vidal", ""), told)] if seated else [])
        await town.leaves("vidal", "EAU")
        town.clock.push(timedelta(days=1))


async def test_a_dossier_holds_up_no_message_and_goes_to_no_one_who_left(town: Town) -> None:
    """It has a lane of its own; rights are those of the moment when it is bound."""
    town.delivered = frozenset(OutboxKind) - {OutboxKind.DOSSIER}
    await town.says("vidal", "dossier eau")
    assert await town.says("vidal", "aide") != ""
    async with town.database.read() as session:
        (head,) = await Store(session, "", town.clock.now()).outbox.heads(())
    assert (head.row.kind, head.lane) == (OutboxKind.DOSSIER, f"dossier {room_id('vidal', '')}")
    assert head.alone_with == "@vidal:sainte-colombe.fr"
    async with town.database.begin() as session:
        people = Store(session, "", town.clock.now()).people
        await people.take_roll([], town.clock.now().date() - timedelta(days=1))
    with pytest.raises(Unmade, match="ne siège plus"):
        await bound(town, head.row)


async def test_old_dossiers_are_forgotten_with_their_bytes(town: Town) -> None:
    """After thirty days: a paper that was taken away then is in none."""
    await town.says("vidal", "dossier eau")
    await bound(town)
    before = set(await town.files.names())
    town.clock.push(timedelta(days=31))
    async with town.database.begin() as session:
        (gone,) = await Store(session, "", town.clock.now()).dossiers.forget()
    assert gone in before
    async with town.database.begin() as session:
        assert await Store(session, "", town.clock.now()).dossiers.forget() == []
    assert await erase_expired(town.database, town.files, town.clock) == 0
