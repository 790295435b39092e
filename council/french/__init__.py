"""French as the bot writes and compares it: dates in full, plurals, sizes, folding. Reading dates is in ``reading``."""

from council.french.folding import fold, tidy
from council.french.shown import (
    count,
    distance,
    enumerate_fr,
    hour,
    long_date,
    long_moment,
    of_the,
    short_date,
    size,
)

__all__ = [
    "count",
    "distance",
    "enumerate_fr",
    "fold",
    "hour",
    "long_date",
    "long_moment",
    "of_the",
    "short_date",
    "size",
    "tidy",
]
