"""What is typed to find a paper is read as people mean it, and what can't be read is said."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from council.acronyms import ACRONYMS, as_written, long_forms
from council.papers import names_of_kind
from council.refusals import Refusal
from storage.search import Query, read_query
from storage.search.wanted import wanted_hints, wanted_words

NOW = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Europe/Paris"))


def read(text: str) -> Query:
    """A question asked on Tuesday 24 November 2026."""
    return read_query(text, now=NOW)


@pytest.mark.parametrize(
    ("text", "words", "phrases", "without"),
    [
        ("réservoir eau", "réservoir eau", (), ()),
        ('"plan de sauvegarde" -barrage eau', "eau", ("plan de sauvegarde",), ("barrage",)),
        ("« conseil municipal »", "", ("conseil municipal",), ()),
        ('eau -"conseil municipal"', "eau", (), ("conseil municipal",)),
        ("compte-rendu semi-rigide", "compte-rendu semi-rigide", (), ()),
        ("séance : 18:30 https://mairie.fr/a:b", "séance : 18:30 https://mairie.fr/a:b", (), ()),
        ('un " seul guillemet', 'un " seul guillemet', (), ()),
        ('"" -', "-", (), ()),
    ],
)
def test_words_phrases_and_unwanted_are_told_apart(
    text: str, words: str, phrases: tuple[str, ...], without: tuple[str, ...]
) -> None:
    """Quotes keep words together, a hyphen before a word refuses it; inside a word it is only a hyphen."""
    found = read(text)
    assert (found.words, found.phrases, found.without) == (words, phrases, without)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026", date(2026, 1, 1)),
        ("mars", date(2026, 3, 1)),
        ("décembre", date(2025, 12, 1)),
        ("03/2025", date(2025, 3, 1)),
        ("2025-03", date(2025, 3, 1)),
        ("12/03/2025", date(2025, 3, 12)),
        ('"12 mars 2025"', date(2025, 3, 12)),
        ("12/03", date(2026, 3, 12)),
        ('"l\'année dernière"', date(2025, 1, 1)),
    ],
)
def test_a_filter_takes_a_day_a_month_or_a_year(value: str, day: date) -> None:
    """Without its year, the last one there was: papers are about what was."""
    since, before = read(f"eau depuis:{value}").since, read(f"eau avant:{value}").before
    assert since == before == datetime(day.year, day.month, day.day, tzinfo=NOW.tzinfo)


def test_filters_name_a_body_a_kind_and_a_session() -> None:
    """They may be in capitals, without accents, with values in quotes; a session's day is the last or the next."""
    found = read('Commission:"travaux publics" TYPE:devis seance:12/01')
    assert (found.words, found.body, found.kind) == ("", "travaux publics", "devis")
    assert [span.first for span in found.sessions] == [date(2026, 1, 12), date(2027, 1, 12)]
    assert [span.last for span in read("séance:12/01/2026").sessions] == [date(2026, 1, 12)]
    assert [span.first for span in read("séance:12/01/27").sessions] == [date(2027, 1, 12)]


@pytest.mark.parametrize("text", ["couleur:bleu", "depuis:jamais", "avant:32/01/2026", 'depuis:""', "séance:bientôt"])
def test_a_filter_that_cannot_be_read_is_refused(text: str) -> None:
    """The refusal says what exists."""
    with pytest.raises(Refusal) as refused:
        read(text)
    assert "type:devis" in (refused.value.try_this or "")


