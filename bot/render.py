"""From a reply's Markdown to what clients show: HTML that Element X keeps on a phone, and a complete plain body."""

import html
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

LIMIT = 10_000
"""Characters of a message: an encrypted event holds 64 KiB, each accent may take six bytes of it, twice."""


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "hr"])


def to_html(markdown: str) -> str:
    """HTML of paragraphs, emphasis, lists, links and code: no heading, table or rule, which phones glue or drop."""
    parser = _parser()
    tokens = [_without_heading(token) for token in parser.parse(markdown)]
    return str(parser.renderer.render(tokens, parser.options, {})).strip()


def _without_heading(token: Token) -> Token:
    if token.type in ("heading_open", "heading_close"):
        token.tag = "p"
    return token


def to_plain(markdown: str) -> str:
    """The same as plain text, complete by itself: notifications and old clients show nothing else."""
    lines: list[str] = []
    prefixes: list[str] = []
    numbers: list[int] = []
    for token in _parser().parse(markdown):
        if token.type == "ordered_list_open":
            numbers.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            numbers.append(0)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbers.pop()
            if not numbers:
                lines.append("")
        elif token.type == "list_item_open":
            prefixes.append("  " * (len(numbers) - 1) + (f"{numbers[-1]}. " if numbers[-1] else "- "))
            numbers[-1] += 1 if numbers[-1] else 0
        elif token.type == "inline":
            lines.append((prefixes.pop() if prefixes else "  " * len(numbers)) + _inline(token))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip())
        elif token.type == "paragraph_close" and not numbers:
            lines.append("")
    return "\n".join(lines).strip()


def _inline(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


def message(
    markdown: str, *, loud: bool = False, everyone: bool = False, mentions: tuple[str, ...] = ()
) -> dict[str, object]:
    """The content of an ``m.room.message``: a notice that stays quiet, or a text that rings for those it names.

    Specification: client-server API, sections m.room.message and "User and room mentions"; an empty ``m.mentions``
    makes sure that a name in the text rings for nobody.
    """
    if len(markdown) > LIMIT:
        markdown = markdown[:LIMIT].rsplit("\n", 1)[0] + "\n\n…"
    named: dict[str, object] = {"user_ids": list(mentions)} if mentions else {}
    if everyone:
        named["room"] = True
    return {
        "msgtype": "m.text" if loud else "m.notice",
        "body": to_plain(markdown) or html.unescape(markdown),
        "format": "org.matrix.custom.html",
        "formatted_body": to_html(markdown),
        "m.mentions": named,
    }
