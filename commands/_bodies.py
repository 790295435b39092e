"""Recognising a body or a person by the words people use: "finances", "la commission des finances", "M. Roux"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from council.french import fold
from council.roles import BodyKind
from storage.tables import Body, Person

GENERIC = frozenset(
    {
        "commission",
        "commissions",
        "de",
        "des",
        "du",
        "d",
        "l",
        "la",
        "le",
        "les",
        "et",
        "a",
        "au",
        "aux",
        "en",
        "sur",
        "pour",
        "ma",
        "mon",
        "notre",
        "reunion",
        "seance",
        "conseil",
        "groupe",
        "travail",
    }
)
"""Words that name no body by themselves; "conseil" does when it is the council's."""
CLOSE = 86
TITLES = frozenset(("m", "mme", "mr", "monsieur", "madame", "mlle", "maitre", "le", "la", "de"))
_WORD = re.compile(r"\s*[«\"(]?([\w’'-]+)[»\"),:?!.]*")


@dataclass(frozen=True)
class BodyMatch:
    """What was recognised: one body, or several that fit as well; and the rest of the text."""

    body: Body | None
    several: tuple[Body, ...]
    rest: str


def match_body(text: str, bodies: Sequence[Body]) -> BodyMatch:
    """Read a body's code or name at the start of a text, typos forgiven, as few or as many words as were said."""
    best: tuple[int, int, list[Body]] = (0, 0, [])
    said: list[str] = []
    end, position = 0, 0
    while (found := _WORD.match(text, position)) and len(said) < 9:
        position = found.end()
        pieces = [piece for piece in re.split(r"['’-]", fold(found[1])) if piece]
        said += pieces
        if all(piece in GENERIC for piece in pieces) and not _is_council(pieces):
            continue
        scored = [(_score(said, body), body) for body in bodies]
        score = max((points for points, _ in scored), default=0)
        if score == 0:
            break
        if score >= best[0]:
            best, end = (score, len(said), [body for points, body in scored if points == score]), position
    kept = best[2]
    rest = text[end:].lstrip(" ,:;?!").rstrip() if kept else text
    return BodyMatch(kept[0] if len(kept) == 1 else None, tuple(kept) if len(kept) > 1 else (), rest)


def _is_council(pieces: Sequence[str]) -> bool:
    return "conseil" in pieces


def _score(said: Sequence[str], body: Body) -> int:
    """How well the said words name this body; 0 as soon as one of them doesn't.

    Between bodies that share the words: its code, its whole name, and the council for "le conseil" go first.
    """
    code = fold(body.code)
    names = [word for word in re.split(r"\W+", fold(body.name)) if word]
    own = [word for word in names if word not in GENERIC] or names
    points = 0
    for word in said:
        if word == "conseil" and "conseil" in names:
            points += 4
        elif word == code or (word not in GENERIC and any(_same(word, mine) for mine in own)):
            points += 8
        elif word not in GENERIC:
            return 0
    if not points:
        return 0
    whole = all(any(_same(word, mine) for word in said) for mine in own)
    council = "conseil" in said and body.kind is BodyKind.COUNCIL
    return points + 4 * (code in said) + 2 * council + whole


def _same(word: str, mine: str) -> bool:
    if word == mine or word.rstrip("sx") == mine.rstrip("sx"):
        return True
    if len(word) < 4 or word.isdigit():
        return False
    return (len(word) > 4 and mine.startswith(word)) or fuzz.ratio(word, mine) >= CLOSE


def match_person(text: str, people: Sequence[Person]) -> list[Person]:
    """The people whom these words may name: all of their words must fit, a typo apart."""
    words = [word for word in re.split(r"[^\w@:.-]+", fold(text)) if word.strip(".") and word.strip(".") not in TITLES]
    return [person for person in people if words and all(_names(word, person) for word in words)]


def _names(word: str, person: Person) -> bool:
    if word == (person.matrix_id or "").lower():
        return True
    own = re.split(r"[\s-]+", fold(person.name))
    return any(
        word == name or (len(word) > 3 and fuzz.ratio(word, name) >= CLOSE) for name in (*own, fold(person.last_name))
    )
