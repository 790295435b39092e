"""Dates, hours, numbers and sizes as French writes them, always in full: what the bot shows, it also reads."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from council.french.folding import fold
from council.french.words import MONTHS, WEEKDAYS

_OF_THE = {
    **dict.fromkeys(
        ("conseil", "groupe", "comite", "ccas", "cias", "bureau", "syndicat", "college", "centre", "pole"), "du"
    ),
    **dict.fromkeys(("commission", "communaute", "caisse", "delegation", "cellule", "mission"), "de la"),
}
_ELIDED = frozenset(("assemblee", "equipe", "atelier", "association", "office", "union"))


def long_date(day: date) -> str:
    """Write a civil date in full, with its weekday: "mardi 12 janvier 2027", "mercredi 1er juillet 2026"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month - 1]} {day.year}"


def hour(t: time | datetime) -> str:
    """Write an hour of the day in figures: "18 h 30", "18 h", "0 h"; seconds are left out."""
    return f"{t.hour} h {t.minute:02}" if t.minute else f"{t.hour} h"


def long_moment(moment: datetime, zone: ZoneInfo) -> str:
    """Write an aware moment in the town's time zone: "mardi 12 janvier 2027 à 18 h 30".

    Raises:
        ValueError: the moment says no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    local = moment.astimezone(zone)
    return f"{long_date(local.date())} à {hour(local)}"


def short_date(day: date) -> str:
    """Write a civil date in figures, for narrow columns: "12/01/2027"."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def count(n: int, singular: str, plural: str | None = None) -> str:
    """Write a number with its noun, plural from two on: "0 page", "1 page", "1 200 pages".

    Without ``plural`` the noun follows the common rule: s, x and z stay; -al gives -aux; -au, -eu, -œu take x.
    Expressions and exceptions give their own.
    """
    noun = singular if abs(n) < 2 else plural or _plural(singular)
    return f"{n:,}".replace(",", " ") + f" {noun}"


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "z")):
        return noun
    if noun.endswith("al"):
        return re.sub("al$", "aux", noun)
    return noun + ("x" if noun.endswith(("au", "eu", "œu")) else "s")


def of_the(name: str) -> str:
    """Write a body's name after "de": "du Conseil municipal", "de la Commission de l'eau", "de l'Assemblée"; quoted when unsure."""
    first = fold(name).split(" ")[0]
    if first in _OF_THE:
        return f"{_OF_THE[first]} {name}"
    return f"de l'{name}" if first in _ELIDED else f"« {name} »"


def enumerate_fr(items: Sequence[str], last: str = "et") -> str:
    """Write a list as a sentence does: "a", "a et b", "a, b et c"; nothing for an empty list."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def size(octets: int) -> str:
    """Write a file's size in decimal units, one figure after the comma below ten: "900 octets", "12 Ko", "3,4 Mo"."""
    amount, units = float(octets), ["Ko", "Mo", "Go", "To"]
    if octets < 1000:
        return count(octets, "octet")
    unit = ""
    while units and round(amount) >= 1000:
        amount, unit = amount / 1000, units.pop(0)
    figures = f"{amount:.1f}" if round(amount, 1) < 10 else f"{amount:.0f}"
    return f"{figures.removesuffix('.0').replace('.', ',')} {unit}"


def distance(day: date, today: date) -> str:
    """Write how far a day is from today: "aujourd'hui", "demain", "dans 3 jours", "hier", "il y a 3 jours"."""
    days = (day - today).days
    named = {-1: "hier", 0: "aujourd'hui", 1: "demain"}
    if days in named:
        return named[days]
    return f"dans {count(days, 'jour')}" if days > 0 else f"il y a {count(-days, 'jour')}"
