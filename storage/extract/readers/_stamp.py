"""What is written in the band above a page, by the operators of ISO 32000-1, 8 and 9: no library draws text for us.

The fonts are the standard ones, that every reader has: their letters are those of Windows-1252.
"""

from typing import Any

from ._pypdf import pypdf

_EDGE = 24.0
_LETTERS = 0.42
"""Of the band's height: the letters of the stamp."""
_GREY, _BLACK = b"0.35 g", b"0 g"
_SMALLER = 0.8
"""Of the stamp's letters: those of the paper's name beside it."""
_DIGIT = 0.556
"""Of its size: the width of a digit of Helvetica."""
_FONTS = {"/StampBold": "/Helvetica-Bold", "/Stamp": "/Helvetica"}
_generic = pypdf.generic


def lettered(fonts: Any) -> None:
    """Add the stamp's fonts to those of a page."""
    name = _generic.NameObject
    for key, base in _FONTS.items():
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": base, "/Encoding": "/WinAnsiEncoding"}
        fonts[name(key)] = _generic.DictionaryObject({name(word): name(value) for word, value in font.items()})


def left_stamp(sheet: tuple[float, float], band: float, stamp: str, paper: str) -> bytes:
    """The stamp in bold, the paper's name beside it, and the line under the band."""
    width, height = sheet
    size, base, under = band * _LETTERS, height - band * 0.62, height - band + 3
    beside = _EDGE + (len(stamp) + 3) * size * _DIGIT
    room = max(0, int((width - beside - 6 * size - _EDGE) / (size * _SMALLER * _DIGIT)))
    shown = paper if len(paper) <= room else f"{paper[: max(room - 1, 0)]}…"
    line = b"q 0.4 w 0.7 G %.1f %.1f m %.1f %.1f l S Q\n" % (_EDGE, under, width - _EDGE, under)
    bold = _text("/StampBold", size, (_EDGE, base), stamp, _BLACK)
    return line + bold + _text("/Stamp", size * _SMALLER, (beside, base), shown, _GREY)


def right_stamp(sheet: tuple[float, float], band: float, number: int) -> bytes:
    """The page's number in the whole, at the right end of the band."""
    size, said = band * _LETTERS, str(number)
    left = sheet[0] - _EDGE - len(said) * size * _DIGIT
    return _text("/StampBold", size, (left, sheet[1] - band * 0.62), said, _BLACK)


def _text(font: str, size: float, at: tuple[float, float], said: str, colour: bytes) -> bytes:
    letters = said.encode("cp1252", "replace").hex().encode()
    return b"q %s BT %s %.2f Tf %.2f %.2f Td <%s> Tj ET Q\n" % (colour, font.encode(), size, *at, letters)
