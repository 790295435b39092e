"""A date of which only a part was understood is told so, never taken for a place; a period is asked for its day."""

import pytest

from bot.town import Town


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("!séance mercredi 11 mars à 18h ou 19h", "ou 19h"),
        ("!séance 11 mars 20 h sauf vacances", "sauf vacances"),
        ("!séance mercredi prochain en huit", "en huit"),
        ("!séance le premier lundi d'avril à 20 h sauf Pâques", "sauf Pâques"),
    ],
)
async def test_the_rest_of_a_date_is_no_place(town: Town, said: str, left: str) -> None:
    """The words that were left are said."""
    heard = await town.says("roux", said, room="EAU")
    if heard.startswith("« Mercredi prochain »") or "à quelle heure" in heard:
        heard = await town.says("roux", "1", room="EAU")
        heard = await town.says("roux", "1", room="EAU") if "à quelle heure" in heard else heard
    assert heard == (
        f"Je n'ai pas compris « {left} » après la date. Donnez une date, une heure, puis le lieu : « mardi 12 janvier à 18 h 30 à la "
        "mairie »."
    )


async def test_a_period_is_asked_for_its_day(town: Town) -> None:
    """A week's days are offered; a month is told to be one."""
    assert (
        await town.says("roux", "!séance la semaine prochaine", room="EAU")
        == """Quel jour ?

1. lundi 9 mars 2026
2. mardi 10 mars 2026
3. mercredi 11 mars 2026
4. jeudi 12 mars 2026
5. vendredi 13 mars 2026
6. samedi 14 mars 2026
7. dimanche 15 mars 2026

Répondez par un numéro."""
    )
    assert (await town.says("roux", "4", room="EAU")).startswith("Le jeudi 12 mars 2026, à quelle heure ?")
    assert (
        await town.says("roux", "!séance courant avril", room="EAU")
        == "C'est une période : du mercredi 1er avril 2026 au jeudi 30 avril 2026. Quel jour ? Donnez la date : « mardi 12 janvier à 18 h 30 »."
    )
