"""Which papers are never destroyed."""

import pytest

from council.keeping import rule_keeping


@pytest.mark.parametrize(
    "title",
    [
        "PV du 24 mars 2026",
        "Procès-verbal de la séance",
        "Extrait du registre des délibérations",
        "Compte rendu du conseil",
    ],
)
def test_minutes_and_deliberations_are_kept(title: str) -> None:
    """By any of their names, anywhere in the title."""
    assert "se garde sans limite (article L. 2121-" in rule_keeping(title)


def test_what_a_convocation_took_along_is_kept() -> None:
    """Whatever it is, with its article."""
    assert "convocation CM-2026-01" in rule_keeping("Devis", "CM-2026-01")
    assert "L. 211-1" in rule_keeping("Devis", "CM-2026-01")


@pytest.mark.parametrize("title", ["Devis du réservoir", "Note sur les pompes", ""])
def test_other_papers_are_not(title: str) -> None:
    """No rule is invented."""
    assert rule_keeping(title) == ""
