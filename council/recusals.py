"""Interests in a point: who stays out of it, by which article, and how the quorum of that point is then counted.

CGCT, article L. 2131-11: what was decided is unlawful when an interested member took part in it, for themselves or in
another's name. They leave the room before the debate, don't vote, and use no pouvoir.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import Enum

from council.quorum import Forecast

ARTICLE = "article L. 2131-11 du CGCT"


class Interest(Enum):
    """Why a member stays out of a point; nothing more of the reason is ever kept.

    PERSONAL: an interest of their own, of their family, business or association. DELEGATE: they represent the town in the
    body that the point is about (L. 1111-6, II). ACCOUNT: the mayor, at the vote of their own account (L. 2121-14).
    """

    PERSONAL = "intérêt"
    DELEGATE = "représentant"
    ACCOUNT = "compte"


COUNTED_BY = {
    Interest.PERSONAL: f"{ARTICLE} ; Conseil d'État, 19 janvier 1983, Chauré",
    Interest.DELEGATE: "articles L. 1111-6 et L. 2131-11 du CGCT",
    Interest.ACCOUNT: "article L. 2121-14 du CGCT",
}
"""What says how each is counted."""


@dataclass(frozen=True)
class Expected:
    """A session's members by their numbers: those in exercise, those who will be in the room, those who said nothing."""

    members: Set[int]
    coming: Set[int]
    silent: Set[int]

    def at(self, out: Mapping[int, Interest], *, lenient: bool = False) -> Forecast:
        """Count a point that some members stay out of: none of them is present for it.

        A delegate is no member in exercise for that point (L. 2131-11, since the law of 22 December 2025); the others remain
        so, and the same number must be present.

        Args:
            lenient: count a personal interest as a delegate's, as some read the law.
        """
        spared = {Interest.DELEGATE, Interest.PERSONAL} if lenient else {Interest.DELEGATE}
        gone = {person for person, interest in out.items() if interest in spared}
        return Forecast(
            members=len(self.members - gone),
            coming=len(self.coming - out.keys()),
            silent=len(self.silent - out.keys()),
        )
