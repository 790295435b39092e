"""Several dates at once, and the numbers that answer them."""

import pytest

from council.french.reading import DateRefusal
from council.french.several import OneAmbiguous, read_dates, read_numbers
from tests.council.french.moments import THURSDAY

DATES = """
mardi 12 janvier ; jeudi 14 janvier à 20 h | mardi 12 janvier 2027 à 20 h / jeudi 14 janvier 2027 à 20 h |
12/01 18h ; 14/01 20h | mardi 12 janvier 2027 à 18 h / jeudi 14 janvier 2027 à 20 h |
12/01 18h ; 14/01 | mardi 12 janvier 2027 à 18 h / jeudi 14 janvier 2027 à 18 h |
mardi 12 à 20h, jeudi 14 à 20h ou lundi 18 à 18h30 | mardi 12 janvier 2027 à 20 h / jeudi 14 janvier 2027 à 20 h / lundi 18 janvier 2027 à 18 h 30 |
mardi 12 et jeudi 14 | mardi 12 janvier 2027 / jeudi 14 janvier 2027 |
demain à 20 h / mardi en huit | vendredi 8 janvier 2027 à 20 h / mardi 19 janvier 2027 à 20 h |
12 mars ; 13 mars ; 14 mars à 20 h à la mairie | vendredi 12 mars 2027 à 20 h / samedi 13 mars 2027 à 20 h / dimanche 14 mars 2027 à 20 h | à la mairie
soit mardi | | soit mardi
à la mairie | | à la mairie
"""
NUMBERS = {
    "1 et 3": (1, 3),
    "1, 3": (1, 3),
    "1,3": (1, 3),
    "3 1": (1, 3),
    "2": (2,),
    "la 2": (2,),
    "la 1 et la 3": (1, 3),
    "les 1 et 2": (1, 2),
    "n° 2": (2,),
    "1 ou 2": (1, 2),
    "date 3": (3,),
    "1/2/3": (1, 2, 3),
    "1 + 3": (1, 3),
    "Aucune": (),
    "aucune date": (),
    "aucune ne me convient": (),
    "aucun": (),
    "pas disponible": (),
    "toutes": (1, 2, 3),
    "Toutes les dates": (1, 2, 3),
    "toutes sauf la 2": (1, 3),
    "toutes me vont": (1, 2, 3),
    "tout me va": (1, 2, 3),
    "la première": (1,),
    "la première et la dernière": (1, 3),
    "les deux premières": (1, 2),
    "les 2 dernières": (2, 3),
    "toutes sauf la dernière": (1, 2),
    "la quatrième": None,
    "les quatre premières": None,
    "4": None,
    "1 et 4": None,
    "2 points": None,
    "2e": None,
    "1 et 3 pages": None,
    "oui": None,
    "12": None,
    "": None,
    "aucune idée": None,
    "rien à signaler": None,
    "tout va bien": None,
    "2 h": None,
}


@pytest.mark.parametrize("row", DATES.strip().splitlines())
def test_dates_are_read_one_after_another(row: str) -> None:
    """An hour said once is everybody's."""
    said, meant, rest = (piece.strip() for piece in row.split("|"))
    read = read_dates(said, now=THURSDAY)
    assert (" / ".join(day.shown() for day in read.days), read.rest) == (meant, rest)


def test_a_wrong_one_is_told() -> None:
    """Which one, and why; what was read before it is kept for the question."""
    with pytest.raises(DateRefusal):
        read_dates("mardi 12 janvier ; mardi 5 janvier 2021", now=THURSDAY)
    with pytest.raises(OneAmbiguous) as asked:
        read_dates("demain à 20 h ; lundi 12 janvier à 20 h ; 14 janvier à 20 h", now=THURSDAY)
    assert [day.shown() for day in asked.value.before] == ["vendredi 8 janvier 2027 à 20 h"]
    assert asked.value.doubt.rest == "; 14 janvier à 20 h"


@pytest.mark.parametrize("said", NUMBERS)
def test_numbers_answer(said: str) -> None:
    """Among three dates; anything else is no answer."""
    assert read_numbers(said, 3) == NUMBERS[said]
