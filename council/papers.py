"""The kinds of papers that a town hall keeps, and the names that people give to each."""

from council.french import fold

_KINDS = (
    ("procès-verbal", "PV", "procès-verbaux", "compte rendu", "comptes rendus", "CR", "C-R", "relevé de décisions"),
    ("délibération", "délib", "DCM"),
    ("arrêté",),
    ("décision",),
    ("convocation",),
    ("ordre du jour", "ODJ"),
    ("note", "note de synthèse"),
    ("rapport",),
    ("devis", "estimation"),
    ("facture",),
    ("budget", "BP"),
    ("contrat", "bail"),
    ("convention",),
    ("courrier", "lettre"),
    ("courriel", "mail"),
    ("communiqué",),
    ("affiche", "flyer", "prospectus", "dépliant"),
    ("plan",),
    ("règlement", "RI"),
    ("statuts",),
    ("formulaire", "cerfa"),
    ("guide",),
    ("enquête",),
    ("avis",),
)
_PLURALS = ("s", "x")


def _singular(words: str) -> str:
    return " ".join(word[:-1] if len(word) > 3 and word.endswith(_PLURALS) else word for word in words.split())


def _key(words: str) -> str:
    return _singular(fold(words).replace("-", " "))


_BY_KEY = {_key(name): names for names in _KINDS for name in names}


def names_of_kind(words: str) -> tuple[str, ...]:
    """All the names of the kind of paper that these words say ("les PV" are procès-verbaux and comptes rendus).

    Nothing when they say none.
    """
    return _BY_KEY.get(_key(words), ())
