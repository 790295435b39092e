"""Things that happen and that a command's file may answer to."""

from dataclasses import dataclass

from storage.extract import Extraction


class Happening:
    """Something that happened in a known room."""


@dataclass(frozen=True)
class Redacted(Happening):
    """Somebody removed a message of a known room: theirs, or another's where they may."""

    event_id: str


@dataclass(frozen=True)
class Dropped(Happening):
    """A file arrived and its bytes are kept.

    Attributes:
        blob: the bytes' name in the town's files.
        text: what was read of it at once, or None when that goes on in the background.
        caption: what was written with it.
        enclosed: the files that came with it, when it is a letter whose text was read.
        left: how many more stay in it only, as they are too many or too deep.
    """

    blob: str
    name: str
    mime: str
    size: int
    caption: str
    text: Extraction | None
    enclosed: "tuple[Dropped, ...]" = ()
    left: int = 0
