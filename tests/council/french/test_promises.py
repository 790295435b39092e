"""Promises of papers in talk: those that are plain, those to ask about, and all that isn't one."""

import pytest

from council.french import long_date
from council.french.promises import read_promise
from tests.council.french.moments import THURSDAY

SURE = """
J'enverrai le devis avant vendredi | le devis | vendredi 8 janvier 2027
j'enverrai le devis | le devis |
Je vous envoie le rapport demain | le rapport | vendredi 8 janvier 2027
je vous transmettrai la note de synthèse d'ici mardi | la note de synthèse | mardi 12 janvier 2027
D'accord, je déposerai le plan du réservoir dans 3 jours | le plan du réservoir | dimanche 10 janvier 2027
ok je ferai passer les photos demain | les photos | vendredi 8 janvier 2027
Bonjour à tous. Je vais vous envoyer le compte rendu avant le 12 janvier. | le compte rendu | mardi 12 janvier 2027
promis, j'enverrai l'étude de sol | l'étude de sol |
je ferai parvenir la convention à tous | la convention |
oui je fournirai les factures lundi | les factures | lundi 11 janvier 2027
Je vous adresserai le cahier des charges | le cahier des charges |
je vous ferai suivre l'offre de la société Hydra | l'offre de la société Hydra |
"""
TO_ASK = ("je l'enverrai", "Je vous l'envoie demain", "je les déposerai avant vendredi", "je vais le transmettre")
NONE = (
    "j'enverrai le devis ?",
    "si je peux j'enverrai le devis",
    "je n'enverrai pas le devis",
    "j'enverrai peut-être le devis",
    "je pense que j'enverrai le devis",
    "il enverra le devis",
    "vous enverrez le devis avant vendredi",
    "j'ai envoyé le devis",
    "je vous envoie le devis",
    "j'enverrai le devis à la préfecture",
    "j'enverrai mes amitiés à ta femme",
    "j'enverrai quelqu'un",
    "je lui enverrai le devis",
    "j'enverrai bien le maire au marché",
    "je serai là vendredi",
    "je viendrai avec le devis",
    "je partage votre avis sur le devis",
    "> j'enverrai le devis",
    'il a dit "j\'enverrai le devis"',
    "!rappel demain j'enverrai le devis",
    "quand j'aurai le temps, j'enverrai le devis",
    "je dépose les enfants à l'école demain",
    "je vous adresse mes vœux demain",
    "",
    "devis",
    "a" * 400,
)


@pytest.mark.parametrize("row", SURE.strip().splitlines())
def test_a_plain_promise_is_read_with_its_paper_and_its_day(row: str) -> None:
    """In the person's own words."""
    said, what, due = (piece.strip() for piece in row.split("|"))
    read = read_promise(said, now=THURSDAY)
    assert read is not None
    assert (read.what, long_date(read.due) if read.due else "") == (what, due)
    assert read.sure


@pytest.mark.parametrize("said", TO_ASK)
def test_a_pronoun_must_be_asked_about(said: str) -> None:
    """It may be a paper, or a parcel."""
    read = read_promise(said, now=THURSDAY)
    assert read is not None
    assert not read.sure


@pytest.mark.parametrize("said", NONE)
def test_what_is_no_promise_is_left_alone(said: str) -> None:
    """Doubts, conditions, questions, quotations, other people's promises, other things than papers."""
    assert read_promise(said, now=THURSDAY) is None
