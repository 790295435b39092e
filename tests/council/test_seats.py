"""The size of a council: the table of article L. 2121-2, at both ends of each of its lines."""

import pytest

from council.quorum import needed
from council.seats import seats


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        *((0, 99, 7), (100, 499, 11), (500, 1_499, 15), (1_500, 2_499, 19), (2_500, 3_499, 23), (3_500, 4_999, 27)),
        *((5_000, 9_999, 29), (10_000, 19_999, 33), (20_000, 29_999, 35), (30_000, 39_999, 39), (40_000, 49_999, 43)),
        *((50_000, 59_999, 45), (60_000, 79_999, 49), (80_000, 99_999, 53), (100_000, 149_999, 55)),
    ],
)
def test_the_population_gives_the_seats(first: int, last: int, number: int) -> None:
    """From the first inhabitant of a line to its last."""
    assert (seats(first), seats(last)) == (number, number)


def test_a_council_never_shrinks_as_the_town_grows() -> None:
    """And a full council of the reference town needs ten."""
    sizes = [seats(population) for population in range(0, 400_000, 50)]
    assert sizes == sorted(sizes)
    assert needed(seats(1_500)) == 10
