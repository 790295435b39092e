"""A text cut into folded words, figures and signs that remember where they stood, and a finger moving along them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from council.french.folding import fold_character

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[^\s]")
_SEPARATORS = " \t\n,\u00a0\u202f"
_OPENING_SIGNS = frozenset("'\"(,;:!?")
_NAMED_BY_A_DATE = frozenset(("rue", "place", "avenue", "boulevard", "square", "impasse", "ecole", "cours", "quai"))
_SAYING_ELSE = frozenset(
    ("chaque", "depuis", "premier", "deuxieme", "second", "troisieme", "quatrieme", "dernier", "e", "er", "eme")
)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, figure or sign; ``start`` and ``end`` are its place in the text as it was written."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Cut a text into tokens; letters and figures are apart ("18h30" gives three), each sign is alone."""
    pieces = [fold_character(c) for c in text]
    origin = [index for index, piece in enumerate(pieces) for _ in piece]
    folded = "".join(pieces)
    return [Token(m[0], origin[m.start()], origin[m.end() - 1] + 1) for m in _TOKEN.finditer(folded)]


class Line:
    """A finger on a line of tokens: rules take what they know and give back None when they don't."""

    def __init__(self, text: str, tokens: list[Token], at: int = 0) -> None:
        self.text = text
        self.tokens = tokens
        self.at = at

    def peek(self, ahead: int = 0) -> str:
        """Give the text of a token to come, or nothing past the end."""
        index = self.at + ahead
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def take(self, *phrases: str) -> str | None:
        """Take the first of these phrases that comes next, or None; their tokens are parted by spaces ("d ' ici")."""
        for phrase, words in _by_first_word(phrases).get(self.peek(), ()):
            if all(self.peek(i) == word for i, word in enumerate(words)):
                self.at += len(words)
                return phrase
        return None

    def take_named(self, names: Callable[[str], _T | None]) -> _T | None:
        """Take the next token when ``names`` knows it, and give what it names."""
        value = names(self.peek()) if self.peek() else None
        if value is not None:
            self.at += 1
        return value

    def take_figures(self, longest: int = 4) -> int | None:
        """Take a number written in at most ``longest`` figures."""
        if self.peek().isdecimal() and len(self.peek()) <= longest:
            self.at += 1
            return int(self.tokens[self.at - 1].text)
        return None

    def attempt(self, rule: Callable[["Line"], _T | None]) -> _T | None:
        """Try a rule; when it gives None the finger goes back to where it was."""
        before = self.at
        value = rule(self)
        if value is None:
            self.at = before
        return value

    def first(self, rules: Iterable[Callable[["Line"], _T | None]]) -> _T | None:
        """Give what the first rule that applies gives."""
        for rule in rules:
            value = self.attempt(rule)
            if value is not None:
                return value
        return None

    def glued(self, ahead: int = 0) -> bool:
        """Tell whether a token to come touches the one before it."""
        index = self.at + ahead
        return 0 < index < len(self.tokens) and self.tokens[index - 1].end == self.tokens[index].start

    def ends_cleanly(self) -> bool:
        """Tell whether what was taken is a whole word of the text: "12/01" is, in "12/01/x" or "mars-ouin" it isn't."""
        if not self.glued():
            return True
        if self.peek().isalnum() or self.peek() == "_":
            return False
        joined = self.peek() in {"-", "/", "'", "@"} and self.glued(1) and self.peek(1).isalnum()
        telephone = self.peek() == "." and self.glued(1) and self.peek(1).isdecimal()
        return not (joined or telephone)

    def may_start(self) -> bool:
        """Tell whether a date could start here.

        Not inside a word or a reference, nor in the name of a street, nor at "mardi" in "depuis mardi" or "chaque premier mardi".
        """
        if self.glued() and self.peek(-1) not in _OPENING_SIGNS:
            return False
        return not {self.peek(-1), self.peek(-2)} & _NAMED_BY_A_DATE and self.peek(-1) not in _SAYING_ELSE

    def rest(self) -> str:
        """Give the written text that follows the last token taken, its first spaces and commas left out."""
        return self.text[self._place() :].lstrip(_SEPARATORS)

    def without(self, start: int) -> str:
        """Give the written text without the tokens taken since the one numbered ``start``."""
        return f"{self.text[: self.tokens[start].start].rstrip(_SEPARATORS)} {self.rest()}".strip()

    def _place(self) -> int:
        return self.tokens[self.at - 1].end if self.at else 0


@lru_cache(maxsize=1024)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Index phrases by their first token: a finger tries dozens of them at each word of a long text."""
    index: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append((phrase, words))
    return index
