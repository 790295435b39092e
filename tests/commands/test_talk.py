"""Being spoken to: every way in, and talk among people that is left alone."""

import pytest

from bot.town import BOT, Town

AGENDA = """Prochaines séances

1. jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
IN_ROOM = (
    "!agenda",
    "! agenda",
    "/agenda",
    "//agenda",
    "!AGENDA",
    "!Agenda",
    "!agénda",
    "!agenda\u00a0",
    "!agneda",
    "@appariteur agenda",
    f"{BOT} agenda",
    f"{BOT}: agenda",
    "Appariteur, agenda",
    "Appariteur : agenda",
    "appariteur agenda",
    "APPARITEUR, !agenda",
    "agenda, appariteur ?",
    "Agenda, Appariteur",
    f"[@appariteur](https://matrix.to/#/{BOT}) agenda",
    "> <@roux:sainte-colombe.fr> bonjour\n\n!agenda",
)
TALK = (
    "2",
    "oui",
    "non",
    "ok",
    "👍",
    "agenda",
    "c'est quand la réunion ?",
    "merci",
    "d'accord",
    "demande à l'appariteur",
    "… !",
)


@pytest.mark.parametrize("said", IN_ROOM)
async def test_every_way_in_works_in_a_room(town: Town, said: str) -> None:
    """Prefixes, names, capitals, accents and a slip of the finger."""
    assert await town.says("vidal", said, room="EAU") == AGENDA


async def test_a_mention_is_a_way_in(town: Town) -> None:
    """Clients name the bot in m.mentions, wherever its name stands in the text."""
    assert await town.says("vidal", "agenda", room="EAU", mention=True) == AGENDA
    assert await town.says("vidal", "Appariteur: agenda", room="EAU", mention=True) == AGENDA
    assert await town.says("vidal", f"dis {BOT} c'est quand la réunion ?", room="EAU", mention=True) == AGENDA


@pytest.mark.parametrize(
    "said", ["agenda", "Agenda", "AGENDA !", "agneda", "!agenda", "/agenda", "appariteur, agenda", "agenda ?"]
)
async def test_a_bare_word_does_in_private(town: Town, said: str) -> None:
    """In a direct conversation everything is said to the bot."""
    assert await town.says("vidal", said) == AGENDA.replace("1. jeudi", "1. Commission de l'eau : jeudi")


@pytest.mark.parametrize("said", TALK)
async def test_talk_in_a_room_is_left_alone(town: Town, said: str) -> None:
    """People speak to each other; the bot is silent."""
    assert await town.says("vidal", said, room="EAU") == ""


async def test_typography_is_undone(town: Town) -> None:
    """Curly quotes, long dashes, spaces that don't break: what phones put in."""
    assert (
        await town.says("roux", "!séance jeudi\u00a012 mars à 18\u202fh\u00a030 à l’école – grande salle", room="EAU")
        == """Commission de l'eau : jeudi 12 mars 2026 à 18 h 30, à l'école - grande salle.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
