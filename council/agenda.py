"""What the points of an agenda are for, and what the law doesn't let them be."""

import re
from enum import Enum

from council.french import fold
from council.refusals import Refusal
from council.roles import BodyKind

_DIVERSE = re.compile(r"^(?:(?:informations? et )?(?:questions?|affaires?|points?|sujets?) divers(?:es?)?|divers)\b")
_DECIDING = re.compile(
    r"\b(?:vote[rz]?|delib\w+|adopt\w+|approu\w+|approb\w+|decid\w+|decisions?|attribu\w+|autoris\w+)\b"
)

_ACCOUNT = re.compile(
    r"^(?:(?:finances?|budget[^:]{0,60})\s*[:-]\s*)?(?:(?:vote|adoption|approbation|examen|presentation(?: et vote)?) (?:du |des |de la )?)?"
    r"(?:comptes? financiers?(?: uniques?)?|comptes? administratifs?|cfu)\b(?!.{0,30}\b(?:affectation|resultats?)\b)"
)


class ItemKind(Enum):
    """What a point is put on an agenda for."""

    DECISION = "décision"
    OPINION = "avis"
    INFORMATION = "information"


def is_diverse(title: str) -> bool:
    """Whether a point is the one of the "questions diverses", where nothing can be decided."""
    return _DIVERSE.match(fold(title)) is not None


def is_account(title: str) -> bool:
    """Whether a point is the vote of the mayor's account (compte administratif, compte financier unique): the mayor leaves.

    CGCT, art. L2121-14. Assigning the result is another vote, in which the mayor takes part.
    """
    return _ACCOUNT.match(fold(title)) is not None


def kind_of(title: str, said: ItemKind | None, body: BodyKind) -> ItemKind | None:
    """Give what a point is for: what was said, or information for the "questions diverses"; None when nothing tells.

    Raises:
        Refusal: a decision under the "questions diverses" (Conseil d'État, 29 September 1982, Richert, n° 17176; CGCT,
            art. L2121-10), or in a body that only gives opinions (CGCT, art. L2121-22).
    """
    if is_diverse(title):
        if said is ItemKind.DECISION or (said is None and _DECIDING.search(fold(title))):
            raise Refusal(
                "Rien ne se décide sous les « questions diverses » : chaque décision doit être un point de l'ordre du jour "
                "envoyé avec la convocation (article L. 2121-10 du CGCT ; Conseil d'État, 29 septembre 1982, Richert, n° 17176).",
                try_this="Faites-en un point à part : `!point` suivi de son titre.",
            )
        return said or ItemKind.INFORMATION
    if said is ItemKind.DECISION and body in (BodyKind.COMMISSION, BodyKind.GROUP):
        raise Refusal(
            "Une commission étudie et donne un avis ; c'est le conseil qui décide (article L. 2121-22 du CGCT).",
            try_this="Écrivez « pour avis », ou mettez ce point à l'ordre du jour du conseil.",
        )
    return said
