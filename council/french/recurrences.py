"""Recurrences as people say them: "tous les premiers mardis du mois à 20 h sauf août", "un lundi sur deux"."""

from dataclasses import replace
from datetime import datetime

from dateutil.relativedelta import relativedelta

from council.french.amounts import read_number
from council.french.narrowing import narrowed
from council.french.refused import DateRefusal
from council.french.tokens import Line, tokens_of
from council.french.words import ORDINAL_WORDS, weekday_named
from council.recurrences import Recurrence

_LONGEST = 80  # tokens
_EVERY = ("tous les", "toutes les", "chaque", "les")
_EACH_MONTH = ("de chaque mois", "de tous les mois", "tous les mois", "chaque mois", "par mois")
_THE_MONTH = ("du mois", "des mois")
_QUARTER = ("de chaque trimestre", "chaque trimestre", "tous les trimestres", "du trimestre", "par trimestre")
_EACH_WEEK = ("toutes les semaines", "chaque semaine", "de chaque semaine", "par semaine")
_FORTNIGHT = ("tous les quinze jours", "tous les 15 jours", "une semaine sur deux", "une semaine sur 2")
_MOST = 6
_QUARTERS = (1, 4, 7, 10)


def read_recurrence(text: str, *, now: datetime) -> tuple[Recurrence, str] | None:
    """Read what comes back at the start of a text; give it with the rest of the text, or None.

    ``now`` is aware, in the town's zone.

    Raises:
        DateRefusal: it is understood and wrong: an exception that isn't known, a date that is gone.
    """
    line = Line(text, tokens_of(text)[:_LONGEST])
    found = line.first((_by_month, _weekday_by_month, _day_of_month, _one_in, _by_week, _weekday_by_week))
    if found is None or not line.ends_cleanly():
        return None
    while True:
        line.take(",")
        more = narrowed(line, found, now)
        if more is None:
            break
        found = more
    if found.start is None and found.every > 1:
        found = replace(found, start=next(replace(found, every=1).days(now.date() + relativedelta(days=1)), None))
    return found, line.rest()


def _weekdays(line: Line) -> tuple[int, ...] | None:
    """Take "mardi", "mardis", "lundis et jeudis"."""
    days: list[int] = []
    while True:
        day = line.take_named(_weekday)
        if day is None:
            return tuple(dict.fromkeys(days)) or None
        days.append(day)
        joined = line.take("et le", "et les", "et", ", le", ", les", ",")
        if joined and _weekday(line.peek()) is None:
            line.at -= len(joined.split())
            return tuple(dict.fromkeys(days))
        if not joined:
            return tuple(dict.fromkeys(days))


def _weekday(word: str) -> int | None:
    return weekday_named(word.removesuffix("s"))


def _ranks(line: Line) -> tuple[int, ...] | None:
    """Take "premier", "1er et 3e", "premiers et troisièmes", "dernier"."""
    ranks: list[int] = []
    while (rank := line.attempt(_rank)) is not None:
        ranks.append(rank)
        joined = line.take("et le", "et les", "et", ", le", ",")
        if not joined:
            break
    return tuple(ranks) or None


def _rank(line: Line) -> int | None:
    if line.take("avant - dernier", "avant dernier", "avant - derniers", "avant derniers"):
        return -2
    if line.take("dernier", "derniers"):
        return -1
    number = line.take_figures(1)
    if number is not None:
        sign = line.take("er", "ers", "e", "es", "eme", "emes", "ieme", "nd", "nds", "d")
        return number if sign and 1 <= number <= 5 else None
    return line.take_named(lambda word: ORDINAL_WORDS.get(word.removesuffix("s")))


def _number(line: Line) -> int | None:
    number = line.take_figures(1) or line.attempt(read_number)
    return number if number and number <= _MOST else None


