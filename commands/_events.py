"""Things that happen and that a command's file may answer to."""

from dataclasses import dataclass

from storage.extract import Extraction


class Happening:
    """Something that happened in a known room."""


@dataclass(frozen=True)
class Dropped(Happening):
    """A file arrived and its bytes are kept.

    Attributes:
        blob: the bytes' name in the town's files.
        text: what was read of it at once, or None when that goes on in the background.
        caption: what was written with it.
    """

    blob: str
    name: str
    mime: str
    size: int
    caption: str
    text: Extraction | None
