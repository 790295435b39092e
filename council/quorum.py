"""The quorum: how many must be there, and what the answers received so far allow to expect.

CGCT, article L. 2121-17: the council deliberates validly only when the majority of its members in exercise is present.
A pouvoir is a vote, not a presence: it has no place in these numbers.
"""

from dataclasses import dataclass
from enum import Enum

ARTICLE = "article L. 2121-17 du CGCT"


class Presence(Enum):
    """What a member says of a coming session: there, away, or there from afar where that is lawful."""

    PRESENT = "présent"
    ABSENT = "absent"
    REMOTE = "distance"


class Outlook(Enum):
    """What the answers say of the quorum: SURE already, OPEN while the silent ones decide, OUT_OF_REACH even with them."""

    SURE = "sure"
    OPEN = "open"
    OUT_OF_REACH = "out of reach"


def needed(members: int) -> int:
    """The smallest whole number above half of the members in exercise: 19 -> 10, 18 -> 10, 11 -> 6.

    Args:
        members: members in exercise, vacant seats apart.
    """
    return members // 2 + 1


@dataclass(frozen=True)
class Forecast:
    """Answers ahead of a session, counted.

    Attributes:
        members: members in exercise.
        coming: those who said that they will be there themselves.
        silent: those who said nothing yet.
    """

    members: int
    coming: int
    silent: int

    @property
    def needed(self) -> int:
        """How many must be present."""
        return needed(self.members)

    @property
    def missing(self) -> int:
        """How many more must still say that they come."""
        return max(0, self.needed - self.coming)

    @property
    def outlook(self) -> Outlook:
        """Whether the quorum is sure, open, or out of reach."""
        if not self.missing:
            return Outlook.SURE
        return Outlook.OPEN if self.missing <= self.silent else Outlook.OUT_OF_REACH
