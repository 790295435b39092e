"""What people type to find a paper, read: words, "phrases", -words, filters (depuis:2026), a hint of date or kind."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from council.french import fold
from council.french.periods import find_period, read_period
from council.french.refused import AmbiguousDate
from council.papers import names_of_kind
from council.refusals import Refusal

FILTERS = ("depuis", "avant", "commission", "type", "séance")
LONGEST = 300
"""Characters of a question that are read."""

_HOW = "`depuis:2026`, `avant:mars`, `commission:FIN`, `type:devis` et `séance:12/01` existent."
_BY_FOLDED = {fold(name): name for name in FILTERS}
_QUOTED = r"\"[^\"]*\"|«[^»]*»|“[^”]*”"
# A filter is a word, a colon and a value that touches it: "séance : 12", "18:30" and addresses are plain words.
_PIECE = re.compile(
    rf"(?P<filter>(?<!\S)[^\W\d_]{{3,}}:(?:{_QUOTED}|(?!//)[^\s\"«“:]+)(?!\S))"
    rf"|(?P<without>(?<!\S)-(?:{_QUOTED}|[^\W_][^\s\"]*))"
    rf"|(?P<phrase>(?<!\S)(?:{_QUOTED}))"
    r"|(?P<loose>\S+)"
)
_QUOTES = '"«»“” \u00a0'
_YEAR = re.compile(r"(?<![\w/,.-])(?:19|20)\d\d(?![\w/-]|[,.]\d)")
_MONTH = re.compile(r"(?P<month>\d{1,2})[/-](?P<year>20\d\d)|(?P<iso>20\d\d)-(?P<of_iso>\d{1,2})")
_WITH_YEAR = re.compile(r"\d{4}|/\d\d?/\d\d\b")
_LEADS = re.compile(r"^(?:(?:le|la|les|un|une|des|du|mes|nos|tous|toutes|derniere?s?)\s+|l')*")
_LONGEST_KIND = 3
_OF_THE_LAST = re.compile(
    r"\s+(?:de la|de notre|du|des)\s+(?:derni[eè]re?s?|pr[eé]c[eé]dente?s?)\s+(?:s[ée]ances?|r[ée]unions?|conseils?|commissions?)\b"
    r"(?:\s+municipal)?(?:\s+pass[ée]e?)?[\s?!.]*$",
    re.IGNORECASE,
)
"""Which of its kind is wanted, not what it says: the newest comes first anyway."""


@dataclass(frozen=True)
class Span:
    """A stretch of time between two aware moments of the town's zone, the end not in it."""

    start: datetime
    end: datetime

    @property
    def first(self) -> date:
        """Its first day."""
        return self.start.date()

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.end - timedelta(days=1)).date()

    def later(self, years: int) -> "Span":
        """The same, years later."""
        return Span(self.start + relativedelta(years=years), self.end + relativedelta(years=years))


@dataclass(frozen=True)
class Hint:
    """What plain words say of the papers wanted beside their subject: it weighs, and hides nothing.

    Args:
        said: the kind of paper that the question begins with, folded ("pv").
        kinds: all the names of that kind.
        span: when it was ("de mars", "du 24 mars 2026", "2025").
    """

    said: str = ""
    kinds: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True)
class Query:
    """A question about papers.

    Args:
        words: looked for in any of their forms.
        phrases: words that must stand as they are, side by side.
        without: words or phrases that a paper must not hold.
        since: filed at this moment or later.
        before: filed before this moment.
        body: what was said of the body whose papers are wanted; its code, once the asker's bodies are known.
        kind: what the title must say.
        sessions: the paper is of a session in one of these stretches.
        hint: what the words say besides.
    """

    words: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None
    body: str = ""
    kind: str = ""
    sessions: tuple[Span, ...] = ()
    hint: Hint = field(default_factory=Hint)

    @property
    def filtered(self) -> bool:
        """Whether something beside the words narrows the answer."""
        return bool(self.since or self.before or self.body or self.kind or self.sessions)


