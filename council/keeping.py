"""Papers that are never destroyed: public archives (code du patrimoine, L. 211-1), by their kind or because they were sent."""

from council.papers import names_of_kind

DAYS = 30
"""How long a paper that was taken away can come back, when no rule keeps it."""
_FOR_EVER = {
    "procès-verbal": "un procès-verbal se garde sans limite (article L. 2121-15 du CGCT)",
    "délibération": "une délibération se garde sans limite (article L. 2121-23 du CGCT)",
}
_LONGEST_KIND = 3


def rule_keeping(title: str, convocation: str = "") -> str:
    """Why a paper may not be destroyed, in French, with the article; empty when no rule keeps it.

    A title that speaks of a kind anywhere is of that kind: better keep too much.

    Args:
        title: the paper's.
        convocation: the reference of the one with which it was sent, if it was.
    """
    words = title.replace("’", "'").replace("'", " ").split()
    for start in range(len(words)):
        for taken in range(1, _LONGEST_KIND + 1):
            names = names_of_kind(" ".join(words[start : start + taken]).strip(" ,;:.()"))
            if rule := next((_FOR_EVER[name] for name in names if name in _FOR_EVER), ""):
                return rule
    if convocation:
        return (
            f"il a été envoyé avec la convocation {convocation}, et le dossier d'une séance est une archive publique, qui ne se "
            "détruit pas sans le visa du directeur des archives départementales (articles L. 211-1 et L. 211-4 du code du "
            "patrimoine)"
        )
    return ""
