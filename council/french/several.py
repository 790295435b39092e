"""Several dates proposed together, "mardi 12 mars ; jeudi 14 mars à 20 h", and what answers them: "1 et 3", "mardi"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from council.french.folding import fold
from council.french.reading import AmbiguousDate, When, read_when
from council.french.words import month_named, weekday_named

_BETWEEN = re.compile(r"^[\s;,/|.:-]*(?:(?:ou(?: bien)?|et|puis|soit)\b[\s;,:]*)?", re.IGNORECASE)
_NUMBER = r"(?:(?:la|le|les|date|dates|n°|no|numero|option|choix)\s*)*\d{1,2}"
_NUMBERS = re.compile(rf"{_NUMBER}(?:\s*(?:,|;|/|\+|&|-|et|ou|puis)?\s+{_NUMBER}|\s*[,;/+&]\s*{_NUMBER})*")
_NONE = re.compile(
    r"(?:aucune?|rien|nulle?|zero|0)(?: (?:des|de ces|d'entre elles?|de ces dates|des \w+|date|dates|ne me convient|ne va))*"
    r"|pas dispo(?:nible)?|(?:je ne peux|je peux) (?:a |pour )?aucune?(?: date)?"
)
_ALL = re.compile(
    r"(?:toutes?|tous|tout|n'importe laquelle)(?: (?:les dates|me va|me vont|me convient|me conviennent|sont bonnes))*"
)
_BUT = re.compile(rf"(?:toutes?|tous|tout)(?: les dates)? (?:sauf|excepte) (?P<but>{_NUMBERS.pattern})")
_RANKS = (("premiere", "1re", "1ere"), ("deuxieme", "seconde"), ("troisieme",), ("quatrieme",), ("cinquieme",))
_RANK = re.compile(rf"\bla (?P<rank>{'|'.join(name for names in _RANKS for name in names)}|derniere)\b(?: dates?)?")
_RUN = re.compile(r"\bles (?P<many>deux|trois|quatre|2|3|4) (?:(?P<first>premieres)|dernieres)\b(?: dates?)?")
_MANY = {"deux": 2, "trois": 3, "quatre": 4}


@dataclass(frozen=True)
class Dates:
    """Dates in the order in which they were said, and what follows them.

    Attributes:
        rest: what is no date, as it was written.
    """

    days: tuple[When, ...]
    rest: str


class OneAmbiguous(Exception):
    """One of the dates could be several: ``doubt`` says so; ``before`` are those already read."""

    def __init__(self, doubt: AmbiguousDate, before: tuple[When, ...]) -> None:
        super().__init__(doubt.why)
        self.doubt, self.before = doubt, before


def read_dates(text: str, *, now: datetime) -> Dates:
    """Read dates one after another; one without an hour takes that of the next that has one, else of the last.

    ``now`` is aware, in the town's zone.

    Raises:
        DateRefusal: one of them is gone, impossible or too far.
        OneAmbiguous: one of them could be several days.
    """
    days: list[When] = []
    rest = text
    while True:
        piece = rest[_after(rest) :] if days else rest.lstrip(" ;,:")
        try:
            found = read_when(piece, now=now)
        except AmbiguousDate as doubt:
            raise OneAmbiguous(doubt, tuple(days)) from None
        if found is None:
            return Dates(_with_hours(days), rest.strip(" ;,:."))
        days.append(found[0])
        rest = found[1]


def _after(text: str) -> int:
    found = _BETWEEN.match(text)
    return found.end() if found else 0


def _with_hours(days: list[When]) -> tuple[When, ...]:
    filled: list[When] = []
    hour = next((day for day in reversed(days) if day.time), None)
    for day in reversed(days):
        hour = day if day.time else hour
        filled.append(day if day.time or hour is None else replace(day, time=hour.time, end=hour.end))
    return tuple(reversed(filled))


def read_numbers(text: str, among: int) -> tuple[int, ...] | None:
    """Read which numbered dates suit somebody: "1 et 3", "aucune", "toutes sauf la 2", "la première"; None when it is anything else.

    A number that is not ``among`` those offered makes it anything else.
    """
    said = _in_figures(fold(text).strip(" .!"), among)
    if _NONE.fullmatch(said):
        return ()
    if _ALL.fullmatch(said):
        return tuple(range(1, among + 1))
    found = _BUT.fullmatch(said)
    if not (found or _NUMBERS.fullmatch(said)):
        return None
    numbers = {int(each) for each in re.findall(r"\d+", found["but"] if found else said)}
    if not numbers <= set(range(1, among + 1)):
        return None
    return tuple(sorted(set(range(1, among + 1)) - numbers if found else numbers))


def _in_figures(said: str, among: int) -> str:
    """A folded answer with its ranks as numbers: "la premiere et la derniere", "les deux premieres"."""

    def rank(found: re.Match[str]) -> str:
        return str(next((n for n, names in enumerate(_RANKS, start=1) if found["rank"] in names), among))

    def run(found: re.Match[str]) -> str:
        many = _MANY.get(found["many"]) or int(found["many"])
        start = 1 if found["first"] else among - many + 1
        return ", ".join(str(n) for n in range(start, start + many))

    return _RUN.sub(run, _RANK.sub(rank, said))


_LIKING = re.compile(
    r"^(?:(?:oui|ok|plutot|je peux|je suis (?:dispo|disponible|libre)|dispo|disponible|libre|va pour|d'accord|ca me va|c'est bon)"
    r"(?: pour)?\s+)+"
)
_PIECES = re.compile(r"\s*(?:[,;/+&]|\bet\b|\bou\b)\s*")
_DAY = re.compile(
    r"(?:le\s+)?(?:(?P<weekday>[a-z]{4,9})\b\s*)?(?:(?:le\s+)?(?P<day>\d{1,2})(?:er)?\b\s*)?(?P<month>[a-z]{3,9})?"
)


def read_days(text: str, offered: Sequence[date]) -> tuple[tuple[int, ...], ...] | None:
    """Read days said instead of their numbers, "mardi et jeudi", "le 12": for each, the numbers of the dates that it may be.

    None when a piece is no day, or none of those ``offered``.
    """
    said = _LIKING.sub("", fold(text).strip(" .!"))
    found = [_numbers_of(piece, offered) for piece in _PIECES.split(said)]
    return tuple(found) if found and all(found) else None


def _numbers_of(piece: str, offered: Sequence[date]) -> tuple[int, ...]:
    read = _DAY.fullmatch(piece.strip())
    if read is None or not (read["weekday"] or read["day"]):
        return ()
    weekday = weekday_named(read["weekday"]) if read["weekday"] else None
    month = month_named(read["month"]) if read["month"] else None
    if (read["weekday"] and weekday is None) or (read["month"] and month is None):
        return ()
    day = int(read["day"]) if read["day"] else None
    return tuple(
        number
        for number, each in enumerate(offered, start=1)
        if weekday in {None, each.weekday()} and day in {None, each.day} and month in {None, each.month}
    )
