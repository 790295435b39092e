"""Dates, numbers and texts as the bot writes, compares and keeps them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from council.french import (
    count,
    distance,
    enumerate_fr,
    fold,
    hour,
    long_date,
    long_moment,
    short_date,
    size,
    tidy,
)
from tests.council.french.moments import PARIS


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2027, 1, 12), "mardi 12 janvier 2027", "12/01/2027"),
        (date(2026, 7, 1), "mercredi 1er juillet 2026", "01/07/2026"),
        (date(2028, 2, 29), "mardi 29 février 2028", "29/02/2028"),
        (date(2027, 8, 15), "dimanche 15 août 2027", "15/08/2027"),
        (date(2026, 12, 31), "jeudi 31 décembre 2026", "31/12/2026"),
    ],
)
def test_a_date_is_written_in_full_and_in_figures(day: date, long: str, short: str) -> None:
    """The weekday is always there, the first of the month is an ordinal."""
    assert (long_date(day), short_date(day)) == (long, short)


def test_an_hour_is_written_in_figures() -> None:
    """Noon is "12 h", midnight "0 h", minutes have two figures."""
    hours = (time(18, 30), time(18), time(12), time(0), time(9, 5), datetime(2027, 1, 12, 20, 15, tzinfo=PARIS))
    assert [hour(t) for t in hours] == ["18 h 30", "18 h", "12 h", "0 h", "9 h 05", "20 h 15"]


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        ("2027-01-12T17:30:00+00:00", "Europe/Paris", "mardi 12 janvier 2027 à 18 h 30"),
        ("2027-07-12T22:30:00+00:00", "Europe/Paris", "mardi 13 juillet 2027 à 0 h 30"),
        ("2027-01-12T03:00:00+00:00", "America/Martinique", "lundi 11 janvier 2027 à 23 h"),
        ("2027-01-12T21:00:00+00:00", "Indian/Reunion", "mercredi 13 janvier 2027 à 1 h"),
        ("2026-10-25T00:30:00+00:00", "Europe/Paris", "dimanche 25 octobre 2026 à 2 h 30"),
        ("2026-10-25T01:30:00+00:00", "Europe/Paris", "dimanche 25 octobre 2026 à 2 h 30"),
    ],
)
def test_a_moment_is_written_in_the_zone_of_the_town(moment: str, zone: str, shown: str) -> None:
    """The same moment is another hour, perhaps another day, overseas."""
    assert long_moment(datetime.fromisoformat(moment), ZoneInfo(zone)) == shown


def test_a_moment_without_a_zone_is_a_fault() -> None:
    """A naive moment can't be shown: it would be wrong somewhere."""
    with pytest.raises(ValueError, match="time zone"):
        long_moment(datetime.now(UTC).replace(tzinfo=None), PARIS)


def test_a_noun_follows_its_number() -> None:
    """Zero and one are singular; the common plurals are known, the others are given."""
    assert [count(n, "page") for n in (0, 1, 2, 1200)] == ["0 page", "1 page", "2 pages", "1 200 pages"]
    nouns = ("procès-verbal", "tableau", "vœu", "avis", "voix", "élu")
    plurals = ["2 procès-verbaux", "2 tableaux", "2 vœux", "2 avis", "2 voix", "2 élus"]
    assert [count(2, noun) for noun in nouns] == plurals
    assert count(3, "ordre du jour", "ordres du jour") == "3 ordres du jour"
    assert count(1, "ordre du jour", "ordres du jour") == "1 ordre du jour"


def test_a_list_is_written_as_a_sentence() -> None:
    """Commas, then "et", or another word."""
    names = ["Mme Arnaud", "M. Roux", "Mme Blanc"]
    assert enumerate_fr(names) == "Mme Arnaud, M. Roux et Mme Blanc"
    assert enumerate_fr(names[:2], last="ou") == "Mme Arnaud ou M. Roux"
    assert (enumerate_fr(names[:1]), enumerate_fr([])) == ("Mme Arnaud", "")


def test_a_size_is_written_in_the_unit_that_suits_it() -> None:
    """Decimal units, a French comma, never "1000 Ko"."""
    octets = (0, 1, 900, 1000, 1500, 12_345, 999_400, 999_600, 3_400_000, 9_960_000, 12_000_000_000, 5 * 10**15)
    assert [size(n) for n in octets] == [
        *("0 octet", "1 octet", "900 octets", "1 Ko", "1,5 Ko", "12 Ko", "999 Ko", "1 Mo", "3,4 Mo", "10 Mo", "12 Go"),
        "5000 To",
    ]


def test_a_distance_is_counted_in_days() -> None:
    """The day before and the day after have their names."""
    today = date(2027, 1, 1)
    days = (date(2026, 12, 29), date(2026, 12, 31), today, date(2027, 1, 2), date(2027, 1, 4))
    shown = ["il y a 3 jours", "hier", "aujourd'hui", "demain", "dans 3 jours"]
    assert [distance(day, today) for day in days] == shown


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  L’Œuvre – ÉTÉ\u202f! ", "l'oeuvre - ete !"),
        ("Procès-verbal\u00a0n°\u00a03", "proces-verbal n° 3"),
        ("mar\u200bdi\u202e", "mardi"),
        ("e\u0301te\u0301 Ægir ﬁn…", "ete aegir fin..."),
        ("« oui »", '" oui "'),
        ("1️⃣ ✅", "1 ✅"),
        ("a\tb\r\nc\u2028d\u00ade", "a b c de"),
        ("", ""),
    ],
)
def test_folding_leaves_what_matters_for_comparing(text: str, folded: str) -> None:
    """Case, accents, ligatures, curls, dashes, odd spaces and unseen characters don't count."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  L’Œuvre – « ÉTÉ »\u202f!  ", "L'Œuvre - « ÉTÉ » !"),
        ("Budget\u202e 2027\u200b\ufeff", "Budget 2027"),
        ("un\r\ndeux\n\n\n\ntrois  \n", "un\ndeux\n\ntrois"),
        ("e\u0301t\u00e9", "été"),
        ("“oui”\x00\x07\ud800", '"oui"'),
    ],
)
def test_tidying_keeps_what_people_wrote(text: str, clean: str) -> None:
    """Case, accents, French quotes and lines stay; what a keyboard curled and what nobody sees doesn't."""
    assert tidy(text) == clean
