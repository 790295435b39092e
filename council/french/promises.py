"""Promises of papers heard in talk: "j'enverrai le devis avant vendredi". Strict: to chase a wrong one is worse than none."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from council.french.folding import fold
from council.french.reading import find_when
from council.refusals import Refusal

LONGEST = 240
"""Characters beyond which a message is no plain promise."""
_PAPERS = (
    "devis|plans?|rapports?|notes?|dossiers?|documents?|factures?|tableaux?|comptes?[- ]rendus?|releves?|pv|courriers?|etudes?"
    "|conventions?|projets? de \\w+|deliberations?|listes?|photos?|budgets?|bilans?|fichiers?|pieces?|offres?|diagnostics?"
    "|contrats?|presentations?|calendriers?|cahiers? des charges|propositions?|chiffrages?|estimations?|arretes?|schemas?"
    "|cartes?|textes?|brouillons?|memoires?|statuts|reglements?|synthese"
)
_NOUN = re.compile(rf"\b(?:{_PAPERS})\b")
_TO = r"(?:(?:vous|te|t'|nous)\s*)?"
_IT = "(?:l'|la |le |les )"
_FUTURE = (
    "enverrai|transmettrai|deposerai|fournirai|joindrai|partagerai|adresserai|communiquerai"
    "|ferai (?:passer|parvenir|suivre)|mettrai (?:en ligne|dans le salon|a disposition)"
)
_INFINITIVE = (
    "envoyer|transmettre|deposer|fournir|joindre|partager|adresser|communiquer|faire (?:passer|parvenir|suivre)"
)
_PRESENT = "envoie|transmets|depose|fournis|partage|adresse|fais (?:passer|parvenir|suivre)"
_SAID = re.compile(
    r"(?:^|[,.;:!]\s+|\b(?:oui|ok|d'accord|promis|entendu|bien sur|et|alors|donc)\s+)"
    rf"(?:je vais {_TO}(?P<soon>{_IT})?(?:{_INFINITIVE})"
    rf"|(?:j'|je )\s*{_TO}(?P<it>{_IT})?(?:{_FUTURE}|(?P<present>{_PRESENT})))\b"
)
_DOUBT = re.compile(
    r"\?|\bsi\b|\bpeut[- ]etre|\bessaie|\bessaye|\bje pense|\bnormalement|\bsinon\b|\bsans doute|\beventuel|\bpas\b|\bjamais\b"
    r"|\bplus tard\b|^>|^!|\"|\bplaisant|\bil faut|\bquand (?:j|il|elle|on|vous)|\bapres que|\bdes que\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:a|au|aux) (?!tous\b|tout le monde|vous\b|toute la|la commission|l'ensemble|chacun|la mairie|temps\b|l'avance|jour\b"
    r"|midi|minuit|\d|partir|compter|l'appariteur|la presidence)\w"
)
_ENDS = re.compile(
    r"^(?:avant|d'ici|demain|apres-demain|aujourd'hui|dans|ce|cette|courant|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|rapidement|vite|bientot|sans|au|a|par|en|le plus)\b"
)


@dataclass(frozen=True)
class Promised:
    """A promise as it was said.

    Attributes:
        what: the paper, in the person's words ("le devis"); empty when only a pronoun stood for it.
        due: the day it was promised for, if one was said.
    """

    what: str
    due: date | None

    @property
    def sure(self) -> bool:
        """Whether a paper was named: otherwise the person must be asked."""
        return bool(self.what)


def read_promise(text: str, *, now: datetime) -> Promised | None:
    """Read a promise to send a paper, made by who speaks; None unless it is one.

    A question, a doubt, a condition, a negation or somebody else to receive it make it none. ``now`` is aware, in the
    town's zone.
    """
    said = fold(text)
    if len(text) > LONGEST or _DOUBT.search(said):
        return None
    found = _SAID.search(said)
    if found is None:
        return None
    after = said[found.end() :]
    first = re.split(r"[.;!]", after, maxsplit=1)[0]
    due = _due(first, now)
    if _ELSEWHERE.search(first) or (found["present"] and due is None):
        return None
    what = _what(text, said[: found.end()], first)
    if not (what or found["it"] or found["soon"]):
        return None
    return Promised(what, due)


def _due(said: str, now: datetime) -> date | None:
    try:
        found = find_when(said, now=now)
    except Refusal:
        return None
    return found[0].day if found else None


def _what(text: str, before: str, after: str) -> str:
    """The words that name the paper, as they were written; nothing when no paper is among them."""
    folded = after.split()
    size = next((index for index, word in enumerate(folded) if _ENDS.match(word)), len(folded))
    if not _NOUN.search(" ".join(folded[:size])):
        return ""
    start = len(before.split())
    words = text.split()[start : start + size]
    return " ".join(words).strip(" ,.;:!")[:90]
