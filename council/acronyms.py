"""The acronyms of town life and what they stand for; they are in ``acronyms.toml``, the words' meanings in the glossary."""

import tomllib
from importlib.resources import files

from council.french import fold


def _read() -> dict[str, tuple[str, ...]]:
    text = files("council").joinpath("acronyms.toml").read_text(encoding="utf-8")
    return {acronym: tuple(long) for acronym, long in tomllib.loads(text).items()}


ACRONYMS = _read()
"""Each acronym, as it is written, with the long forms that it stands for, the usual one first."""
_BY_FOLDED = {fold(acronym): (acronym, long) for acronym, long in ACRONYMS.items()}


def long_forms(word: str) -> tuple[str, ...]:
    """What an acronym stands for, whatever its capitals and dots ("p.l.u."); nothing for any other word."""
    found = _BY_FOLDED.get(fold(word).replace(".", "").strip(" ?!,"))
    return found[1] if found else ()


def as_written(word: str) -> str:
    """An acronym with the capitals that it has ("plui" is PLUi); another word as it is."""
    found = _BY_FOLDED.get(fold(word).replace(".", "").strip(" ?!,"))
    return found[0] if found else word
