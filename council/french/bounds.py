"""The two ends of a period, each told by the other: in "du 3 au 5 mars", the 3 is the last one before the 5 March."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from council.french.spoken import Dated, DayOfMonth, Spoken, Weekly


def earliest(spoken: Spoken, now: datetime) -> date:
    """Give the next day that answers to what was said, today counting and nothing being asked.

    Raises:
        DateRefusal: no such day.
    """
    today = now.date()
    if isinstance(spoken, DayOfMonth) and spoken.months is None and 1 <= spoken.day <= 31:
        months = today.month + (spoken.day < today.day)
        while monthrange(today.year, (months - 1) % 12 + 1)[1] < spoken.day:
            months += 1
        dated = Dated(spoken.day, (months - 1) % 12 + 1, today.year + (months - 1) // 12, spoken.weekday)
        return dated.on(now, None)
    if isinstance(spoken, Weekly) and spoken.which == "coming":
        spoken = replace(spoken, which="this")
    return spoken.on(now, None)


def latest(spoken: Spoken, limit: date, now: datetime) -> date:
    """Give the last day on or before ``limit`` that answers to what was said.

    Raises:
        DateRefusal: no such day.
    """
    if isinstance(spoken, DayOfMonth) and spoken.months is None and 1 <= spoken.day <= 31:
        month = limit.replace(day=1)
        if spoken.day > limit.day:
            month -= relativedelta(months=1)
        while monthrange(month.year, month.month)[1] < spoken.day:
            month -= relativedelta(months=1)
        return Dated(spoken.day, month.month, month.year, spoken.weekday).on(now, None)
    if isinstance(spoken, Dated) and spoken.year is None:
        earlier = (spoken.month, spoken.day) > (limit.month, limit.day)
        return replace(spoken, year=limit.year - earlier).on(now, None)
    if isinstance(spoken, Weekly) and spoken.which == "coming":
        return limit - timedelta(days=(limit.weekday() - spoken.weekday) % 7)
    return spoken.on(now, None)
