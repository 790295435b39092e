"""Whom a message speaks to, and what is left once the bot's name and prefixes are gone."""

from zoneinfo import ZoneInfo

import pytest

from commands import Commune, Spoken, listen

COMMUNE = Commune("Cormicy", ZoneInfo("Europe/Paris"), "@appariteur:cormicy.fr")
CALLED = {
    "!agenda": Spoken("agenda", True, True),
    "/agenda eau": Spoken("agenda eau", True, True),
    "//agenda": Spoken("agenda", True, True),
    "  !  agenda ": Spoken("agenda", True, True),
    "Appariteur, agenda": Spoken("agenda", True, False),
    "appariteur: !agenda": Spoken("agenda", True, True),
    "@appariteur:cormicy.fr: agenda": Spoken("agenda", True, False),
    "@appariteur agenda": Spoken("agenda", True, False),
    "où est le devis, appariteur ?": Spoken("où est le devis ?", True, False),
    "où est le devis @appariteur": Spoken("où est le devis", True, False),
    "Appariteur": Spoken("", True, False),
    "> <@x:y> agenda\n> encore\n\n!aide": Spoken("aide", True, True),
    "!chercher l’«\u00a0eau\u00a0» – été": Spoken("chercher l'« eau » - été", True, True),
}
TALK = (
    "agenda",
    "merci appariteur",
    "l'appariteur est pratique",
    "appariteurs",
    "c'est l'appariteur.",
    "! ",
    "!!!",
    "…",
    "",
    "/ ",
)


@pytest.mark.parametrize(("said", "heard"), CALLED.items())
def test_the_bot_is_called(said: str, heard: Spoken) -> None:
    """Every way in."""
    assert listen(said, COMMUNE) == heard


@pytest.mark.parametrize("said", TALK)
def test_the_bot_is_not_called(said: str) -> None:
    """Talk among people, even about the bot."""
    assert not listen(said, COMMUNE).addressed


def test_a_mention_calls_wherever_it_stands() -> None:
    """m.mentions alone is enough, and only the bot's own."""
    assert listen("dis, agenda ?", COMMUNE, ("@appariteur:cormicy.fr",)).addressed
    assert not listen("dis, agenda ?", COMMUNE, ("@x:cormicy.fr",)).addressed
