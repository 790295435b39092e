"""Clear days, by the worked examples of the law, and the holidays that never change them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.calendar import (
    clear_days,
    earliest_meeting,
    feasts,
    holidays,
    is_timely,
    last_lawful_sending_day,
    last_open_day,
)

# Needed, sent, meeting, whole days between, lawful.
SENDINGS = """
3 2026-11-20 2026-11-24 3 yes  the least there can be, a weekend counts
3 2026-11-20 2026-11-23 2 no   Friday for Monday is never enough
3 1989-12-21 1989-12-26 4 yes  Conseil d'État, 13 October 1993, d'André
3 2026-12-24 2026-12-28 3 yes  Christmas counts
3 2026-12-28 2027-01-01 3 yes  the end of a year
5 2026-12-29 2027-01-04 5 yes  New Year's Day counts
5 2026-12-30 2027-01-04 4 no   one day short
3 2027-03-26 2027-03-30 3 yes  clocks change and Easter Monday is inside
3 2027-03-27 2027-03-30 2 no   one day late
5 2027-03-24 2027-03-30 5 yes  a larger town, Easter inside
3 2027-04-30 2027-05-04 3 yes  1 May counts
5 2027-05-04 2027-05-10 5 yes  Ascension and 8 May are inside
5 2027-05-05 2027-05-10 4 no   one day short
3 2027-07-12 2027-07-16 3 yes  14 July counts
3 2027-07-13 2027-07-16 2 no   one day short
5 2027-07-09 2027-07-15 5 yes  five days over a weekend and a holiday
3 2028-02-26 2028-03-01 3 yes  the day of a leap year counts
3 2027-02-26 2027-03-02 3 yes  the end of a month
3 2026-10-23 2026-10-27 3 yes  clocks change: 73 hours
5 2026-11-10 2026-11-16 5 yes  11 November counts
5 2026-10-30 2026-11-05 5 yes  1 November counts
1 2026-11-22 2026-11-24 1 yes  urgency
1 2026-11-23 2026-11-24 0 no   the day before is late, even in urgency
3 2026-11-24 2026-11-24 -1 no  the same day
"""

# Meeting, then the last lawful day for 3, 5 and 1 clear days.
LAST_DAYS = """
2026-12-01 2026-11-27 2026-11-25 2026-11-29
2026-12-15 2026-12-11 2026-12-09 2026-12-13
2026-12-28 2026-12-24 2026-12-22 2026-12-26
2027-01-04 2026-12-31 2026-12-29 2027-01-02
2027-03-01 2027-02-25 2027-02-23 2027-02-27
2028-03-01 2028-02-26 2028-02-24 2028-02-28
2027-03-30 2027-03-26 2027-03-24 2027-03-28
2027-05-03 2027-04-29 2027-04-27 2027-05-01
2027-05-10 2027-05-06 2027-05-04 2027-05-08
2027-07-15 2027-07-11 2027-07-09 2027-07-13
2027-07-19 2027-07-15 2027-07-13 2027-07-17
2026-10-26 2026-10-22 2026-10-20 2026-10-24
2027-04-14 2027-04-10 2027-04-08 2027-04-12
"""


@pytest.mark.parametrize("row", SENDINGS.strip().splitlines())
def test_a_sending_is_timely_or_not(row: str) -> None:
    """Neither the day of sending nor that of the meeting counts; every other day does."""
    needed, sent, meeting, between, lawful = row.split()[:5]
    days = date.fromisoformat(sent), date.fromisoformat(meeting)
    assert clear_days(*days) == int(between)
    assert is_timely(*days, int(needed)) is (lawful == "yes")


@pytest.mark.parametrize("row", LAST_DAYS.strip().splitlines())
def test_the_last_lawful_day_is_known_ahead(row: str) -> None:
    """Three clear days in a small town, five in a larger one, one in urgency."""
    meeting, *last = map(date.fromisoformat, row.split())
    assert [last_lawful_sending_day(meeting, days) for days in (3, 5, 1)] == last


@pytest.mark.parametrize(
    ("sent", "day", "lawful"),
    [
        ("2026-11-19T23:30:00+00:00", "2026-11-20", True),
        ("2026-11-20T22:59:59+00:00", "2026-11-20", True),
        ("2026-11-20T23:00:00+00:00", "2026-11-21", False),
        ("2027-07-12T22:30:00+00:00", "2027-07-13", False),
    ],
)
def test_the_day_of_a_sending_is_the_towns(sent: str, day: str, lawful: bool) -> None:
    """A moment in UTC belongs to the civil day of the town, four days before the meeting at the latest."""
    local = datetime.fromisoformat(sent).astimezone(ZoneInfo("Europe/Paris")).date()
    assert local == date.fromisoformat(day)
    meeting = date(2026, 11, 24) if local.year == 2026 else date(2027, 7, 16)
    assert is_timely(local, meeting, 3) is lawful


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(min_value=0, max_value=30))
def test_the_last_lawful_day_and_the_earliest_meeting_agree(day: date, days: int) -> None:
    """The bounds are each other's inverse, and one day more or less changes the answer."""
    assert last_lawful_sending_day(earliest_meeting(day, days), days) == day
    assert is_timely(day, earliest_meeting(day, days), days)
    assert not is_timely(day + timedelta(days=1), earliest_meeting(day, days), days)
    assert clear_days(day, earliest_meeting(day, days)) == days


