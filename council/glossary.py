"""The words of a council, explained to someone who has just been elected; the texts are in ``glossary.toml``."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from rapidfuzz import fuzz, process

from council.french import fold

_ARTICLES = ("le ", "la ", "les ", "l'", "un ", "une ", "des ", "du ", "de la ", "de l'", "d'", "de ")
_CLOSE = 75  # out of 100: one or two letters wrong, or one word of the expression


@dataclass(frozen=True)
class Term:
    """A word of the field: its French meaning in two sentences, and the article of law, empty when there is none."""

    name: str
    meaning: str
    article: str
    aliases: tuple[str, ...]


def _read_terms() -> tuple[Term, ...]:
    text = files("council").joinpath("glossary.toml").read_text(encoding="utf-8")
    return tuple(
        Term(entry["nom"], entry["sens"], entry.get("article", ""), tuple(entry.get("autres", ())))
        for entry in tomllib.loads(text)["terme"]
    )


def _key(word: str) -> str:
    """Give what is compared of a word: folded, without its article nor the marks of plural."""
    folded = fold(word).strip(" ?!.,:;\"'").replace("-", " ")
    article = next((a for a in _ARTICLES if folded.startswith(a) and len(folded) > len(a)), "")
    words = folded.removeprefix(article).split()
    return " ".join(w[:-1] if len(w) > 3 and w[-1] in "sx" else w for w in words)


TERMS = _read_terms()
_BY_KEY = {_key(word): term for term in TERMS for word in (*term.aliases, term.name)}


def define(word: str) -> Term | None:
    """Give the term that a word, a plural or an acronym names ("les pouvoirs", "ROB"); None when there is none."""
    return _BY_KEY.get(_key(word))


def nearest(word: str) -> list[Term]:
    """Give at most three terms that look like a word, the closest first: what to offer when ``define`` finds none."""
    found = process.extract(_key(word), list(_BY_KEY), scorer=fuzz.WRatio, score_cutoff=_CLOSE, limit=12)
    return list(dict.fromkeys(_BY_KEY[key] for key, _, _ in found))[:3]
