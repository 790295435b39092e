"""Text as people wrote it: decoded, rid of what machines added, cut in pages, and known from garbage."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

PAGE_CHARACTERS = 3000

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a"))
# PDFium writes U+0002 or U+FFFE where a line ends inside a word; U+00AD is the soft hyphen of others.
_CUT_WORD = re.compile("[\x02\ufffe\xad]\\s*\n?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufeff\ufff0-\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# The prefecture's receipt stamps its lines on each page, scans included: they say nothing of the paper.
_STAMP = re.compile(
    r"^ ?(?:(?:Envoyé en préfecture|Reçu en préfecture|Publié|Affiché|Accusé de réception)\b.{0,40}"
    r"|ID ?: ?\d{3}-\d{9}-.{0,60}|Berger Levrault.{0,20}) ?$\n?",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüæœ]", re.IGNORECASE)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE)
_FEWEST_WORDS = 3
# Glyphs that no table says the letter of: replaced, private, or raw codes among the controls.
_MUTE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff9-\ufffd]")
# Letters of the Latin alphabet that French doesn't have: fonts without a table fall on them.
_STRANGE = re.compile("[ÃÅÐÑÕØÝÞßãåðñõøýþ\u0100-\u0151\u0154-\u0177\u0179-\u024f]")


def decoded(data: bytes) -> str | None:
    """Plain text in UTF-8, UTF-16 with its mark, or Windows-1252; ``None`` when it isn't text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16")
    if data.translate(None, _CONTROLS) != data:
        return None
    text = _decoded(data, "utf-8-sig")
    return _decoded(data, "cp1252") if text is None else text


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def cleaned(text: str) -> str:
    """The text without control characters, stamps, cut words, private glyphs and runs of blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    text = _UNPRINTABLE.sub(" ", _CUT_WORD.sub("", text))
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    text = _STAMP.sub("", text).replace(" \n", "\n").replace("\n ", "\n")
    return _BLANK_LINES.sub("\n\n", text).strip()


def paginated(text: str) -> Iterator[str]:
    """The text in pages of about 3,000 characters, cut at the end of a paragraph, else a line, else a word."""
    start = 0
    while len(text) - start > PAGE_CHARACTERS:
        cut = _cut(text, start, start + PAGE_CHARACTERS)
        yield text[start:cut].strip()
        start = cut
    yield text[start:].strip()


def _cut(text: str, start: int, end: int) -> int:
    for separator in ("\n\n", "\n", " "):
        cut = text.rfind(separator, start + PAGE_CHARACTERS // 2, end)
        if cut > 0:
            return cut
    return end


def legible(text: str) -> str:
    """A text layer, as it was read, cleaned; empty when it is a fonts' accident: most of its words couldn't be said in French."""
    signs = _signs(text)
    if len(_MUTE.findall(text)) > signs * 0.2 or len(_STRANGE.findall(text)) > signs * 0.2:
        return ""
    text = cleaned(text)
    words = _WORD.findall(text)
    sayable = sum(1 for word in words if _VOWEL.search(word) and not _CONSONANTS.search(word))
    letters = sum(map(len, words))
    garbage = words and (sayable < len(words) * 0.5 or letters < _signs(text) * 0.2)
    return "" if garbage else text


def _signs(text: str) -> int:
    return len("".join(text.split()))


def says_something(text: str) -> bool:
    """Whether a page has a few words: a page number or a stray mark isn't a text layer."""
    return len(_WORD.findall(text)) >= _FEWEST_WORDS
