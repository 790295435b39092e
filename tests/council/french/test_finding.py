"""Dates and periods found inside sentences, and sentences that only look as if they held one."""

from datetime import date

import pytest

from council.french.reading import AmbiguousDate, DateRefusal, find_period, find_when, read_period
from tests.council.french.moments import THURSDAY, at

FOUND = {
    "rappelle-moi le devis mardi à 18h": ("mardi 12 janvier 2027 à 18 h", "rappelle-moi le devis"),
    "le point du 12 mars": ("vendredi 12 mars 2027", "le point"),
    "question pour mardi": ("mardi 12 janvier 2027", "question"),
    "Peut-on se voir le 12 à 18h pour le budget ?": (
        "mardi 12 janvier 2027 à 18 h",
        "Peut-on se voir pour le budget ?",
    ),
    "appelle le maire dans une heure": ("jeudi 7 janvier 2027 à 11 h", "appelle le maire"),
    "à la mairie à 18h demain": ("vendredi 8 janvier 2027 à 18 h", "à la mairie"),
    "réunion 20h mardi": ("mardi 12 janvier 2027 à 20 h", "réunion"),
    "réunion ce soir": ("jeudi 7 janvier 2027 à 20 h", "réunion"),
    "appelle-moi à 18h": ("jeudi 7 janvier 2027 à 18 h", "appelle-moi"),
    "l'ordre du jour du mardi 12 janvier 2027": ("mardi 12 janvier 2027", "l'ordre du jour"),
    "le marché de Noël est le 12/12": ("dimanche 12 décembre 2027", "le marché de Noël est"),
    "FIN-2027-003 avant le 12 mars": ("vendredi 12 mars 2027", "FIN-2027-003"),
    "(mardi)": ("mardi 12 janvier 2027", "( )"),
    "48 h de travail avant mardi": ("mardi 12 janvier 2027", "48 h de travail"),
    "réponse avant le 15 svp": ("vendredi 15 janvier 2027", "réponse svp"),
    "demande d'aujourd'hui": ("jeudi 7 janvier 2027", "demande"),
    "lu du 3 au 5 mars, à rendre mardi": ("mardi 12 janvier 2027", "lu du 3 au 5 mars, à rendre"),
    "entre midi et 14h à la mairie": ("jeudi 7 janvier 2027 de 12 h à 14 h", "à la mairie"),
    "on se voit à Noël": ("samedi 25 décembre 2027", "on se voit"),
}

NOT_FOUND = (
    *("la rue du 8 mai 1945", "place du 14 juillet", "FIN-2027-003", "2/3 des voix", "réunion le 3 pages"),
    *("marché de Noël", "Quand est la commission de mars ?", "le 12 rue des Lilas", "mardi-gras-fête", "les mardis"),
    *("2 fois", "3.5 M€", "1/4 de la salle", "la séance de 18h", "un marsouin", "le matin", "x12/01/2027", "a12/01"),
    *("le premier point", "Le 1er point de l'ordre du jour", "12 personnes", "un document de 12 pages", "mais", "mare"),
    *("13/13", "le 45/78", "v12.01.2027", "https://mairie.fr/2027-01-12", "48 h", "trois adjoints", "sept élus", ""),
    *(
        "du 12 au 14",
        "du lundi 3 au mardi 4 mars",
        "ouvert du lundi au vendredi",
        "nuit du 4 au 5 mars",
        "depuis mardi",
        "06.12.03.45.67",
    ),
    *("appelle le 06 12 03 45 67", "06-12-03-45-67", "SIREN 200 067 213", "51220", "M. Mars", "le 1er adjoint"),
    *("chaque mardi", "le premier mardi de chaque mois", "le 2e mardi de chaque mois", "le dernier mardi"),
)


