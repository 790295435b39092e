"""Periods as people say them: "cette semaine", "en mars", "du 3 au 5 mars", "les 15 prochains jours".

A period may be gone, unlike a date to come: one searches last year's papers. Weeks run from Monday to Sunday.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import partial

from dateutil.relativedelta import relativedelta

from council.french.amounts import read_amount, read_unit
from council.french.bounds import earliest, latest
from council.french.days import read_day
from council.french.figures import read_year
from council.french.hours import read_hours
from council.french.refused import AmbiguousDate, DateRefusal
from council.french.spoken import DayOfMonth, Spoken
from council.french.tokens import Line, tokens_of
from council.french.words import ORDINAL_WORDS, month_named

Period = tuple[date, date]

_LEADS = ("au cours de", "au cours du", "pendant", "durant", "pour", "sur", "de", "dans")
_NOW = ("en cours", "- ci", "ci", "courant", "courante")
_NEXT = ("prochain", "prochaine", "suivant", "suivante", "qui vient", "a venir")
_LAST = ("dernier", "derniere", "passe", "passee", "precedent", "precedente")
_NEXT_ONES = ("prochains", "prochaines", "prochain", "prochaine")
_COMING_ONES = ("a venir", "qui viennent", "suivants", "suivantes")
_LAST_ONES = ("derniers", "dernieres")
_NAMES = ("semaine", "mois", "trimestre", "semestre", "annee", "an", "week - end", "week end", "weekend")
_UNTIL = ("jusqu ' au", "jusqu ' a la", "jusqu ' a", "d ' ici au", "d ' ici la", "d ' ici")
_A_FEW_DAYS = relativedelta(days=7)


def read_period(text: str, *, now: datetime) -> tuple[date, date, str] | None:
    """Read a period at the start of a text: its first and last days, both in it, and the rest of the text; or None.

    ``now`` is aware, in the town's zone. A single day is a period too.

    Raises:
        DateRefusal: an impossible date, a period that ends before it begins.
        AmbiguousDate: a day of it could be several.
    """
    line = Line(text, tokens_of(text))
    period = _read(line, now, loose=False)
    return None if period is None else (*period, line.rest())


def find_period(text: str, *, now: datetime) -> tuple[date, date, str] | None:
    """Read the first period found anywhere in a text, and give it with the text without it; or None.

    Raises:
        DateRefusal: as ``read_period``.
    """
    tokens = tokens_of(text)
    for start in range(len(tokens)):
        line = Line(text, tokens, start)
        period = _read(line, now, loose=True) if line.may_start() else None
        if period is not None:
            return (*period, line.without(start))
    return None


def _read(line: Line, now: datetime, *, loose: bool) -> Period | None:
    rules = (
        partial(read_range, now=now),
        partial(_until, now=now),
        partial(_several, today=now.date()),
        partial(_week_of, now=now),
        partial(_named, today=now.date()),
        partial(_nth_part_of_year, today=now.date()),
        partial(_month, today=now.date(), loose=loose),
        partial(_part_of_month, today=now.date()),
        partial(_single, now=now, loose=loose),
    )
    period = line.first(rules)
    if period is not None and period[1] < period[0]:
        raise DateRefusal("Cette période finit avant de commencer.", try_this="Par exemple : du 3 au 5 mars.")
    return period if line.ends_cleanly() else None


def read_range(line: Line, now: datetime) -> Period | None:
    """Take a period told by its two ends: "du 3 au 5 mars", "entre lundi et mercredi", "de mars à mai".

    Raises:
        DateRefusal: an end that is no date.
        AmbiguousDate: an end whose weekday isn't its own.
    """
    opening = line.take("du", "de", "entre le", "entre")
    if opening is None:
        return None
    months = line.attempt(partial(_range_of_months, today=now.date()))
    if months is not None:
        return months
    first = line.attempt(partial(_end_of_range, now=now))
    if first is None or not line.take(*(("au", "a") if opening in {"du", "de"} else ("et le", "et"))):
        return None
    last = line.attempt(partial(_end_of_range, now=now))
    if last is None:
        return None
    end = earliest(last, now)
    return latest(first, end, now), end


def _end_of_range(line: Line, now: datetime) -> Spoken | None:
    return line.first((partial(read_day, today=now.date(), loose=False), _lone_day))


def _lone_day(line: Line) -> DayOfMonth | None:
    day = line.take_figures(2)
    line.take("er")
    return DayOfMonth(day) if day and line.ends_cleanly() and line.peek() != "h" else None


def _range_of_months(line: Line, today: date) -> Period | None:
    first = line.take_named(month_named)
    last = line.take_named(month_named) if first and line.take("a", "et") else None
    if first is None or last is None:
        return None
    year = line.attempt(read_year) or today.year + (last < today.month)
    return _whole_month(year - (first > last), first)[0], _whole_month(year, last)[1]


def _until(line: Line, now: datetime) -> Period | None:
    since = line.take("depuis le", "depuis")
    if since is None and not line.take(
        "jusqu ' au", "jusqu ' a la", "jusqu ' a", "d ' ici au", "d ' ici la", "d ' ici"
    ):
        return None
    today = now.date()
    if since is None and line.take("fin de l ' annee", "fin d ' annee"):
        return today, date(today.year, 12, 31)
    if since is None and line.take("fin de la semaine", "fin de semaine"):
        return today, today + timedelta(days=6 - today.weekday())
    spoken = read_day(line, today, loose=False)
    if spoken is None:
        return None
    return (latest(spoken, today, now), today) if since else (today, spoken.on(now, None))


def _several(line: Line, today: date) -> Period | None:
    opening = line.take("dans les", "sous les", "les", "ces", "des")
    if opening is None:
        return None
    amount = line.attempt(read_amount)
    past = line.take(*_LAST_ONES)
    coming = line.take(*_NEXT_ONES) or opening.startswith(("dans", "sous"))
    if amount is None:
        return (today, today + _A_FEW_DAYS) if coming and line.take("jours") else None
    length = read_unit(line, amount)
    if length is None:
        return None
    if past or line.take("passes", "passees", "ecoules"):
        return today - length, today
    return (today, today + length) if coming or line.take(*_COMING_ONES) else None


def _week_of(line: Line, now: datetime) -> Period | None:
    if not line.take("la semaine du", "semaine du"):
        return None
    line.at -= 1
    spoken = read_day(line, now.date(), loose=False)
    return None if spoken is None else _week(spoken.on(now, None))


def _named(line: Line, today: date) -> Period | None:
    line.take(*_LEADS)
    this = line.take("ce", "cet", "cette")
    if not this:
        line.take("le", "la", "l '", "du")
    name = line.take(*_NAMES)
    if name is None:
        return None
    if line.take(*_NOW) or this:
        return _around(name, today, 0)
    if line.take(*_NEXT):
        return _around(name, today, 1)
    return _around(name, today, -1) if line.take(*_LAST) else None


def _around(name: str, today: date, step: int) -> Period:
    if name == "semaine":
        return _week(today + timedelta(weeks=step))
    if name.startswith("week"):
        return _weekend(today, step)
    months = {"mois": 1, "trimestre": 3, "semestre": 6}.get(name, 12)
    return _months(today.year, (today.month - 1) // months + step, months)


def _months(year: int, index: int, length: int) -> Period:
    """Give the ``index``-th slice (0 is the first) of ``length`` months of a year."""
    first = date(year, 1, 1) + relativedelta(months=index * length)
    return first, first + relativedelta(months=length, days=-1)


def _week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _weekend(today: date, step: int) -> Period:
    saturday = _week(today)[1] - timedelta(days=1)
    if step == 1 and today < saturday:
        why = "« Le week-end prochain » peut être celui de cette semaine ou celui de la semaine prochaine."
        raise AmbiguousDate(why, (saturday, saturday + timedelta(weeks=1)))
    saturday += timedelta(weeks=step)
    return saturday, saturday + timedelta(days=1)


def _nth_part_of_year(line: Line, today: date) -> Period | None:
    line.take(*_LEADS)
    line.take("au", "le", "du")
    rank = line.take_figures(1) or line.take_named(ORDINAL_WORDS.get)
    line.take("er", "e", "eme", "nd")
    name = line.take("trimestre", "semestre")
    if rank is None or name is None or rank > (4 if name == "trimestre" else 2):
        return None
    line.take("de")
    length = 3 if name == "trimestre" else 6
    year = line.attempt(read_year)
    period = _months(year or today.year, rank - 1, length)
    return period if year or period[1] >= today else _months(today.year + 1, rank - 1, length)


def _month(line: Line, today: date, *, loose: bool) -> Period | None:
    lead = line.take("en", "au mois de", "au mois d '", "du mois de", "du mois d '", "courant", "de", "d '", "pour")
    month = line.take_named(month_named)
    if month is None:
        year = line.attempt(read_year) if lead in {"en", "de"} or not (loose or lead) else None
        return None if year is None or not 1900 <= year < 2100 else (date(year, 1, 1), date(year, 12, 31))
    line.take(".")
    year = line.attempt(read_year)
    if year is None and line.take(*_LAST):
        year = today.year - (month >= today.month)
    elif year is None:
        if loose and lead is None:
            return None
        line.take(*_NEXT)
    return _whole_month(year or today.year + (month < today.month), month)


def _whole_month(year: int, month: int) -> Period:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _part_of_month(line: Line, today: date) -> Period | None:
    line.take("a la", "en", "la")
    place = line.take("debut", "mi", "milieu", "fin")
    if place is None:
        return None
    line.take("-")
    if line.take("du mois", "de ce mois"):
        first, last = _whole_month(today.year, today.month)
    else:
        line.take("de", "d '")
        month = line.take_named(month_named)
        if month is None:
            return None
        first, last = _whole_month(line.attempt(read_year) or today.year + (month < today.month), month)
    tenth, twentieth = first.replace(day=10), first.replace(day=20)
    slices = {"debut": (first, tenth), "fin": (twentieth + timedelta(days=1), last)}
    return slices.get(place, (tenth + timedelta(days=1), twentieth))


def _single(line: Line, now: datetime, *, loose: bool) -> Period | None:
    spoken = read_day(line, now.date(), loose=loose)
    if spoken is None:
        return None
    line.attempt(read_hours)
    day = spoken.on(now, None)
    return day, day
