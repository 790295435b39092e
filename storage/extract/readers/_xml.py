"""XML read as it streams: no tree, thus no depth to fall into; no entity, thus no bomb and no outside."""

import contextlib
from collections.abc import Iterator
from typing import NoReturn, Protocol
from xml.parsers import expat

from . import Stop
from ._flow import PAGE, Flow

_PIECE = 64 * 1024
_DEEPEST = 5000


class Enough(Exception):
    """What was wanted of a part is known: the rest needn't be read."""


class Source(Protocol):
    """What gives bytes by pieces, none at its end."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, as many at most."""


class Walker(Flow):
    """What hears the elements: subclasses say what each means; names are local, without their namespace."""

    def __init__(self, size: int = PAGE) -> None:
        super().__init__(size)
        self.depth = 0
        self._hidden_at: int | None = None

    @property
    def hidden(self) -> bool:
        """Whether the walk is inside an element whose text isn't the paper's."""
        return self._hidden_at is not None

    def hide(self) -> None:
        """Leave out the element that starts, with all that it holds."""
        if self._hidden_at is None:
            self._hidden_at = self.depth

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """An element starts."""

    def ends(self, name: str) -> None:
        """An element ends."""

    def says(self, text: str) -> None:
        """Text within the current element, in one or several pieces."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Stop("too_big")
        if not self.hidden:
            self.begins(name.rpartition(" ")[2], {_short(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if not self.hidden:
            self.ends(name.rpartition(" ")[2])
        elif self._hidden_at == self.depth:
            self._hidden_at = None
        self.depth -= 1

    def _data(self, text: str) -> None:
        if not self.hidden:
            self.says(text)


def walk(source: Source, walker: Walker) -> Iterator[str]:
    """The pages that a walker makes of a part, as they come; those read before a break are given first."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walker._start
    parser.EndElementHandler = walker._end
    parser.CharacterDataHandler = walker._data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        while piece := source.read(_PIECE):
            parser.Parse(piece, False)
            yield from walker.taken()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        walker.turn()
        yield from walker.taken()
        raise Stop("broken") from error
    walker.turn()
    yield from walker.taken()


def heard(source: Source, walker: Walker) -> None:
    """Walk a part whose walker keeps what it needs to itself, until it has enough."""
    with contextlib.suppress(Enough):
        for _ in walk(source, walker):
            pass


def _short(key: str) -> str:
    """An attribute's local name, but "r:id" for a relationship's: "id" is often beside it."""
    space, _, local = key.rpartition(" ")
    return f"r:{local}" if space.endswith("/relationships") else local


def _refuse(*_: object) -> NoReturn:
    """Office documents have no document type: one that has is an attack, or isn't one of them."""
    raise Stop("broken")
