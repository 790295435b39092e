"""Dates that are wrong, gone, or could be two days: whole sentences, and the days that are offered."""

from datetime import date, time

import pytest

from council.french import long_date
from council.french.reading import AmbiguousDate, DateRefusal, PastDate, When, find_when, read_when
from council.refusals import Refusal
from tests.council.french.moments import PARIS, THURSDAY, at

REFUSED = {
    "mardi 12 janvier 2021": (
        "Le mardi 12 janvier 2021 est passé.",
        "Indiquez une date à venir : nous sommes le jeudi 7 janvier 2027.",
    ),
    "12/01/21": (
        "Le mardi 12 janvier 2021 est passé.",
        "Indiquez une date à venir : nous sommes le jeudi 7 janvier 2027.",
    ),
    "hier": (
        "Le mercredi 6 janvier 2027 est passé.",
        "Indiquez une date à venir : nous sommes le jeudi 7 janvier 2027.",
    ),
    "mardi dernier": (
        "Le mardi 5 janvier 2027 est passé.",
        "Indiquez une date à venir : nous sommes le jeudi 7 janvier 2027.",
    ),
    "il y a 3 jours": (
        "Le lundi 4 janvier 2027 est passé.",
        "Indiquez une date à venir : nous sommes le jeudi 7 janvier 2027.",
    ),
    "aujourd'hui 9h": (
        "Il est 10 h : 9 h est déjà passé aujourd'hui.",
        "Indiquez une heure à venir, ou « demain à 9 h ».",
    ),
    "ce matin": (
        "Il est 10 h : 9 h est déjà passé aujourd'hui.",
        "Indiquez une heure à venir, ou « demain à 9 h ».",
    ),
    "10h": (
        "Il est 10 h : 10 h est déjà passé aujourd'hui.",
        "Indiquez une heure à venir, ou « demain à 10 h ».",
    ),
    "31 février": (
        "Le 31 février n'existe pas : février 2027 a 28 jours.",
        "Indiquez un jour du 1er au 28.",
    ),
    "29 février 2027": (
        "Le 29 février n'existe pas : février 2027 a 28 jours.",
        "Indiquez un jour du 1er au 28.",
    ),
    "31/04": ("Le 31 avril n'existe pas : avril 2027 a 30 jours.", "Indiquez un jour du 1er au 30."),
    "32 mars": ("Le 32 mars n'existe pas : mars 2027 a 31 jours.", "Indiquez un jour du 1er au 31."),
    "le 32": ("Aucun mois n'a de 32.", "Indiquez un jour du 1er au 31."),
    "12/13": ("Le mois 13 n'existe pas.", "Écrivez le jour, puis le mois : 12/01 est le 12 janvier."),
    "mardi 25:00": ("25 h n'est pas une heure.", "Indiquez une heure entre 0 h et 23 h 59."),
    "25h": ("25 h n'est pas une heure.", "Indiquez une heure entre 0 h et 23 h 59."),
    "mardi 18h75": ("18 h 75 n'est pas une heure.", "Indiquez une heure entre 0 h et 23 h 59."),
    "mardi 24h30": ("24 h 30 n'est pas une heure.", "Indiquez une heure entre 0 h et 23 h 59."),
    "mardi de 20 h à 18 h": (
        "L'heure de fin est avant l'heure de début.",
        "Par exemple : de 18 h à 20 h.",
    ),
    "12/01/2031": ("Le dimanche 12 janvier 2031 est dans plus de 3 ans.", "Vérifiez l'année."),
    "dans 4 ans": ("Le mardi 7 janvier 2031 est dans plus de 3 ans.", "Vérifiez l'année."),
    "dans 9999 ans": ("« 9999 ans » : cette date est dans plus de 100 ans.", "Vérifiez l'année."),
    "dans 9999 heures": ("Cette heure est dans plus de 1 an.", "Vérifiez l'année."),
    "le 5e mardi de février": (
        "Février 2027 n'a pas de cinquième mardi.",
        "Le dernier mardi du mois ?",
    ),
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_wrong_date_is_refused_with_its_reason(said: str) -> None:
    """Each refusal says what is wrong with what was understood, and the next step."""
    with pytest.raises(DateRefusal) as refused:
        read_when(said, now=THURSDAY)
    assert (refused.value.why, refused.value.try_this) == REFUSED[said]
    assert isinstance(refused.value, Refusal)
    assert not isinstance(refused.value, AmbiguousDate)


def test_a_past_date_can_be_used_by_those_who_look_backwards() -> None:
    """The refusal of a past date carries the day."""
    with pytest.raises(PastDate) as refused:
        find_when("le PV du mardi 12 janvier 2021", now=THURSDAY)
    assert refused.value.day == date(2021, 1, 12)


ASKED = (
    (
        "lundi 12 janvier",
        "2027-01-07 10:00",
        "Le 12 janvier 2027 est un mardi, pas un lundi.",
        "2027-01-12 2027-01-11 2027-01-18",
    ),
    (
        "lundi 12 janvier 2027",
        "2027-01-07 10:00",
        "Le 12 janvier 2027 est un mardi, pas un lundi.",
        "2027-01-12 2027-01-11 2027-01-18",
    ),
    (
        "mercredi 12/01",
        "2027-01-07 10:00",
        "Le 12 janvier 2027 est un mardi, pas un mercredi.",
        "2027-01-12 2027-01-13 2028-01-12",
    ),
    (
        "vendredi 12/01",
        "2027-01-07 10:00",
        "Le 12 janvier 2027 est un mardi, pas un vendredi.",
        "2027-01-12 2027-01-15 2027-01-08 2029-01-12",
    ),
    (
        "lundi 12",
        "2027-01-07 10:00",
        "Le 12 janvier 2027 est un mardi, pas un lundi.",
        "2027-01-12 2027-01-11 2027-01-18 2027-04-12",
    ),
    (
        "dimanche 1er mars",
        "2027-01-07 10:00",
        "Le 1er mars 2027 est un lundi, pas un dimanche.",
        "2027-03-01 2027-02-28 2027-03-07",
    ),
    (
        "jeudi",
        "2027-01-07 10:00",
        "« Jeudi » peut être le jeudi 7 janvier 2027 ou le jeudi 14 janvier 2027.",
        "2027-01-07 2027-01-14",
    ),
    (
        "jeudi 20h",
        "2027-01-07 10:00",
        "« Jeudi » peut être le jeudi 7 janvier 2027 ou le jeudi 14 janvier 2027.",
        "2027-01-07 2027-01-14",
    ),
    (
        "jeudi en huit",
        "2027-01-07 10:00",
        "« Jeudi en huit » peut être le jeudi 14 janvier 2027 ou le jeudi 21 janvier 2027.",
        "2027-01-14 2027-01-21",
    ),
    (
        "samedi prochain",
        "2027-01-07 10:00",
        "« Samedi prochain » peut être le samedi 9 janvier 2027 ou le samedi 16 janvier 2027.",
        "2027-01-09 2027-01-16",
    ),
    (
        "le 7",
        "2027-01-07 10:00",
        "Le 7 peut être aujourd'hui ou le dimanche 7 février 2027.",
        "2027-01-07 2027-02-07",
    ),
    (
        "le 7 à 18h",
        "2027-01-07 10:00",
        "Le 7 peut être aujourd'hui ou le dimanche 7 février 2027.",
        "2027-01-07 2027-02-07",
    ),
    (
        "le 31",
        "2027-01-31 10:00",
        "Le 31 peut être aujourd'hui ou le mercredi 31 mars 2027.",
        "2027-01-31 2027-03-31",
    ),
    (
        "29 février",
        "2027-01-07 10:00",
        "Le 29 février n'existe pas en 2027 : février 2027 a 28 jours.",
        "2027-02-28 2027-03-01 2028-02-29",
    ),
    (
        "lundi 29 février",
        "2027-06-01 10:00",
        "Le 29 février 2028 est un mardi, pas un lundi.",
        "2028-02-29 2028-02-28 2028-03-06",
    ),
)


@pytest.mark.parametrize(("said", "now", "why", "days"), ASKED)
def test_a_date_that_could_be_several_is_asked(said: str, now: str, why: str, days: str) -> None:
    """The question says why, and offers the days, most likely first, none of them gone."""
    with pytest.raises(AmbiguousDate) as asked:
        read_when(said, now=at(now))
    assert asked.value.why == why
    assert asked.value.choices == tuple(date.fromisoformat(day) for day in days.split())
    assert asked.value.try_this == "Quelle date faut-il retenir ?"


def test_a_question_keeps_the_hours_and_the_rest() -> None:
    """Whoever asks can type the whole line again, with the day that was chosen."""
    with pytest.raises(AmbiguousDate) as asked:
        read_when("lundi 12 janvier de 18 h à 20 h, salle des fêtes", now=THURSDAY)
    assert (asked.value.time, asked.value.end, asked.value.rest) == (time(18), time(20), "salle des fêtes")


@pytest.mark.parametrize(("said", "now"), [row[:2] for row in ASKED])
def test_a_choice_is_read_without_another_question(said: str, now: str) -> None:
    """Each day offered, written in full with the hour said, is understood at once."""
    with pytest.raises(AmbiguousDate) as asked:
        read_when(said, now=at(now))
    for day in asked.value.choices:
        when = When(day, asked.value.time, asked.value.end)
        assert read_when(when.shown(), now=at(now)) == (when, "")
        assert read_when(long_date(day), now=at(now)) == (When(day), "")


def test_an_hour_that_a_night_of_spring_skips_is_refused() -> None:
    """On 28 March 2027 clocks go from 2 h to 3 h: 2 h 30 is no moment."""
    when = When(date(2027, 3, 28), time(2, 30))
    with pytest.raises(DateRefusal) as refused:
        when.moment(PARIS, time(18))
    assert refused.value.why == (
        "Le dimanche 28 mars 2027, 2 h 30 n'existe pas : on passe à l'heure d'été cette nuit-là."
    )
    assert refused.value.try_this == "Indiquez une autre heure."


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        ("2026-03-29", "01:59", "2026-03-29T01:59:00+01:00"),
        ("2026-03-29", "03:00", "2026-03-29T03:00:00+02:00"),
        ("2027-03-28", "20:00", "2027-03-28T20:00:00+02:00"),
        ("2026-10-25", "02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25", "03:00", "2026-10-25T03:00:00+01:00"),
        ("2026-10-25", None, "2026-10-25T18:00:00+01:00"),
    ],
)
def test_a_moment_follows_the_clocks_of_the_town(day: str, hour: str | None, moment: str) -> None:
    """The offset is the one of that very hour; without an hour, the default is taken."""
    when = When(date.fromisoformat(day), None if hour is None else time.fromisoformat(hour))
    assert when.moment(PARIS, time(18)).isoformat() == moment


def test_the_hour_shown_twice_in_autumn_is_the_one_to_come() -> None:
    """At 2 h 15 for the second time, "2 h 30" and "dans 15 minutes" are the second 2 h 30."""
    now = at("2026-10-25 02:15").replace(fold=1)
    for said in ("2h30", "dans un quart d'heure"):
        read = read_when(said, now=now)
        assert read is not None
        assert read[0].moment(PARIS, time(18)).isoformat() == "2026-10-25T02:30:00+01:00"
