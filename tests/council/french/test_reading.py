"""What people write, when they write it, and the date that is understood."""

import pytest

from council.french.reading import read_when
from tests.council.french.moments import THURSDAY, at

DAYS = """
mardi | mardi 12 janvier 2027
Mardi | mardi 12 janvier 2027
MARDI | mardi 12 janvier 2027
mradi | mardi 12 janvier 2027
mardii | mardi 12 janvier 2027
mercedi | mercredi 13 janvier 2027
vendredu | vendredi 8 janvier 2027
dimanch | dimanche 10 janvier 2027
lundi prochain | lundi 11 janvier 2027
mardi prochain | mardi 12 janvier 2027
jeudi prochain | jeudi 14 janvier 2027
ce mardi | mardi 12 janvier 2027
ce jeudi | jeudi 7 janvier 2027
ce vendredi | vendredi 8 janvier 2027
mardi en huit | mardi 19 janvier 2027
mardi en quinze | mardi 26 janvier 2027
demain en huit | vendredi 15 janvier 2027
aujourd'hui en huit | jeudi 14 janvier 2027
mardi en 8 | mardi 19 janvier 2027
mardi qui vient | mardi 12 janvier 2027
le prochain mardi | mardi 12 janvier 2027
la semaine prochaine, mardi | mardi 12 janvier 2027
mardi de la semaine prochaine | mardi 12 janvier 2027
samedi de cette semaine | samedi 9 janvier 2027
le 12 | mardi 12 janvier 2027
au 12 | mardi 12 janvier 2027
le 6 | samedi 6 février 2027
le 31 | dimanche 31 janvier 2027
le 1er | lundi 1er février 2027
le 3 du mois prochain | mercredi 3 février 2027
le 12 courant | mardi 12 janvier 2027
mardi 12 | mardi 12 janvier 2027
le mardi 12 | mardi 12 janvier 2027
12/01 | mardi 12 janvier 2027
12/1 | mardi 12 janvier 2027
le 6/1 | jeudi 6 janvier 2028
12/01/2027 | mardi 12 janvier 2027
12/01/27 | mardi 12 janvier 2027
12-01-27 | mardi 12 janvier 2027
12-01-2027 | mardi 12 janvier 2027
12.01.2027 | mardi 12 janvier 2027
12.1.27 | mardi 12 janvier 2027
le 12.01 | mardi 12 janvier 2027
mardi 12-01 | mardi 12 janvier 2027
12 janvier 28 | mercredi 12 janvier 2028
12 01 2027 | mardi 12 janvier 2027
2027-01-12 | mardi 12 janvier 2027
2027/01/12 | mardi 12 janvier 2027
mardi 12/01 | mardi 12 janvier 2027
mar. 12/01 | mardi 12 janvier 2027
mar 12 janv | mardi 12 janvier 2027
jeu. 14 janv. | jeudi 14 janvier 2027
12 janvier | mardi 12 janvier 2027
12 janv. | mardi 12 janvier 2027
12janvier | mardi 12 janvier 2027
12 jnavier | mardi 12 janvier 2027
12 Janvier 2027 | mardi 12 janvier 2027
6 janvier | jeudi 6 janvier 2028
7 janvier | jeudi 7 janvier 2027
1er mars | lundi 1er mars 2027
1 mars | lundi 1er mars 2027
premier mars | lundi 1er mars 2027
15 fevrier | lundi 15 février 2027
15 FÉVRIER | lundi 15 février 2027
15 fév | lundi 15 février 2027
15 aout | dimanche 15 août 2027
15 août | dimanche 15 août 2027
3 sept. | vendredi 3 septembre 2027
3 setpembre | vendredi 3 septembre 2027
4 déc. 2027 | samedi 4 décembre 2027
douze mars | vendredi 12 mars 2027
vingt-et-un mars | dimanche 21 mars 2027
le 12 mars prochain | vendredi 12 mars 2027
mardi 12 janvier 2027 | mardi 12 janvier 2027
mardi, 12 janvier 2027 | mardi 12 janvier 2027
mardi le 12 janvier | mardi 12 janvier 2027
le mardi 12 janvier 2027 | mardi 12 janvier 2027
mardi 29 février 2028 | mardi 29 février 2028
29 février 2028 | mardi 29 février 2028
le premier mardi de février | mardi 2 février 2027
le 1er mardi de février | mardi 2 février 2027
deuxième mardi du mois | mardi 12 janvier 2027
le 2e jeudi du mois | jeudi 14 janvier 2027
le 2ème jeudi du mois | jeudi 14 janvier 2027
le premier mardi du mois | mardi 2 février 2027
le premier mardi du mois prochain | mardi 2 février 2027
le 3e lundi d'avril | lundi 19 avril 2027
le dernier vendredi de mars 2027 | vendredi 26 mars 2027
l'avant-dernier vendredi de mars | vendredi 19 mars 2027
le dernier jeudi de décembre | jeudi 30 décembre 2027
le premier mardi de janvier | mardi 4 janvier 2028
le second mercredi du mois de mars | mercredi 10 mars 2027
demain | vendredi 8 janvier 2027
Demain | vendredi 8 janvier 2027
après-demain | samedi 9 janvier 2027
apres demain | samedi 9 janvier 2027
aujourd'hui | jeudi 7 janvier 2027
aujourd’hui | jeudi 7 janvier 2027
aujourdhui | jeudi 7 janvier 2027
dans 3 semaines | jeudi 28 janvier 2027
dans deux jours | samedi 9 janvier 2027
dans un mois | dimanche 7 février 2027
dans 1 an | vendredi 7 janvier 2028
dans une quinzaine de jours | vendredi 22 janvier 2027
dans une quinzaine | vendredi 22 janvier 2027
sous huitaine | vendredi 15 janvier 2027
sous 8 jours | vendredi 15 janvier 2027
d'ici quinze jours | vendredi 22 janvier 2027
d'ici vendredi | vendredi 8 janvier 2027
d'ici le 12 | mardi 12 janvier 2027
pour mardi | mardi 12 janvier 2027
pour le 12 mars | vendredi 12 mars 2027
à partir du 12 mars | vendredi 12 mars 2027
fin mars | mercredi 31 mars 2027
fin février 2028 | mardi 29 février 2028
fin de mars | mercredi 31 mars 2027
fin du mois | dimanche 31 janvier 2027
d'ici la fin du mois | dimanche 31 janvier 2027
le dernier jour du mois | dimanche 31 janvier 2027
mi-mars | lundi 15 mars 2027
mi mars | lundi 15 mars 2027
début mars | lundi 1er mars 2027
début janvier | samedi 1er janvier 2028
lundi de Pâques | lundi 29 mars 2027
lundi de paques 2028 | lundi 17 avril 2028
le jeudi de l'Ascension | jeudi 6 mai 2027
le lundi de Pentecôte | lundi 17 mai 2027
à Noël | samedi 25 décembre 2027
la Toussaint | lundi 1er novembre 2027
le 14 juillet | mercredi 14 juillet 2027
le 14 juilet | mercredi 14 juillet 2027
le 11 novembre | jeudi 11 novembre 2027
"""

