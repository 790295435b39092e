"""Numbers in words or figures, and lengths of time in days: "quinze jours", "3 semaines", "une quinzaine de jours"."""

from dateutil.relativedelta import relativedelta

from council.french.refused import too_far
from council.french.tokens import Line
from council.french.words import NUMBERS, TENS

_UNITS = {
    **dict.fromkeys(("jour", "jours", "jrs", "j"), "days"),
    **dict.fromkeys(("semaine", "semaines", "sem"), "weeks"),
    "mois": "months",
    **dict.fromkeys(("an", "ans", "annee", "annees"), "years"),
}
_ABOUT = {"une huitaine de": 8, "une dizaine de": 10, "une quinzaine de": 15}
_ABOUT_DAYS = {"une huitaine": 8, "huitaine": 8, "une quinzaine": 15, "quinzaine": 15}
_LONGEST_YEARS = 100


def read_number(line: Line) -> int | None:
    """Take a number in words, from "zéro" to "quatre-vingt-dix-neuf"; None for other words."""
    if line.take("quatre - vingt", "quatre - vingts", "quatre vingt", "quatre vingts"):
        return 80 + (line.attempt(_joined_units) or 0)
    tens = line.take_named(TENS.get)
    if tens is not None:
        return tens + (line.attempt(_joined_units) or 0)
    units = line.take_named(NUMBERS.get)
    if units == 10:
        return units + (line.attempt(_joined_units) or 0)
    return units


def _joined_units(line: Line) -> int | None:
    joined = line.take("- et -", "et", "-")
    units = line.take_named(NUMBERS.get)
    return units if units and (joined or units < 10) else None


def read_amount(line: Line) -> int | None:
    """Take a number in figures ("1 000") or in words, or one of the round numbers of French ("une quinzaine de")."""
    about = line.take(*_ABOUT)
    if about:
        return _ABOUT[about]
    if line.peek() in {"une", "un"} and line.peek(1) in _ABOUT_DAYS:
        return None
    if not line.peek().isdecimal():
        return line.attempt(read_number)
    amount = line.take_figures(4)
    thousands = amount is not None and amount < 10 and len(line.peek()) == 3 and line.peek().isdecimal()
    return (amount or 0) * 1000 + (line.take_figures(3) or 0) if thousands else amount


def read_length(line: Line) -> relativedelta | None:
    """Take a length of time in days, weeks, months or years; a "quinzaine" alone is fifteen days.

    "huit jours" are eight and "quinze jours" fifteen, to the letter, where speech often means one week and two: the
    date is echoed in full, with its weekday.

    Raises:
        DateRefusal: a length of more than a hundred years.
    """
    amount = read_amount(line)
    if amount is not None:
        return read_unit(line, amount)
    about = line.take(*_ABOUT_DAYS)
    return relativedelta(days=_ABOUT_DAYS[about]) if about else None


def read_unit(line: Line, amount: int) -> relativedelta | None:
    """Take a unit from days to years, and give the length that ``amount`` of them makes.

    Raises:
        DateRefusal: a length of more than a hundred years.
    """
    unit = line.take(*_UNITS)
    if unit is None:
        return None
    name = _UNITS[unit]
    if amount * {"days": 1, "weeks": 7, "months": 31, "years": 366}[name] > 366 * _LONGEST_YEARS:
        raise too_far(f"« {amount} {unit} » : cette date", _LONGEST_YEARS)
    lengths = {"days": 0, "weeks": 0, "months": 0, "years": 0} | {name: amount}
    return relativedelta(**lengths)  # type: ignore[arg-type]  # the four names are its own
