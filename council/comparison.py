"""What changed from one version of a paper to the next, page by page, by what the pages say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from council.french import count, enumerate_fr, fold

MOST = 500
"""Pages beyond which two versions aren't compared: it must cost no answer its time."""
WORDS = 1500
"""Words of a page beyond which what changed isn't looked for, for the same reason."""
AROUND, SHOWN = 2, 6
"""Words kept around those that changed, and the most that are shown of these."""


@dataclass(frozen=True)
class Changes:
    """Pages by their numbers, from 1: those changed and added in the newer version, those taken out of the older."""

    changed: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def in_french(self) -> str:
        """« page 4 changée, pages 5 et 6 ajoutées », or that the text is the same."""
        kinds = ((self.changed, "changée"), (self.added, "ajoutée"), (self.removed, "retirée"))
        return ", ".join(_pages(pages, done) for pages, done in kinds if pages) or "même texte"


def compare(older: Sequence[str], newer: Sequence[str]) -> Changes | None:
    """What changed between the pages' texts, spaces and capitals apart; None where that can't be told.

    A version without any text (a scan that isn't read yet) or of very many pages isn't compared.
    """
    before, after = ([" ".join(fold(page).split()) for page in pages] for pages in (older, newer))
    if not any(before) or not any(after) or max(len(before), len(after)) > MOST:
        return None
    changed: list[int] = []
    added: list[int] = []
    removed: list[int] = []
    for start, end, first, last in _differences(before, after):
        both = min(end - start, last - first)
        changed += range(first + 1, first + both + 1)
        added += range(first + both + 1, last + 1)
        removed += range(start + both + 1, end + 1)
    return Changes(tuple(changed), tuple(added), tuple(removed))


@dataclass(frozen=True)
class Wording:
    """Words that changed, with those around them, as they are written: only ``after`` where they came, only ``before`` where they left."""

    before: str
    after: str


@dataclass(frozen=True)
class Rewording:
    """What changed on a page, by its number in the newer version: the first places, in order, and how many there are ``more``.

    There is no place where the words that changed weren't found.
    """

    page: int
    places: tuple[Wording, ...] = ()
    more: int = 0


def reword(older: Sequence[str], newer: Sequence[str], pages: int, places: int) -> list[Rewording]:
    """The words that changed on each of the first changed pages of two versions that compare.

    Args:
        pages: how many pages at most.
        places: how many places of each page at most.
    """
    before, after = ([" ".join(fold(page).split()) for page in pages] for pages in (older, newer))
    pairs = [
        pair
        for start, end, first, last in _differences(before, after)
        for pair in zip(range(start, end), range(first, last), strict=False)
    ]
    return [_places(older[old], newer[new], new + 1, places) for old, new in pairs[:pages]]


def _places(older: str, newer: str, page: int, limit: int) -> Rewording:
    before, after = older.split()[:WORDS], newer.split()[:WORDS]
    found = _together(_differences([fold(word) for word in before], [fold(word) for word in after]))
    shown = tuple(
        Wording(_excerpt(before, start, end), _excerpt(after, first, last)) for start, end, first, last in found[:limit]
    )
    return Rewording(page, shown, len(found) - len(shown))


def _together(places: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Places so near that the words around one would show the other are one place, as long as it can be shown whole."""
    found: list[tuple[int, int, int, int]] = []
    for start, end, first, last in places:
        if found:
            began, ended, began_after, _ = found[-1]
            if start - ended <= AROUND and max(end - began, last - began_after) <= SHOWN:
                found[-1] = (began, end, began_after, last)
                continue
        found.append((start, end, first, last))
    return found


def _excerpt(words: Sequence[str], start: int, end: int) -> str:
    """Some words with their neighbours; those in excess are left out with an ellipsis."""
    shown, ends = min(end, start + SHOWN), [] if end <= start + SHOWN else ["…"]
    following = words[end : end + AROUND] if not ends else []
    return " ".join([*words[max(start - AROUND, 0) : shown], *ends, *following])


def _differences(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two sequences differ: start and end in the one, then in the other."""
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield start, end, first, last


def _pages(numbers: tuple[int, ...], done: str) -> str:
    if len(numbers) > 8:
        return f"{count(len(numbers), 'page')} {done}s"
    plural = "s" if len(numbers) > 1 else ""
    return f"page{plural} {enumerate_fr([str(each) for each in numbers])} {done}{plural}"