RESTS = {
    "mardi 20h à la mairie": ("mardi 12 janvier 2027 à 20 h", "à la mairie"),
    "mardi 20h, salle des fêtes": ("mardi 12 janvier 2027 à 20 h", "salle des fêtes"),
    "12 mars 18 h 30 salle des mariages": ("vendredi 12 mars 2027 à 18 h 30", "salle des mariages"),
    "12 mars 18 h 30 personnes": ("vendredi 12 mars 2027 à 18 h", "30 personnes"),
    "mardi : L'Été arrive": ("mardi 12 janvier 2027", ": L'Été arrive"),
    "12/01 ; 14/01": ("mardi 12 janvier 2027", "; 14/01"),
    "  demain  Œuvre  d'art ": ("vendredi 8 janvier 2027", "Œuvre  d'art "),
    "mar\u200bdi\u00a020\u202fh": ("mardi 12 janvier 2027 à 20 h", ""),
    "demain deux lignes\nla seconde": ("vendredi 8 janvier 2027", "deux lignes\nla seconde"),
    "mardi 2 points à voir": ("mardi 12 janvier 2027", "2 points à voir"),
    "mardi visio https://visio.fr/12": ("mardi 12 janvier 2027", "visio https://visio.fr/12"),
}

NO_DATES = (
    *("", " ", "2", "12", "2027", "3 pages", "12 personnes", "mars", "mars 2027", "marsouin", "12 marsouins"),
    *("hardi", "12 mais", "le 3 pages", "le premier point", "2e point", "dimanches", "les mardis", "soir", "matin"),
    *("mardi-gras-fête", "12/01/x", "1,5 million", "3.5 M€", "18.30", "FIN-2027-003", "fin", "fin de séance", "mi"),
    *("premier mardi de chaque mois", "2e jeudi", "du 3 au 5 mars", "cette semaine", "la semaine prochaine", "dans"),
    *("dans la salle", "il y a", "entre nous", "de la part de", "budget", "à la mairie", "10-12 personnes", "levrier"),
    *("mardi suivant", "mardi d'après", "mardi de la semaine du 25 janvier", "chaque mardi", "mardi sur deux"),
    *(
        "12 levriers",
        "2027-003",
        "ce",
        "le",
        "d'ici là",
        "pour info",
        "h30",
        "0000-01-12",
        "18:xx",
        "-",
        "//",
        "12//01",
        "\u202e",
        "🗓️",
    ),
)


