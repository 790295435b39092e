"""Dates in figures: "12/01", "12/01/2027", "12-01-27", "12.01.2027", "12 01 2027", "2027-01-12"."""

from council.french.spoken import Dated
from council.french.tokens import Line

# Day, month, year if it is there, and whether one of the first two is written with two figures.
_Read = tuple[int, int, int | None, bool]


def read_figures(line: Line, weekday: int | None = None, *, loose: bool, announced: bool) -> Dated | None:
    """Take a date in figures; ``loose`` leaves what no calendar holds, and what may be a fraction ("2/3 des voix").

    A fraction is a short date written without any zero, that no article has ``announced``.
    """
    numbers = line.attempt(_iso) or line.attempt(_day_first)
    if numbers is None and announced:
        numbers = line.attempt(_short_with_dot)
    if numbers is None or not line.ends_cleanly():
        return None
    day, month, year, padded = numbers
    fraction = year is None and not padded and not announced
    if loose and (fraction or not (1 <= month <= 12 and 1 <= day <= 31)):
        return None
    return Dated(day, month, year, weekday)


def _iso(line: Line) -> _Read | None:
    lengths = [len(line.peek(i)) for i in (0, 2, 4)]
    if lengths != [4, 2, 2] or line.peek(1) != line.peek(3) or line.peek(1) not in {"-", "/"} or not line.glued(1):
        return None
    year, _, month, _, day = (line.take_figures() if i % 2 == 0 else line.take("-", "/") for i in range(5))
    if not (isinstance(year, int) and isinstance(month, int) and isinstance(day, int)):
        return None
    return (day, month, year, True) if year else None


def _day_first(line: Line) -> _Read | None:
    padded = len(line.peek()) == 2
    day = line.take_figures(2)
    sign = line.peek() if line.peek() in {"/", "-", "."} else ""
    line.take("/", "-", ".")
    padded = padded or len(line.peek()) == 2
    month = line.take_figures(2)
    if day is None or month is None:
        return None
    whole = sign == line.peek() if sign else len(line.peek()) == 4
    if not (whole and len(line.peek(1 if sign else 0)) in {2, 4} and line.peek(1 if sign else 0).isdecimal()):
        return (day, month, None, padded) if sign == "/" else None
    line.take("/", "-", ".")
    short = len(line.peek()) == 2
    year = line.take_figures()
    return (day, month, 2000 + year if short else year, padded) if year else None


def _short_with_dot(line: Line) -> _Read | None:
    """Take "12.01" or "12-01", that only an article or a weekday tells from a decimal or a range."""
    if [len(line.peek(i)) for i in range(3)] != [2, 1, 2] or not (line.glued(1) and line.glued(2)):
        return None
    day, sign, month = line.take_figures(2), line.take(".", "-"), line.take_figures(2)
    return (day, month, None, True) if day and sign and month and month <= 12 else None


def read_year(line: Line) -> int | None:
    """Take a year of four figures."""
    return line.take_figures() if len(line.peek()) == 4 and line.peek() != "0000" else None


def read_short_year(line: Line) -> int | None:
    """Take a year of two figures after a month in words, where it can be neither an hour nor a count ("12 mars 27")."""
    line.take("'")
    year = line.take_figures(2)
    ends = not line.peek() or line.peek() in {",", ".", ";", ":", "a", "de", "vers"}
    return 2000 + year if year is not None and year >= 25 and ends else None
