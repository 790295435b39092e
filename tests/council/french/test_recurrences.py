"""What comes back, as people say it: the rule that is kept, and the French that is read back."""

from itertools import islice

import pytest

from council.french import long_date
from council.french.reading import DateRefusal
from council.french.recurrences import read_recurrence
from council.recurrences import kept
from tests.council.french.moments import THURSDAY

READ = """
tous les premiers mardis du mois à 20 h sauf août | chaque premier mardi du mois à 20 h, sauf en août
tous les premiers mardis du mois à 20h | chaque premier mardi du mois à 20 h
Tous les 1ers mardis du mois 20h | chaque premier mardi du mois à 20 h
chaque premier mardi du mois | chaque premier mardi du mois
les premiers mardis du mois | chaque premier mardi du mois
le premier mardi de chaque mois | chaque premier mardi du mois
premier mardi de chaque mois | chaque premier mardi du mois
le 1er mardi de chaque mois à 18 h 30 | chaque premier mardi du mois à 18 h 30
le 2e jeudi de chaque mois | chaque deuxième jeudi du mois
le 2ème jeudi de tous les mois | chaque deuxième jeudi du mois
le second lundi de chaque mois | chaque deuxième lundi du mois
tous les deuxièmes jeudis du mois | chaque deuxième jeudi du mois
tous les 3e mercredis du mois | chaque troisième mercredi du mois
tous les troisiemes mercredis du mois | chaque troisième mercredi du mois
le 4e vendredi de chaque mois | chaque quatrième vendredi du mois
le dernier jeudi de chaque mois | chaque dernier jeudi du mois
tous les derniers jeudis du mois | chaque dernier jeudi du mois
l'avant-dernier jeudi de chaque mois | -
chaque avant-dernier jeudi du mois | chaque avant-dernier jeudi du mois
le premier et le troisième mardi de chaque mois | chaque premier et troisième mardi du mois
tous les 1er et 3e mardis du mois | chaque premier et troisième mardi du mois
les premiers et troisièmes mardis du mois | chaque premier et troisième mardi du mois
chaque mois, le premier mardi à 20 h | chaque premier mardi du mois à 20 h
tous les mois le premier mardi | chaque premier mardi du mois
chaque mois le 15 | le 15 de chaque mois
le 15 de chaque mois à 14 h | le 15 de chaque mois à 14 h
tous les 15 du mois | le 15 de chaque mois
le 1er de chaque mois | le 1er de chaque mois
chaque 10 du mois | le 10 de chaque mois
tous les deux mois, le premier mardi | chaque premier mardi du mois, tous les deux mois, à partir du mardi 2 février 2027
un mois sur deux, le premier lundi | chaque premier lundi du mois, tous les deux mois, à partir du lundi 1er février 2027
le premier mardi tous les trois mois | chaque premier mardi du mois, tous les trois mois, à partir du mardi 2 février 2027
chaque trimestre, le premier mardi | chaque premier mardi du mois, en janvier, avril, juillet et octobre
le premier mardi de chaque trimestre à 20 h | chaque premier mardi du mois à 20 h, en janvier, avril, juillet et octobre
tous les mardis | chaque mardi
tous les mardis à 20 h | chaque mardi à 20 h
tous les mardi 20h | chaque mardi à 20 h
chaque mardi à 18h30 | chaque mardi à 18 h 30
les mardis à 20 h | chaque mardi à 20 h
TOUS LES JEUDIS | chaque jeudi
tous les jeudis soir | chaque jeudi à 20 h
tous les lundis et jeudis à 18 h | chaque lundi et jeudi à 18 h
chaque lundi, mercredi et vendredi | chaque lundi, mercredi et vendredi
toutes les semaines le mardi | chaque mardi
chaque semaine, le mardi à 20 h | chaque mardi à 20 h
le mardi toutes les semaines | chaque mardi
le mardi de chaque semaine | chaque mardi
un mardi sur deux | toutes les deux semaines, le mardi, à partir du mardi 12 janvier 2027
un mardi sur 2 à 20 h | toutes les deux semaines, le mardi à 20 h, à partir du mardi 12 janvier 2027
un lundi sur trois | toutes les trois semaines, le lundi, à partir du lundi 11 janvier 2027
toutes les deux semaines, le mardi | toutes les deux semaines, le mardi, à partir du mardi 12 janvier 2027
toutes les 2 semaines le mardi | toutes les deux semaines, le mardi, à partir du mardi 12 janvier 2027
une semaine sur deux le jeudi | toutes les deux semaines, le jeudi, à partir du jeudi 14 janvier 2027
tous les quinze jours, le mardi | toutes les deux semaines, le mardi, à partir du mardi 12 janvier 2027
le mardi tous les 15 jours | toutes les deux semaines, le mardi, à partir du mardi 12 janvier 2027
le jeudi une semaine sur deux | toutes les deux semaines, le jeudi, à partir du jeudi 14 janvier 2027
tous les mardis sauf en août | chaque mardi, sauf en août
tous les mardis sauf juillet et août | chaque mardi, sauf en juillet et août
tous les mardis hors juillet-août | chaque mardi, sauf en juillet et août
tous les mardis excepté en août | chaque mardi, sauf en août
tous les mardis sauf au mois d'août | chaque mardi, sauf en août
tous les mardis de 18 h à 20 h | chaque mardi de 18 h à 20 h
tous les mardis de septembre à juin | chaque mardi, sauf en juillet et août
tous les mardis d'octobre à mars à 20 h | chaque mardi à 20 h, en janvier, février, mars, octobre, novembre et décembre
tous les premiers mardis du mois en mars, juin et septembre | chaque premier mardi du mois, en mars, juin et septembre
tous les mardis jusqu'au 30 juin | chaque mardi, jusqu'au mercredi 30 juin 2027
tous les mardis jusqu'en juin | chaque mardi, jusqu'au mercredi 30 juin 2027
tous les mardis à partir du 2 mars à 20 h | chaque mardi à 20 h, à partir du mardi 2 mars 2027
tous les mardis à partir de septembre | chaque mardi, à partir du mercredi 1er septembre 2027
tous les mardis sauf le 2 mars | chaque mardi, sauf le mardi 2 mars 2027
tous les mardis à 20 h sauf le 2 mars et le 9 mars | chaque mardi à 20 h, sauf le mardi 2 mars 2027 et le mardi 9 mars 2027
tous les mardis à 20 h, sauf en août, jusqu'au 31 décembre | chaque mardi à 20 h, sauf en août, jusqu'au vendredi 31 décembre 2027
tous les mercredi | chaque mercredi
tous les mecredis | chaque mercredi
chaque premier mradi du mois | chaque premier mardi du mois
"""
NONE = (
    *("mardi", "le mardi", "mardi 12", "le premier mardi du mois", "le premier mardi de février", "tous les points"),
    *(
        "tous les documents",
        "les mardis gras",
        "chaque commission",
        "toutes les semaines",
        "tous les jours",
        "le 15",
        "",
    ),
    *("un mardi", "un mardi sur", "les premiers points", "tous les premiers du mois", "chaque mois", "demain"),
    *("le premier mardi", "tous les 15 jours", "une semaine sur deux", "le 2e jeudi du mois", "un document sur deux"),
)
RESTS = {
    "tous les mardis à 20 h à la mairie": "à la mairie",
    "tous les premiers mardis du mois à 20 h sauf août, salle du conseil": "salle du conseil",
    "chaque mardi visio https://visio.fr/x": "visio https://visio.fr/x",
}
REFUSED = {
    "tous les mardis sauf vacances scolaires": "Je ne sais pas ce qu'il faut excepter.",
    "tous les 31 du mois": "Tous les mois n'ont pas de 31.",
    "tous les mardis sauf le 5 janvier 2021": "Le mardi 5 janvier 2021 est passé.",
    "tous les mardis jusqu'à la Saint-Glinglin": "Je ne lis pas cette date.",
    "tous les mardis à 25 h": "25 h n'est pas une heure.",
}


