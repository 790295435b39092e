"""The analysis: what is written and what is asked meet, however each was typed."""

import pytest

from storage.analysis import Snippet, query_terms, snippet, terms


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return [term.word for term in terms(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’ÉTÉ à l'école d'Uzès", "ete a ecole uzes"),
        ("jusqu'au procès-verbal", "au proces verbal"),
        ("L'œuvre", "oeuvre"),
        ("aujourd'hui", "aujourd hui"),
        ("FIN-2027-003", "fin-2027-003 fin 2027 003"),
        ("1 234,50 €", "1234,50 1234 1 234 50"),
        ("12 500 habitants", "12500 12 500 habitants"),
        ("le 12/03/2027", "le 2027-03-12 12 mars 2027"),
        ("séance du 1er MARS 2027.", "seance du 2027-03-01 1 mars 2027"),
        ("CR conseil 12 03 2027.pdf", "cr conseil 2027-03-12 12 mars 2027 pdf"),
        ("20270312-4", "2027-03-12 12 mars 2027 4"),
        ("le 32/03/2027", "le 32 03 2027"),
        ("12/03", "12 03"),
        ("n° 12, 3 rue", "n 12 3 rue"),
        ("", ""),
        ("— … !", ""),
    ],
)
def test_terms_are_plain(text: str, expected: str) -> None:
    """Case, accents and elisions go; references and amounts are kept whole and in parts."""
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("réservoirs", "RESERVOIR"),
        ("délibérations", "deliberation"),
        ("élus", "élu"),
        ("communaux", "communal"),
        ("écoles", "Ecole"),
        ("subventions", "subvention"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    """Plural and singular, with or without accents, share their stem."""
    assert terms(one)[0].stem == terms(other)[0].stem


def test_voirie_is_no_form_of_voir() -> None:
    """The roads' papers aren't found by the verb."""
    assert terms("voirie")[0].stem != terms("voir")[0].stem


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("le budget de l'eau", "budget eau"),
        ("de la", "de la"),
        ("budget Budget", "budget"),
        ("fin-2027-003", "fin-2027-003"),
        ("1 234,50 €", "1234,50"),
        ("compte-rendu", "compte rendu"),
        ('"; DROP TABLE', "drop table"),
    ],
)
def test_a_question_keeps_what_tells(query: str, expected: str) -> None:
    """Empty words go unless nothing else is asked, and each word is asked once."""
    assert [term.word for term in query_terms(query)] == expected.split()


def test_a_snippet_shows_the_words_asked() -> None:
    """The forms found are marked where they stand in the original."""
    shown = snippet("Devis pour la réfection du réservoir des Buttes", "réservoirs buttes")
    assert shown.marked(str) == "Devis pour la réfection du **réservoir** des **Buttes**"


def test_a_snippet_stands_where_the_words_meet() -> None:
    """In a long page the stretch with both words is shown, cut between words."""
    text = "Le budget est lu. " + "Rien de plus. " * 40 + "Le budget de l’eau\nest voté. " + "Fin du point. " * 40
    shown = snippet(text, "budget eau", width=60)
    assert shown.marked(str).count("**") == 4
    assert "**budget** de l’**eau** est voté" in shown.marked(str)
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert len(shown.text) <= 64


def test_a_snippet_is_safe_to_show() -> None:
    """What a paper holds is made safe stretch by stretch: its own stars mark nothing."""
    shown = snippet("Un **piège** de budget_annexe", "budget")
    assert shown.marked(lambda text: text.replace("*", r"\*").replace("_", r"\_")) == (
        r"Un \*\*piège\*\* de **budget**\_annexe"
    )


@pytest.mark.parametrize("text", ["", "Rien de tel ici.", "x" * 500, "mot " * 200])
def test_a_snippet_without_answer_is_the_beginning(text: str) -> None:
    """When the title alone answered, the page's first words are shown."""
    shown = snippet(text, "budget")
    assert shown.bold == ()
    assert text.startswith(shown.text.rstrip("…"))
    assert len(shown.text) <= 161


def test_an_empty_page_has_an_empty_snippet() -> None:
    """A paper known by its title only has no words to show."""
    assert snippet("", "budget") == Snippet("")
