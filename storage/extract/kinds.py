"""What a file is, told by its first bytes: the name that a person gave it proves nothing."""

from enum import Enum

from storage.extract.text import decoded


class Kind(Enum):
    """What a file is; OFFICE is Word, Excel, PowerPoint, OpenDocument, old and new, and RTF."""

    PDF = "pdf"
    TEXT = "text"
    IMAGE = "image"
    OFFICE = "office"
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
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind.OFFICE,
    b"{\\rtf": Kind.OFFICE,
    b"PK\x05\x06": Kind.ZIP,
}
# ISO/IEC 14496-12: the brands of HEIC and AVIF photographs, after "ftyp" in the first box.
_PHOTO_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"avif")
# Readers accept a PDF whose header comes late, and some scanners write one.
_PDF_HEADER_WITHIN = 1024


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its content; never raises."""
    if not data.strip(b"\x00 \t\r\n"):
        return Kind.EMPTY
    if data.startswith(b"PK\x03\x04"):
        return Kind.OFFICE if _is_office(data) else Kind.ZIP
    if _is_photo(data):
        return Kind.IMAGE
    for start, kind in _STARTS.items():
        if data.startswith(start) and (start != b"BM" or b"\x00" in data[:16]):
            return kind
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return Kind.PDF
    return Kind.UNKNOWN if decoded(data) is None else Kind.TEXT


def _is_office(data: bytes) -> bool:
    """OpenDocument begins with its "mimetype" entry; Open XML has a part with the types of the others."""
    return data[30:38] == b"mimetype" or b"[Content_Types].xml" in data


def _is_photo(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or (data[4:8] == b"ftyp" and data[8:12] in _PHOTO_BRANDS)
