"""A paper called by its words where a reference is wanted: "retirer le devis de la toiture"."""

import re
from collections.abc import Sequence

from commands._context import Context
from commands._sentences import ARTICLES
from council.french import fold
from council.refusals import Refusal
from storage.search import Hit, Hits, read_query

MOST = 5
LONGEST = 120
"""Characters beyond which words are no name of a paper."""
_LOOKED_AT = 20
_GOES_ON = re.compile(
    r"(?:avec|à|au|aux|dans|par|en|pour|version|point|pr[ée]venir|retirer|oui|et)\b|[A-Z]{2,8}\b|$", re.ASCII
)
"""How a line goes on after the words that call a paper: by a word of its own, a commission's code, or not at all."""
_WORD = re.compile(r"[^\W\d_]{2,}|\d{2,}")
_EMPTY = frozenset(
    fold(
        "le la les de des du un une en et au aux ce ces cette mon ma mes nos notre pour sur document papier fichier tout tous"
    ).split()
)
"""Words that tell no paper from another."""
_FEW = 3
_SAME = 5
"""Letters that tell a word, whatever its ending."""


async def called(text: str, ctx: Context) -> tuple[str, Sequence[Hit], str]:
    """The words that call a paper, the papers that they may call, at most five, best first, and what follows.

    As many words as make up a title; else a paper that holds all of them. Only papers that the asker may see.
    """
    hits = await _hits(text, ctx)
    pieces = text.split()
    for size in range(len(pieces), 0, -1):
        words, rest = " ".join(pieces[:size]), " ".join(pieces[size:])
        if _GOES_ON.match(rest) and (titled := [hit for hit in hits.found if _in_title(words, hit.title)]):
            return words, titled[:MOST], rest
    return text, hits.found[:MOST] if hits.every_word else (), ""


async def names_papers(said: str, ctx: Context) -> bool:
    """Whether a sentence that nothing else understood is what papers are called, or a few words that they hold."""
    hits = await _hits(said, ctx)
    held = hits.every_word and not hits.corrected and len(_telling(said)) <= _FEW
    return bool(hits.found) and (held or any(_in_title(said, hit.title) for hit in hits.found))


async def _hits(words: str, ctx: Context) -> Hits:
    if len(words) > LONGEST or not _telling(words):
        return Hits()
    try:
        query = read_query(ARTICLES.sub("", words), now=ctx.then)
    except Refusal:
        return Hits()
    return await ctx.store.search.find(query, readable=ctx.reader, limit=_LOOKED_AT, today=ctx.today)


def _in_title(words: str, title: str) -> bool:
    """Whether a title has all of these words, whatever their endings."""
    own = [word[:_SAME] for word in _WORD.findall(fold(title))]
    said = _telling(words)
    return bool(said) and all(any(mine.startswith(word.rstrip("s") or word) for mine in own) for word in said)


def _telling(words: str) -> list[str]:
    """The beginnings of the words that tell a paper from others; none when there is no word, only a number."""
    said = [word[:_SAME] for word in _WORD.findall(fold(ARTICLES.sub("", words))) if word not in _EMPTY]
    return said if any(word.isalpha() for word in said) else []
