"""Politeness: greetings, thanks and words of assent are answered in kind, and set aside where a question comes with them."""

import re
import unicodedata

from council.french import fold

_YOU = r"(?:\s+(?:a tous|à tous|monsieur|madame|l['’ ]?appariteur|appariteur))?"
_GREETING = re.compile(
    rf"^\s*(?:bonjour|bonsoir|salut|coucou|hello|rebonjour){_YOU}\s*[,.!:;]*\s+"
    r"(?:(?:comment )?(?:ça|ca|cela) va(?: bien)?\s*[?,.!]*\s*)?",
    re.IGNORECASE,
)
_THANKING = re.compile(
    r"(?:[\s,.!?]*\b(?:s'il (?:te|vous) pla[iî]t|svp|stp|merci(?: d'avance| beaucoup)?)\b)+[\s?!.]*$", re.IGNORECASE
)
_WISH = r"(?:(?:tres )?bonne (?:journee|soiree|nuit|fin de journee|semaine)|bon week-end|a (?:bientot|demain|plus tard|plus|jeudi|lundi))"
_BYE = re.compile(
    rf"(?:merci,? (?:bien |beaucoup )?(?:et )?)?(?:au revoir|bonne continuation|{_WISH})(?:[, ]+(?:merci|{_WISH}))?"
)
_HELLO = re.compile(
    r"(?:bonjour|bonsoir|salut|coucou|hello|rebonjour)(?: (?:a tous|monsieur|madame|l['. ]?appariteur|appariteur))?"
    r"(?:[ ,!.]+(?:(?:comment )?(?:ca|cela) va(?: bien)?|tu vas bien|vous allez bien))?"
)
_THANKS = re.compile(
    r"(?:(?:ok|d'accord|oui|super|parfait|tres bien|non|c'est bon),? )?(?:un (?:grand|tres grand) )?merci"
    r"(?: (?:beaucoup|bien|a (?:toi|vous)|infiniment|pour (?:tout|l'info|l'information|votre aide|ton aide)))*|parfait|super|tres bien"
)
_FINE = re.compile(
    r"(?:ok(?:ay)?|d'accord|entendu|compris|c'est (?:bon|note|parfait|compris|bien)|ca marche|genial"
    r"|bien|cool|top|nickel|vu|note|bien note|je note)(?: (?:pour moi|alors|super|parfait|merci))*"
)


def courtesy(line: str) -> str | None:
    """The answer to a greeting, to thanks, to a word of assent that nothing waited for; None when it is none of them."""
    said = fold(line).strip(" ?!.,")
    if _BYE.fullmatch(said):
        return "À bientôt !"
    if _HELLO.fullmatch(said):
        return "Bonjour ! Dites-moi ce que vous cherchez, ou écrivez **aide** pour voir ce que je sais faire."
    if _THANKS.fullmatch(said) or _only_signs(line):
        return "Avec plaisir."
    return "Très bien." if _FINE.fullmatch(said) else None


def _only_signs(line: str) -> bool:
    """Whether a message is a smile, a thumb, a heart, and nothing else."""
    return not re.search(r"[\w?]", line) and any(unicodedata.category(sign) == "So" for sign in line)


def without_courtesy(line: str) -> str:
    """A sentence without the greeting before it nor the thanks after it, unless there is nothing else."""
    bare = _THANKING.sub("", _GREETING.sub("", line))
    return bare if bare.strip(" ?!.,") else line
