"""Sessions that come back: a rule kept as an RRULE (RFC 5545, section 3.3.10), the days that it gives, its French."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as WallClock  # noqa: N812  # a type, beside the field ``Recurrence.time``

from dateutil.rrule import rrulestr

from council.french import enumerate_fr, hour, long_date
from council.french.words import MONTHS, ORDINALS, WEEKDAYS

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ALL = tuple(range(1, 13))
_NUMBERS = ("", "", "deux", "trois", "quatre", "cinq", "six")
FEW = 6
"""Months up to which those that are in are named; above, those that are out."""


@dataclass(frozen=True)
class Recurrence:
    """Days that come back, and their wall-clock hours in the town's zone.

    Attributes:
        weekdays: 0 is Monday; empty for a day of the month.
        ranks: which of these weekdays in a month, -1 being the last; empty for each week.
        day: the day of the month, or 0.
        every: one week, or month, out of so many.
        months: those in which it comes back.
        start: from which day; it tells which of two weeks when ``every`` is two.
        until: up to which day.
        but: days left out one by one.
    """

    weekdays: tuple[int, ...] = ()
    ranks: tuple[int, ...] = ()
    day: int = 0
    every: int = 1
    months: tuple[int, ...] = _ALL
    time: WallClock | None = None
    end: WallClock | None = None
    start: date | None = None
    until: date | None = None
    but: tuple[date, ...] = ()

    @property
    def monthly(self) -> bool:
        """Whether it is counted by months, and not by weeks."""
        return bool(self.ranks or self.day)

    @property
    def rule(self) -> str:
        """The RRULE, without the days left out: those are EXDATEs."""
        if self.day:
            which = f"BYMONTHDAY={self.day}"
        else:
            ranks = [f"{rank:+d}" for rank in self.ranks] or [""]
            which = "BYDAY=" + ",".join(f"{rank}{_DAYS[day]}" for rank in ranks for day in self.weekdays)
        parts = [f"FREQ={'MONTHLY' if self.monthly else 'WEEKLY'}", which]
        if self.every > 1:
            parts.append(f"INTERVAL={self.every}")
        if self.months != _ALL:
            parts.append("BYMONTH=" + ",".join(map(str, self.months)))
        if self.until:
            parts.append(f"UNTIL={self.until:%Y%m%d}T000000Z")
        return ";".join(parts)

    def days(self, after: date) -> Iterator[date]:
        """The days that it gives from a day on, that day included."""
        first = self.start or after
        found = rrulestr(self.rule, dtstart=datetime(first.year, first.month, first.day, tzinfo=UTC))
        for moment in found.xafter(datetime(after.year, after.month, after.day, tzinfo=UTC), inc=True):
            if moment.date() not in self.but:
                yield moment.date()

    def shown(self) -> str:
        """Write it in full, as it is read back: "chaque premier mardi du mois à 20 h, sauf en août"."""
        parts = [self._which() + self._hours(), self._months()]
        if self.start:
            parts.append(f"à partir du {long_date(self.start)}")
        if self.until:
            parts.append(f"jusqu'au {long_date(self.until)}")
        if self.but:
            parts.append("sauf le " + " et le ".join(long_date(day) for day in self.but))
        return ", ".join(filter(None, parts))

    def _which(self) -> str:
        often = f", tous les {_NUMBERS[self.every]} mois" if self.monthly and self.every > 1 else ""
        if self.day:
            return f"le {'1er' if self.day == 1 else self.day} de chaque mois{often}"
        names = enumerate_fr([WEEKDAYS[day] for day in self.weekdays])
        if self.ranks:
            ranks = enumerate_fr([_rank(rank) for rank in self.ranks])
            return f"chaque {ranks} {names} du mois{often}"
        return f"chaque {names}" if self.every == 1 else f"toutes les {_NUMBERS[self.every]} semaines, le {names}"

    def _hours(self) -> str:
        if self.time is None:
            return ""
        return f" de {hour(self.time)} à {hour(self.end)}" if self.end else f" à {hour(self.time)}"

    def _months(self) -> str:
        if self.months == _ALL:
            return ""
        named = self.months if len(self.months) <= FEW else [each for each in _ALL if each not in self.months]
        lead = "en" if len(self.months) <= FEW else "sauf en"
        return f"{lead} {enumerate_fr([MONTHS[each - 1] for each in named])}"


def _rank(rank: int) -> str:
    return {-1: "dernier", -2: "avant-dernier"}.get(rank) or ORDINALS[rank - 1]


def kept(rule: str, at: WallClock, *, end: WallClock | None, start: date | None, but: tuple[date, ...]) -> Recurrence:
    """Give back the recurrence of an RRULE that ``Recurrence.rule`` wrote."""
    said = dict(part.split("=", 1) for part in rule.split(";"))
    days = [each for each in said.get("BYDAY", "").split(",") if each]
    until = said.get("UNTIL")
    return Recurrence(
        weekdays=tuple(dict.fromkeys(_DAYS.index(each[-2:]) for each in days)),
        ranks=tuple(dict.fromkeys(int(each[:-2]) for each in days if each[:-2])),
        day=int(said.get("BYMONTHDAY", 0)),
        every=int(said.get("INTERVAL", 1)),
        months=tuple(map(int, said["BYMONTH"].split(","))) if "BYMONTH" in said else _ALL,
        time=at,
        end=end,
        start=start,
        until=datetime.strptime(until, "%Y%m%dT%H%M%S%z").date() if until else None,
        but=but,
    )
