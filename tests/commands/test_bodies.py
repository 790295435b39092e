"""Bodies and people recognised by the words people use for them."""

import pytest

from commands._bodies import match_body, match_person
from council.roles import BodyKind
from storage.tables import Body, Person

BODIES = [
    Body(code="CM", name="Conseil municipal", kind=BodyKind.COUNCIL),
    Body(code="FIN", name="Commission des finances", kind=BodyKind.COMMISSION),
    Body(code="EAU", name="Commission de l'eau et de l'assainissement", kind=BodyKind.COMMISSION),
    Body(code="VOI", name="Commission voirie et bâtiments", kind=BodyKind.COMMISSION),
    Body(code="FDJ", name="Commission fêtes et jeunesse", kind=BodyKind.COMMISSION),
    Body(code="FDS", name="Commission fêtes et sport", kind=BodyKind.COMMISSION),
    Body(code="CME", name="Conseil municipal des enfants", kind=BodyKind.GROUP),
]
SAID = {
    "FIN": ("FIN", ""),
    "fin demain": ("FIN", "demain"),
    "finances": ("FIN", ""),
    "Finance 12 mars": ("FIN", "12 mars"),
    "la commission des finances le 12": ("FIN", "le 12"),
    "finanecs": ("FIN", ""),
    "l'eau": ("EAU", ""),
    "eau et assainissement : devis": ("EAU", "devis"),
    "l’assainissement ?": ("EAU", ""),
    "bâtiment": ("VOI", ""),
    "VOIRIE jeudi": ("VOI", "jeudi"),
    "batiments et voirie": ("VOI", ""),
    "CM": ("CM", ""),
    "conseil municipal du 12": ("CM", "du 12"),
    "conseil municipal des enfants": ("CME", ""),
    "jeunesse": ("FDJ", ""),
    "fêtes et sport": ("FDS", ""),
    "fetes et jeunesses": ("FDJ", ""),
}
NONE = (
    "",
    "voir mes documents",
    "cette semaine",
    "12 mars",
    "la prochaine séance",
    "budget",
    "eaux-de-vie de prune",
    "finir",
    "…",
)


@pytest.mark.parametrize(("said", "read"), SAID.items())
def test_a_body_is_recognised(said: str, read: tuple[str, str]) -> None:
    """By code, by part of its name, typos and plurals forgiven; the rest is left."""
    found = match_body(said, BODIES)
    assert (found.body and found.body.code, found.rest) == read


@pytest.mark.parametrize("said", NONE)
def test_other_words_name_no_body(said: str) -> None:
    """Verbs, dates and common words."""
    found = match_body(said, BODIES)
    assert (found.body, found.several, found.rest) == (None, (), said)


def test_a_name_that_fits_several_is_a_doubt() -> None:
    """It must be asked."""
    found = match_body("commission fêtes demain", BODIES)
    assert found.body is None
    assert [body.code for body in found.several] == ["FDJ", "FDS"]
    assert found.rest == "demain"


PEOPLE = [
    Person(first_name="Hugo", last_name="Roux", matrix_id="@hugo:x.fr"),
    Person(first_name="Jeanne", last_name="Roux", matrix_id=None),
    Person(first_name="Anne-Marie", last_name="Le Goff", matrix_id=None),
    Person(first_name="Éric", last_name="Lévêque", matrix_id=None),
]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Roux", ["Hugo Roux", "Jeanne Roux"]),
        ("M. Hugo ROUX", ["Hugo Roux"]),
        ("hugo", ["Hugo Roux"]),
        ("@hugo:x.fr", ["Hugo Roux"]),
        ("Mme Le Goff", ["Anne-Marie Le Goff"]),
        ("anne marie", ["Anne-Marie Le Goff"]),
        ("leveque", ["Éric Lévêque"]),
        ("Monsieur Leveqe", ["Éric Lévêque"]),
        ("Dupont", []),
        ("M.", []),
        ("", []),
    ],
)
def test_people_are_recognised(said: str, names: list[str]) -> None:
    """By last name, first name, both, an account; titles and accents don't count."""
    assert [person.name for person in match_person(said, PEOPLE)] == names
