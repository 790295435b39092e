"""Plain questions become lines: "c'est quand la prochaine commission finances ?" is ``agenda FIN``.

Only shapes that can be told apart with confidence; whatever else is said gets two numbered guesses, never a wrong act.
"""

import re
from collections.abc import Sequence

from commands._bodies import match_body
from council.french import fold
from storage.tables import Body

MEETING = r"\b(seances?|reunions?|commissions?|conseils?( municipal)?|cm|rendez-vous)\b"
WHEN = r"\b(quand|quelle heure|quel jour|quelle date|prochaine?s?|ou (a lieu|se tient|se passe))\b"
AGENDA = (
    r"\bqu'?est[- ]ce que j'ai|\bqu'ai[- ]je|\bj'ai quoi|\bquoi de prevu|\bque se passe|\bprogramme\b|\bmon agenda"
    r"|\bmes (prochaines? )?(seances?|reunions?)|\bqu'est[- ]ce qu'il y a|\bil y a quoi"
)
SEEKING = (
    r"ou (?:est|sont|se trouve(?:nt)?|trouver|puis[- ]je trouver)",
    r"je (?:re)?cherche",
    r"(?:re)?trouve(?:r|z)?(?:[- ]moi)?",
    r"(?:as[- ]tu|avez[- ]vous|aurais[- ]tu)",
    r"(?:peux[- ]tu|pouvez[- ]vous) (?:me |m')?(?:re)?(?:trouver|envoyer|donner|montrer)",
    r"(?:montre|envoie|donne)(?:z)?[- ]moi",
    r"il (?:me|nous) faut(?: voir)?",
    r"je (?:veux|voudrais|souhaite)(?: voir| lire| avoir)?",
    r"c'est ou",
)
FIND = rf"(?:^|\b)(?:{'|'.join(SEEKING)})\s+(?P<what>.+)"
WHO = r"\b(qui (preside|est (le |la )?president[e]?|fait partie|siege|sont|est)|quels? membres?|les membres)\b"
PAPERS = r"\b(quels|les|mes|liste des) (documents?|papiers?|pieces?|dossiers?)\b"
REMIND = r"^(?:rappelle[- ]moi|rappelez[- ]moi|peux[- ]tu me rappeler|fais[- ]moi penser)\s+(?P<what>.+)"
HELP = (
    r"^(aide|help|au secours|que sais[- ]tu faire|comment (ca marche|faire|on fait)|que peux[- ]tu faire"
    r"|mode d'emploi|menu)\b"
)
PERIOD = (
    r"\b(aujourd'?hui|demain|cette semaine|la semaine prochaine|semaine prochaine|ce mois(?:-ci)?|le mois prochain"
    r"|mois prochain|ce week-end"
    r"|en (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre))\b"
)
ARTICLES = re.compile(r"^(?:(?:le|la|les|l'|un|une|des|du|de la|de l'|d'|mon|ma|mes|notre|nos|ce|cette|ces)\s*)+", re.I)


def understand(line: str, bodies: Sequence[Body]) -> str | None:
    """The command line that a plain sentence stands for, or None when it isn't clear.

    Args:
        line: what was said, without the bot's name.
        bodies: the bodies that the person may ask about.
    """
    said = fold(line).strip(" ?!.")
    if re.search(HELP, said):
        return "aide"
    if found := re.match(REMIND, said):
        return f"rappel {_tail(line, found['what'])}"
    code = _body_code(said, bodies)
    if re.search(WHO, said) and code:
        return f"qui {code}"
    period = re.search(PERIOD, said)
    if re.search(AGENDA, said):
        return f"agenda {period[0] if period else ''}".strip()
    if (re.search(WHEN, said) and (re.search(MEETING, said) or code)) or (period and re.search(MEETING, said)):
        return " ".join(filter(None, ("agenda", code, period[0] if period else "")))
    if found := re.search(FIND, said):
        what = ARTICLES.sub("", _tail(line, found["what"])).strip(" ?!.")
        return f"chercher {what}" if what else None
    if re.search(PAPERS, said):
        return f"documents {code or ''}".strip()
    return None


def courtesy(line: str) -> str | None:
    """The answer to a greeting or to thanks, or None when it is neither."""
    said = fold(line).strip(" ?!.,")
    if re.fullmatch(r"(bonjour|bonsoir|salut|coucou|hello)( .{0,40})?", said):
        return "Bonjour ! Dites-moi ce que vous cherchez, ou écrivez **aide** pour voir ce que je sais faire."
    if re.fullmatch(r"(merci|merci (beaucoup|bien|a (toi|vous))|parfait|super|tres bien|ok merci)( .{0,30})?", said):
        return "Avec plaisir."
    return None


def _tail(line: str, folded_tail: str) -> str:
    """The end of the original line that matches a folded end: as many words, with their accents."""
    words = line.strip().split()
    return " ".join(words[-len(folded_tail.split()) :])


def _body_code(said: str, bodies: Sequence[Body]) -> str:
    """The code of the body named anywhere in a sentence, read from each of its words on."""
    words = said.split()
    for start in range(len(words)):
        found = match_body(" ".join(words[start:]), bodies)
        if found.body is not None:
            return found.body.code
    return ""
