"""Hours as people say them: "18 h 30", "six heures et demie du soir", "de 18 h à 20 h", "midi", "soir"."""

from dataclasses import dataclass
from datetime import time
from functools import partial

from council.french.amounts import read_number
from council.french.refused import DateRefusal
from council.french.tokens import Line
from council.french.words import month_named

# What a part of the day means when no figure comes with it; always echoed. Councils sit in the evening, after work.
MORNING, AFTERNOON, EVENING = 9 * 60, 14 * 60, 20 * 60
NOON, MIDNIGHT = 12 * 60, 24 * 60

_PARTS = {
    "fin de matinee": 11 * 60,
    "debut d ' apres - midi": AFTERNOON,
    "fin d ' apres - midi": 17 * 60,
    "fin de journee": 18 * 60,
    "debut de soiree": 19 * 60,
    "matinee": MORNING,
    "matin": MORNING,
    "apres - midi": AFTERNOON,
    "apres midi": AFTERNOON,
    "aprem": AFTERNOON,
    "soiree": EVENING,
    "soir": EVENING,
}
_BEFORE_PART = ("le", "au", "en", "dans la", "dans l '", "l '", "de l '", "du", "a la", "-")
_BEFORE_HOUR = (
    "a partir de",
    "aux environs de",
    "aux alentours de",
    "a compter de",
    "a",
    "vers les",
    "vers",
    "des",
    "pour",
    "@",
)
_HOUR_SIGNS = ("h", "hs", "hr", "heure", "heures", "heurs")
_NOT_MINUTES = frozenset(("/", "er", "rue", "place", "avenue", "allee", "chemin", "impasse", "bis", "ter", "personnes"))
_MINUTE_SIGNS = ("minutes", "minute", "min", "mn", "m")


@dataclass(frozen=True)
class Hours:
    """A start and perhaps an end, in minutes since the day began: midnight is the end of the day said (1440)."""

    start: int
    end: int | None = None

    def times(self) -> tuple[time, time | None]:
        """Give both as wall-clock times of the town."""
        return clock_time(self.start), None if self.end is None else clock_time(self.end)


def clock_time(minutes: int) -> time:
    """Give the wall-clock time of a count of minutes: 1440 is "0 h", the next day."""
    return time(minutes // 60 % 24, minutes % 60)


def read_hours(line: Line) -> Hours | None:
    """Take hours, or a part of the day, or both ("demain soir à 8 h"); what follows a date.

    Raises:
        DateRefusal: an hour that no clock shows ("25 h"), an end before its start.
    """
    part = line.attempt(_part)
    hours = line.attempt(read_clock)
    if hours is None:
        return None if part is None else Hours(part)
    return hours if part is None else _in_part(hours, part)


def read_clock(line: Line) -> Hours | None:
    """Take hours in figures or words, alone or from one to another, with "du soir" if it is said."""
    line.take(",", "-")
    hours = line.first((_span, _one_then_another))
    if hours is None or not line.ends_cleanly():
        return None
    line.take("precises", "precise", "pile", "tapantes", "environ")
    part = line.attempt(_part)
    hours = hours if part is None else _in_part(hours, part)
    if hours.end is not None and hours.end <= hours.start and hours.end > 6 * 60:
        raise DateRefusal("L'heure de fin est avant l'heure de début.", try_this="Par exemple : de 18 h à 20 h.")
    return hours


def _in_part(hours: Hours, part: int) -> Hours:
    latest = {EVENING: NOON, AFTERNOON: 8 * 60}.get(part, 8 * 60 if part > NOON else 0)

    def later(minutes: int) -> int:
        return minutes + NOON if 60 <= minutes < latest else minutes

    return Hours(later(hours.start), None if hours.end is None else later(hours.end))


def _part(line: Line) -> int | None:
    line.take(",")
    line.take(*_BEFORE_PART)
    part = line.take(*_PARTS)
    return _PARTS[part] if part and line.ends_cleanly() else None


def _span(line: Line) -> Hours | None:
    if line.take("entre midi et deux"):
        return Hours(NOON, 14 * 60)
    if not line.take("de", "entre"):
        return None
    start = line.first((partial(clock, dotted=True), _bare_number))
    if start is None or not line.take("a", "et", "-", "jusqu ' a"):
        return None
    end = line.attempt(partial(clock, dotted=True))
    return None if end is None else Hours(start, end)


def _one_then_another(line: Line) -> Hours | None:
    said = line.take(*_BEFORE_HOUR)
    start = line.attempt(partial(clock, dotted=said is not None))
    if start is None:
        start = line.attempt(_shared_sign)
    if start is None:
        return None
    return Hours(start, line.attempt(_end))


def _shared_sign(line: Line) -> int | None:
    start = _bare_number(line)
    return start if start is not None and line.peek() in {"-", "a"} and line.peek(2) in _HOUR_SIGNS else None


def _end(line: Line) -> int | None:
    if not line.take("-", "/", "a", "jusqu ' a", "et jusqu ' a"):
        return None
    end = line.attempt(partial(clock, dotted=False))
    if end is None:
        end = _bare_number(line)
        return None if line.peek() not in {"", ",", ".", ";"} else end
    return end


def _bare_number(line: Line) -> int | None:
    number = line.take_figures(2)
    return number * 60 if number is not None and number <= 24 else None


def clock(line: Line, *, dotted: bool) -> int | None:
    """Take one hour of the clock, in minutes since the day began; "18.30" only where ``dotted`` allows it."""
    named = {"midi": NOON, "minuit": MIDNIGHT}.get(line.take("midi", "minuit") or "")
    if named is not None:
        return named + (line.attempt(_half_or_quarter) or 0)
    figures = line.peek().isdecimal()
    hour = line.take_figures(2) if figures else read_number(line)
    if hour is None:
        return None
    if line.take(*_HOUR_SIGNS):
        minutes = line.first((_half_or_quarter, _minutes)) or 0
    elif figures and line.take(":", *("." if dotted else "")) and line.glued() and len(line.peek()) == 2:
        read = line.take_figures(2)
        if read is None:
            return None
        minutes = read
        if line.glued() and line.peek() == "h":  # "18:30h"
            line.at += 1
        if line.peek() == ":" and line.glued() and line.peek(1).isdecimal():
            line.at += 2
    else:
        return None
    return _on_a_clock(hour, minutes)


def _on_a_clock(hour: int, minutes: int) -> int:
    total = hour * 60 + minutes
    if total > MIDNIGHT or minutes >= 60:
        said = f"{hour} h {minutes:02}" if minutes else f"{hour} h"
        raise DateRefusal(f"{said} n'est pas une heure.", try_this="Indiquez une heure entre 0 h et 23 h 59.")
    return total


def _half_or_quarter(line: Line) -> int | None:
    said = line.take("et demie", "et demi", "et quart", "moins le quart", "moins quart")
    return {"et demie": 30, "et demi": 30, "et quart": 15}.get(said, -15) if said else None


def _minutes(line: Line) -> int | None:
    lone_figure = len(line.peek()) == 1 and not line.glued() and line.peek(1) not in {"", *_MINUTE_SIGNS}
    minutes = line.take_figures(2) if line.peek().isdecimal() else read_number(line)
    if minutes is None or (lone_figure and minutes) or month_named(line.peek()) or line.peek() in _NOT_MINUTES:
        return None
    line.take(*_MINUTE_SIGNS)
    return None if line.glued() and line.peek().isalnum() else minutes
