"""The text of a paper, page by page, read in a process apart: a hostile file takes nothing with it."""

from storage.extract.binding import Binder, Bound, Mark, Part, Placed, Stamp, Unbound
from storage.extract.extraction import Attachment, Extraction, Limits, Problem
from storage.extract.extractor import Extractor
from storage.extract.kinds import Kind
from storage.extract.names import safe_name
from storage.extract.recognition import Patience, tesseract
from storage.extract.seeing import Seen
from storage.extract.unpacking import Unpacked

__all__ = [
    "Attachment",
    "Binder",
    "Bound",
    "Extraction",
    "Extractor",
    "Kind",
    "Limits",
    "Mark",
    "Part",
    "Patience",
    "Placed",
    "Problem",
    "Seen",
    "Stamp",
    "Unbound",
    "Unpacked",
    "safe_name",
    "tesseract",
]
