"""What narrows a recurrence: its hours, its months, the days left out, the first and the last one."""

from dataclasses import replace
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from council.french.days import read_day
from council.french.figures import read_year
from council.french.hours import read_hours
from council.french.refused import DateRefusal, PastDate
from council.french.tokens import Line
from council.french.words import month_named
from council.recurrences import Recurrence

_BUT = ("sauf", "hormis", "hors", "excepte", "a l ' exception de", "a l ' exception d '", "sans")


def narrowed(line: Line, found: Recurrence, now: datetime) -> Recurrence | None:
    """Take one more thing that is said of a recurrence, and give it so narrowed; None when nothing more is.

    Raises:
        DateRefusal: an exception or a date that isn't known, or is gone.
    """
    if found.time is None and (hours := line.attempt(read_hours)) is not None:
        begin, end = hours.times()
        return replace(found, time=begin, end=end)
    if line.take(*_BUT):
        return _but(line, found, now)
    if found.start is None and line.take(
        "a partir du", "a partir de", "a partir d '", "a compter du", "a compter de", "des"
    ):
        return replace(found, start=_bound(line, now, last=False))
    if found.until is None and line.take("jusqu ' au", "jusqu ' a", "jusqu ' en"):
        return replace(found, until=_bound(line, now, last=True))
    months = line.first((_range_of_months, _in_months))
    return None if months is None else replace(found, months=tuple(m for m in found.months if m in months))


def _but(line: Line, found: Recurrence, now: datetime) -> Recurrence:
    """Take what is left out: months, or days one by one."""
    line.take("en", "au mois de", "au mois d '", "le mois de", "le mois d '", "pendant", "les mois de")
    months = line.attempt(_list_of_months)
    if months is not None:
        return replace(found, months=tuple(m for m in found.months if m not in months))
    days = list(found.but)
    while True:
        spoken = read_day(line, now.date(), loose=False)
        if spoken is None:
            raise DateRefusal(
                "Je ne sais pas ce qu'il faut excepter.",
                try_this="Dites des mois ou des jours : « sauf en août », « sauf le 3 mars ».",
            )
        days.append(_to_come(spoken.on(now, None), now))
        if not line.take("et", ","):
            return replace(found, but=tuple(sorted(set(days))))


def _list_of_months(line: Line) -> tuple[int, ...] | None:
    months: list[int] = []
    while (month := line.take_named(month_named)) is not None:
        months.append(month)
        joined = line.take("et en", "et", ", en", ",", "-", "/", "ou")
        if not joined:
            break
        if month_named(line.peek()) is None:
            line.at -= len(joined.split())
            break
    return tuple(months) or None


def _in_months(line: Line) -> tuple[int, ...] | None:
    return _list_of_months(line) if line.take("en", "au mois de", "au mois d '") else None


def _range_of_months(line: Line) -> tuple[int, ...] | None:
    """Take "de septembre à juin"."""
    if not line.take("de", "d '", "entre"):
        return None
    first = line.take_named(month_named)
    last = line.take_named(month_named) if first and line.take("a", "et") else None
    if not first or not last:
        return None
    return tuple((first + step - 1) % 12 + 1 for step in range((last - first) % 12 + 1))


def _bound(line: Line, now: datetime, *, last: bool) -> date:
    """Take the first or the last day: a date, or a month, of which it is then the first or the last day."""
    spoken = line.attempt(lambda rest: read_day(rest, now.date(), loose=False))
    if spoken is not None:
        return _to_come(spoken.on(now, None), now)
    line.take("fin", "debut", "la fin de")
    month = line.take_named(month_named)
    if month is None:
        raise DateRefusal(
            "Je ne lis pas cette date.", try_this="Par exemple : « jusqu'au 30 juin », « à partir de mars »."
        )
    year = line.attempt(read_year) or now.year + (month < now.month)
    first = date(year, month, 1)
    return first + relativedelta(months=1, days=-1) if last else max(first, now.date())


def _to_come(day: date, now: datetime) -> date:
    if day < now.date():
        raise PastDate(day, now.date())
    return day