@pytest.mark.parametrize("text", FOUND)
def test_a_date_is_found_in_a_sentence(text: str) -> None:
    """The date is understood, and the sentence is given back without it."""
    found = find_when(text, now=THURSDAY)
    assert found is not None
    assert (found[0].shown(), found[1]) == FOUND[text]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_a_sentence_without_a_date_holds_none(text: str) -> None:
    """Streets, references, fractions and counted things are left alone."""
    assert find_when(text, now=THURSDAY) is None


PERIODS = """
cette semaine | 2027-01-04 | 2027-01-10
la semaine prochaine | 2027-01-11 | 2027-01-17
semaine prochaine | 2027-01-11 | 2027-01-17
la semaine dernière | 2026-12-28 | 2027-01-03
la semaine du 12 mars | 2027-03-08 | 2027-03-14
ce mois-ci | 2027-01-01 | 2027-01-31
ce mois | 2027-01-01 | 2027-01-31
le mois prochain | 2027-02-01 | 2027-02-28
le mois dernier | 2026-12-01 | 2026-12-31
en mars | 2027-03-01 | 2027-03-31
mars | 2027-03-01 | 2027-03-31
au mois d'avril | 2027-04-01 | 2027-04-30
en février 2028 | 2028-02-01 | 2028-02-29
en janvier | 2027-01-01 | 2027-01-31
mars dernier | 2026-03-01 | 2026-03-31
mars prochain | 2027-03-01 | 2027-03-31
de mars à mai | 2027-03-01 | 2027-05-31
de décembre à février 2028 | 2027-12-01 | 2028-02-29
du 3 au 5 mars | 2027-03-03 | 2027-03-05
du 3 au 5 | 2027-02-03 | 2027-02-05
du 28 au 3 mars | 2027-02-28 | 2027-03-03
du 30 au 3 mars | 2027-01-30 | 2027-03-03
du 3 mars au 5 avril | 2027-03-03 | 2027-04-05
du 28 février au 3 mars | 2027-02-28 | 2027-03-03
du 28 décembre au 3 janvier | 2027-12-28 | 2028-01-03
du 1er au 20 janvier | 2027-01-01 | 2027-01-20
du lundi 1er au mercredi 3 mars | 2027-03-01 | 2027-03-03
du 12/01 au 15/01/2027 | 2027-01-12 | 2027-01-15
du 3 au 5 mars 2025 | 2025-03-03 | 2025-03-05
du 30 au 31 | 2027-01-30 | 2027-01-31
entre le 3 et le 5 mars | 2027-03-03 | 2027-03-05
de lundi à mercredi | 2027-01-11 | 2027-01-13
de mercredi à jeudi | 2027-01-06 | 2027-01-07
aujourd'hui | 2027-01-07 | 2027-01-07
demain | 2027-01-08 | 2027-01-08
demain soir | 2027-01-08 | 2027-01-08
hier | 2027-01-06 | 2027-01-06
le 12 mars 2021 | 2021-03-12 | 2021-03-12
ce week-end | 2027-01-09 | 2027-01-10
ce weekend | 2027-01-09 | 2027-01-10
le week-end dernier | 2027-01-02 | 2027-01-03
les 15 prochains jours | 2027-01-07 | 2027-01-22
les quinze prochains jours | 2027-01-07 | 2027-01-22
les 15 jours à venir | 2027-01-07 | 2027-01-22
dans les 15 jours | 2027-01-07 | 2027-01-22
les prochains jours | 2027-01-07 | 2027-01-14
les deux prochaines semaines | 2027-01-07 | 2027-01-21
les 3 prochains mois | 2027-01-07 | 2027-04-07
les 3 derniers mois | 2026-10-07 | 2027-01-07
les 10 dernières années | 2017-01-07 | 2027-01-07
d'ici quinze jours | 2027-01-07 | 2027-01-22
d'ici vendredi | 2027-01-07 | 2027-01-08
jusqu'au 12 mars | 2027-01-07 | 2027-03-12
d'ici la fin du mois | 2027-01-07 | 2027-01-31
d'ici la fin de la semaine | 2027-01-07 | 2027-01-10
d'ici la fin de l'année | 2027-01-07 | 2027-12-31
depuis le 1er décembre | 2026-12-01 | 2027-01-07
depuis lundi | 2027-01-04 | 2027-01-07
début mars | 2027-03-01 | 2027-03-10
mi-mars | 2027-03-11 | 2027-03-20
fin mars | 2027-03-21 | 2027-03-31
fin du mois | 2027-01-21 | 2027-01-31
ce trimestre | 2027-01-01 | 2027-03-31
le trimestre prochain | 2027-04-01 | 2027-06-30
le premier trimestre | 2027-01-01 | 2027-03-31
au 4e trimestre 2026 | 2026-10-01 | 2026-12-31
le second semestre | 2027-07-01 | 2027-12-31
cette année | 2027-01-01 | 2027-12-31
l'année dernière | 2026-01-01 | 2026-12-31
l'an prochain | 2028-01-01 | 2028-12-31
en 2026 | 2026-01-01 | 2026-12-31
2026 | 2026-01-01 | 2026-12-31
"""


