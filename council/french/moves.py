"""A session that goes to another date: "du 12 mars au 19 mars à 20 h", "du 2 juin à 19 h", "d'une semaine"."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from datetime import time as WallClock  # noqa: N812  # a type, beside the field ``Move.at``

from dateutil.relativedelta import relativedelta

from council.french.amounts import read_length
from council.french.folding import fold
from council.french.hours import read_clock
from council.french.reading import AmbiguousDate, When, read_when
from council.french.tokens import Line, tokens_of
from council.french.words import month_named, weekday_named

_WHICH = re.compile(
    r"^(?:(?:celle|celui|la s[ée]ance|la r[ée]union|s[ée]ance|r[ée]union)\s+)?(?:(?:du|de|de la|prévue le)\s+|d')?",
    re.IGNORECASE,
)
_TO = re.compile(r"^[\s,]*(?:(?:->|→|=>|vers)\s*|(?=(?:au|à|a|pour)\s))", re.IGNORECASE)
_BY = ("d '", "de", "pour")
_NEXT_WEEK = ("a la semaine suivante", "a la semaine d ' apres", "la semaine suivante", "la semaine d ' apres")
_NEXT_DAY = ("au lendemain", "le lendemain", "au jour suivant", "le jour suivant")


@dataclass(frozen=True)
class Move:
    """Where a session goes.

    Attributes:
        day: of which day the session is; None for the next one.
        to: its new date; without an hour it keeps its own.
        by: how far it goes, when that is what was said.
        at: its new hour, when only that was said.
    """

    day: date | None = None
    to: When | None = None
    by: relativedelta | None = None
    at: WallClock | None = None


def read_move(text: str, *, now: datetime) -> tuple[Move, str] | None:
    """Read which session moves, and where to, at the start of a text; give it with the rest, or None.

    One date alone is where it goes. ``now`` is aware, in the town's zone.

    Raises:
        DateRefusal: one of the dates is gone, impossible, too far.
        AmbiguousDate: one of them could be several days; ``rest`` and ``before`` are what stands around it.
    """
    text = text.strip()
    if alone := _without_date(text):
        return alone
    head = _WHICH.match(text)
    found = read_when(text[head.end() :] if head else text, now=now)
    if found is None:
        return None
    first, rest = found
    if onward := _without_date(rest):
        move, rest = onward
        return replace(move, day=first.day), rest
    to = _TO.match(rest)
    try:
        second = _target(rest[to.end() :], first.day, now) if to else None
    except AmbiguousDate as doubt:
        doubt.before = f"{first.shown()} au"
        raise
    if second is None:
        return Move(to=first), rest
    return Move(first.day, second[0]), second[1]


def _without_date(text: str) -> tuple[Move, str] | None:
    """Take "d'une semaine", "au lendemain", "à 19 h": what is told by the date that it has."""
    line = Line(text, tokens_of(text))
    if line.take(*_NEXT_WEEK):
        return Move(by=relativedelta(weeks=1)), line.rest()
    if line.take(*_NEXT_DAY):
        return Move(by=relativedelta(days=1)), line.rest()
    length = line.attempt(_length)
    if length is not None:
        return Move(by=length), line.rest()
    hours = line.attempt(read_clock)
    if hours is not None and not line.rest():
        return Move(at=hours.times()[0]), ""
    return None


def _length(line: Line) -> relativedelta | None:
    return read_length(line) if line.take(*_BY) else None


def _target(text: str, day: date, now: datetime) -> tuple[When, str] | None:
    """Read where it goes. A number alone is told by the day that it leaves; a weekday alone may be, and is asked."""
    kind = _told_by(text)
    if kind == "number":
        return read_when(text, now=_morning(day, now))
    found = read_when(text, now=now)
    if found is None or kind is None:
        return found
    after = read_when(text, now=_morning(day + relativedelta(days=1), now))
    if after is None or after[0].day == found[0].day:
        return found
    doubt = AmbiguousDate("De quelle semaine parlez-vous ?", (after[0].day, found[0].day))
    doubt.time, doubt.end, doubt.rest = found[0].time, found[0].end, found[1]
    raise doubt


def _told_by(text: str) -> str | None:
    """Whether "au 19" or "au jeudi" is all that is said of the day."""
    words = [word for word in re.findall(r"[a-z]+|\d+|[/:.-]", fold(text)) if word not in {"au", "a", "le", "pour"}]
    weekday = bool(words) and weekday_named(words[0]) is not None
    words = words[1:] if weekday else words
    number = bool(words) and words[0].isdecimal() and words[1:2] != ["h"]
    following = words[2:3] if words[1:2] == ["er"] else words[1:2]
    if number and not (following and (month_named(following[0]) or following[0] in {"/", ".", "-", ":", "heures"})):
        return "number"
    return "weekday" if weekday and not (words and words[0] in {"prochain", "en", "de"}) and not number else None


def _morning(day: date, now: datetime) -> datetime:
    """The first minute of a day, or now when it is gone."""
    return max(now, datetime(day.year, day.month, day.day, tzinfo=now.tzinfo))
