"""What a paper is about, in its most telling words: those that it repeats and that few papers share."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from storage.analysis import Term, query_terms, terms
from storage.search.wanted import Wanted, as_word

CANDIDATES = 40
TELLING = 10
_SHORTEST = 4
_TITLE_COUNTS = 3


def candidates(title: str, pages: Sequence[str]) -> list[tuple[Wanted, float]]:
    """The words that may tell, each with its weight in the paper; the title's count more."""
    counts: Counter[str] = Counter()
    forms: dict[str, Term] = {}
    for times, text in ((_TITLE_COUNTS, title), *((1, page) for page in pages)):
        full = {term.stem for term in query_terms(text)}
        for term in terms(text):
            if len(term.word) >= _SHORTEST and term.word.isalpha() and term.stem in full:
                counts[term.stem] += times
                forms.setdefault(term.stem, term)
    return [(as_word(forms[stem]), 1 + math.log(count)) for stem, count in counts.most_common(CANDIDATES)]


def telling(weighed: Sequence[tuple[Wanted, float]], holders: Mapping[int, int], papers: int) -> list[Wanted]:
    """The most telling of them.

    Args:
        weighed: the candidates.
        holders: how many readable papers hold each, by its place.
        papers: how many papers the reader may read.
    """
    scored = [
        (weight * math.log(1 + papers / holders[place]), wanted)
        for place, (wanted, weight) in enumerate(weighed)
        if holders.get(place, 0) > 1
    ]
    scored.sort(key=lambda one: -one[0])
    return [wanted for _, wanted in scored[:TELLING]]
