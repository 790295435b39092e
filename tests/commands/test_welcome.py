"""The first word to a new member."""

from bot.render import to_plain
from bot.town import HOST, Town
from commands import welcome
from storage.store import Store


async def _welcomed(town: Town, who: str) -> str:
    async with town.database.begin() as session:
        store = Store(session, "", town.clock.now())
        person = await store.people.by_matrix_id(f"@{who}:{HOST}")
        assert person is not None
        reply = await welcome(store, town.commune, person, town.clock.now())
    assert reply.mentions == (f"@{who}:{HOST}",)
    return to_plain(reply.text)


async def test_a_newcomer_is_made_at_home(town: Town) -> None:
    """Who speaks, where they sit, what comes, what there is to read, how to ask."""
    assert (
        await _welcomed(town, "vidal")
        == """Bonjour Lucie, je suis l'appariteur de Sainte-Colombe. Je range les documents, je tiens l'agenda et je vous préviens à temps.

Vous siégez ici :

- Conseil municipal
- Commission de l'eau

Prochaines séances :

- Commission de l'eau : jeudi 26 mars 2026 à 18 h 30

Derniers documents :

- EAU-2026-001 Devis du réservoir

Acceptez les invitations des salons, puis écrivez-moi ici simplement, comme à une personne : « qu'est-ce que j'ai cette semaine ? », « où est le devis ? », ou aide."""
    )


async def test_a_welcome_shows_only_what_is_theirs(town: Town) -> None:
    """M. Petit sits on the council and Voirie: nothing of Eau."""
    assert (
        await _welcomed(town, "petit")
        == """Bonjour Jean, je suis l'appariteur de Sainte-Colombe. Je range les documents, je tiens l'agenda et je vous préviens à temps.

Vous siégez ici :

- Conseil municipal
- Commission voirie et bâtiments

Acceptez les invitations des salons, puis écrivez-moi ici simplement, comme à une personne : « qu'est-ce que j'ai cette semaine ? », « où est le devis ? », ou aide."""
    )
