"""A message as an app shows it, for readers of a page: its bold words and its lists, none of its addresses."""

from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

MARKS = {"strong": "**", "em": "*", "code": "`"}


def shown(content: dict[str, Any]) -> str:
    """Markdown of a message's content; its words alone when it says nothing more; what a file is called."""
    if content.get("msgtype") == "m.file":
        return f"*(fichier)* {content['body']}"
    if "formatted_body" not in content:
        return str(content.get("body", ""))
    reader = _Reader()
    reader.feed(content["formatted_body"])
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Reads the HTML that ``bot.render`` writes: paragraphs, lists, bold, italics, code, links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._lists: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A mark, a new block, or a list one deeper."""
        if tag in MARKS:
            self._add(MARKS[tag])
        elif tag in ("ol", "ul"):
            self._lists.append(int(dict(attrs).get("start") or 1) if tag == "ol" else 0)
        elif tag == "li":
            number = self._lists[-1]
            self._blocks.append("   " * (len(self._lists) - 1) + (f"{number}. " if number else "- "))
            self._lists[-1] += 1 if number else 0
        elif tag == "p" and not (self._blocks and self._blocks[-1].endswith((". ", "- "))):
            self._blocks.append("   " * len(self._lists))
        elif tag == "br":
            self._add("\n" + "   " * len(self._lists))

    def handle_endtag(self, tag: str) -> None:
        """The same mark again, or a list less deep."""
        if tag in MARKS:
            self._add(MARKS[tag])
        elif tag in ("ol", "ul"):
            self._lists.pop()
            if not self._lists:
                self._blocks.append("")

    def handle_data(self, data: str) -> None:
        """Words; the ends of lines between two tags are nothing."""
        if words := data.strip("\n"):
            self._add(words)

    def _add(self, text: str) -> None:
        if not self._blocks:
            self._blocks.append("")
        self._blocks[-1] += text

    def text(self) -> str:
        """The blocks, parted by an empty line unless they are items of one list."""
        lines: list[str] = []
        for before, block in pairwise(["", *map(str.rstrip, self._blocks)]):
            if lines and block and not (_is_item(block) and _is_item(before)):
                lines.append("")
            lines += [block] if block else []
        return "\n".join(lines)


def _is_item(block: str) -> bool:
    first = block.lstrip().partition(" ")[0]
    return first == "-" or (first.endswith(".") and first[:-1].isdigit())
