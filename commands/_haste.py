"""What is typed in haste on a phone, written out: "c kan", "jpeu pas", "finalement je serais absent".

Only what has one meaning is touched, and only sentences that were not understood as they are pass here: the words of
a title, of a question or of a reminder stay as they were typed.
"""

import re

_BEFORE = re.compile(
    r"^(?:(?:ah|oh|euh|bon|bah|ben|eh bien|alors|finalement|en fait|en fin de compte|au fait|désolée?|pardon|excuse[rz]?[- ]moi"
    r"|oups|ok|merci|parfait|super|d'accord|rebonjour|dis(?:[- ]moi)?|dites(?:[- ]moi)?|zut|mince|mais|oui|non)\b[\s,.!:;…-]*)+(?=\S)",
    re.IGNORECASE,
)
"""What people say before they come to it."""
_AFTER = re.compile(
    r"[\s,.]+(?:finalement|du coup|en fait|désolée?|malheureusement|déjà|quand même|en principe|normalement)[\s.!?…]*$",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"^(?:(?:je|j['’]) ?(?:veux|voudrais|souhaite|souhaiterais|aimerais|dois|peux|pourrais)|il (?:me |nous )?(?:faut|faudrait)"
    r"|(?:est-ce que )?(?:tu peux|tu pourrais|vous pouvez|vous pourriez)|(?:peux|pourrais)-tu|(?:pouvez|pourriez)-vous)\s+"
    r"(?=(?:retirer|remplacer|partager|classer|convoquer|annuler|reporter|annoncer|répondre|rétablir|extraire|chercher|définir)\b)",
    re.IGNORECASE,
)
"""Wanting something done, before the command's own verb."""
_SHORT = {
    r"c['’ ]?(?:est )?(?:koi|qoi)": "c'est quoi",
    r"c(?= (?:à |a )?(?:quand|quoi|qui|ou|où|combien|quel|quelle|kan|kand|ki)\b)": "c'est",
    r"cest": "c'est",
    r"ou (?:e|é|ai|es)(?= (?:le|la|les|mon|ma|mes|ce|cette)\b| l')": "où est",
    r"koi": "quoi",
    r"kan[dt]?|qd|qand|cand": "quand",
    r"c(?= (?:fait|bon|noté|ok)\b)": "c'est",
    r"ki": "qui",
    r"pourkoi|prkoi|pk|pq": "pourquoi",
    r"(?:j|je )(?:ne )?peut?(?= pas\b)": "je peux",
    r"jpeux": "je peux",
    r"(?:jsuis|chuis|chui)": "je suis",
    r"(?:j|je )vien": "je viens",
    r"jviens": "je viens",
    r"je (?:ne )?serais(?= (?:pas|absent|présent|present|là|la|en|excus))": "je serai",
    r"je (?:ne )?viendrais": "je viendrai",
    r"je (?:ne )?pourrais(?= pas\b)": "je pourrai",
    r"pr": "pour",
    r"ds": "dans",
    r"rdv": "rendez-vous",
    r"aujourd ?hui|auj|ajd": "aujourd'hui",
    r"2main|dmain|deman": "demain",
    r"dsl": "désolé",
}
"""How a word is typed in a hurry (a regular expression of whole words), and what it stands for."""
_WRITTEN = [(re.compile(rf"(?<![\w'-]){typed}(?![\w'-])", re.IGNORECASE), full) for typed, full in _SHORT.items()]
_CUT = re.compile(r"(?<![\w'-])j(?=(?:ai|aurai|arrive|enverrai|accepte)\b)", re.IGNORECASE)


def written_out(line: str) -> str:
    """A sentence in full words, without what was said before coming to it; itself when nothing was cut short."""
    text = _CUT.sub("j'", line)
    for typed, full in _WRITTEN:
        text = typed.sub(full, text)
    bare = _WILL.sub("", _AFTER.sub("", _BEFORE.sub("", text)))
    return bare if bare.strip(" ?!.,") else text
