"""A question's words as the index is asked for them: each with the other ways of saying the same."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from council.acronyms import ACRONYMS, long_forms
from storage.analysis import Term, day_terms, query_terms, terms
from storage.search.query import Hint

MOST = 12
"""Words of a question that are looked for."""


class Phrase(NamedTuple):
    """Terms that stand side by side; ``exact`` when no other form of them will do."""

    terms: tuple[Term, ...]
    exact: bool = False


class Wanted(NamedTuple):
    """Something looked for: any of these phrases, as it was said first.

    Args:
        titles: only titles are asked.
        flat: how often it stands in a page says nothing, as for the kind of a paper: a page has it or not.
    """

    phrases: tuple[Phrase, ...]
    titles: bool = False
    flat: bool = False

    @property
    def word(self) -> str:
        """The word as it was said, folded."""
        return self.phrases[0].terms[0].word

    @property
    def text(self) -> str:
        """All its words, for what is shown of a page."""
        return " ".join(term.word for phrase in self.phrases for term in phrase.terms)


def as_word(term: Term) -> Wanted:
    """A word in any of its forms."""
    return Wanted((Phrase((term,)),))


def wanted_words(words: str, hint: Hint) -> list[Wanted]:
    """A question's words, once each; an acronym with its long forms and back, a kind of paper with its other names."""
    asked = query_terms(words)[:MOST]
    same: dict[str, list[Phrase]] = {term.word: [] for term in asked}
    kind = {term.stem for term in query_terms(hint.said)}
    for said, names in (*_spelt_out(asked), (kind, hint.kinds)):
        phrases = [found for name in names if (found := _phrase(name))]
        for term in asked:
            if term.stem in said:
                same[term.word] += phrases
    return [Wanted(tuple(dict.fromkeys((_said(term), *same[term.word]))), flat=term.stem in kind) for term in asked]


def wanted_phrase(text: str) -> Wanted | None:
    """Words to the letter, side by side; ``None`` when there are none."""
    found = tuple(terms(text))
    return Wanted((Phrase(found, exact=True),)) if found else None


def wanted_kind(text: str, names: Sequence[str]) -> Wanted | None:
    """What a title must say to be of a kind: one of its names, or else the words said."""
    phrases = tuple(found for name in (names or (text,)) if (found := _phrase(name)))
    return Wanted(phrases, titles=True, flat=True) if phrases else None


def wanted_hints(words: str, hint: Hint) -> list[Wanted]:
    """What only weighs: the words side by side; the kind and the year in the titles; a day or a month anywhere."""
    found = [wanted_kind("", hint.kinds)] if hint.kinds else []
    side_by_side = tuple(terms(words))
    if len(query_terms(words)) > max(len(query_terms(hint.said)), 1):
        found.append(Wanted((Phrase(side_by_side),), flat=True))
    if hint.span is not None:
        first, last = hint.span.first, hint.span.last
        whole, day, month, year = day_terms(first)
        if first == last:
            found.append(Wanted((Phrase((whole,), exact=True), Phrase((day, month)))))
        elif (first.year, first.month) == (last.year, last.month):
            found.append(Wanted((Phrase((month, year)),)))
        elif first.year == last.year:
            found.append(Wanted((Phrase((year,), exact=True),), titles=True))
    return [each for each in found if each is not None]


def _said(term: Term) -> Phrase:
    """A word as it was asked: an acronym has no other form ("PLU" isn't in "plus")."""
    return Phrase((term,), exact=bool(long_forms(term.word)))


def _phrase(name: str) -> Phrase | None:
    found = tuple(terms(name))
    return Phrase(found, exact=len(found) == 1 and bool(long_forms(name))) if found else None


def _spelt_out(asked: Sequence[Term]) -> Iterator[tuple[set[str], tuple[str, ...]]]:
    """The acronyms asked for, or whose long form is: the stems that say it, and all its names."""
    stems = " ".join(("", *(term.stem for term in asked), ""))
    for stem, long, names in _names():
        said = {stem} if f" {stem} " in stems else set()
        said.update(*(each.split() for each in long if f" {each} " in stems))
        if said:
            yield said, names


@cache
def _names() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Each acronym's stem, the stems of its long forms without their empty words, and all its names."""
    return tuple(
        (_stems(acronym), tuple(_stems(each) for each in long), (acronym, *long)) for acronym, long in ACRONYMS.items()
    )


def _stems(text: str) -> str:
    return " ".join(term.stem for term in query_terms(text))
