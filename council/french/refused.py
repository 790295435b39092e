"""What is said to the person whose date is wrong, gone, too far, or could be two days."""

from datetime import date, time, timedelta

from council.french.shown import count, hour, long_date
from council.french.words import MONTHS, WEEKDAYS
from council.refusals import Refusal


class DateRefusal(Refusal):
    """A date was understood and can't be taken; ``why`` says so in French."""


class PastDate(DateRefusal):
    """A date is gone; ``day`` is kept for those who look backwards (a search, a period)."""

    def __init__(self, day: date, today: date) -> None:
        next_step = f"Indiquez une date à venir : nous sommes le {long_date(today)}."
        super().__init__(f"Le {long_date(day)} est passé.", try_this=next_step)
        self.day = day


class AmbiguousDate(DateRefusal):
    """A date could be several days: the person must be asked.

    ``choices`` are the days, most likely first; ``time`` and ``end`` the hours said with them, if any; ``rest`` the
    text without them, ``before`` what must stand before them. Written by ``When.shown()``, each choice is read back
    without a question.
    """

    choices: tuple[date, ...]  # type: ignore[assignment]  # days, that the caller makes into lines to type

    def __init__(self, why: str, choices: tuple[date, ...]) -> None:
        super().__init__(why, try_this="Quelle date faut-il retenir ?")
        self.choices = choices
        self.time: time | None = None
        self.end: time | None = None
        self.before = self.rest = ""


def contradiction(
    day: date, weekday: int, today: date, *, year_said: bool, others: tuple[date, ...] = ()
) -> AmbiguousDate:
    """Name a date said with a weekday that isn't its own: "Le 12 janvier 2027 est un mardi, pas un lundi.".

    Offered, never before today: the date said, the nearest such weekdays, then the days where both agree.
    """
    gap = (day.weekday() - weekday) % 7
    before, after = day - timedelta(days=gap), day + timedelta(days=7 - gap)
    near = (before, after) if gap <= 3 else (after, before)
    years = () if year_said else _same_day(day, weekday)
    choices = dict.fromkeys(choice for choice in (day, *near, *others, *years) if choice >= today)
    shown = long_date(day).split(" ", 1)[1]
    why = f"Le {shown} est un {WEEKDAYS[day.weekday()]}, pas un {WEEKDAYS[weekday]}."
    return AmbiguousDate(why, tuple(choices))


def _same_day(day: date, weekday: int) -> tuple[date, ...]:
    if (day.month, day.day) == (2, 29):
        return ()
    later = (day.replace(year=day.year + years) for years in (1, 2))
    return tuple(other for other in later if other.weekday() == weekday)


def no_such_day(day: int, month: int, year: int, length: int) -> DateRefusal:
    """Say that a month is shorter: "Le 31 février n'existe pas : février 2027 a 28 jours."."""
    name = MONTHS[month - 1]
    why = f"Le {day} {name} n'existe pas : {name} {year} a {length} jours."
    return DateRefusal(why, try_this=f"Indiquez un jour du 1er au {length}.")


def hour_gone(at: time, now: time) -> DateRefusal:
    """Say that today's hour is gone, and what it is now."""
    why = f"Il est {hour(now)} : {hour(at)} est déjà passé aujourd'hui."
    return DateRefusal(why, try_this=f"Indiquez une heure à venir, ou « demain à {hour(at)} ».")


def too_far(what: str, years: int) -> DateRefusal:
    """Say that a date is too far ahead to be meant."""
    return DateRefusal(f"{what} est dans plus de {count(years, 'an')}.", try_this="Vérifiez l'année.")
