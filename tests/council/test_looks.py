"""How pages look: what was drawn is seen, what another program wrote of the same isn't."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.looks import BLOCK, DOT, PALE, SIDE, Look

WIDTH, HEIGHT = 34, SIDE
WHITE = Look(WIDTH, HEIGHT, b"\xff" * WIDTH * HEIGHT)
greys = st.binary(min_size=36, max_size=36).map(lambda dots: Look(6, 6, dots))


def drawn(*, left: int, top: int, width: int, height: int, by: int) -> Look:
    """The white page, darker in a rectangle."""
    dots = bytearray(WHITE.dots)
    for row in range(top, top + height):
        start = row * WIDTH + left
        dots[start : start + width] = bytes([255 - by]) * width
    return Look(WIDTH, HEIGHT, bytes(dots))


def test_a_line_a_stamp_and_a_tint_are_seen() -> None:
    """Dark and thin, or pale and large."""
    assert drawn(left=4, top=9, width=20, height=1, by=32).differs(WHITE)
    assert WHITE.differs(drawn(left=20, top=40, width=4, height=3, by=60))
    assert drawn(left=0, top=0, width=2 * BLOCK, height=2 * BLOCK, by=PALE + 2).differs(WHITE)


def test_what_packing_again_does_is_not() -> None:
    """Each dot a little, up and down; a program that rounds a page's edge to a dot more."""
    noisy = Look(WIDTH, HEIGHT, bytes(255 - DOT * (n % 3 == 0) for n in range(WIDTH * HEIGHT)))
    assert not noisy.differs(WHITE)
    assert not Look(WIDTH + 1, HEIGHT, b"\xff" * (WIDTH + 1) * HEIGHT).differs(WHITE)


def test_another_shape_is_another_page() -> None:
    """Upright or lying."""
    assert WHITE.differs(Look(HEIGHT, WIDTH, WHITE.dots))


@given(greys, greys)
def test_two_pages_differ_both_ways_or_neither(one: Look, other: Look) -> None:
    """And none from itself."""
    assert one.differs(other) == other.differs(one)
    assert not one.differs(one)


@given(greys)
def test_a_look_is_read_as_it_was_written(look: Look) -> None:
    """On one line."""
    line = f"{look.width} {look.height} {base64.b64encode(look.dots).decode()}"
    assert Look.read(line) == look


@pytest.mark.parametrize("line", ["", "2 2", "2 2 AAAA", "0 0 ", "-1 -1 AA==", "999 1 AA==", "a b c", "1 1 é"])
def test_what_is_no_look_is_none(line: str) -> None:
    """What a process says isn't trusted."""
    assert Look.read(line) is None
