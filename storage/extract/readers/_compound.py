"""The container of older Office files ([MS-CFB]): streams by name, found by chains of sectors that may lie."""

import struct
from typing import NamedTuple

from . import Stop

_END = 0xFFFFFFFA  # any greater number ends a chain
_NAME_ENTRY = 128
_MOST_ENTRIES = 20_000


class Entry(NamedTuple):
    """A stream or a storage; the path holds the names of the storages around it."""

    path: str
    start: int
    size: int


class Compound:
    """The streams of a file.

    Raises:
        Stop: a table is broken or loops.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._read_tables()
        except (struct.error, IndexError, OverflowError) as error:
            raise Stop("broken") from error

    def _read_tables(self) -> None:
        shift, mini_shift = struct.unpack_from("<HH", self._data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Stop("broken")
        self._sector = 1 << shift
        directory, _, _, mini_start, _, more, count = struct.unpack_from("<IIIIIII", self._data, 48)
        places = list(struct.unpack_from("<109I", self._data, 76))
        each = self._sector // 4
        for _ in range(min(count, len(self._data) // self._sector)):
            if more >= _END:
                break
            *further, more = struct.unpack(f"<{each}I", self._one(more))
            places += further
        tables = b"".join(self._one(place) for place in places if place < _END)
        self._next = struct.unpack(f"<{len(tables) // 4}I", tables)
        self._mini: bytes = b""
        self._mini_next: tuple[int, ...] = ()
        self.entries = self._listed(self._chain(directory))
        mini_table = self._chain(mini_start) if mini_start < _END else b""
        self._mini_next = struct.unpack(f"<{len(mini_table) // 4}I", mini_table)

    def stream(self, path: str) -> bytes:
        """The bytes of a stream; nothing when there is none of that name."""
        entry = self.entries.get(path)
        if entry is None:
            return b""
        try:
            if entry.size >= 4096:
                return self._chain(entry.start)[: entry.size]
            return self._mini_chain(entry.start)[: entry.size]
        except (struct.error, IndexError) as error:
            raise Stop("broken") from error

    def _one(self, place: int) -> bytes:
        start = (place + 1) * self._sector
        piece = self._data[start : start + self._sector]
        return piece.ljust(self._sector, b"\0") if piece else b""

    def _chain(self, place: int) -> bytes:
        """The sectors that follow one another; as many as the file has at most, as a chain may loop."""
        pieces: list[bytes] = []
        for _ in range(len(self._data) // self._sector + 1):
            if place >= _END:
                return b"".join(pieces)
            pieces.append(self._one(place))
            place = self._next[place]
        raise Stop("broken")

    def _mini_chain(self, place: int) -> bytes:
        pieces: list[bytes] = []
        for _ in range(len(self._mini) // 64 + 1):
            if place >= _END:
                return b"".join(pieces)
            pieces.append(self._mini[place * 64 : place * 64 + 64])
            place = self._mini_next[place]
        raise Stop("broken")

    def _listed(self, directory: bytes) -> dict[str, Entry]:
        """The streams by path, walked from the root without recursion; each number is seen once."""
        found: dict[str, Entry] = {}
        rows = [directory[at : at + _NAME_ENTRY] for at in range(0, len(directory) - _NAME_ENTRY + 1, _NAME_ENTRY)]
        if not rows:
            raise Stop("broken")
        start, size = struct.unpack_from("<IQ", rows[0], 116)
        self._mini = self._chain(start)[:size] if start < _END else b""
        waiting = [("", struct.unpack_from("<I", rows[0], 76)[0])]
        seen = {0}
        while waiting and len(found) < _MOST_ENTRIES:
            folder, number = waiting.pop()
            if number in seen or number >= len(rows):
                continue
            seen.add(number)
            row = rows[number]
            length = min(struct.unpack_from("<H", row, 64)[0], 64)
            path = folder + row[: max(length - 2, 0)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<III", row, 68)
            waiting += [(folder, left), (folder, right), (path + "/", child)]
            found[path] = Entry(path, *struct.unpack_from("<IQ", row, 116))
        return found
