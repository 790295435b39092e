"""HTML: the words of a page that a person would see; nothing of it is run or fetched."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from ._flow import Flow

_BLOCK_TAGS = """
    address article aside blockquote br caption dd div dl dt fieldset figcaption footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol option p pre section table tbody thead title tr ul"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "math", "object", "iframe", "textarea"})


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow()
        self.title = ""
        self._within = ""

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if self._within in _UNSEEN:
            return
        if tag in _UNSEEN or tag == "title":
            self._within = tag
        elif tag in _BLOCKS:
            self.flow.line()

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""
        elif not self._within:
            if tag in ("td", "th"):
                self.flow.add(" | ")
            elif tag in _BLOCKS:
                self.flow.line()

    def handle_data(self, data: str) -> None:
        if self._within == "title":
            self.title = (self.title + data)[:1000]
        elif not self._within:
            self.flow.add(data.replace("\n", " "))


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """The title, then the text, of a page in UTF-8."""
    title, pages = read(data.decode("utf-8", "replace"))
    yield {"title": title}
    yield from pages


def read(text: str) -> tuple[str, list[str]]:
    """The title and the pages of a text in HTML."""
    page = _Page()
    page.feed(text)
    page.close()
    page.flow.turn()
    return page.title, page.flow.taken()
