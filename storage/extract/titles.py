"""A paper's title, proposed from what it says of itself: short, plain, or nothing at all."""

import re

from council.french import fold

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
_KINDS = (
    r"(?:d[eé]lib[eé]rations?\b|proc[eè]s[- ]verbal|pv\b|compte[- ]rendu|c\.?-?r\b|convocation"
    r"|ordre du jour|budget|arr[eê]t[eé]|convention|r[eè]glement|conseil municipal|avis\b|appel [àa]\b"
    r"|note\b|devis\b|factures?\b|bon de commande|avenant|enqu[eê]te|communiqu[eé]|projet|plan\b|statuts|march[eé] public|rapport (?:de|du|d'|sur))"
)
# Within its first three words, so that a sentence that merely speaks of a budget isn't taken for its title.
_NAMES_ITSELF = re.compile(rf"(?:\S+ ){{0,2}}{_KINDS}", re.IGNORECASE)
_BEGINS = re.compile(_KINDS, re.IGNORECASE)
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
# The words that scanners, telephones and programs name files with.
_DEVICE = re.compile(
    r"(?:hp)?scan(?:s|ner?|ned)?|scn|xrx|wa|numeris(?:ation|e)|num|im(?:g|ages?|ag)|photos?|pict?|pictures?|dsc[nf]?|mvimg|pxl|snap|screenshot|capture"
    r"|ecran|docs?|documents?|file|fichier|fax|pages?|pdf|sans|titre|untitled|new|nouve(?:au|lle)|cop(?:ie|y)|of|impression|print"
    r"|sortie|output|te?mp|camscanner|adobe|genius|office|lens|whatsapp|signal|telegram|at|am|pm|skm|km|bizhub|mfp|mx|hp|xerox|canon"
    r"|epson|brother|ricoh|kyocera|toshiba|sharp|lexmark|samsung|konica|minolta|jpe?g|png|tiff?|le|de|du|et|to|from|janvier|fevrier"
    r"|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|janv|fevr?|avr|juil|sept|oct|nov|dec"
)
_HEXADECIMAL = re.compile(r"\b(?=[a-f-]*\d)[0-9a-f-]{8,}\b")
_WORD = re.compile(r"[a-z]+")
# The head of a part, which stands within many papers.
_WITHIN = re.compile(r"(?:ordre du jour|conseil municipal|projet)\b", re.IGNORECASE)
_OBJECT = re.compile(r"objet ?: ?(.+)", re.IGNORECASE)
# Signs that nobody types in a title, a letter thrice, a word that changes its case midway.
_MISREAD = re.compile(r"[^\w\s'’.,:;()°/«»&+€%–—-]|_|\.\.|([^\W\d])\1\1|[a-zà-ÿ][A-ZÀ-Þ]")
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


def scanned_title(first_page: str) -> str | None:
    """The same of letters that were recognised in a picture, which may be wrong: only what surely is a title, else nothing.

    That is what a letter says it is about, or a line that begins by a kind of paper, without anything that no one types.
    """
    lines = [_plain(line) for line in first_page.splitlines()[:_LINES_READ]]
    clean = [line for line in lines if not _MISREAD.search(line)]
    about = [_plain(said[1]) for line in clean if (said := _OBJECT.match(line))]
    named = [line for line in clean if _BEGINS.match(line) and not (_LETTERHEAD.match(line) or _WITHIN.match(line))]
    found = next(filter(_is_title, (*about, *named)), None)
    return _dated(found, first_page) if found else None


def subject_of(subject: str) -> str | None:
    """A letter's subject, without what answering and forwarding put before it; nothing when it has no letters."""
    plain = _plain(_ANSWERS.sub("", " ".join(subject.split())))
    return plain if _LETTER.search(plain) else None


def names_nothing(stem: str) -> bool:
    """Whether a file's name, without its extension, is only that of a device or a number: « scan0001 », « IMG_2034 (1) »."""
    words = _WORD.findall(_HEXADECIMAL.sub(" ", fold(stem)))
    return all(len(word) == 1 or _DEVICE.fullmatch(word) for word in words)


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
