"""What a file is, told by its content: the name that a person gave it proves nothing."""

import re
from enum import Enum

from storage.extract.text import decoded


class Kind(Enum):
    """What a file is; ``OLE`` is an older Office file that is none of those known here."""

    PDF = "pdf"
    TEXT = "text"
    HTML = "html"
    CSV = "csv"
    RTF = "rtf"
    EMAIL = "email"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    MSG = "msg"
    OLE = "ole"
    IMAGE = "image"
    ZIP = "zip"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_STARTS = {
    b"%PDF-": Kind.PDF,
    b"\x89PNG\r\n\x1a\n": Kind.IMAGE,
    b"\xff\xd8\xff": Kind.IMAGE,
    b"GIF8": Kind.IMAGE,
    b"II*\x00": Kind.IMAGE,
    b"MM\x00*": Kind.IMAGE,
    b"BM": Kind.IMAGE,
    b"{\\rtf": Kind.RTF,
    b"PK\x03\x04": Kind.ZIP,
    b"PK\x05\x06": Kind.ZIP,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# [MS-CFB] 2.6.1: the names of streams are in UTF-16; the first found tells, as a message may hold a document.
_STREAMS = {
    "__substg1.0_": Kind.MSG,
    "PowerPoint Document": Kind.PPT,
    "WordDocument": Kind.DOC,
    "Workbook": Kind.XLS,
    "Book\0": Kind.XLS,
}
# ISO/IEC 14496-12: the brands of HEIC and AVIF photographs, after "ftyp" in the first box.
_PHOTO_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"avif")
# Readers accept a PDF whose header comes late, and some scanners write one.
_PDF_HEADER_WITHIN = 1024
_HTML = re.compile(r"\s*(?:<!--.{0,500}?-->\s*|<\?xml.{0,200}?\?>\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
_QUOTED = re.compile(r'"[^"]*"')
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:")
_MAIL = re.compile(
    rb"^(?:From|Date|Subject|Received|Message-ID|MIME-Version|Return-Path|Content-Type|To):",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST_MAIL_HEADERS = 3


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its content, office documents being still zips; never raises."""
    if not data.strip(b"\x00 \t\r\n"):
        return Kind.EMPTY
    if data.startswith(_OLE):
        return _ole(data)
    if _is_photo(data):
        return Kind.IMAGE
    for start, kind in _STARTS.items():
        if data.startswith(start) and (start != b"BM" or b"\x00" in data[:16]):
            return kind
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return Kind.PDF
    if _is_mail(data[:8192]):
        return Kind.EMAIL
    text = decoded(data)
    return Kind.UNKNOWN if text is None else _of_text(text[:8192])


def _ole(data: bytes) -> Kind:
    return next((kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in data), Kind.OLE)


def _is_photo(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or (data[4:8] == b"ftyp" and data[8:12] in _PHOTO_BRANDS)


def _is_mail(start: bytes) -> bool:
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return bool(_HEADER.match(head)) and len(set(map(bytes.lower, _MAIL.findall(head)))) >= _FEWEST_MAIL_HEADERS


def _of_text(start: str) -> Kind:
    if _HTML.match(start):
        return Kind.HTML
    rows = _QUOTED.sub("", start).splitlines()[:20]
    for separator in ";\t,":
        counts = {row.count(separator) for row in rows[:-1] or rows}
        if len(rows) > 1 and len(counts) == 1 and counts.pop() >= (1 if separator != "," else 2):
            return Kind.CSV
    return Kind.TEXT


def is_locked(data: bytes) -> bool:
    """Whether an Office document has a password: it is then a stream within an older container ([MS-OFFCRYPTO] 2.3)."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data
