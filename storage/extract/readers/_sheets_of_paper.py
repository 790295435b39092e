"""Where a page goes on the sheet that it is bound on: whole, upright, under a band that is kept for its number.

Lengths are points (1/72 inch) from the lower left corner; a matrix is the six numbers of ISO 32000-1, 8.3.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Matrix = tuple[float, float, float, float, float, float]
A4, A3 = (595.28, 841.89), (841.89, 1190.55)
BAND, LARGE_BAND = 26.0, 38.0
MARGIN = 20.0
_TOLERANCE = 1.08
"""A page a little bigger than a sheet is made smaller; one that is much bigger would be unreadable."""
_LARGEST = 14_400.0
"""Points of a side beyond which no reader shows a page (ISO 32000-1, annex C)."""
_MOST = 2.5


@dataclass(frozen=True)
class Source:
    """A page as it was: its visible box, how far it is turned clockwise, and where it shows anything, turned."""

    box: tuple[float, float, float, float]
    rotation: int
    inked: tuple[float, float, float, float]

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height, turned."""
        left, bottom, right, top = self.box
        return (top - bottom, right - left) if self.rotation in (90, 270) else (right - left, top - bottom)

    @property
    def is_sound(self) -> bool:
        """Whether a reader could show it."""
        return all(1 < side <= _LARGEST for side in self.size)

    @property
    def upright(self) -> Matrix:
        """What turns it upright, its lower left corner at the origin."""
        left, bottom, right, top = self.box
        match self.rotation:
            case 90:
                return (0, -1, 1, 0, -bottom, right)
            case 180:
                return (-1, 0, 0, -1, right, top)
            case 270:
                return (0, 1, -1, 0, top, -left)
            case _:
                return (1, 0, 0, 1, -left, -bottom)


@dataclass(frozen=True)
class Sheet:
    """The sheet, how high its band is, and what puts the page on it."""

    width: float
    height: float
    band: float
    matrix: Matrix


def laid(page: Source, *, large: bool) -> Sheet:
    """Put a page on a sheet: A4, A3 when it is bigger, its own size beyond.

    Args:
        large: on A3, as big as it fits without its white margins.
    """
    width, height = page.size
    if large:
        left, bottom, right, top = page.inked
        return _put(page, (left, bottom, right, top), _turned(A3, width, height), LARGE_BAND, _MOST)
    whole = (0.0, 0.0, width, height)
    for sheet in (A4, A3):
        across, high = _turned(sheet, width, height)
        if width <= across * _TOLERANCE and height <= high * _TOLERANCE:
            return _put(page, whole, (across, high), BAND, 1.0)
    return _put(page, whole, (width, height + BAND), BAND, 1.0)


def _turned(sheet: Sequence[float], width: float, height: float) -> tuple[float, float]:
    short, long = sheet
    return (long, short) if width > height else (short, long)


def _put(
    page: Source, kept: tuple[float, float, float, float], sheet: tuple[float, float], band: float, most: float
) -> Sheet:
    """Centre what is kept of a page under the band, as big as it fits and at most ``most`` times its size."""
    left, bottom, right, top = kept
    room = MARGIN if most > 1 else 0.0
    across, high = sheet[0] - 2 * room, sheet[1] - band - room
    scale = min(across / (right - left), high / (top - bottom), most)
    x = (sheet[0] - (right - left) * scale) / 2 - left * scale
    y = room + (high - (top - bottom) * scale) / 2 - bottom * scale
    a, b, c, d, e, f = page.upright
    matrix = (a * scale, b * scale, c * scale, d * scale, e * scale + x, f * scale + y)
    return Sheet(*sheet, band, matrix)