@pytest.mark.parametrize("row", [row for row in READ.strip().splitlines() if not row.endswith("| -")])
def test_what_is_said_is_read_back_whole(row: str) -> None:
    """And what is read back is read the same again; the rule that is kept gives the same days."""
    said, shown = (piece.strip() for piece in row.split(" | "))
    read = read_recurrence(said, now=THURSDAY)
    assert read is not None
    assert (read[0].shown(), read[1]) == (shown, "")
    again = read_recurrence(shown, now=THURSDAY)
    assert again == (read[0], "")
    if read[0].time:
        assert kept(read[0].rule, read[0].time, end=read[0].end, start=read[0].start, but=read[0].but) == read[0]


@pytest.mark.parametrize("said", NONE)
def test_what_does_not_come_back_is_not_read(said: str) -> None:
    """A date, a thing that is counted, a day that is missing."""
    assert read_recurrence(said, now=THURSDAY) is None


@pytest.mark.parametrize("said", RESTS)
def test_what_follows_is_left(said: str) -> None:
    """For the place."""
    read = read_recurrence(said, now=THURSDAY)
    assert read is not None
    assert read[1] == RESTS[said]


@pytest.mark.parametrize("said", REFUSED)
def test_what_is_wrong_is_told(said: str) -> None:
    """Never a rule that isn't what was said."""
    with pytest.raises(DateRefusal) as refused:
        read_recurrence(said, now=THURSDAY)
    assert refused.value.why == REFUSED[said]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        (
            "tous les premiers mardis du mois à 20 h sauf août",
            "2027-02-02 2027-03-02 2027-04-06 2027-05-04 2027-06-01 2027-07-06 2027-09-07",
        ),
        ("un mardi sur deux", "2027-01-12 2027-01-26 2027-02-09"),
        ("le dernier jeudi de chaque mois", "2027-01-28 2027-02-25 2027-03-25"),
        ("tous les deux mois, le premier mardi", "2027-02-02 2027-04-06 2027-06-01"),
        ("le premier et le troisième mardi de chaque mois", "2027-01-19 2027-02-02 2027-02-16"),
        ("tous les mardis sauf le 12 janvier", "2027-01-19 2027-01-26"),
        ("tous les mardis jusqu'au 20 janvier", "2027-01-12 2027-01-19"),
        ("le 28 de chaque mois", "2027-01-28 2027-02-28"),
    ],
)
def test_the_days_are_those_of_the_calendar(said: str, days: str) -> None:
    """Counted by hand."""
    read = read_recurrence(said, now=THURSDAY)
    assert read is not None
    wanted = days.split()
    assert [day.isoformat() for day in islice(read[0].days(THURSDAY.date()), len(wanted))] == wanted
    assert all(long_date(day) for day in islice(read[0].days(THURSDAY.date()), 3))
