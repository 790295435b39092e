"""Days as they are said, and the civil day each one means for someone who speaks now: never a silent guess."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from dateutil.relativedelta import relativedelta

from council.french.refused import AmbiguousDate, DateRefusal, contradiction, no_such_day
from council.french.shown import long_date
from council.french.words import MONTHS, ORDINALS, WEEKDAYS


class Spoken(Protocol):
    """A day as it was said."""

    def on(self, now: datetime, at: int | None) -> date:
        """Give the day meant by someone who speaks at ``now`` (aware, in the town's zone).

        ``at`` is the hour said with it, in minutes since the day began: an hour already gone can settle which day.

        Raises:
            DateRefusal: no such day.
            AmbiguousDate: several days answer to it.
        """
        ...


@dataclass(frozen=True)
class Exactly:
    """One day, whoever says it: "demain", "dans 3 jours", "2027-01-12"."""

    day: date

    def on(self, now: datetime, at: int | None) -> date:
        """Give this day."""
        return self.day


@dataclass(frozen=True)
class Dated:
    """A day of a month: "le 12 mars", "mardi 12 mars 2027", "12/03"; without a year, the next one to come."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def on(self, now: datetime, at: int | None) -> date:
        """Give the day said, asking when its weekday is not the one said."""
        today = now.date()
        year = self.year
        if year is None:
            year = today.year + ((self.month, self.day) < (today.month, today.day))
            self._ask_for_leap_year(year)
        day = checked(self.day, self.month, year)
        if self.weekday in {None, day.weekday()} or day < today:
            return day
        raise contradiction(day, self.weekday or 0, today, year_said=self.year is not None)

    def _ask_for_leap_year(self, year: int) -> None:
        if (self.month, self.day) != (2, 29) or monthrange(year, 2)[1] == 29:
            return
        leap = next(later for later in range(year, year + 9) if monthrange(later, 2)[1] == 29)
        choices = (date(year, 2, 28), date(year, 3, 1), date(leap, 2, 29))
        raise AmbiguousDate(f"Le 29 février n'existe pas en {year} : février {year} a 28 jours.", choices)


@dataclass(frozen=True)
class DayOfMonth:
    """A day without its month: "le 12", "mardi 12", "le 12 du mois prochain" (``months`` from this one, if said)."""

    day: int
    months: int | None = None
    weekday: int | None = None

    def on(self, now: datetime, at: int | None) -> date:
        """Give the next such day; today's number asks whether today is meant, unless its hour is gone."""
        today = now.date()
        if not 1 <= self.day <= 31:
            raise DateRefusal(f"Aucun mois n'a de {self.day}.", try_this="Indiquez un jour du 1er au 31.")
        if self.months is not None:
            month = today + relativedelta(day=1, months=self.months)
            return Dated(self.day, month.month, month.year, self.weekday).on(now, at)
        days = self._next_ones(today)
        if self.weekday is not None:
            agreeing = tuple(day for day in days if day.weekday() == self.weekday)
            if days[0] in agreeing:
                return days[0]
            raise contradiction(days[0], self.weekday, today, year_said=True, others=agreeing[:1])
        if days[0] != today:
            return days[0]
        if gone(now, at):
            return days[1]
        raise AmbiguousDate(f"Le {self.day} peut être aujourd'hui ou le {long_date(days[1])}.", (today, days[1]))

    def _next_ones(self, today: date) -> list[date]:
        months = (today + relativedelta(day=1, months=ahead) for ahead in range(13))
        days = (m.replace(day=self.day) for m in months if monthrange(m.year, m.month)[1] >= self.day)
        return [day for day in days if day >= today]


@dataclass(frozen=True)
class Weekly:
    """A weekday: "mardi", "ce mardi", "mardi prochain", "mardi en huit", "mardi dans 3 semaines" (``weeks``), "mardi de cette semaine"."""

    weekday: int
    which: Literal["coming", "this", "next", "last", "week", "apart"] = "coming"
    weeks: int = 0

    def on(self, now: datetime, at: int | None) -> date:
        """Give the day meant, asking between two weeks wherever usage is divided."""
        today = now.date()
        ahead = (self.weekday - today.weekday()) % 7
        coming = today + timedelta(days=ahead)
        week = timedelta(weeks=1)
        if self.which == "week":
            return today + timedelta(days=self.weekday - today.weekday(), weeks=self.weeks)
        if self.which == "apart":
            return self._apart(today, coming)
        if self.which == "last":
            return coming - week
        if self.which == "next":
            return self._next(today, coming)
        if self.which == "this":
            return coming
        if ahead == 0 and gone(now, at):
            coming += week
        elif ahead == 0:
            self._ask(coming + self.weeks * week, coming + (self.weeks + 1) * week)
        return coming + self.weeks * week

    def _apart(self, today: date, coming: date) -> date:
        """Some count weeks from the coming one, others take the week that is as far away: where they differ, it is asked."""
        later = coming + timedelta(weeks=self.weeks)
        sooner = today + timedelta(days=self.weekday - today.weekday(), weeks=self.weeks)
        if sooner != later:
            self._ask(sooner, later)
        return later

    def _next(self, today: date, coming: date) -> date:
        if coming == today:
            return coming + timedelta(weeks=1)
        if today.weekday() < self.weekday:
            self._ask(coming, coming + timedelta(weeks=1))
        return coming

    def _ask(self, sooner: date, later: date) -> None:
        said = WEEKDAYS[self.weekday].capitalize() + {"next": " prochain"}.get(self.which, "")
        far = {1: " dans une semaine"}.get(self.weeks, f" dans {self.weeks} semaines")
        said += far if self.which == "apart" else {1: " en huit", 2: " en quinze"}.get(self.weeks, "")
        why = f"« {said} » peut être le {long_date(sooner)} ou le {long_date(later)}."
        raise AmbiguousDate(why, (sooner, later))


@dataclass(frozen=True)
class Nth:
    """A weekday by its rank in a month: "le premier mardi de février", "le dernier vendredi du mois" (rank -1)."""

    rank: int
    weekday: int
    month: int | None
    year: int | None = None
    months: int = 0

    def on(self, now: datetime, at: int | None) -> date:
        """Give that day in the month said, or in the first month to come where it isn't gone."""
        today = now.date()
        if self.month is None:
            first = today + relativedelta(day=1, months=self.months)
            day = self._within(first.year, first.month)
            following = first + relativedelta(months=1)
            return day if day >= today or self.months else self._within(following.year, following.month)
        if self.year is not None:
            return self._within(self.year, self.month)
        day = self._within(today.year, self.month)
        return day if day >= today else self._within(today.year + 1, self.month)

    def _within(self, year: int, month: int) -> date:
        length = monthrange(year, month)[1]
        days = [date(year, month, n) for n in range(1, length + 1) if date(year, month, n).weekday() == self.weekday]
        if self.rank > len(days):
            rank, weekday, name = ORDINALS[self.rank - 1], WEEKDAYS[self.weekday], MONTHS[month - 1].capitalize()
            raise DateRefusal(f"{name} {year} n'a pas de {rank} {weekday}.", try_this=f"Le dernier {weekday} du mois ?")
        return days[self.rank if self.rank < 0 else self.rank - 1]


@dataclass(frozen=True)
class PartOfMonth:
    """A place in a month: "début mars" (1), "mi-mars" (15), "fin mars" (31: its last day), "fin du mois"."""

    day: int
    month: int | None
    year: int | None = None

    def on(self, now: datetime, at: int | None) -> date:
        """Give that day, the next one to come when the year or the month isn't said."""
        today = now.date()
        if self.month is None:
            day = self._within(today.year, today.month)
            later = today + relativedelta(day=1, months=1)
            return day if day >= today else self._within(later.year, later.month)
        day = self._within(self.year or today.year, self.month)
        return day if self.year or day >= today else self._within(today.year + 1, self.month)

    def _within(self, year: int, month: int) -> date:
        return date(year, month, min(self.day, monthrange(year, month)[1]))


def checked(day: int, month: int, year: int) -> date:
    """Give a civil day.

    Raises:
        DateRefusal: the month or the day doesn't exist ("31 février").
    """
    if not 1 <= month <= 12:
        why = f"Le mois {month} n'existe pas."
        raise DateRefusal(why, try_this="Écrivez le jour, puis le mois : 12/01 est le 12 janvier.")
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise no_such_day(day, month, year, length)
    return date(year, month, day)


def gone(now: datetime, at: int | None) -> bool:
    """Tell whether an hour of today, in minutes since the day began, is over; no hour is never over."""
    return at is not None and at <= now.hour * 60 + now.minute
