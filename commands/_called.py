"""A paper called by its words where a reference is wanted: "retirer le devis de la toiture"."""

import re
from collections.abc import Sequence

from commands._context import Context
from council.french import fold
from council.refusals import Refusal
from storage.search import Hit, read_query

MOST = 5
LONGEST = 120
"""Characters beyond which words are no name of a paper."""
_LOOKED_AT = 20
_ENDS = re.compile(
    r"\s+(?:(?:avec|à|au|aux|dans|par|version|point)\b|(?=(?:pr[ée]venir|retirer|oui)\b))\s*", re.IGNORECASE
)
"""The words after which a line may speak of something else than the paper."""
_WORD = re.compile(r"[^\W\d_]{3,}|\d{2,}")
_EMPTY = frozenset(fold("les des une mon mes nos notre pour sur cette ces document papier fichier tout tous").split())
"""Words that tell no paper from another."""
_SAME = 5
"""Letters that tell a word, whatever its ending."""


async def called(text: str, ctx: Context) -> tuple[str, Sequence[Hit], str]:
    """The words that call a paper, the papers that they may call, at most five, best first, and what follows.

    As many words as make up a title; else a paper that holds all of them. Only papers that the asker may see.
    """
    if len(text) > LONGEST or not _telling(text):
        return text, (), ""
    cuts = [(text, ""), *((text[: each.start()], text[each.end() :]) for each in reversed([*_ENDS.finditer(text)]))]
    holding: Sequence[Hit] = ()
    for words, rest in cuts:
        found, every_word = await _found(words, ctx)
        if titled := [hit for hit in found if _titles(words, hit.title)]:
            return words, titled[:MOST], rest
        if every_word and not rest:
            holding = found
    return text, holding[:MOST], ""


async def _found(words: str, ctx: Context) -> tuple[Sequence[Hit], bool]:
    try:
        query = read_query(words, now=ctx.then)
    except Refusal:
        return (), False
    hits = await ctx.store.search.find(query, readable=ctx.reader, limit=_LOOKED_AT, today=ctx.today)
    return hits.found, hits.every_word


def _titles(words: str, title: str) -> bool:
    """Whether a title has all of these words, whatever their endings."""
    own = [word[:_SAME] for word in _WORD.findall(fold(title))]
    said = _telling(words)
    return bool(said) and all(any(mine.startswith(word.rstrip("s")) for mine in own) for word in said)


def _telling(words: str) -> list[str]:
    """The beginnings of the words that tell a paper from others; none when there is no word, only a number."""
    said = [word[:_SAME] for word in _WORD.findall(fold(words)) if word not in _EMPTY]
    return said if any(word.isalpha() for word in said) else []
