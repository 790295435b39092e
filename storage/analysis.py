"""French text made into terms, the same for indexing and for asking: what search compares on every database."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

import Stemmer

from council.french import fold
from council.french.words import MONTHS, month_named

WIDTH = 160

_LONGEST = 60
_MONTH = "|".join((*MONTHS, "fevrier", "aout", "decembre"))
_TOKEN = re.compile(
    rf"""(?P<date>(?<![\w.,/-])(?:
          (?:1er|\d{{1,2}})\s+(?i:{_MONTH})\s+(?:19|20)\d\d  # 7 octobre 2022
        | \d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d\d  # 07/10/2022
        | \d\d\s\d\d\s20\d\d  # 07_10_2022, in the name of a file
        | (?:19|20)\d\d-\d\d-\d\d | 20\d\d[01]\d[0-3]\d  # 2022-10-07, 20221007
        )(?!\w|[/.]\d))
      | (?P<reference>\b[^\W\d_]{{2,}}(?:-[^\W_]+)*-\d{{4}}-\d+\b)  # FIN-2027-003
      | (?P<number>(?<![\w,.])\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?:,\d+)?(?![\w]) | \d+,\d+)  # 1 234,50 or 12,5
      | (?P<word>[^\W_]+)""",
    re.VERBOSE,
)
_PIECE = re.compile(r"[^\W_]+")
# Folding can bring signs that databases would read as theirs ("ŉ" gives "'n"): terms never hold any.
_NOT_WHOLE = re.compile(r"[^\w,-]")
_APOSTROPHES = ("'", "’", "ʼ", "`", "´")
_ELIDED = "l d qu j n s m t c jusqu lorsqu puisqu quoiqu presqu quelqu"
_ELISIONS = frozenset(_ELIDED.split())
_EMPTY = """
    a ai au aux avec ce ces cet cette comment dans de des donc du elle elles en est et etait etaient etre eux fait il
    ils je la le les leur leurs lui ma mais me mes mon ne nos notre nous on ont ou par pas plus pour qu quand que
    quel quelle quelles quels qui sa sans se ses si son sont sous sur ta te tes toi ton tu un une vos votre vous y
    c d j l m n s t"""
_EMPTY_WORDS = frozenset(_EMPTY.split())
# Where the stemmer would join two words that a town keeps apart: "voirie" is no form of "voir", "plus" none of "PLU".
_OWN_STEMS = {"voirie": "voirie", "voiries": "voirie", "plus": "plus"}


class Term(NamedTuple):
    """A word as compared: folded (case, accents), and its Snowball French stem."""

    word: str
    stem: str


class _Token(NamedTuple):
    """The terms that a stretch of the original text gives; ``whole`` comes first, its parts after."""

    start: int
    end: int
    terms: tuple[Term, ...]


def terms(text: str) -> list[Term]:
    """All the terms of a text in order, for the index: references, numbers and dates whole, then in parts."""
    return [term for token in _tokens(_composed(text)) for term in token.terms]


def query_terms(text: str) -> list[Term]:
    """The terms that a question asks for, once each: empty words go, unless nothing else is left."""
    wanted = dict.fromkeys(token.terms[0] for token in _tokens(_composed(text)))
    telling = [term for term in wanted if term.word not in _EMPTY_WORDS]
    return telling or list(wanted)


@dataclass(frozen=True)
class Snippet:
    """A stretch of the original text around what was asked.

    Args:
        text: one line, with "…" where it was cut.
        bold: the ranges of ``text`` that answer the question, in order.
    """

    text: str
    bold: tuple[tuple[int, int], ...] = ()

    def marked(self, plain: Callable[[str], str]) -> str:
        """The text in Markdown, its answers in bold; ``plain`` makes each stretch safe to show."""
        out, done = "", 0
        for start, end in self.bold:
            out += _shown(self.text[done:start], plain) + f"**{plain(self.text[start:end])}**"
            done = end
        return out + _shown(self.text[done:], plain)


def snippet(text: str, query: str, width: int = WIDTH) -> Snippet:
    """The stretch of about ``width`` characters that holds the most of a question's words."""
    line = " ".join(_composed(text).split())
    asked = {form for term in query_terms(query) for form in term}
    found = [token for token in _tokens(line) if any(asked.intersection(term) for term in token.terms)]
    start, end = _window(line, *_richest(found, width), width)
    head, tail = "…" if start else "", "…" if end < len(line) else ""
    shift = len(head) - start
    inside = (token for token in found if start <= token.start and token.end <= end)
    bold = tuple((token.start + shift, token.end + shift) for token in inside)
    return Snippet(head + line[start:end] + tail, bold)


