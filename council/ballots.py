"""Votes of the council: what is adopted, and how many may ask for another ballot.

CGCT, article L. 2121-20: resolutions are taken at the absolute majority of the votes cast; abstentions, blank and void ballots
and those who don't take part are no votes cast. At a tie the president's vote decides, unless the ballot is secret. Article
L. 2121-21: a public ballot when a quarter of those present ask for it, a secret one when a third does. The bot records votes,
it never holds them.
"""

from dataclasses import dataclass
from enum import Enum

MAJORITY = "article L. 2121-20 du CGCT"
BALLOTS = "article L. 2121-21 du CGCT"
ACCOUNT = "article L. 1612-12 du CGCT"


class Voice(Enum):
    """How the president voted, where their vote may decide."""

    FOR = "pour"
    AGAINST = "contre"


@dataclass(frozen=True)
class Vote:
    """The result of a ballot, pouvoirs included.

    Attributes:
        abstained: abstentions, and blank or void papers at a secret ballot.
        president: how who presides voted; None when they did not, or it isn't known, as at a secret ballot.
    """

    in_favour: int
    against: int
    abstained: int = 0
    president: Voice | None = None
    secret: bool = False

    @property
    def cast(self) -> int:
        """Votes cast (suffrages exprimés)."""
        return self.in_favour + self.against

    @property
    def voters(self) -> int:
        """Those who voted, abstaining included."""
        return self.cast + self.abstained

    @property
    def adopted(self) -> bool:
        """Whether more voted for than against; at a tie, whether the president did, openly (L. 2121-20)."""
        if self.in_favour != self.against:
            return self.in_favour > self.against
        return bool(self.cast) and not self.secret and self.president is Voice.FOR

    @property
    def account_settled(self) -> bool:
        """Whether the mayor's account is settled: unless a majority votes against it (L. 1612-12)."""
        return self.against <= self.in_favour


def for_public_ballot(present: int) -> int:
    """How many of those present can have a public ballot: a quarter, pouvoirs apart (L. 2121-21)."""
    return -(-present // 4)


def for_secret_ballot(present: int) -> int:
    """How many of those present can have a secret ballot: a third, pouvoirs apart (L. 2121-21); it wins over a public one."""
    return -(-present // 3)