def test_the_holidays_of_a_year() -> None:
    """Eleven in France, in order; thirteen in Alsace-Moselle."""
    assert holidays(2027) == {
        date(2027, 1, 1): "Jour de l'an",
        date(2027, 3, 29): "Lundi de Pâques",
        date(2027, 5, 1): "Fête du Travail",
        date(2027, 5, 6): "Ascension",
        date(2027, 5, 8): "Victoire de 1945",
        date(2027, 5, 17): "Lundi de Pentecôte",
        date(2027, 7, 14): "Fête nationale",
        date(2027, 8, 15): "Assomption",
        date(2027, 11, 1): "Toussaint",
        date(2027, 11, 11): "Armistice de 1918",
        date(2027, 12, 25): "Noël",
    }
    local = holidays(2027, alsace_moselle=True)
    assert (local[date(2027, 3, 26)], local[date(2027, 12, 26)]) == ("Vendredi saint", "Saint-Étienne")
    assert list(local) == sorted(local)


def test_two_holidays_on_one_day_are_both_named() -> None:
    """The Ascension of 2008 fell on 1 May, that of 1997 on 8 May."""
    assert holidays(2008)[date(2008, 5, 1)] == "Fête du Travail, Ascension"
    assert holidays(1997)[date(1997, 5, 8)] == "Victoire de 1945, Ascension"


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2027, "2027-03-28"), (2038, "2038-04-25")],
)
def test_easter(year: int, sunday: str) -> None:
    """Easter moves, and the Ascension and Pentecost with it."""
    easter = date.fromisoformat(sunday)
    named = feasts(year)
    assert named["Pâques"] == easter
    assert named["Ascension"] == easter + timedelta(days=39)
    assert named["Lundi de Pentecôte"] == easter + timedelta(days=50)


@pytest.mark.parametrize(
    ("day", "alsace", "open_day"),
    [
        ("2026-11-20", False, "2026-11-20"),
        ("2026-11-22", False, "2026-11-20"),
        ("2027-03-29", False, "2027-03-26"),
        ("2027-03-29", True, "2027-03-25"),
        ("2027-05-08", False, "2027-05-07"),
        ("2028-01-01", False, "2027-12-31"),
    ],
)
def test_the_prudent_day_is_one_when_the_town_hall_is_open(day: str, alsace: bool, open_day: str) -> None:
    """Holidays and weekends never move the lawful day, only the advised one."""
    assert last_open_day(date.fromisoformat(day), alsace_moselle=alsace) == date.fromisoformat(open_day)
