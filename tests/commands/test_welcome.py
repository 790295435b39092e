"""The first word to a new member, and the short one to who enters a further body."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.town import HOST, ZONE, Town
from council.roles import Function
from storage.arrivals import Greeting
from storage.store import Store
from storage.tables import Outgoing
from tests.commands.summons import told_to

ASK = "Écrivez-moi ici simplement, comme à une personne : « qu'est-ce que j'ai cette semaine ? », « où est le devis ? », ou aide."


async def _told(town: Town, who: str) -> list[str]:
    """What the bot says to someone who is seen in their conversation."""
    before = len(await told_to(town, who))
    async with town.database.read() as session:
        person = await Store(session, "", town.clock.now()).people.by_matrix_id(f"@{who}:{HOST}")
    assert person is not None
    await town.dispatch.welcome(person.id)
    await town.wake()
    return (await told_to(town, who))[before:]


async def _unknown(town: Town, who: str, function: Function | None = None) -> None:
    """Someone arrives: nothing was said to them."""
    async with town.database.begin() as session:
        person = await Store(session, "", town.clock.now()).people.by_matrix_id(f"@{who}:{HOST}")
        assert person is not None
        person.welcomed_at, person.function = None, function or person.function
        await session.execute(delete(Greeting))


async def test_a_newcomer_is_made_at_home(town: Town) -> None:
    """Who speaks, where they sit, what comes and where, what there is to read, how to ask: once."""
    await _unknown(town, "vidal")
    assert await _told(town, "vidal") == [
        f"""Bonjour Lucie, je suis l'appariteur de Sainte-Colombe. Je range les documents, je tiens l'agenda et je vous préviens à temps.

Vous siégez ici (acceptez l'invitation des salons)

- Conseil municipal
- Commission de l'eau

Prochaine séance

- Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Derniers documents

1. EAU-2026-001 Devis du réservoir

Répondez 1 : je vous l'envoie, même déposé avant votre arrivée.

{ASK}"""
    ]
    assert town.sent[-1]["mentions"] == [f"@vidal:{HOST}"]
    assert await _told(town, "vidal") == []


async def test_a_number_sends_a_paper_again_weeks_later(town: Town) -> None:
    """The welcome may be read late; by a reaction too."""
    await _unknown(town, "vidal")
    await _told(town, "vidal")
    town.clock.push(timedelta(days=20))
    assert await town.says("vidal", "1") == "EAU-2026-001 Devis du réservoir\n\n[fichier : devis-reservoir.txt]"


async def test_only_the_last_five_papers_are_shown(town: Town) -> None:
    """The newest first."""
    for number in range(6):
        await town.drops("vidal", f"note {number}".encode(), f"note-{number}.txt", room="EAU")
    await _unknown(town, "vidal")
    (said,) = await _told(town, "vidal")
    assert "1. EAU-2026-007 Note-5\n" in said
    assert "5. EAU-2026-003 Note-1\n\nRépondez par un numéro : je vous l'envoie" in said


async def test_a_welcome_shows_only_what_is_theirs(town: Town) -> None:
    """M. Petit sits on the council and Voirie: nothing of Eau."""
    await _unknown(town, "petit")
    assert await _told(town, "petit") == [
        f"""Bonjour Jean, je suis l'appariteur de Sainte-Colombe. Je range les documents, je tiens l'agenda et je vous préviens à temps.

Vous siégez ici (acceptez l'invitation des salons)

- Conseil municipal
- Commission voirie et bâtiments

{ASK}"""
    ]


async def test_a_word_forgotten_by_a_restored_backup_is_owed_under_the_same_key(town: Town) -> None:
    """However much later: it is looked for in the room by that key, and not said again."""
    keys = []
    for _ in range(2):
        await _unknown(town, "vidal")
        async with town.database.begin() as session:
            await session.execute(delete(Outgoing))
        assert await _told(town, "vidal")
        async with town.database.read() as session:
            keys.append((await session.scalars(select(Outgoing.key))).all())
        town.clock.push(timedelta(days=1))
    assert keys[0] == keys[1]


async def test_a_further_body_gets_a_short_word(town: Town) -> None:
    """About that body only, once; whoever comes back is told again."""
    await town.leaves("vidal", "EAU")
    assert await _told(town, "vidal") == []
    await town.leaves("")
    assert await _told(town, "vidal") == [
        """Vous siégez désormais ici : Commission de l'eau. Acceptez l'invitation de son salon.

Prochaine séance

- Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Derniers documents

1. EAU-2026-001 Devis du réservoir

Répondez 1 : je vous l'envoie, même déposé avant votre arrivée."""
    ]
    assert await town.says("vidal", "1") == "EAU-2026-001 Devis du réservoir\n\n[fichier : devis-reservoir.txt]"
    assert await _told(town, "vidal") == []


async def test_a_guest_is_shown_nothing_from_before_their_seat(town: Town) -> None:
    """An external member sees what was filed since they entered."""
    await town.leaves("blanc")
    town.clock.set(datetime(2026, 3, 10, 9, tzinfo=ZONE))
    await town.leaves("")
    (said,) = await _told(town, "blanc")
    assert "Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie" in said
    assert "Derniers documents" not in said


async def test_a_guest_isn_t_promised_what_they_can_t_have(town: Town) -> None:
    """What was filed on the day of their arrival is theirs; nothing is said of what came before."""
    await town.leaves("blanc")
    town.clock.set(datetime(2026, 3, 10, 9, tzinfo=ZONE))
    await town.leaves("")
    await town.drops("vidal", b"Le plan.", "plan.txt", room="EAU")
    (said,) = await _told(town, "blanc")
    assert "1. EAU-2026-002 Le plan" in said
    assert said.endswith("Répondez 1 : je vous l'envoie.")
