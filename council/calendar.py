"""The civil calendar of a council: clear days before a meeting, and the days when the town hall is closed.

Everything here is counted on civil dates of the town's own time zone, never on hours: a night when clocks change is a
day like any other.
"""

from datetime import date, timedelta

from dateutil.easter import easter

_FROM_EASTER = {
    "mardi gras": -47,
    "Vendredi saint": -2,
    "Pâques": 0,
    "Lundi de Pâques": 1,
    "Ascension": 39,
    "Pentecôte": 49,
    "Lundi de Pentecôte": 50,
}
_FIXED = {
    "Jour de l'an": (1, 1),
    "Fête du Travail": (5, 1),
    "Victoire de 1945": (5, 8),
    "Fête nationale": (7, 14),
    "Assomption": (8, 15),
    "Toussaint": (11, 1),
    "Armistice de 1918": (11, 11),
    "Noël": (12, 25),
    "Saint-Étienne": (12, 26),
    "Saint-Sylvestre": (12, 31),
}
# Code du travail, art. L3133-1; the two more of Alsace-Moselle, art. L3134-13.
_HOLIDAYS = (
    *("Jour de l'an", "Lundi de Pâques", "Fête du Travail", "Victoire de 1945", "Ascension", "Lundi de Pentecôte"),
    *("Fête nationale", "Assomption", "Toussaint", "Armistice de 1918", "Noël"),
)
_ALSACE_MOSELLE = ("Vendredi saint", "Saint-Étienne")


def feasts(year: int) -> dict[str, date]:
    """Give the feasts that French dates are told by, under their usual names, holidays or not."""
    moving = {name: easter(year) + timedelta(days=days) for name, days in _FROM_EASTER.items()}
    return moving | {name: date(year, month, day) for name, (month, day) in _FIXED.items()}


def holidays(year: int, alsace_moselle: bool = False) -> dict[date, str]:
    """Give the public holidays of a year with their names, in order (Code du travail, art. L3133-1 and L3134-13).

    When two fall on one day, as the Ascension and 1 May in 2008, both are named.
    """
    named = feasts(year)
    days: dict[date, str] = {}
    for name in sorted(_HOLIDAYS + _ALSACE_MOSELLE * alsace_moselle, key=named.__getitem__):
        days[named[name]] = f"{days[named[name]]}, {name}" if named[name] in days else name
    return days


def clear_days(sent: date, meeting: date) -> int:
    """Count the whole days between a sending and a meeting, neither of which counts (délai franc).

    Saturdays, Sundays and holidays count, and nothing is prolonged (CGCT, art. L2121-11 and L2121-12; Conseil d'État,
    13 October 1993, d'André). Negative when the sending isn't before the day of the meeting.
    """
    return (meeting - sent).days - 1


def is_timely(sent: date, meeting: date, days: int) -> bool:
    """Tell whether ``days`` clear days part a sending from the meeting."""
    return clear_days(sent, meeting) >= days


def last_lawful_sending_day(meeting: date, days: int) -> date:
    """Give the last day on which a meeting can be convened with ``days`` clear days."""
    return meeting - timedelta(days=days + 1)


def earliest_meeting(sent: date, days: int) -> date:
    """Give the first day on which a council convened on ``sent`` can meet, after ``days`` clear days."""
    return sent + timedelta(days=days + 1)


def last_open_day(day: date, *, alsace_moselle: bool = False) -> date:
    """Give the last working day, Monday to Friday and no holiday, on or before a day: the prudent day to send."""
    while day.weekday() >= 5 or day in holidays(day.year, alsace_moselle):
        day -= timedelta(days=1)
    return day


def first_open_day(day: date, *, alsace_moselle: bool = False) -> date:
    """Give the first working day, Monday to Friday and no holiday, on or after a day."""
    while day.weekday() >= 5 or day in holidays(day.year, alsace_moselle):
        day += timedelta(days=1)
    return day
