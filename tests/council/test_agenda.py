"""What points are for: nothing is decided under "questions diverses", and commissions give opinions."""

import pytest

from council.agenda import ItemKind, is_account, is_diverse, kind_of
from council.refusals import Refusal
from council.roles import BodyKind


@pytest.mark.parametrize(
    "title", ["Questions diverses", "questions diverses : dates", "Divers", "AFFAIRES DIVERSES", "Question diverse"]
)
def test_diverse_questions_are_known_by_their_name_and_are_for_information(title: str) -> None:
    """However they are written; nothing else needs to be said."""
    assert is_diverse(title)
    assert kind_of(title, None, BodyKind.COUNCIL) is ItemKind.INFORMATION


@pytest.mark.parametrize("title", ["Diversification des cultures", "Budget", "Réponses aux questions diverses"])
def test_other_titles_are_what_was_said(title: str) -> None:
    """And nothing when nothing was said."""
    assert not is_diverse(title)
    assert kind_of(title, ItemKind.DECISION, BodyKind.COUNCIL) is ItemKind.DECISION
    assert kind_of(title, None, BodyKind.COUNCIL) is None


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Questions diverses", ItemKind.DECISION),
        ("Questions diverses : vote d'une subvention", None),
        ("Divers : délibération sur le tracteur", None),
    ],
)
def test_a_decision_under_diverse_questions_is_refused(title: str, said: ItemKind | None) -> None:
    """Conseil d'État, 29 September 1982, Richert, n° 17176."""
    with pytest.raises(Refusal) as refused:
        kind_of(title, said, BodyKind.COUNCIL)
    assert "L. 2121-10" in refused.value.why
    assert kind_of(title, ItemKind.INFORMATION, BodyKind.COUNCIL) is ItemKind.INFORMATION


def test_a_commission_gives_opinions() -> None:
    """CGCT, art. L2121-22."""
    with pytest.raises(Refusal) as refused:
        kind_of("Réservoir", ItemKind.DECISION, BodyKind.COMMISSION)
    assert "L. 2121-22" in refused.value.why
    assert kind_of("Réservoir", ItemKind.OPINION, BodyKind.COMMISSION) is ItemKind.OPINION
    assert kind_of("Aide sociale", ItemKind.DECISION, BodyKind.CCAS) is ItemKind.DECISION


@pytest.mark.parametrize(
    ("title", "account"),
    [
        ("Compte financier unique 2026", True),
        ("Approbation du compte administratif 2025", True),
        ("Finances : vote du CFU", True),
        ("Budget eau : compte administratif", True),
        ("Comptes administratifs 2025", True),
        ("Affectation du résultat du compte administratif", False),
        ("Compte administratif : affectation des résultats", False),
        ("Compte de gestion 2025", False),
        ("Compte rendu de la commission", False),
        ("Budget primitif 2027", False),
    ],
)
def test_the_account_of_the_mayor_is_known_by_its_title(title: str, account: bool) -> None:
    """Not what is decided beside it, in which the mayor takes part."""
    assert is_account(title) is account