def _weekday_by_month(line: Line) -> Recurrence | None:
    """Take "tous les premiers mardis du mois", "le premier mardi de chaque mois"."""
    opening = line.take(*_EVERY)
    if opening is None:
        line.take("le", "au", "du")
    ranks = _ranks(line)
    weekdays = _weekdays(line) if ranks else None
    if ranks is None or weekdays is None:
        return None
    found = Recurrence(weekdays=weekdays, ranks=ranks)
    often = line.attempt(_months_apart)
    if often is not None:
        return replace(found, every=often)
    if line.take(*_QUARTER):
        return replace(found, months=_QUARTERS)
    told = line.take(*_EACH_MONTH)
    if not told and not (opening and line.take(*_THE_MONTH)):
        return None
    often = line.attempt(_apart_after_comma)
    return found if often is None else replace(found, every=often)


def _apart_after_comma(line: Line) -> int | None:
    line.take(",")
    return _months_apart(line)


def _months_apart(line: Line) -> int | None:
    """Take "tous les deux mois", "un mois sur deux"."""
    if line.take("un mois sur"):
        return _number(line)
    number = _number(line) if line.take("tous les") else None
    return number if number and line.take("mois") else None


def _by_month(line: Line) -> Recurrence | None:
    """Take "chaque mois, le premier mardi", "tous les trois mois le 15", "chaque trimestre le premier mardi"."""
    every, months = 1, None
    often = line.attempt(_months_apart)
    if often is not None:
        every = often
    elif line.take(*_QUARTER):
        months = _QUARTERS
    elif not line.take(*_EACH_MONTH):
        return None
    line.take(",")
    line.take("le", "au")
    ranks = line.attempt(_ranks)
    weekdays = _weekdays(line) if ranks else None
    found = Recurrence(every=every) if months is None else Recurrence(months=months)
    if ranks and weekdays:
        return replace(found, ranks=ranks, weekdays=weekdays)
    day = None if ranks else _number_of_day(line)
    return replace(found, day=day) if day else None


def _day_of_month(line: Line) -> Recurrence | None:
    """Take "le 15 de chaque mois", "tous les 15 du mois"."""
    opening = line.take("tous les", "chaque", "le")
    day = _number_of_day(line) if opening else None
    if not day or not (line.take(*_EACH_MONTH) or (opening != "le" and line.take(*_THE_MONTH))):
        return None
    often = line.attempt(_apart_after_comma)
    return Recurrence(day=day, every=often or 1)


def _number_of_day(line: Line) -> int | None:
    day = line.take_figures(2)
    line.take("er")
    if day is not None and not 1 <= day <= 28:
        raise DateRefusal(
            f"Tous les mois n'ont pas de {day}.",
            try_this="Choisissez un jour du 1er au 28, ou « le dernier vendredi ».",
        )
    return day


def _one_in(line: Line) -> Recurrence | None:
    """Take "un mardi sur deux"."""
    if not line.take("un", "1"):
        return None
    day = line.take_named(_weekday)
    every = _number(line) if day is not None and line.take("sur") else None
    return Recurrence(weekdays=(day,), every=every) if day is not None and every else None


def _weeks_apart(line: Line) -> int | None:
    """Take "toutes les semaines", "toutes les deux semaines", "une semaine sur deux", "tous les quinze jours"."""
    if line.take(*_FORTNIGHT):
        return 2
    if line.take(*_EACH_WEEK):
        return 1
    number = _number(line) if line.take("toutes les", "une semaine sur") else None
    counted = line.peek(-2) == "sur" or line.peek(-1) == "semaines" or line.take("semaines")
    return number if number and counted else None


def _by_week(line: Line) -> Recurrence | None:
    """Take "toutes les deux semaines, le mardi"."""
    every = _weeks_apart(line)
    if every is None:
        return None
    line.take(",")
    line.take("le", "les")
    weekdays = _weekdays(line)
    return Recurrence(weekdays=weekdays, every=every) if weekdays else None


def _weekday_by_week(line: Line) -> Recurrence | None:
    """Take "tous les mardis", "chaque lundi et jeudi", "le mardi toutes les deux semaines"."""
    opening = line.take(*_EVERY)
    if opening is None:
        line.take("le")
    plural = line.peek().endswith("s")
    weekdays = _weekdays(line)
    if weekdays is None or line.peek() == "gras":
        return None
    line.take(",")
    every = line.attempt(_weeks_apart)
    if every is None and not (opening in {"tous les", "chaque"} or (opening == "les" and plural)):
        return None
    return Recurrence(weekdays=weekdays, every=every or 1)