@pytest.mark.parametrize(
    ("text", "words", "said", "first", "last"),
    [
        ("les devis de mars", "les devis", "devis", date(2026, 3, 1), date(2026, 3, 31)),
        ("le PV du 24 mars 2026", "le PV", "pv", date(2026, 3, 24), date(2026, 3, 24)),
        ("les délibérations de 2025", "les délibérations", "deliberations", date(2025, 1, 1), date(2025, 12, 31)),
        ("budget 2025 de l'eau", "budget  de l'eau", "budget", date(2025, 1, 1), date(2025, 12, 31)),
        ("comptes-rendus de décembre", "comptes-rendus", "comptes rendus", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_plain_words_hint_at_a_kind_and_a_date(text: str, words: str, said: str, first: date, last: date) -> None:
    """The date leaves the words, the kind stays among them."""
    found = read(text)
    assert found.hint.span is not None
    assert (found.words, found.hint.said) == (words, said)
    assert (found.hint.span.first, found.hint.span.last) == (first, last)
    assert not found.filtered


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("le PV de la dernière séance", "le PV"),
        ("compte-rendu du dernier conseil municipal ?", "compte-rendu"),
        ("les comptes rendus des séances de voirie", "les comptes rendus des séances de voirie"),
        ("la dernière séance", "la dernière séance"),
    ],
)
def test_the_last_session_is_no_word_of_a_paper(text: str, words: str) -> None:
    """It says which one is wanted: the newest, that comes first anyway."""
    assert read(text).words == words


@pytest.mark.parametrize("text", ["2025", "mars 2026", "EAU-2026-001", "route de 2031 lits", "réunion de mardi"])
def test_nothing_is_guessed_where_nothing_else_is_said(text: str) -> None:
    """A date alone is what is looked for, a year to come and a reference are words."""
    found = read(text)
    assert (found.words, found.hint.span) == (text, None)


def ways(text: str) -> list[set[str]]:
    """What each word of a question may be found by."""
    found = read(text)
    return [
        {" ".join(term.word for term in phrase.terms) for phrase in wanted.phrases}
        for wanted in wanted_words(found.words, found.hint)
    ]


def test_an_acronym_and_its_long_form_find_each_other() -> None:
    """Each way, but only the words that say it: "urbanisme" alone is no PLU."""
    assert ways("PLU") == [{"plu", "plan local urbanisme"}]
    assert all({"plu", "plan local urbanisme"} <= each for each in ways("plan local d'urbanisme"))
    assert ways("urbanisme") == [{"urbanisme"}]
    assert "pv" in ways("compte rendu")[0]


def test_an_acronym_has_no_other_form() -> None:
    """The word "plus" holds no "PLU", nor "robe" a "ROB"."""
    found = read("ROB")
    assert all(phrase.exact for phrase in wanted_words(found.words, found.hint)[0].phrases if len(phrase.terms) == 1)


def test_hints_look_for_the_date_however_it_is_written() -> None:
    """A day whole, or its day and month; a month with its year; a year in the titles only."""

    def looked_for(text: str) -> list[tuple[list[str], bool]]:
        found = read(text)
        return [
            ([" ".join(term.word for term in phrase.terms) for phrase in wanted.phrases], wanted.titles)
            for wanted in wanted_hints(found.words, found.hint)
        ]

    assert looked_for("eau du 24 mars 2026") == [(["2026-03-24", "24 mars"], False)]
    assert looked_for("eau de mars 2026") == [(["mars 2026"], False)]
    assert looked_for("eau 2025") == [(["2025"], True)]
    assert looked_for("pompe à eau") == [(["pompe a eau"], False)]


def test_the_acronyms_are_many_and_clean() -> None:
    """At least sixty, each with a long form that is longer, and no two alike."""
    assert len(ACRONYMS) >= 60
    assert len({acronym.lower() for acronym in ACRONYMS}) == len(ACRONYMS)
    assert all(long and len(each) > len(acronym) for acronym, long in ACRONYMS.items() for each in long)
    assert long_forms("p.l.u.i") == ("plan local d'urbanisme intercommunal",)
    assert (as_written("scot"), as_written("mairie"), long_forms("mairie")) == ("SCoT", "mairie", ())


def test_a_kind_has_all_its_names() -> None:
    """Plurals, capitals and hyphens don't count."""
    assert names_of_kind("Comptes-rendus") == names_of_kind("PV")
    assert names_of_kind("les eaux") == ()
