"""A drawing in grey made smaller, and written on one line."""

import base64

SIDE = 48
"""Dots of the longer side, as ``council.looks`` has it."""
FINER = 4
"""How much bigger pages are drawn first."""


def written(dots: bytes, width: int, height: int, stride: int) -> str:
    """The line of a drawing ``FINER`` times too big, whose rows begin each ``stride`` bytes; a square is its mean."""
    made: list[int] = []
    for top in range(0, height, FINER):
        rows = [dots[start : start + width] for start in range(top * stride, min(top + FINER, height) * stride, stride)]
        columns = list(map(sum, zip(*rows, strict=True)))
        for left in range(0, width, FINER):
            square = columns[left : left + FINER]
            made.append(sum(square) // (len(square) * len(rows)))
    across, down = -(-width // FINER), -(-height // FINER)
    return f"{across} {down} {base64.b64encode(bytes(made)).decode()}"
