"""The grammar of days: it knows what a day looks like in French, not which one it is (see ``spoken``)."""

from datetime import date, timedelta
from functools import partial

from council.french.amounts import read_length, read_number
from council.french.feasts import read_feast
from council.french.figures import read_figures, read_short_year, read_year
from council.french.spoken import Dated, DayOfMonth, Exactly, Nth, PartOfMonth, Spoken, Weekly
from council.french.tokens import Line
from council.french.words import ORDINAL_WORDS, SHORT_WEEKDAYS, month_named, weekday_named

_ARTICLES = ("le", "du", "au", "la", "a la", "l '", "a l '", "de l '", "d '", "ce", "a")
_TOWARDS = ("a partir", "a compter", "d ' ici", "a la date", "en date", "des", "avant", "jusqu '", "pour")
LEADS = (*(f"{word} {article}" for word in _TOWARDS for article in _ARTICLES), *_TOWARDS, *_ARTICLES)
_WITH_ARTICLE = ("le", "du", "au", "ce")
_NEAR = {
    "avant - hier": -2,
    "avant hier": -2,
    "hier": -1,
    "aujourd ' hui": 0,
    "aujourdhui": 0,
    "ce jour": 0,
    "apres - demain": 2,
    "apres demain": 2,
    **dict.fromkeys(("demain", "demin", "deamin", "dmain"), 1),
}
_THIS_PART = ("matin", "matinee", "midi", "apres", "aprem", "soir", "soiree")
_PLACES = {"debut": 1, "mi": 15, "milieu": 15, "fin": 31, "la fin": 31, "premier jour": 1, "dernier jour": 31}
# A number before one of these counts something: it is no day of the month.
_COUNTED = frozenset(
    (
        *("h", "heure", "heures", "min", "mn", "minutes", "jours", "jour", "semaines", "mois", "ans", "an"),
        *("page", "pages", "point", "points", "personnes", "euros", "euro", "%", "€", "$", "km", "m", "ha", "voix"),
        *("rue", "place", "avenue", "allee", "chemin", "impasse", "bis", "ter", "e", "eme", "degres", "°", ":", "/"),
        *("membres", "conseillers", "elus", "habitants", "documents", "copies", "exemplaires", "fois", "premiers"),
    )
)
_AFTER_A_LONE_DAY = frozenset(
    ("a", "de", "vers", "entre", "au", "matin", "soir", "midi", "et", "ou", "du", "des", "pour")
)


def read_day(line: Line, today: date, *, loose: bool) -> Spoken | None:
    """Take a day where the finger stands; ``loose`` (inside a sentence) leaves what may well be something else."""
    lead = line.take(*LEADS) or ""
    if lead[-1:].isalpha() and line.glued():  # "a12/01" is a reference
        return None
    rules = (
        partial(_near, today=today),
        partial(_from_now, today=today),
        _nth,
        _next_week,
        _part_of_month,
        partial(read_feast, loose=loose and not lead),
        partial(read_figures, loose=loose, announced=lead.endswith(_WITH_ARTICLE)),
        partial(_weekday, this=lead == "ce", loose=loose),
        partial(_in_words, lone=lead.endswith(_WITH_ARTICLE), loose=loose and lead in _ARTICLES),
    )
    spoken = line.first(rules)
    if spoken is None or not line.ends_cleanly():
        return None
    goes_on = lead.endswith("du") and line.peek() == "au"
    return None if goes_on and (line.peek(1).isdecimal() or weekday_named(line.peek(1)) is not None) else spoken


def _near(line: Line, today: date) -> Spoken | None:
    if line.peek() in {"ce", "cet", "cette"} and line.peek(1) in _THIS_PART:
        line.at += 1
        return Exactly(today)
    if line.peek(-1) == "ce" and line.peek() in _THIS_PART:
        return Exactly(today)
    said = line.take(*_NEAR)
    return Exactly(today + timedelta(days=_NEAR[said], weeks=_weeks_later(line))) if said else None


def _weeks_later(line: Line) -> int:
    weeks = {"en huit": 1, "en 8": 1, "en quinze": 2, "en 15": 2}
    return weeks.get(line.take(*weeks) or "", 0)


def _in_weeks(line: Line) -> int | None:
    """Take "dans 3 semaines", "dans quinze jours" after a weekday: whole weeks; 0 when the length is none."""
    length = read_length(line) if line.take("dans", "ds") else None
    if length is None:
        return None
    days = {8: 7, 15: 14}.get(length.days, length.days)
    return 0 if length.months or length.years or days % 7 else days // 7


def _from_now(line: Line, today: date) -> Spoken | None:
    ago = line.take("il y a")
    if not (ago or line.peek(-1) == "ici" or line.take("dans", "ds", "sous")):
        return None
    length = read_length(line)
    if length is None:
        return None
    return Exactly(today - length if ago else today + length)


