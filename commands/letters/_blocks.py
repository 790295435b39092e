"""A message's Markdown as blocks for paper: the same words in the same order, without what paper can't do."""

from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

Block = dict[str, Any]
"""``mark`` (a number, a dash or nothing), ``depth`` (of lists), ``runs`` (pieces of text, each bold or not)."""


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True})


def blocks(markdown: str) -> list[Block]:
    """Give the paragraphs and the items of a message, in order; a link keeps its words only."""
    found: list[Block] = []
    numbers: list[int] = []
    mark = ""
    for token in _parser().parse(markdown):
        match token.type:
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_open":
                numbers.append(0)
            case "ordered_list_close" | "bullet_list_close":
                numbers.pop()
            case "list_item_open":
                mark = f"{numbers[-1]}." if numbers[-1] else "-"
                numbers[-1] += 1 if numbers[-1] else 0
            case "inline":
                found.append({"mark": mark, "depth": len(numbers), "runs": _runs(token)})
                mark = ""
            case _:
                continue
    return found


def _runs(token: Token) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = []
    bold = False
    for child in token.children or []:
        if child.type in ("strong_open", "strong_close"):
            bold = child.type == "strong_open"
        elif child.type in ("softbreak", "hardbreak"):
            runs.append({"text": "\n", "bold": False})
        elif child.content:
            runs.append({"text": child.content, "bold": bold})
    return runs