def spelling(text: str, word: str) -> str | None:
    """How a text writes a folded word, in lower case with its accents; ``None`` when it doesn't."""
    text = _composed(text)
    for token in _tokens(text):
        if token.terms[0].word == word:
            return text[token.start : token.end].lower()
    return None


def _composed(text: str) -> str:
    """Letters with their accents, as file names from Apple's systems don't have them: a lone accent cuts a word."""
    return unicodedata.normalize("NFC", text)


def _richest(found: Sequence[_Token], width: int) -> tuple[int, int]:
    """The bounds of the first run of found tokens, within a width, that has the most different words."""
    best, most = (0, 0), 0
    for index, first in enumerate(found):
        run = list(takewhile(lambda token: token.end - first.start <= width, found[index:]))  # noqa: B023
        different = len({token.terms[0].stem for token in run})
        if different > most:
            best, most = (first.start, run[-1].end), different
    return best


def _window(line: str, start: int, end: int, width: int) -> tuple[int, int]:
    """A width of text around two bounds, a little more after than before, cut between words."""
    room = max(width - (end - start), 0)
    left = max(start - room // 3, 0)
    right = min(left + max(width, end - left), len(line))
    left = max(min(left, right - width), 0)
    if left:
        left = min(line.find(" ", left) + 1, start) or start
    if right < len(line):
        right = max(line.rfind(" ", 0, right), end)
    return left, right


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if found := _terms_of(match.group(), str(match.lastgroup)):
            elided = found[0].word in _ELISIONS and text[match.end() : match.end() + 1] in _APOSTROPHES
            if not elided:
                yield _Token(match.start(), match.end(), found)


@lru_cache(maxsize=50_000)
def _terms_of(token: str, kind: str) -> tuple[Term, ...]:
    """What a token is found by: a word by itself, the others whole, then in parts."""
    if kind == "word":
        return tuple(filter(None, [_term(token)]))
    if kind == "date":
        day = _day(token)
        return day_terms(day) if day else tuple(filter(None, map(_term, _PIECE.findall(token))))
    whole = _NOT_WHOLE.sub("", fold(token))[:_LONGEST]
    pieces = [whole, whole.partition(",")[0], *_PIECE.findall(fold(token))]
    return tuple(Term(piece, piece) for piece in dict.fromkeys(pieces))


def day_terms(day: date) -> tuple[Term, ...]:
    """A date as it is compared, however it was written: whole (2022-10-07), then its day, month and year."""
    whole = Term(day.isoformat(), day.isoformat())
    return (whole, *filter(None, map(_term, (str(day.day), MONTHS[day.month - 1], str(day.year)))))


def _day(token: str) -> date | None:
    """The date that a token writes, if the calendar has it."""
    parts = fold(token).replace("1er", "1").replace("/", " ").replace(".", " ").replace("-", " ").split()
    if len(parts) == 1:
        parts = [token[:4], token[4:6], token[6:]]
    year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
    try:
        return date(int(year), int(month) if month.isdigit() else month_named(month) or 0, int(day))
    except ValueError:
        return None


def _term(word: str) -> Term | None:
    folded = "".join(_PIECE.findall(fold(word)))[:_LONGEST]
    return Term(folded, _stem(folded)) if folded else None


def _stem(word: str) -> str:
    """Snowball's French stem of a folded word, rid of the plural that it leaves on words whose accents are gone."""
    if own := _OWN_STEMS.get(word):
        return own
    stem = str(Stemmer.Stemmer("french", 0).stemWord(word))
    return stem[:-1] if len(stem) > 3 and stem.endswith("s") else stem


def _shown(stretch: str, plain: Callable[[str], str]) -> str:
    """A stretch made safe, with the spaces around it that making it safe may take."""
    inner = stretch.strip()
    if not inner:
        return stretch
    before, _, after = stretch.partition(inner)
    return before + plain(inner) + after
