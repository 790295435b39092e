"""How pages look, made from what the confined process said: it isn't trusted."""

import json
from dataclasses import dataclass

from council.looks import Look


@dataclass(frozen=True)
class Seen:
    """Some pages of a paper, in order.

    Args:
        pages: each on a line, as ``Look.read`` takes it; empty for one that couldn't be drawn.
        more: whether pages may follow them.
    """

    pages: tuple[str, ...] = ()
    more: bool = False


def seen_of(answer: bytes, count: int) -> Seen:
    """What the worker's whole lines say of so many pages asked; the page at which it died is passed over."""
    pages: list[str] = []
    ended = False
    for line in answer.split(b"\n")[:-1][: count + 1]:
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            break
        ended = isinstance(said, dict) and "end" in said
        if isinstance(said, str) and len(pages) < count:
            pages.append(said if Look.read(said) else "")
    if pages and len(pages) < count and not ended:
        return Seen((*pages, ""), more=True)
    return Seen(tuple(pages), more=len(pages) == count)
