"""The glossary is whole, plain, and found by the words people use."""

import re

import pytest

from council.french import fold, tidy
from council.glossary import TERMS, Term, define, nearest

SAID = {
    "PV": "procès-verbal",
    "pv": "procès-verbal",
    "proces verbal": "procès-verbal",
    "Procès-verbaux": None,
    "le quorum": "quorum",
    "Quorum ?": "quorum",
    "les pouvoirs": "pouvoir",
    "procuration": "pouvoir",
    "mandataire": "pouvoir",
    "l'ordre du jour": "ordre du jour",
    "odj": "ordre du jour",
    "jours francs": "jour franc",
    "ROB": "débat d'orientation budgétaire",
    "DOB": "débat d'orientation budgétaire",
    "PLU": "plan local d'urbanisme",
    "PLUi": "plan local d'urbanisme",
    "DETR": "dotation d'équipement des territoires ruraux",
    "DSIL": "dotation de soutien à l'investissement local",
    "EPCI": "établissement public de coopération intercommunale",
    "interco": "établissement public de coopération intercommunale",
    "CCAS": "centre communal d'action sociale",
    "DGS": "directeur général des services",
    "DM": "décision modificative",
    "BP": "budget primitif",
    "BS": "budget supplémentaire",
    "CFU": "compte financier unique",
    "CAO": "commission d'appel d'offres",
    "CCID": "commission communale des impôts directs",
    "CLECT": "commission locale d'évaluation des charges transférées",
    "RI": "règlement intérieur",
    "NPPV": "ne prend pas part au vote",
    "vœux": "vœu",
    "délibérations": "délibération",
    "une convocation": "convocation",
    "huis-clos": "huis clos",
    "compte-rendu": "compte rendu",
    "appariteur": "appariteur",
    "": None,
    "bonjour": None,
    "l'": None,
}


@pytest.mark.parametrize("word", SAID)
def test_a_word_finds_its_term(word: str) -> None:
    """Acronyms, plurals, articles, accents and hyphens are forgiven; other words find nothing."""
    term = define(word)
    assert (term.name if term else None) == SAID[word]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("quorom", "quorum"),
        ("convocaton", "convocation"),
        ("deliberration", "délibération"),
        ("procès-verbaux", "procès-verbal"),
        ("sufrage exprimé", "suffrages exprimés"),
        ("orientation budgétaire", "débat d'orientation budgétaire"),
    ],
)
def test_a_misspelt_word_is_offered_its_neighbours(word: str, name: str) -> None:
    """At most three terms, the right one first."""
    offered = [term.name for term in nearest(word)]
    assert offered[0] == name
    assert len(offered) <= 3


def test_what_looks_like_nothing_is_offered_nothing() -> None:
    """A word of another field has no neighbour."""
    assert nearest("zygomatique") == []
    assert nearest("") == []


def test_the_glossary_is_large_and_says_each_thing_once() -> None:
    """No two terms share a name or another way of saying it."""
    assert len(TERMS) >= 45
    words = [fold(word) for term in TERMS for word in (term.name, *term.aliases)]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_a_term_is_explained_in_two_plain_sentences(term: Term) -> None:
    """Two sentences that a new councillor reads on a phone, clean, with a well-formed article."""
    assert len(re.findall(r"\.(?= [A-ZÉÀ]|$)", term.meaning)) == 2
    assert 60 <= len(term.meaning) <= 270
    assert tidy(term.meaning) == term.meaning
    assert define(term.name) is term
    assert all(define(alias) is term for alias in term.aliases)
    assert not term.article or re.search(r"art\. [LR]?\d|^Ordonnance", term.article)
