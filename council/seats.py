"""How many seats a commune's council has, by its population (CGCT, art. L2121-2).

It is the number of the last renewal: a population that has changed since changes nothing before the next one.
"""

from bisect import bisect_right

ARTICLE = "article L. 2121-2 du CGCT"
_FROM = (
    *((0, 7), (100, 11), (500, 15), (1_500, 19), (2_500, 23), (3_500, 27), (5_000, 29), (10_000, 33), (20_000, 35)),
    *((30_000, 39), (40_000, 43), (50_000, 45), (60_000, 49), (80_000, 53), (100_000, 55), (150_000, 59)),
    *((200_000, 61), (250_000, 65), (300_000, 69)),
)


def seats(population: int) -> int:
    """The legal number of councillors of a commune of so many inhabitants; Paris, Lyon and Marseille have their own."""
    return _FROM[bisect_right(_FROM, population, key=lambda step: step[0]) - 1][1]
