"""How a page looks, as a small picture in grey: whether two pages look the same, whatever program wrote them."""

import base64
import binascii
from dataclasses import dataclass, field
from operator import sub

SIDE = 48
"""Dots of a page's longer side: on A4, each is the grey of a square of 6 mm."""
DOT = 20
"""Greys (of 255) by which one dot may differ: a thin line crossing it makes 32 or more, a picture packed again 10 or less."""
BLOCK, PALE = 6, 10
"""Dots of the side of a block, and greys by which the whole of it may: a pale tint changes no dot by much."""


@dataclass(frozen=True)
class Look:
    """A page in grey, row by row, a byte a dot."""

    width: int
    height: int
    dots: bytes = field(repr=False)

    @classmethod
    def read(cls, line: str) -> "Look | None":
        """A look as it is written, « 34 48 » and its dots in base64; None for what isn't one: no page looks so."""
        try:
            width, height, dots = line.split(" ")
            look = cls(int(width), int(height), base64.b64decode(dots, validate=True))
        except (ValueError, binascii.Error):
            return None
        fits = 0 < look.width <= SIDE and 0 < look.height <= SIDE
        return look if fits and len(look.dots) == look.width * look.height else None

    def differs(self, other: "Look") -> bool:
        """Whether something was drawn, erased or moved; a page of another shape, to a dot, is another."""
        if self == other:
            return False
        if abs(self.width - other.width) > 1 or abs(self.height - other.height) > 1:
            return True
        # The shorter row, the shorter page ends both: another program may round the edge to a dot more.
        pairs = zip(self._rows(), other._rows(), strict=False)
        rows = [list(map(sub, mine, theirs)) for mine, theirs in pairs]
        return any(max(row) > DOT or min(row) < -DOT for row in rows) or _is_tinted(rows)

    def _rows(self) -> list[bytes]:
        return [self.dots[start : start + self.width] for start in range(0, len(self.dots), self.width)]


def _is_tinted(rows: list[list[int]]) -> bool:
    """Whether a whole block differs, however little each of its dots does."""
    for top in range(0, len(rows), BLOCK):
        band = rows[top : top + BLOCK]
        columns = [sum(column) for column in zip(*band, strict=True)]
        for left in range(0, len(columns), BLOCK):
            block = columns[left : left + BLOCK]
            if abs(sum(block)) > PALE * len(band) * len(block):
                return True
    return False
