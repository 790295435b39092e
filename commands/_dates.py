"""Arguments that are dates: a moment, a day, a period, a date somewhere in a sentence. A doubt is always asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, TypeVar

from commands._arguments import Absent, Argument, Ask
from commands._context import Context
from commands._named import OF_SESSION
from commands._words import quote
from council.french import fold, hour, long_date, long_moment
from council.french.periods import read_period
from council.french.reading import AmbiguousDate, PastDate, When, find_when, read_when
from council.french.recurrences import read_recurrence
from council.recurrences import Recurrence
from council.refusals import Refusal

T = TypeVar("T")
USUAL_HOURS = (time(18), time(18, 30), time(19), time(20))
MORNING = time(9)
"""When something is said on a day for which no hour was given."""
FEW_DAYS = 7
"""Days of a period up to which they are offered one by one."""
OF_SESSIONS = re.compile(r"\b(?:seances?|reunions?|conseil|commission|veille)\b")
"""What is already told of without being asked."""
TO_COME = "Donnez une date à venir."


def asking(ctx: Context, read: Callable[[datetime], T]) -> T:
    """Read a date from the moment at which it was said; when it could be several days, ask which.

    Raises:
        Ask: several days answer to it.
        PastDate: it was past already, or all that it could be is by now.
    """
    try:
        return read(ctx.then)
    except PastDate as past:
        raise PastDate(past.day, ctx.today) from None
    except AmbiguousDate as doubt:
        days = [day for day in doubt.choices if day >= ctx.today]
        if not days:
            raise PastDate(max(doubt.choices), ctx.today) from None
        shown = [When(day, doubt.time, doubt.end).shown() for day in days]
        raise Ask(doubt.why, [(each, f"{doubt.before} {each}".strip()) for each in shown], doubt.rest) from None


def not_gone(day: date, ctx: Context) -> date:
    """A day that was to come when it was said, and still is.

    Raises:
        PastDate: it has passed since.
    """
    if day < ctx.today:
        raise PastDate(day, ctx.today)
    return day


def _start(text: str, ctx: Context) -> tuple[When, str]:
    found = asking(ctx, lambda now: read_when(text, now=now))
    if found is None:
        _ask_day(text, ctx)
        raise no_date(text)
    not_gone(found[0].day, ctx)
    return found


def _ask_day(text: str, ctx: Context) -> None:
    """Where a period was said instead of a day, "la semaine prochaine", ask which day of it.

    Raises:
        Ask: its days are few.
        Refusal: they are too many to be offered.
    """
    period = asking(ctx, lambda now: read_period(text, now=now))
    if period is None or period[1] < ctx.today:
        return
    first, last, rest = max(period[0], ctx.today), period[1], period[2]
    if (last - first).days >= FEW_DAYS:
        why = f"C'est une période : du {long_date(first)} au {long_date(last)}."
        raise Refusal(why, try_this="Quel jour ? Donnez la date : « mardi 12 janvier à 18 h 30 ».")
    days = [long_date(first + timedelta(days=each)) for each in range((last - first).days + 1)]
    raise Ask("Quel jour ?", [(each, each) for each in days], rest)


def no_date(text: str) -> Exception:
    """What to raise where a date should be: nothing is there, or it isn't one."""
    if not text.strip():
        return Absent()
    return Refusal(
        f"Je ne lis pas de date dans {quote(text, 60)}.",
        try_this="Écrivez par exemple « mardi 12 janvier à 18 h 30 » ou « dans 3 semaines à 20 h ».",
    )


def to_come(when: When, ctx: Context) -> datetime:
    """The moment of a date, in the morning when it has no hour.

    Raises:
        Refusal: it is past.
    """
    return _after(ctx.now, when, ctx)


def asked_in_time(when: When, ctx: Context) -> datetime:
    """The same, of what is done at once when its moment came before its words were read: late rather than never.

    Raises:
        Refusal: it was past when it was said.
    """
    return _after(ctx.said_at, when, ctx)


def _after(start: datetime, when: When, ctx: Context) -> datetime:
    moment = when.moment(ctx.commune.zone, MORNING)
    if moment <= start:
        raise Refusal(f"Cette date est déjà passée : {long_moment(moment, ctx.commune.zone)}.", try_this=TO_COME)
    return moment


@dataclass(frozen=True)
class _Moment(Argument[datetime]):
    """A date with its hour; without an hour, the usual ones are offered."""

    label: str = "DATE"
    wanted: str = "la date"

    async def take(self, text: str, ctx: Context) -> tuple[datetime, str]:
        when, rest = _start(text, ctx)
        if when.time is None:
            shown = long_date(when.day)
            options = [f"{shown} à {hour(each)}" for each in USUAL_HOURS]
            raise Ask(f"Le **{shown}**, à quelle heure ?", [(each, each) for each in options], rest)
        return to_come(when, ctx), rest


