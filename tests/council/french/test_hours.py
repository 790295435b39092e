"""Hours, alone or after a day, as people write them."""

import pytest

from council.french.reading import read_when
from tests.council.french.moments import THURSDAY

HOURS = """
mardi 20h | mardi 12 janvier 2027 à 20 h
mardi à 20h | mardi 12 janvier 2027 à 20 h
mardi, 20 h | mardi 12 janvier 2027 à 20 h
mardi 20H30 | mardi 12 janvier 2027 à 20 h 30
mardi 20:30 | mardi 12 janvier 2027 à 20 h 30
mardi 20:30:00 | mardi 12 janvier 2027 à 20 h 30
mardi à 18.30 | mardi 12 janvier 2027 à 18 h 30
mardi 18 heures 30 | mardi 12 janvier 2027 à 18 h 30
mardi 18h30mn | mardi 12 janvier 2027 à 18 h 30
mardi vers 18h | mardi 12 janvier 2027 à 18 h
mardi à partir de 18h | mardi 12 janvier 2027 à 18 h
mardi dès 8h | mardi 12 janvier 2027 à 8 h
mardi matin | mardi 12 janvier 2027 à 9 h
mardi après-midi | mardi 12 janvier 2027 à 14 h
mardi dans l'après-midi | mardi 12 janvier 2027 à 14 h
mardi soir | mardi 12 janvier 2027 à 20 h
mardi en fin de journée | mardi 12 janvier 2027 à 18 h
mardi midi | mardi 12 janvier 2027 à 12 h
mardi midi et demi | mardi 12 janvier 2027 à 12 h 30
mardi minuit | mercredi 13 janvier 2027 à 0 h
mardi 24h | mercredi 13 janvier 2027 à 0 h
mardi à 0h30 | mardi 12 janvier 2027 à 0 h 30
mardi dix-huit heures trente | mardi 12 janvier 2027 à 18 h 30
mardi vingt heures | mardi 12 janvier 2027 à 20 h
mardi à vingt et une heures | mardi 12 janvier 2027 à 21 h
mardi huit heures et quart | mardi 12 janvier 2027 à 8 h 15
mardi à neuf heures moins le quart | mardi 12 janvier 2027 à 8 h 45
mardi à six heures et demie du soir | mardi 12 janvier 2027 à 18 h 30
mardi à 6 h | mardi 12 janvier 2027 à 6 h
mardi à 6 h du soir | mardi 12 janvier 2027 à 18 h
mardi à 6 h du matin | mardi 12 janvier 2027 à 6 h
mardi à 3 heures de l'après-midi | mardi 12 janvier 2027 à 15 h
demain soir à 8 h | vendredi 8 janvier 2027 à 20 h
mardi de 18 h à 20 h | mardi 12 janvier 2027 de 18 h à 20 h
mardi de 18 à 20 h | mardi 12 janvier 2027 de 18 h à 20 h
mardi 18h-20h | mardi 12 janvier 2027 de 18 h à 20 h
mardi 18h30 - 20h15 | mardi 12 janvier 2027 de 18 h 30 à 20 h 15
mardi 9-11h | mardi 12 janvier 2027 de 9 h à 11 h
mardi à 14h00-16h00 | mardi 12 janvier 2027 de 14 h à 16 h
mardi 18h/20h | mardi 12 janvier 2027 de 18 h à 20 h
mardi 18h à 20 | mardi 12 janvier 2027 de 18 h à 20 h
mardi - 18h | mardi 12 janvier 2027 à 18 h
mardi à 18 heures précises | mardi 12 janvier 2027 à 18 h
12 janvier 28 à 18h | mercredi 12 janvier 2028 à 18 h
mardi entre midi et deux | mardi 12 janvier 2027 de 12 h à 14 h
12 mars 18 à 20h | vendredi 12 mars 2027 de 18 h à 20 h
mardi vers les 18h | mardi 12 janvier 2027 à 18 h
mardi 18 h 5 | mardi 12 janvier 2027 à 18 h 05
mardi entre 18h et 20h | mardi 12 janvier 2027 de 18 h à 20 h
mardi 18h jusqu'à 20h | mardi 12 janvier 2027 de 18 h à 20 h
mardi de 20h à minuit | mardi 12 janvier 2027 de 20 h à 0 h
le 12 à 18 h 30 | mardi 12 janvier 2027 à 18 h 30
12/01 18h | mardi 12 janvier 2027 à 18 h
12 janvier 18h | mardi 12 janvier 2027 à 18 h
mardi 12 janvier 2027 à 18h30 | mardi 12 janvier 2027 à 18 h 30
mardi 12 janvier 2027 à 18 h 30 | mardi 12 janvier 2027 à 18 h 30
2027-01-12 18:30 | mardi 12 janvier 2027 à 18 h 30
demain soir | vendredi 8 janvier 2027 à 20 h
demain matin | vendredi 8 janvier 2027 à 9 h
après-demain matin | samedi 9 janvier 2027 à 9 h
aujourd'hui 18h | jeudi 7 janvier 2027 à 18 h
ce soir | jeudi 7 janvier 2027 à 20 h
ce soir 19h | jeudi 7 janvier 2027 à 19 h
cet après-midi | jeudi 7 janvier 2027 à 14 h
ce soir à minuit | vendredi 8 janvier 2027 à 0 h
midi | jeudi 7 janvier 2027 à 12 h
minuit | vendredi 8 janvier 2027 à 0 h
18h | jeudi 7 janvier 2027 à 18 h
18 h 30 | jeudi 7 janvier 2027 à 18 h 30
18:30 | jeudi 7 janvier 2027 à 18 h 30
18h30 | jeudi 7 janvier 2027 à 18 h 30
à 18h mardi | mardi 12 janvier 2027 à 18 h
18h30 le 12 janvier | mardi 12 janvier 2027 à 18 h 30
18 h 12 janvier | mardi 12 janvier 2027 à 18 h
dans une heure | jeudi 7 janvier 2027 à 11 h
dans 2 heures | jeudi 7 janvier 2027 à 12 h
dans 30 minutes | jeudi 7 janvier 2027 à 10 h 30
dans une demi-heure | jeudi 7 janvier 2027 à 10 h 30
dans 1h30 | jeudi 7 janvier 2027 à 11 h 30
dans 48 h | samedi 9 janvier 2027 à 10 h
dans 3 jours à 18h | dimanche 10 janvier 2027 à 18 h
jeudi 9h | jeudi 14 janvier 2027 à 9 h
le 7 à 9h | dimanche 7 février 2027 à 9 h
lundi de Pâques à 10h | lundi 29 mars 2027 à 10 h
"""


@pytest.mark.parametrize(("said", "meant"), [row.split(" | ") for row in HOURS.strip().splitlines()])
def test_an_hour_is_understood(said: str, meant: str) -> None:
    """On Thursday 7 January 2027 at 10 h, each way of saying an hour gives that hour, and leaves nothing."""
    read = read_when(said, now=THURSDAY)
    assert read is not None
    assert (read[0].shown(), read[1]) == (meant, "")
