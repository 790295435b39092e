"""What changed from one version of a paper to the next, page by page, by what the pages say and by how they look."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from council.french import count, enumerate_fr, fold
from council.looks import Look

MOST = 500
"""Pages beyond which two versions aren't compared: it must cost no answer its time."""
WORDS = 1500
"""Words of a page beyond which what changed isn't looked for, for the same reason."""
AROUND, SHOWN = 2, 6
"""Words kept around those that changed, and the most that are shown of these."""


@dataclass(frozen=True)
class Changes:
    """Pages by their numbers, from 1: those of the newer version, save those taken out of the older.

    Attributes:
        changed: their text changed; of pages without text, how they look.
        redrawn: only how they look changed: a plan, a stamp, a signature, a picture.
        seen: whether how pages look was compared too.
    """

    changed: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    redrawn: tuple[int, ...] = ()
    seen: bool = field(default=False, compare=False)

    @property
    def in_french(self) -> str:
        """« page 2 changée, page 4 (le dessin a changé), pages 5 et 6 ajoutées », or that nothing changed."""
        parts = [_done(self.changed, "changée")] if self.changed else []
        parts += [f"{_pages(self.redrawn)} (le dessin a changé)"] if self.redrawn else []
        parts += [_done(pages, done) for pages, done in ((self.added, "ajoutée"), (self.removed, "retirée")) if pages]
        return ", ".join(parts) or ("mêmes pages" if self.seen else "même texte")


Looks = Sequence[Look | None]
"""How the pages of a version look, in order; None for one that couldn't be drawn."""


def compare(older: Sequence[str], newer: Sequence[str], looks: tuple[Looks, Looks] | None = None) -> Changes | None:
    """What changed between the pages' texts, spaces and capitals apart, and between their looks; None where that can't be told.

    A version of very many pages isn't compared, nor one without any text (a scan that isn't read yet) as long as nobody knows
    how both look.

    Args:
        looks: how the older and the newer version's pages look, when both are known.
    """
    before, after = ([" ".join(fold(page).split()) for page in pages] for pages in (older, newer))
    drawn = looks or ((), ())
    if max(len(before), len(after), *map(len, drawn)) > MOST:
        return None
    if any(before) and any(after):
        return _compared(list(_opcodes(before, after)), drawn, seen=looks is not None)
    if any(drawn[0]) and any(drawn[1]):
        return _compared(_by_look(*drawn), drawn, seen=True)
    return None


def _compared(places: Sequence[tuple[bool, int, int, int, int]], looks: tuple[Looks, Looks], *, seen: bool) -> Changes:
    """What changed, from places that are told the same or not: start and end in the older, then in the newer."""
    changed, added, removed, redrawn = list[int](), list[int](), list[int](), list[int]()
    for same, start, end, first, last in places:
        both = min(end - start, last - first)
        if same:
            pairs = zip(range(start, end), range(first, last), strict=True)
            redrawn += [new + 1 for old, new in pairs if _redrawn(looks, old, new)]
            continue
        changed += range(first + 1, first + both + 1)
        added += range(first + both + 1, last + 1)
        removed += range(start + both + 1, end + 1)
    return Changes(tuple(changed), tuple(added), tuple(removed), tuple(redrawn), seen)


def _by_look(before: Looks, after: Looks) -> list[tuple[bool, int, int, int, int]]:
    """Where pages without text begin to differ and end to, in the form of ``_compared``: all between changed, came or left."""
    most = min(len(before), len(after))
    start = next((n for n in range(most) if _redrawn((before, after), n, n)), most)
    left = most - start
    end = next((n for n in range(left) if _redrawn((before, after), len(before) - 1 - n, len(after) - 1 - n)), left)
    return [(False, start, len(before) - end, start, len(after) - end)]


def _redrawn(looks: tuple[Looks, Looks], old: int, new: int) -> bool:
    """Whether two pages are known to look different."""
    if old >= len(looks[0]) or new >= len(looks[1]):
        return False
    before, after = looks[0][old], looks[1][new]
    return before is not None and after is not None and before.differs(after)


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
    """The words that changed on each of the first changed pages of two versions that compare; none without any text.

    Args:
        pages: how many pages at most.
        places: how many places of each page at most.
    """
    before, after = ([" ".join(fold(page).split()) for page in pages] for pages in (older, newer))
    if not any(before) or not any(after):
        return []
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
    for same, start, end, first, last in _opcodes(before, after):
        if not same:
            yield start, end, first, last


def _opcodes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Where two sequences are the same and where they differ."""
    for kind, *place in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        start, end, first, last = place
        yield kind == "equal", start, end, first, last


def _pages(numbers: tuple[int, ...]) -> str:
    if len(numbers) > 8:
        return count(len(numbers), "page")
    return f"page{'s' if len(numbers) > 1 else ''} {enumerate_fr([str(each) for each in numbers])}"


def _done(numbers: tuple[int, ...], done: str) -> str:
    return f"{_pages(numbers)} {done}{'s' if len(numbers) > 1 else ''}"