_A_NUMBER = re.compile(
    r"(?:la |le )?(?:date |n° ?|no )?([1-9])(?=\s*$|\s*,|\s+(?:à|a|au|en|dans|salle|visio|hybride|lieu)\s+(?!\d))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _MomentOrNumber(Argument[datetime | int | Recurrence]):
    """A date with its hour, the number of one that was proposed ("la 2 à la mairie"), or what comes back ("chaque mardi")."""

    label: str = "DATE"
    wanted: str = "la date"

    async def take(self, text: str, ctx: Context) -> tuple[datetime | int | Recurrence, str]:
        if found := _A_NUMBER.match(text):
            return int(found[1]), text[found.end() :].strip()
        if again := asking(ctx, lambda now: read_recurrence(text, now=now)):
            return _with_hour(*again), again[1]
        return await _Moment().take(text, ctx)


def _with_hour(recurrence: Recurrence, rest: str) -> Recurrence:
    if recurrence.time is not None:
        return recurrence
    shown = [replace(recurrence, time=each).shown() for each in USUAL_HOURS]
    raise Ask(f"**{recurrence.shown().capitalize()}**, à quelle heure ?", [(each, each) for each in shown], rest)


@dataclass(frozen=True)
class _Day(Argument[date]):
    """A date whose hour doesn't matter."""

    label: str = "DATE"
    wanted: str = "la date"

    async def take(self, text: str, ctx: Context) -> tuple[date, str]:
        when, rest = _start(text, ctx)
        return when.day, rest


@dataclass(frozen=True)
class Period:
    """The days asked for, both inclusive."""

    first: date
    last: date

    @property
    def shown(self) -> str:
        """« du lundi 2 mars 2026 au dimanche 8 mars 2026 », or one day."""
        if self.first == self.last:
            return long_date(self.first)
        return f"du {long_date(self.first)} au {long_date(self.last)}"


@dataclass(frozen=True)
class _Period(Argument[Period]):
    """A period, past or to come, or one day."""

    label: str = "QUAND"
    wanted: str = "la période"

    async def take(self, text: str, ctx: Context) -> tuple[Period, str]:
        if not text.strip():
            raise Absent
        found = asking(ctx, lambda now: read_period(OF_SESSION.sub("", text), now=now))
        if found is None:
            raise Absent
        return Period(found[0], found[1]), found[2]


@dataclass(frozen=True)
class Dated:
    """A sentence with a date in it: the moment, and what else was said."""

    moment: datetime
    text: str


@dataclass(frozen=True)
class _Dated(Argument[Dated]):
    """A date anywhere in a sentence."""

    label: str = "DATE TEXTE"
    wanted: str = "la date et le texte"
    free: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[Dated, str]:
        if not text.strip():
            raise Absent
        found = asking(ctx, lambda now: find_when(text, now=now))
        if found is None:
            bare = re.sub(r"^moi\s+", "", text)
            known = "Chaque séance est déjà rappelée dans son salon. " if OF_SESSIONS.search(fold(text)) else ""
            raise Refusal(
                f"{known}Je ne lis pas de date dans {quote(bare, 60)}.",
                try_this="Écrivez par exemple « rappel demain à 9 h relire le devis ».",
            )
        return Dated(asked_in_time(found[0], ctx), found[1].strip()), ""


@dataclass(frozen=True)
class Planned:
    """A text, with the moment to say it when it begins with "DATE :"."""

    moment: datetime | None
    text: str


@dataclass(frozen=True)
class _Planned(Argument[Planned]):
    label: str = "[DATE :] TEXTE"
    wanted: str = "le texte de l'annonce"
    free: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[Planned, str]:
        text = text.lstrip(" :")
        if not text:
            raise Absent
        head, colon, rest = text.partition(" :") if " :" in text else text.partition(": ")
        if colon and rest.strip():
            found = asking(ctx, lambda now: read_when(head, now=now))
            if found is not None and not found[1].strip():
                return Planned(asked_in_time(found[0], ctx), rest.strip(" :")), ""
        return Planned(None, text), ""


MOMENT, WHEN = _Moment(), _MomentOrNumber()
Moment = Annotated[datetime, MOMENT]
MaybeDay = Annotated[date | None, _Day()]
MaybePeriod = Annotated[Period | None, _Period()]
DatedText = Annotated[Dated, _Dated()]
PlannedText = Annotated[Planned, _Planned()]