@pytest.mark.parametrize(("said", "meant"), [row.split(" | ") for row in DAYS.strip().splitlines()])
def test_what_is_said_is_understood(said: str, meant: str) -> None:
    """On Thursday 7 January 2027 at 10 h, each way of saying a date gives that date, and leaves nothing."""
    read = read_when(said, now=THURSDAY)
    assert read is not None
    assert (read[0].shown(), read[1]) == (meant, "")


@pytest.mark.parametrize("said", RESTS)
def test_what_follows_a_date_is_left_as_it_was_written(said: str) -> None:
    """The rest of the line belongs to the next argument, accents, capitals and line breaks kept."""
    read = read_when(said, now=THURSDAY)
    assert read is not None
    assert (read[0].shown(), read[1]) == RESTS[said]


@pytest.mark.parametrize("said", NO_DATES)
def test_what_is_no_date_is_not_read(said: str) -> None:
    """A number, a month alone, a period or a word close to a month is not a date."""
    assert read_when(said, now=THURSDAY) is None


OTHER_MOMENTS = (
    ("mardi 20h", "2027-01-12 20:00", "mardi 19 janvier 2027 à 20 h"),
    ("lundi", "2026-12-31 23:59", "lundi 4 janvier 2027"),
    ("demain", "2026-12-31 23:59", "vendredi 1er janvier 2027"),
    ("demain", "2028-02-28 08:00", "mardi 29 février 2028"),
    ("dans un mois", "2027-01-31 08:00", "dimanche 28 février 2027"),
    ("le 31", "2027-02-05 08:00", "mercredi 31 mars 2027"),
    ("le 30", "2027-01-31 08:00", "mardi 30 mars 2027"),
    ("29 février", "2027-06-01 08:00", "mardi 29 février 2028"),
    ("1er janvier", "2026-12-31 12:00", "vendredi 1er janvier 2027"),
    ("dimanche prochain", "2027-01-10 12:00", "dimanche 17 janvier 2027"),
    ("lundi prochain", "2027-01-10 12:00", "lundi 11 janvier 2027"),
    ("dans une heure", "2026-12-31 23:30", "vendredi 1er janvier 2027 à 0 h 30"),
    ("dans 2 heures", "2027-03-28 01:30", "dimanche 28 mars 2027 à 4 h 30"),
    ("dans 2 heures", "2026-10-25 01:30", "dimanche 25 octobre 2026 à 2 h 30"),
    ("le premier mardi du mois", "2027-02-02 08:00", "mardi 2 février 2027"),
    ("fin du mois", "2027-01-31 08:00", "dimanche 31 janvier 2027"),
    ("mi-janvier", "2027-01-16 08:00", "samedi 15 janvier 2028"),
    ("lundi de Pâques", "2027-03-30 08:00", "lundi 17 avril 2028"),
)


@pytest.mark.parametrize(("said", "now", "meant"), OTHER_MOMENTS)
def test_the_moment_of_speaking_counts(said: str, now: str, meant: str) -> None:
    """A missing month or year is the next one to come, whatever the day of speaking."""
    read = read_when(said, now=at(now))
    assert read is not None
    assert read[0].shown() == meant
