"""How a picture looks, small and in grey, as the one page of its paper; its input is a line, thrown away, then the picture."""

import os
from collections.abc import Iterator
from typing import Any

import PIL.Image

from ._grey import FINER, SIDE, written
from ._picture import opened


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """One line, as ``council.looks`` reads it."""
    os.nice(10)
    picture = opened(data.partition(b"\n")[2])[0].convert("L")
    longest = max(picture.size)
    width, height = (max(1, round(side * SIDE * FINER / longest)) for side in picture.size)
    small = picture.resize((width, height), PIL.Image.Resampling.BOX)
    yield written(small.tobytes(), width, height, width)
