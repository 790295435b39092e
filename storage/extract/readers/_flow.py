"""Text as it flows out of a document, cut in pages as it comes: nothing is ever held whole."""

PAGE = 3000
"""Characters of a page, about, where a document doesn't say where its pages end."""
_LONGEST = 60_000


class Flow:
    """Pages being filled.

    Args:
        size: characters after which the end of a line ends the page too.
    """

    def __init__(self, size: int = PAGE) -> None:
        self.size = size
        self._pieces: list[str] = []
        self._length = 0
        self._pages: list[str] = []

    def add(self, text: str) -> None:
        """Text of the current line; what never ends a line is cut all the same."""
        self._pieces.append(text)
        self._length += len(text)
        if self._length > _LONGEST:
            self.turn()

    def line(self) -> None:
        """The line ends here, and the page with it when it's full."""
        self.add("\n")
        if self._length >= self.size:
            self.turn()

    def turn(self, *, even_if_blank: bool = False) -> None:
        """The page ends here; a blank one counts only where pages are numbered."""
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        if even_if_blank or text.strip():
            self._pages.append(text)

    def taken(self) -> list[str]:
        """The pages filled since the last time."""
        pages, self._pages = self._pages, []
        return pages