def read_query(text: str, *, now: datetime) -> Query:
    """Read a question; ``now`` is aware, in the town's zone.

    Raises:
        Refusal: a filter that doesn't exist, or whose value can't be read.
    """
    found: dict[str, list[str]] = {kind: [] for kind in ("filter", "without", "phrase", "loose")}
    for piece in _PIECE.finditer(text[:LONGEST]):
        found[str(piece.lastgroup)].append(piece.group())
    words, hint = _hinted(" ".join(found["loose"]), now)
    query = Query(words, _bare(found["phrase"]), _bare(found["without"]), hint=hint)
    for said in found["filter"]:
        query = _narrowed(query, said, now)
    return query


def _bare(said: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, (each.removeprefix("-").strip(_QUOTES) for each in said)))


def _narrowed(query: Query, said: str, now: datetime) -> Query:
    """The question with one more filter."""
    name, _, value = said.partition(":")
    value = value.strip(_QUOTES)
    known = _BY_FOLDED.get(fold(name))
    if known is None or not value:
        raise Refusal(f"Je ne connais pas le filtre « {name}: ».", try_this=_HOW)
    if known == "commission":
        return replace(query, body=value)
    if known == "type":
        return replace(query, kind=value)
    span = _past(value, now)
    if span is None:
        raise Refusal(f"Je ne lis pas de date dans « {name}:{value} ».", try_this=_HOW)
    if known == "séance":
        # Without its year, a session's day is the last one there was or the next one: both are meant.
        return replace(query, sessions=(span,) if _WITH_YEAR.search(value) else (span, span.later(1)))
    return replace(query, since=span.start) if known == "depuis" else replace(query, before=span.start)


def _past(value: str, now: datetime) -> Span | None:
    """A day, a month or a year as a filter's value; without its year, the last one there was."""
    if month := _MONTH.fullmatch(value):
        first = f"01/{month['month'] or month['of_iso']}/{month['year'] or month['iso']}"
        start = _read(first, now)
        return Span(start.start, start.start + relativedelta(months=1)) if start else None
    return _read(value, now) or _read(f"en {value}", now)


def _read(value: str, now: datetime) -> Span | None:
    try:
        read = read_period(value, now=now)
    except AmbiguousDate as doubt:
        read = (min(doubt.choices), min(doubt.choices), "")
    except Refusal:
        return None
    return _span(value, read[0], read[1], now) if read and not read[2].strip() else None


def _span(said: str, first: date, last: date, now: datetime) -> Span:
    """A period gone by: papers are about what was, so a month to come whose year isn't said is the last there was."""
    if first > now.date() and not _WITH_YEAR.search(said):
        first, last = first - relativedelta(years=1), last - relativedelta(years=1)
    start, end = (datetime.combine(day, time.min, now.tzinfo) for day in (first, last + timedelta(days=1)))
    return Span(start, end)


def _hinted(words: str, now: datetime) -> tuple[str, Hint]:
    """The words without those that only say when, unless nothing else is left; and what they say of date and kind."""
    rest, span = _dated(_OF_THE_LAST.sub("", words), now)
    bare = re.split(r"[\s-]+", _LEADS.sub("", fold(rest)))
    heads = (" ".join(bare[:taken]) for taken in range(_LONGEST_KIND, 0, -1))
    said = next((head for head in heads if names_of_kind(head)), "")
    return rest or words, Hint(said, names_of_kind(said), span if rest else None)


def _dated(words: str, now: datetime) -> tuple[str, Span | None]:
    """The words without the period that they say, and that period."""
    try:
        found = find_period(words, now=now)
    except (AmbiguousDate, Refusal):
        found = None
    if found is not None and found[0] <= now.date() + relativedelta(years=1):
        return found[2].strip(" ?!.,"), _span(words, found[0], found[1], now)
    year = _YEAR.search(words)
    if year is None or int(year[0]) > now.year:
        return words, None
    whole = _span(year[0], date(int(year[0]), 1, 1), date(int(year[0]), 12, 31), now)
    return (words[: year.start()] + words[year.end() :]).strip(" ?!.,"), whole
