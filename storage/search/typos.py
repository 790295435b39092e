"""Slips of the finger undone: a word that no readable paper holds is read as the nearest that some readable one does."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.analysis import Term, terms
from storage.search.wanted import Wanted, as_word

Held = Callable[[Sequence[Wanted]], Awaitable[dict[int, set[int]]]]
"""The readable papers that hold some of what is wanted: their rows, and the places of those words."""

_NEAREST = 12


class Typos:
    """The mending of one question, against the words of the index.

    Only readable papers are asked: a correction must not tell what closed ones hold.
    """

    def __init__(self, held: Held, vocabulary: Callable[[], Awaitable[Sequence[str]]]) -> None:
        self._held = held
        self._vocabulary = vocabulary

    async def mended(self, asked: list[Wanted]) -> tuple[list[Wanted], dict[str, str]]:
        """What is wanted with its typos undone, and which were; what can't be is left as it is."""
        known = set().union(*(await self._held(asked)).values())
        unknown = [one for place, one in enumerate(asked) if place not in known and _allowance(one)]
        if not unknown:
            return asked, {}
        vocabulary = await self._vocabulary()
        sure = [one for place, one in enumerate(asked) if place in known]
        nearest = {one: await self._nearest(one, sure, vocabulary) for one in unknown}
        replaced = {old: as_word(new) for old, new in nearest.items() if new is not None}
        mended = {old.word: new.word for old, new in replaced.items()}
        return [replaced.get(one, one) for one in asked], mended

    async def _nearest(self, slipped: Wanted, sure: list[Wanted], vocabulary: Sequence[str]) -> Term | None:
        """The nearest word that the reader may find, first beside the question's other words."""
        word = slipped.word
        near = await asyncio.to_thread(
            process.extract, word, vocabulary, scorer=OSA.distance, score_cutoff=_allowance(slipped), limit=_NEAREST
        )
        near.sort(key=lambda one: (one[1], one[0][:1] != word[:1]))
        candidates = [term for candidate, _, _ in near for term in terms(candidate)[:1]]
        if not candidates:
            return None
        papers = (await self._held([*map(as_word, candidates), *sure])).values()
        others = set(range(len(candidates), len(candidates) + len(sure)))
        beside = set().union(*(held for held in papers if held >= others))
        anywhere = set().union(*papers)
        places = sorted(anywhere.intersection(range(len(candidates))), key=lambda place: (place not in beside, place))
        return candidates[places[0]] if places else None


def _allowance(one: Wanted) -> int:
    """How many slips of the finger a word may hold: none in short words, figures, references and quotes."""
    alone = len(one.phrases[0].terms) == 1 and not one.phrases[0].exact
    if not alone or len(one.word) < 4 or not one.word.isalpha():
        return 0
    return 1 if len(one.word) < 8 else 2
