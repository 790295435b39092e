"""Dates read in French texts: the door that the rest of the program uses. What was read must be echoed in full."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as WallClock  # noqa: N812  # a type, beside the field ``When.time``
from functools import partial
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from council.french.amounts import read_number
from council.french.days import read_day
from council.french.hours import Hours, clock_time, read_clock, read_hours
from council.french.periods import find_period, read_period, read_range
from council.french.refused import AmbiguousDate, DateRefusal, PastDate, hour_gone, too_far
from council.french.shown import hour, long_date
from council.french.spoken import Exactly, Spoken, gone
from council.french.tokens import Line, tokens_of

__all__ = [
    "AmbiguousDate",
    "DateRefusal",
    "PastDate",
    "When",
    "find_period",
    "find_when",
    "read_period",
    "read_when",
]

_FARTHEST_YEARS = 3
_LONGEST_DATE = 40  # tokens: no date with its hours is longer
_MOMENT_UNITS = {
    **dict.fromkeys(("heure", "heures", "h"), 60),
    **dict.fromkeys(("minute", "minutes", "min", "mn"), 1),
}


@dataclass(frozen=True)
class When:
    """A civil day of the town, with the wall-clock hours that were said: ``time`` and ``end`` are None when not."""

    day: date
    time: WallClock | None = None
    end: WallClock | None = None

    def moment(self, zone: ZoneInfo, default: WallClock) -> datetime:
        """Give the aware moment it starts, in the town's zone, at ``default`` when no hour was said.

        An hour that a night of autumn shows twice is its first showing, unless ``time`` says otherwise (``fold``).

        Raises:
            DateRefusal: an hour that a night of spring skips.
        """
        moment = datetime.combine(self.day, self.time or default, tzinfo=zone)
        if moment.astimezone(UTC).astimezone(zone).replace(fold=0) != moment.replace(fold=0):
            why = f"Le {long_date(self.day)}, {hour(moment)} n'existe pas : on passe à l'heure d'été cette nuit-là."
            raise DateRefusal(why, try_this="Indiquez une autre heure.")
        return moment

    def shown(self) -> str:
        """Write it in full, as it is read back: "mardi 12 janvier 2027", "… à 18 h 30", "… de 18 h à 20 h"."""
        if self.time is None:
            return long_date(self.day)
        if self.end is None:
            return f"{long_date(self.day)} à {hour(self.time)}"
        return f"{long_date(self.day)} de {hour(self.time)} à {hour(self.end)}"


def read_when(text: str, *, now: datetime) -> tuple[When, str] | None:
    """Read a day, an hour or both at the start of a text; give it with the rest of the text, or None.

    ``now`` is aware, in the town's zone. An hour alone is today's. Commas and spaces after the date go with it.

    Raises:
        DateRefusal: a date that is understood and wrong: gone, impossible, too far.
        AmbiguousDate: several days answer to it.
    """
    line = Line(text, tokens_of(text)[:_LONGEST_DATE])
    when = _read(line, now, loose=False)
    return None if when is None else (when, line.rest())


def find_when(text: str, *, now: datetime) -> tuple[When, str] | None:
    """Read the first date found anywhere in a text; give it with the text without it, or None.

    Raises:
        DateRefusal: as ``read_when``.
    """
    tokens = tokens_of(text)
    start = 0
    while start < len(tokens):
        line = Line(text, tokens, start)
        if line.may_start():
            when = line.attempt(partial(_found, now=now, start=start))
            if when is not None:
                return when, line.without(start)
            _pass_over_a_period(line, now)
        start = max(line.at, start + 1)
    return None


def _found(line: Line, now: datetime, start: int) -> When | None:
    try:
        return _read(line, now, loose=True)
    except AmbiguousDate as asked:
        asked.rest = line.without(start)
        raise


def _pass_over_a_period(line: Line, now: datetime) -> None:
    """Leave "du 12 au 14" whole: neither of its ends is the date of the sentence."""
    try:
        line.attempt(partial(read_range, now=now))
    except DateRefusal:
        line.at += 1


def _read(line: Line, now: datetime, *, loose: bool) -> When | None:
    soon = line.attempt(partial(_in_a_while, now=now))
    if soon is not None:
        return soon
    announced = line.peek() in {"a", "vers", "entre"}
    hours = line.attempt(read_clock if announced or not loose else _clock_or_nothing)
    line.take(",")
    spoken = line.attempt(partial(read_day, today=now.date(), loose=loose))
    if spoken is None and (hours is None or (loose and not announced and hours.end is None)):
        return None
    if hours is None:
        hours = line.attempt(read_hours)
    try:
        return _settled(spoken or Exactly(now.date()), hours, now)
    except AmbiguousDate as asked:
        asked.time, asked.end = hours.times() if hours else (None, None)
        asked.rest = line.rest()
        raise


def _clock_or_nothing(line: Line) -> Hours | None:
    """Take hours inside a sentence, where "48 h" is a length of time and no mistake."""
    try:
        return read_clock(line)
    except DateRefusal:
        return None


def _settled(spoken: Spoken, hours: Hours | None, now: datetime) -> When:
    today = now.date()
    start = hours.start if hours else None
    day = spoken.on(now, start)
    if day < today:
        raise PastDate(day, today)
    if day > today + relativedelta(years=_FARTHEST_YEARS):
        raise too_far(f"Le {long_date(day)}", _FARTHEST_YEARS)
    if day == today and start is not None and gone(now, start):
        raise hour_gone(clock_time(start), now.time())
    if hours is None:
        return When(day)
    begin, end = hours.times()
    if day == today:  # the night when clocks go back, 2 h 30 is still to come once 2 h 15 came for the second time
        begin = begin.replace(fold=now.fold)
    return When(day + timedelta(days=hours.start // (24 * 60)), begin, end)


def _in_a_while(line: Line, now: datetime) -> When | None:
    if not line.take("dans", "d ' ici"):
        return None
    minutes = line.first((_named_while, _counted_while))
    if minutes is None or not line.ends_cleanly():
        return None
    if minutes > 60 * 24 * 366:
        raise too_far("Cette heure", 1)
    later = (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)
    return When(later.date(), later.time().replace(second=0, microsecond=0))


def _named_while(line: Line) -> int | None:
    named = {"une demi - heure": 30, "une demi heure": 30, "un quart d ' heure": 15, "trois quarts d ' heure": 45}
    return named.get(line.take(*named) or "")


def _counted_while(line: Line) -> int | None:
    amount = line.take_figures(4) if line.peek().isdecimal() else line.attempt(read_number)
    unit = line.take_named(_MOMENT_UNITS.get)
    if not amount or unit is None:
        return None
    if unit == 60 and line.peek().isdecimal() and len(line.peek()) == 2:
        return amount * 60 + (line.take_figures(2) or 0)
    return amount * unit + (30 if unit == 60 and line.take("et demie") else 0)
