"""Who people are and what they may ask: functions of the members file, rights in a body."""

from enum import Enum, Flag, auto


class Function(Enum):
    """What a person is in the commune (column ``fonction`` of the members file)."""

    MAYOR = "maire"
    DEPUTY = "adjoint"
    COUNCILLOR = "conseiller"
    CHIEF_OFFICER = "dgs"
    AGENT = "agent"
    GUEST = "externe"

    @property
    def elected(self) -> bool:
        """Whether the person sits on the council."""
        return self in (Function.MAYOR, Function.DEPUTY, Function.COUNCILLOR)

    @property
    def staff(self) -> bool:
        """Whether the person serves the bodies without sitting in them."""
        return self in (Function.CHIEF_OFFICER, Function.AGENT)


class BodyKind(Enum):
    """What an organ of the commune is (key ``kind`` of ``[[bodies]]``)."""

    COUNCIL = "council"
    COMMISSION = "commission"
    GROUP = "group"
    CCAS = "ccas"
    EPCI = "epci"


class Channel(Enum):
    """How official sendings must reach a person (column ``canal``)."""

    ELEMENT = "element"
    MAIL = "courriel"
    PAPER = "papier"


class Role(Flag):
    """What a person may do in a body, today. A command asks for one of them."""

    NOBODY = 0
    MEMBER = auto()
    CHAIR = auto()  # the mayor, the vice-president, and the agents who act for them
    ADMIN = auto()  # keeps the tool; has no right over the council's papers by that alone


WHO_IN_FRENCH = {
    Role.MEMBER: "aux membres",
    Role.CHAIR: "à la présidence, au maire et aux agents",
    Role.ADMIN: "à l'administrateur",
}
"""Who a command is kept for, as it ends « Cette commande est réservée … »."""