@pytest.mark.parametrize("row", PERIODS.strip().splitlines())
def test_a_period_has_its_first_and_last_days(row: str) -> None:
    """On Thursday 7 January 2027, each way of saying a period gives its two ends, both in it."""
    said, first, last = row.split(" | ")
    assert read_period(said, now=THURSDAY) == (date.fromisoformat(first), date.fromisoformat(last), "")


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("quelles réunions cette semaine ?", "2027-01-04", "2027-01-10", "quelles réunions ?"),
        ("documents de mars 2025 sur l'eau", "2025-03-01", "2025-03-31", "documents sur l'eau"),
        ("délibérations du 3 au 5 mars", "2027-03-03", "2027-03-05", "délibérations"),
        ("les papiers de la semaine dernière", "2026-12-28", "2027-01-03", "les papiers"),
        ("qu'y a-t-il demain ?", "2027-01-08", "2027-01-08", "qu'y a-t-il ?"),
    ],
)
def test_a_period_is_found_in_a_question(text: str, first: str, last: str, rest: str) -> None:
    """A plain question gives its period, and is given back without it."""
    assert find_period(text, now=THURSDAY) == (date.fromisoformat(first), date.fromisoformat(last), rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "la semaine",
        "le mois",
        "budget en cours",
        "de 18h à 20h",
        "la mare",
        "du",
        "la semaine du conseil",
        "de la mairie",
    ],
)
def test_what_is_no_period_is_not_read(text: str) -> None:
    """A bare number, a bare noun or hours are not a period."""
    assert read_period(text, now=THURSDAY) is None
    assert find_period(text, now=THURSDAY) is None


def test_a_month_that_is_too_short_is_passed_over() -> None:
    """Said in February, "du 1er au 31" is March."""
    period = read_period("du 1er au 31", now=at("2027-02-05 10:00"))
    assert period == (date(2027, 3, 1), date(2027, 3, 31), "")


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    """Two full dates in the wrong order are named, never swapped."""
    with pytest.raises(DateRefusal, match=r"^Cette période finit avant de commencer\.$"):
        read_period("du 5 mars 2027 au 3 mars 2027", now=THURSDAY)


def test_next_weekend_is_asked_in_the_week() -> None:
    """On a Thursday usage is divided: the two Saturdays are offered."""
    with pytest.raises(AmbiguousDate) as asked:
        read_period("le week-end prochain", now=THURSDAY)
    assert asked.value.choices == (date(2027, 1, 9), date(2027, 1, 16))


def test_a_question_inside_a_sentence_keeps_the_sentence() -> None:
    """What is asked again is the sentence without its date."""
    with pytest.raises(AmbiguousDate) as asked:
        find_when("rappelle le devis lundi 12 janvier à 9h à tous", now=THURSDAY)
    assert asked.value.rest == "rappelle le devis à tous"
