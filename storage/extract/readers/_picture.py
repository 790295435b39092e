"""A picture as a PDF: upright as its camera said, on white, no bigger than what a printer shows."""

import io
from typing import Any

import PIL.Image
import PIL.ImageOps
import PIL.ImageSequence

from . import Stop

PIL.Image.init()  # past the confinement no module can be read
PIL.Image.MAX_IMAGE_PIXELS = 120_000_000
_DOTS = 2600
_MOST_FRAMES = 100
_SHORT, _LONG = 8.27, 11.69
"""Inches of A4, which the picture fills one way."""


def as_pdf(picture: bytes) -> bytes:
    """One page a picture; a scanner's file may hold several."""
    first, *others = opened(picture)
    out = io.BytesIO()
    across, high = (_LONG, _SHORT) if first.width > first.height else (_SHORT, _LONG)
    resolution = max(first.width / across, first.height / high)
    first.save(out, "PDF", save_all=True, append_images=others, resolution=resolution, quality=85)
    return out.getvalue()


def opened(picture: bytes) -> list[Any]:
    """The pictures of a file, as people see them; there is at least one."""
    try:
        with PIL.Image.open(io.BytesIO(picture)) as found:
            return [_shown(frame) for frame in _frames(found)]
    except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError) as error:
        raise Stop("broken") from error


def _frames(found: Any) -> list[Any]:
    """The pictures of a scanner's file; of a moving one, the first."""
    if found.format != "TIFF":
        return [found]
    count = min(getattr(found, "n_frames", 1), _MOST_FRAMES)
    return [frame.copy() for _, frame in zip(range(count), PIL.ImageSequence.Iterator(found), strict=False)]


def _shown(frame: Any) -> Any:
    upright = PIL.ImageOps.exif_transpose(frame)
    upright.thumbnail((_DOTS, _DOTS))
    if upright.mode in ("1", "L", "RGB"):
        return upright
    if "A" not in upright.getbands() and "transparency" not in upright.info:
        return upright.convert("RGB")
    clear = upright.convert("RGBA")
    white = PIL.Image.new("RGBA", clear.size, "white")
    return PIL.Image.alpha_composite(white, clear).convert("RGB")