def _nth(line: Line) -> Spoken | None:
    rank = line.attempt(_rank)
    weekday = line.take_named(weekday_named) if rank else None
    if rank is None or weekday is None:
        return None
    if line.take("du mois prochain"):
        return Nth(rank, weekday, None, months=1)
    if line.take("du mois de", "du mois d '"):
        month = line.take_named(month_named)
    elif line.take("du mois", "de ce mois - ci", "de ce mois"):
        return Nth(rank, weekday, None)
    else:
        line.take("de", "d '")
        month = line.take_named(month_named)
    return Nth(rank, weekday, month, line.attempt(read_year)) if month else None


def _rank(line: Line) -> int | None:
    if line.take("avant - dernier", "avant dernier"):
        return -2
    if line.take("dernier"):
        return -1
    number = line.take_figures(1)
    if number is not None:
        return number if line.take("er", "e", "eme", "ieme", "nd", "d") and 1 <= number <= 5 else None
    return line.take_named(ORDINAL_WORDS.get)


def _part_of_month(line: Line) -> Spoken | None:
    place = line.take(*_PLACES)
    if not place:
        return None
    line.take("-")
    if line.take("du mois de", "du mois d '", "de", "d '") is None and line.take("du mois", "de mois"):
        return PartOfMonth(_PLACES[place], None)
    month = line.take_named(month_named)
    return PartOfMonth(_PLACES[place], month, line.attempt(read_year)) if month else None


def _weekday(line: Line, *, this: bool, loose: bool) -> Spoken | None:
    weekday = line.take_named(weekday_named)
    if weekday is None:
        return line.attempt(partial(_short_weekday, loose=loose))
    dated = line.attempt(partial(_date_of_weekday, weekday=weekday))
    if dated is not None:
        return dated
    return _which_week(line, weekday, this=this)


def _which_week(line: Line, weekday: int, *, this: bool) -> Spoken | None:
    if line.take("prochain"):
        return Weekly(weekday, "next")
    if line.take("dernier"):
        return Weekly(weekday, "last")
    if line.take("de la semaine prochaine"):
        return Weekly(weekday, "week", 1)
    if line.take("de cette semaine"):
        return Weekly(weekday, "week")
    if line.take("suivant", "d ' apres", "de la semaine", "de chaque", "sur deux"):
        return None  # told by another date, or coming back: nothing to guess
    line.take("qui vient")
    weeks = line.attempt(_in_weeks)
    if weeks is not None:
        return Weekly(weekday, "apart", weeks) if weeks else None  # "jeudi dans 10 jours" says two days
    return Weekly(weekday, "this" if this else "coming", _weeks_later(line))


def _next_week(line: Line) -> Spoken | None:
    """Take "la semaine prochaine, mardi", or "le prochain mardi"."""
    week = line.take("semaine prochaine", "prochain")
    line.take(",", "le")
    weekday = line.take_named(weekday_named) if week else None
    if weekday is None:
        return None
    return Weekly(weekday, "coming") if week == "prochain" else Weekly(weekday, "week", 1)


def _short_weekday(line: Line, *, loose: bool) -> Spoken | None:
    weekday = line.take_named(SHORT_WEEKDAYS.get)
    line.take(".")
    dated = None if weekday is None else _date_of_weekday(line, weekday)
    return None if loose and isinstance(dated, DayOfMonth) else dated


def _date_of_weekday(line: Line, weekday: int) -> Spoken | None:
    line.take(",")
    line.take("le")
    rules = (
        partial(read_figures, weekday=weekday, loose=False, announced=True),
        partial(_in_words, lone=True, weekday=weekday),
    )
    return line.first(rules)


def _in_words(line: Line, weekday: int | None = None, *, lone: bool, loose: bool = False) -> Spoken | None:
    day = line.attempt(_first_of_month) or line.take_figures(2)
    figures = day is not None and line.peek(-1) != "premier"
    if day is None:
        day = line.attempt(read_number)
    if day is None:
        return None
    month = line.attempt(_month)
    if month is not None:
        year = line.first((read_year, read_short_year))
        line.take("prochain")
        return Dated(day, month, year, weekday)
    if not (lone and figures) or line.peek() in _COUNTED or (loose and not _may_follow(line)):
        return None
    if line.peek() == "-" and line.peek(1).isdecimal():
        return None
    return DayOfMonth(day, line.attempt(_which_month), weekday)


def _may_follow(line: Line) -> bool:
    return not line.peek().isalnum() or line.peek() in _AFTER_A_LONE_DAY


def _first_of_month(line: Line) -> int | None:
    return 1 if line.take("1 er", "1 ere", "premier") else None


def _month(line: Line) -> int | None:
    line.take("-")
    line.take("du mois de", "du mois d '", "de", "d '")
    month = line.take_named(month_named)
    if month is not None:
        line.take(".", "-")
    return month


def _which_month(line: Line) -> int | None:
    if line.take("du mois prochain"):
        return 1
    return 0 if line.take("de ce mois - ci", "de ce mois", "du mois", "courant") else None
