"""What changed from one version of a paper to the next, page by page, by what the pages say."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from council.french import count, enumerate_fr, fold

MOST = 500
"""Pages beyond which two versions aren't compared: it must cost no answer its time."""


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
    for _, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[start:end] == after[first:last]:
            continue
        both = min(end - start, last - first)
        changed += range(first + 1, first + both + 1)
        added += range(first + both + 1, last + 1)
        removed += range(start + both + 1, end + 1)
    return Changes(tuple(changed), tuple(added), tuple(removed))


def _pages(numbers: tuple[int, ...], done: str) -> str:
    if len(numbers) > 8:
        return f"{count(len(numbers), 'page')} {done}s"
    plural = "s" if len(numbers) > 1 else ""
    return f"page{plural} {enumerate_fr([str(each) for each in numbers])} {done}{plural}"
