"""The zip inside an office document, read in memory and within a bound: nothing is ever unpacked."""

import io
import posixpath
import zipfile
import zlib
from typing import IO

from . import Stop
from ._xml import Enough, Walker, heard

_MOST_UNPACKED = 200_000_000
_MOST_PARTS = 200_000
_PIECE = 64 * 1024
_PIECES_OF_A_START = 16
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError)


class Package:
    """Parts by name, with one bound on all that they unpack to.

    Raises:
        Stop: the zip is broken, has a password, or unpacks to more than the bound.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise Stop("broken") from error
        self.names = frozenset(self._zip.namelist())
        self._left = _MOST_UNPACKED
        if len(self.names) > _MOST_PARTS:
            raise Stop("too_big")

    def entries(self) -> list[zipfile.ZipInfo]:
        """What the zip says that it holds: to be listed, not to be believed."""
        return self._zip.infolist()

    def part(self, name: str | zipfile.ZipInfo) -> "Part":
        """A part to be read, by its name or its entry; one that isn't there is a broken paper."""
        try:
            entry = self._zip.getinfo(name) if isinstance(name, str) else name
            if entry.flag_bits & 1:
                raise Stop("encrypted")
            return Part(self, self._zip.open(entry))
        except _BROKEN as error:
            raise Stop("broken") from error

    def start(self, name: str) -> bytes:
        """The first megabyte of a part; nothing when it isn't there."""
        if name not in self.names:
            return b""
        part = self.part(name)
        return b"".join(part.read(_PIECE) for _ in range(_PIECES_OF_A_START))

    def spend(self, size: int) -> None:
        """Count what was unpacked."""
        self._left -= size
        if self._left < 0:
            raise Stop("too_big")


class Part:
    """A part as it unpacks, piece by piece."""

    def __init__(self, package: Package, source: IO[bytes]) -> None:
        self._package, self._source = package, source

    def read(self, size: int, /) -> bytes:
        """The next bytes, as many at most."""
        try:
            piece = self._source.read(size)
        except _BROKEN as error:
            raise Stop("broken") from error
        self._package.spend(len(piece))
        return piece


class _Related(Walker):
    """The relationships of a part: their identifiers, types and targets (ECMA-376 part 2, section 9)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.found.append((attributes.get("Id", ""), attributes.get("Type", ""), attributes.get("Target", "")))


def related(package: Package, part: str = "") -> list[tuple[str, str, str]]:
    """The identifier, the last word of the type and the part's name of each relationship of a part inside the zip."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package.names:
        return []
    walker = _Related()
    heard(package.part(path), walker)
    inside = ((key, kind.rpartition("/")[2], _resolved(folder, target)) for key, kind, target in walker.found)
    return [one for one in inside if one[2] in package.names]


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


class _Title(Walker):
    """The title among a document's properties (Dublin Core, in Open XML and OpenDocument alike)."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self._inside = False

    def begins(self, name: str, _attributes: dict[str, str]) -> None:
        self._inside = name == "title"

    def ends(self, _name: str) -> None:
        if self._inside:
            raise Enough

    def says(self, text: str) -> None:
        if self._inside:
            self.title += text
            if len(self.title) > 1000:
                raise Enough


def title(package: Package, part: str) -> str:
    """The title that a part of properties gives; a broken one is none."""
    walker = _Title()
    try:
        if part in package.names:
            heard(package.part(part), walker)
    except Stop:
        return ""
    return walker.title
