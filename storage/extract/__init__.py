"""The text of a paper, page by page, read in a process apart: a hostile file takes nothing with it."""

from storage.extract.extractor import Extraction, Extractor, Limits, Problem
from storage.extract.kinds import Kind

__all__ = ["Extraction", "Extractor", "Kind", "Limits", "Problem"]
