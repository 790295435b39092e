"""Texts made comparable, and texts made clean: what a phone's keyboard curls, lengthens or hides is undone here."""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = "‘’‚‛′ʼ`´ʹ＇"
_QUOTES = "“”„‟″＂"
_DASHES = "‐‑‒–—―−﹘﹣－"
_LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_PLAIN = {
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _QUOTES), '"'),
    **dict.fromkeys(map(ord, _DASHES), "-"),
}
_SPELT_OUT = {"œ": "oe", "æ": "ae", "«": '"', "»": '"', "‹": "'", "›": "'"}
_INVISIBLE = ("Cc", "Cf", "Cs")
_MARKS = ("Mn", "Me")


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Give what one character becomes once folded: nothing, itself, or several letters ("œ" gives "oe")."""
    if character.isspace():
        return " "
    plain = _PLAIN.get(ord(character), character)
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    kept = "".join(_SPELT_OUT.get(c, _PLAIN.get(ord(c), c)) for c in letters)
    return "".join(c for c in kept if unicodedata.category(c) not in _INVISIBLE + _MARKS)


def fold(text: str) -> str:
    """Fold a text for comparing: "  L’Œuvre – ÉTÉ " gives "l'oeuvre - ete".

    Lower case, no accents, straight quotes, plain hyphens, single spaces, none of the characters that nobody sees
    (zero-width, bidirectional, control). Folding twice changes nothing.
    """
    return " ".join("".join(map(fold_character, text)).split())


def tidy(text: str) -> str:
    """Clean a text for keeping: case, accents and line breaks stay; curly quotes, long dashes, odd spaces don't.

    Characters that nobody sees go too: they would let two different titles look the same. French quotes (« ») stay.
    Blank lines are at most one in a row.
    """
    composed = unicodedata.normalize("NFC", text).translate(_PLAIN)
    composed = re.sub(f"\r\n|[{_LINE_BREAKS}]", "\n", composed)
    seen = "".join(_shown(c) for c in composed)
    lines = (" ".join(line.split()) for line in seen.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _shown(character: str) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    return "" if unicodedata.category(character) in _INVISIBLE else character
