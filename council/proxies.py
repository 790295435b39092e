"""Pouvoirs: who may vote for whom at a session, and the article that says so.

CGCT, article L. 2121-20: a councillor who is prevented may give a colleague of their choice a written power to vote in
their name. One councillor holds one only; it can always be taken back; it is not good for more than three sessions in a
row, an illness duly established apart. Article L. 2121-17 leaves it out of the quorum.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import Enum

ARTICLE = "article L. 2121-20 du CGCT"
LONGEST_RUN = 3
"""Sessions in a row for which one written power is good (article L. 2121-20)."""


class Fault(Enum):
    """Why a pouvoir can't be: of the body, of its giver, of its bearer, of the others already given."""

    NO_COUNCIL = "no council"
    GIVER_NOT_IN_OFFICE = "giver not in office"
    BEARER_NOT_IN_OFFICE = "bearer not in office"
    ONESELF = "oneself"
    BEARER_ABSENT = "bearer absent"
    BEARER_TAKEN = "bearer taken"
    GIVER_HOLDS_ONE = "giver holds one"
    TOO_LONG = "too long"


def usable(given: Mapping[int, int], out: Set[int]) -> dict[int, int]:
    """The pouvoirs that count for a point, giver -> bearer: those that neither a giver nor a bearer who stays out of it spoils.

    An interested member votes neither for themselves nor in another's name (CGCT, art. L2131-11), nor through another; the
    mayor gives and uses none at the vote of their account (art. L2121-14; answer n° 47837, National Assembly).
    """
    return {giver: bearer for giver, bearer in given.items() if giver not in out and bearer not in out}


@dataclass(frozen=True)
class Bench:
    """The council ahead of a session, as far as pouvoirs go. People are told apart by their numbers.

    Attributes:
        council: whether the body knows pouvoirs: the council does, a commission doesn't.
        in_office: the members in exercise.
        absent: those who said that they won't be there.
        given: the pouvoirs that stand, giver -> bearer.
    """

    council: bool
    in_office: Set[int]
    absent: Set[int]
    given: Mapping[int, int]

    def fault(self, giver: int, bearer: int, run: int = 1) -> Fault | None:
        """What forbids this pouvoir, or None when it can stand; the giver's former one is replaced.

        Args:
            run: which session in a row it would be for the same two, 1 for the first.
        """
        others = {who: holder for who, holder in self.given.items() if who != giver}
        faults = (
            (not self.council, Fault.NO_COUNCIL),
            (giver not in self.in_office, Fault.GIVER_NOT_IN_OFFICE),
            (giver == bearer, Fault.ONESELF),
            (bearer not in self.in_office, Fault.BEARER_NOT_IN_OFFICE),
            (bearer in self.absent or bearer in others, Fault.BEARER_ABSENT),
            (bearer in others.values(), Fault.BEARER_TAKEN),
            (giver in others.values(), Fault.GIVER_HOLDS_ONE),
            (run > LONGEST_RUN, Fault.TOO_LONG),
        )
        return next((fault for wrong, fault in faults if wrong), None)
