"""Dates as they are typed on a phone, hurried and short, said on jeudi 7 janvier 2027 at 10 h: read whole, asked, or not read."""

import pytest

from council.french.reading import AmbiguousDate, read_when
from tests.council.french.moments import THURSDAY

READ = """
mardi prochain 20h | mardi 12 janvier 2027 à 20 h
dans 15 jours | vendredi 22 janvier 2027
fin janvier | dimanche 31 janvier 2027
1er mars 18h | lundi 1er mars 2027 à 18 h
ce soir | jeudi 7 janvier 2027 à 20 h
lundi en quinze 19h | lundi 25 janvier 2027 à 19 h
mercredi midi | mercredi 13 janvier 2027 à 12 h
demin 20h | vendredi 8 janvier 2027 à 20 h
mardi 19 20h30 | mardi 19 janvier 2027 à 20 h 30
mar 19/01 20h | mardi 19 janvier 2027 à 20 h
jeu. 14 janv. 18h30 | jeudi 14 janvier 2027 à 18 h 30
vendredi soir | vendredi 8 janvier 2027 à 20 h
samedi matin 10h | samedi 9 janvier 2027 à 10 h
lundi prochain vers 19h | lundi 11 janvier 2027 à 19 h
mardi 12 a 20 heures trente | mardi 12 janvier 2027 à 20 h 30
12/1 20h | mardi 12 janvier 2027 à 20 h
12-01-2027 20h | mardi 12 janvier 2027 à 20 h
le 12 à 8h du soir | mardi 12 janvier 2027 à 20 h
mardi 20 h 00 | mardi 12 janvier 2027 à 20 h
20h mardi | mardi 12 janvier 2027 à 20 h
à 20h demain | vendredi 8 janvier 2027 à 20 h
demain aprem 14h | vendredi 8 janvier 2027 à 14 h
aprés demain 18h | samedi 9 janvier 2027 à 18 h
apres-demain | samedi 9 janvier 2027
vendredi dans 3 semaines à 20h | vendredi 29 janvier 2027 à 20 h
vendredi dans quinze jours | vendredi 22 janvier 2027
lundi en 8 à 19h | lundi 18 janvier 2027 à 19 h
d'ici 15 jours | vendredi 22 janvier 2027
sous quinzaine | vendredi 22 janvier 2027
mardi de la semaine prochaine 20h | mardi 12 janvier 2027 à 20 h
semaine prochaine mardi 20h | mardi 12 janvier 2027 à 20 h
mi février 19h | lundi 15 février 2027 à 19 h
début mars 18h | lundi 1er mars 2027 à 18 h
le dernier jeudi de janvier à 20h | jeudi 28 janvier 2027 à 20 h
3eme jeudi de février 20h | jeudi 18 février 2027 à 20 h
jeudi 14 janvier 2027 de 18h à 20h | jeudi 14 janvier 2027 de 18 h à 20 h
jeudi 14 janvier 18h-20h | jeudi 14 janvier 2027 de 18 h à 20 h
dans une semaine à 20h | jeudi 14 janvier 2027 à 20 h
dans un mois | dimanche 7 février 2027
ds 3 sem | jeudi 28 janvier 2027
lundi de Pâques 10h | lundi 29 mars 2027 à 10 h
le 1er mardi de mars 20h | mardi 2 mars 2027 à 20 h
1er mars | lundi 1er mars 2027
jeudi 7 20h | jeudi 7 janvier 2027 à 20 h
aujourd'hui 18h | jeudi 7 janvier 2027 à 18 h
ce jeudi 20h | jeudi 7 janvier 2027 à 20 h
dans 2h | jeudi 7 janvier 2027 à 12 h
dans 1h30 | jeudi 7 janvier 2027 à 11 h 30
dans une heure et demie | jeudi 7 janvier 2027 à 11 h 30
dimanche en huit 9h30 | dimanche 17 janvier 2027 à 9 h 30
mardi 19 janvier 20:30 | mardi 19 janvier 2027 à 20 h 30
mardi 19 janvier 20H30 | mardi 19 janvier 2027 à 20 h 30
mardi 19 janvrier 20h | mardi 19 janvier 2027 à 20 h
mercredi 20 janv 8h | mercredi 20 janvier 2027 à 8 h
le vingt janvier à vingt heures | mercredi 20 janvier 2027 à 20 h
vingt-et-un janvier | jeudi 21 janvier 2027
21 janvier midi et demi | jeudi 21 janvier 2027 à 12 h 30
le 21 à midi | jeudi 21 janvier 2027 à 12 h
le 21 à minuit | vendredi 22 janvier 2027 à 0 h
21 jan. 2027 18 heures | jeudi 21 janvier 2027 à 18 h
mardi 19 janvier à 20h précises | mardi 19 janvier 2027 à 20 h
le 14 juillet | mercredi 14 juillet 2027
lundi 18/01/27 18h30 | lundi 18 janvier 2027 à 18 h 30
mardi19janvier | mardi 19 janvier 2027
mardi 19janvier 20h | mardi 19 janvier 2027 à 20 h
le mardi 19 au soir | mardi 19 janvier 2027 à 20 h
mardi 19 janvier au matin 9h | mardi 19 janvier 2027 à 9 h
dans huit jours 20h | vendredi 15 janvier 2027 à 20 h
sous huitaine | vendredi 15 janvier 2027
vendredi fin d'après-midi | vendredi 8 janvier 2027 à 17 h
demain matin | vendredi 8 janvier 2027 à 9 h
mardi 19 janvier 19h45 - 21h | mardi 19 janvier 2027 de 19 h 45 à 21 h
jeudi21 18h30 | jeudi 21 janvier 2027 à 18 h 30
le jeudi 21/1 18h30 | jeudi 21 janvier 2027 à 18 h 30
jeudi 21 janvier à 18:30h | jeudi 21 janvier 2027 à 18 h 30
mardi 19 à 20 heures | mardi 19 janvier 2027 à 20 h
mardi 19 janvier vingt heures trente | mardi 19 janvier 2027 à 20 h 30
mardi 19 janvier huit heures du soir | mardi 19 janvier 2027 à 20 h
d'aujourd'hui en huit 20h | jeudi 14 janvier 2027 à 20 h
demain en huit 20h | vendredi 15 janvier 2027 à 20 h
vend 22 jan 18h | vendredi 22 janvier 2027 à 18 h
ven 22 18h | vendredi 22 janvier 2027 à 18 h
dimanche 24 janvier 10 h 30 mn | dimanche 24 janvier 2027 à 10 h 30
20h30 le 19 | mardi 19 janvier 2027 à 20 h 30
19h le mardi 19/01 | mardi 19 janvier 2027 à 19 h
le 2e mardi du mois prochain 20h | mardi 9 février 2027 à 20 h
entre 18h et 20h mardi | mardi 12 janvier 2027 de 18 h à 20 h
"""
ASKED = (
    "le mardi 9 à 18h30",
    "jeudi en huit 20h",
    "mardi 13 janvier 20h",
    "samedi prochain 10h",
    "lundi dans 3 semaines 20h",
)
NONE = (
    "du 3 au 5 mars",
    "dem 20h",
    "2m1 20h",
    "12.01 à 20h",
    "la semaine prochaine",
    "mardi d'après",
    "le mardi suivant",
    "courant mars",
    "dans 3 s",
    "après les vacances",
    "après Pâques",
    "prem mars",
    "tt à l'heure",
    "ce week-end",
    "à la rentrée",
    "2027-01-18T18:30",
    "20270118",
    "en fin de mois",
    "fin de semaine",
    "le lendemain",
    "vendredi dans 10 jours",
    "pas avant mardi",
)


@pytest.mark.parametrize("row", READ.strip().splitlines())
def test_what_is_typed_is_read_whole(row: str) -> None:
    """Nothing of it is left for a place."""
    said, shown = row.split(" | ")
    read = read_when(said, now=THURSDAY)
    assert read is not None
    assert (read[0].shown(), read[1]) == (shown, "")


@pytest.mark.parametrize("said", ASKED)
def test_what_may_be_two_days_is_asked(said: str) -> None:
    """Where usage is divided, or the weekday isn't the date's."""
    with pytest.raises(AmbiguousDate):
        read_when(said, now=THURSDAY)


@pytest.mark.parametrize("said", NONE)
def test_what_is_no_day_is_not_read(said: str) -> None:
    """A period, a riddle: who reads it asks."""
    assert read_when(said, now=THURSDAY) is None
