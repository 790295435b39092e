"""A paper's title, proposed from what it says of itself: short, plain, or nothing at all."""

import re

LONGEST = 120

_SHORTEST = 6
_LINES_READ = 30
_MACHINE_MADE = re.compile(
    r"microsoft|powerpoint|openoffice|libreoffice|sans titre|untitled|^document ?\d*$|^scan|^num[eé]ris"
    r"|^image|^img[_ -]|^print|^impression|^pr[eé]sentation\d*$|^classeur|^feuil\d|^doc\d|^tmp|^copie de"
    r"|https?:|\.(?:docx?|odt|pdf|xlsx?|pptx?|jpe?g|png|tiff?|indd|pub|rtf)\b",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"^(?:r[eé]publique fran[cç]aise|libert[eé]\b.*|d[eé]partement\b.*|arrondissement\b.*|canton\b.*"
    r"|(?:commune|ville|mairie|communaut[eé]|pr[eé]fecture|direction|service|syndicat)\b.*"
    r"|page ?\d+.*|pr[eé]sents?\b.*|extrait du registre\b.*|objet ?:?|le maire\b.*|date\b.*|tel\b.*|tél\b.*)$",
    re.IGNORECASE,
)
# Within its first three words, so that a sentence that merely speaks of a budget isn't taken for its title.
_NAMES_ITSELF = re.compile(
    r"(?:\S+ ){0,2}(?:d[eé]lib[eé]rations?\b|proc[eè]s[- ]verb|pv\b|compte[- ]rendu|c\.?-?r\b|convocation"
    r"|ordre du jour|budget|arr[eê]t[eé]|convention|r[eè]glement|conseil municipal|avis\b|appel [àa]\b"
    r"|note\b|devis\b|factures?\b|bon de commande|avenant|enqu[eê]te|communiqu[eé]|projet|plan\b|statuts|march[eé] public|rapport (?:de|du|d'|sur))",
    re.IGNORECASE,
)
# What many papers are called alike: without its day, such a title tells nothing.
_BARE = re.compile(
    r"(?:d[eé]lib[eé]rations?|proc[eè]s[- ]verbal|pv|compte[- ]rendu|c\.?-?r\.?|convocation|ordre du jour|note de synth[eè]se)"
    r"(?: (?:de (?:la |s[eé]ance|r[eé]union)|du (?:conseil|conseil municipal))(?:s[eé]ance|r[eé]union)?)*",
    re.IGNORECASE,
)
_SESSION_DAY = re.compile(
    r"(?:s[eé]ance|r[eé]union|conseil|rendu|verbal)\b[^\n]{0,60}?\bdu\s+"
    r"((?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?\d{1,2}(?:er)?\s+"
    r"(?:janvier|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[eé]cembre)\s+\d{4})",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"^(?:(?:re|r[eé]p|fwd?|tr|i)\s*:\s*)+", re.IGNORECASE)
_EDGES = " \t-–—_*#:;,.|•"
_LETTER = re.compile(r"[^\W\d_]")


def title_of(metadata: str, first_page: str) -> str | None:
    """The metadata's title when a person wrote it, else the first page's most telling line, else nothing."""
    given = _plain(metadata)
    if _is_title(given) and " " in given and "_" not in given:
        return _dated(given, first_page)
    lines = [_plain(line) for line in first_page.splitlines()[:_LINES_READ]]
    candidates = [line for line in lines if _is_title(line) and not _LETTERHEAD.match(line)]
    named = (line for line in candidates[:10] if _NAMES_ITSELF.match(line))
    found = next(named, None) or next(iter(candidates), None)
    return _dated(found, first_page) if found else None


def subject_of(subject: str) -> str | None:
    """A letter's subject, without what answering and forwarding put before it; nothing when it has no letters."""
    plain = _plain(_ANSWERS.sub("", " ".join(subject.split())))
    return plain if _LETTER.search(plain) else None


def _dated(title: str, first_page: str) -> str:
    """A title that only names a kind of paper, with the day of the session that the first page is about."""
    day = _SESSION_DAY.search(first_page) if _BARE.fullmatch(title) else None
    return f"{title} du {' '.join(day[1].split()).lower()}" if day else title


def _plain(line: str) -> str:
    """One line, single spaces, cut at a word when it's too long."""
    line = " ".join(line.split()).strip(_EDGES)
    if len(line) <= LONGEST:
        return line
    return line[: line.rfind(" ", 0, LONGEST)].rstrip(_EDGES) + "…"


def _is_title(line: str) -> bool:
    """A small letter at the start is the rest of a sentence; too few letters is a table, a date or a number."""
    letters = len(_LETTER.findall(line))
    long = len(line) >= _SHORTEST or _NAMES_ITSELF.match(line) is not None
    whole = long and letters * 2 > len(line) and not line[0].islower()
    return whole and not _MACHINE_MADE.search(line)
