"""How the pages of a version that people hold on paper become those of the next: which to replace, to add, to take out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from council.comparison import Changes
from council.french import enumerate_fr

LONGEST = 6
"""Steps beyond which nobody follows them: the whole paper is then replaced."""
_RUN = 3
"""Pages in a row that are said by the first and the last."""


@dataclass(frozen=True)
class Insertion:
    """A page to add, by its number in the newer version, and the one that it goes behind.

    ``after`` is 0 at the start; ``held`` says that this one is a page people hold, by its number in the older version.
    """

    page: int
    after: int
    held: bool


@dataclass(frozen=True)
class Replacing:
    """What to do with the pages that are held, in this order.

    Attributes:
        swapped: the page that is taken out, by its number in the older version, and the one that takes its place, in the newer.
        added: each after the one before it is in place.
        removed: by their numbers in the older version.
    """

    swapped: tuple[tuple[int, int], ...] = ()
    added: tuple[Insertion, ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def sheets(self) -> list[int]:
        """The pages to print, in order, by their numbers in the newer version."""
        return sorted([new for _, new in self.swapped] + [each.page for each in self.added])

    @property
    def in_french(self) -> list[str]:
        """« Remplacez les pages 4 et 7. Ajoutez la page 8, après la page 7. Retirez l'ancienne page 9. », each a sentence."""
        same = [new for old, new in self.swapped if old == new]
        said = [f"Remplacez {_pages(same)}."] if same else []
        said += [f"Remplacez l'ancienne page {old} par la page {new}." for old, new in self.swapped if old != new]
        for first, pages in _together(self.added):
            said.append(f"Ajoutez {_pages(pages)}, {_place(first)}.")
        if self.removed:
            old = "l'ancienne page" if len(self.removed) == 1 else "les anciennes pages"
            said.append(f"Retirez {old} {_numbers(self.removed)}.")
        return said


def replacing(changes: Changes | None, pages: int) -> Replacing | None:
    """Read the steps out of what changed; None where the whole paper is to be replaced.

    So it is when the versions can't be compared, when nothing is known to differ, when every page does, or when the steps are
    too many to be followed.

    Args:
        pages: how many the newer version has.
    """
    if changes is None:
        return None
    printed = {*changes.changed, *changes.redrawn}
    removed, swapped, added = set(changes.removed), list[tuple[int, int]](), list[Insertion]()
    old, last = 1, (0, False)
    for new in range(1, pages + 1):
        if new in changes.added:
            added.append(Insertion(new, *last))
            last = (new, False)
            continue
        while old in removed:
            old += 1
        if new in printed:
            swapped.append((old, new))
        last = (new, False) if new in printed else (old, True)
        old += 1
    found = Replacing(tuple(swapped), tuple(added), changes.removed)
    whole = len(found.sheets) == pages or found == Replacing()
    return None if whole or len(found.in_french) > LONGEST else found


def _together(added: Sequence[Insertion]) -> Iterator[tuple[Insertion, list[int]]]:
    """Pages that are added one behind the other, and the first of them."""
    for _, group in groupby(enumerate(added), lambda each: each[1].page - each[0]):
        run = [each for _, each in group]
        yield run[0], [each.page for each in run]


def _place(first: Insertion) -> str:
    if first.after == 0:
        return "au début"
    which = "l'ancienne" if first.held and first.after != first.page - 1 else "la"
    return f"après {which} page {first.after}"


def _pages(numbers: Sequence[int]) -> str:
    return f"la page {numbers[0]}" if len(numbers) == 1 else f"les pages {_numbers(numbers)}"


def _numbers(numbers: Sequence[int]) -> str:
    """« 4 à 7 et 9 »."""
    runs = [[number for _, number in group] for _, group in groupby(enumerate(numbers), lambda each: each[1] - each[0])]
    said = []
    for run in runs:
        said += [f"{run[0]} à {run[-1]}"] if len(run) >= _RUN else [str(number) for number in run]
    return enumerate_fr(said)
