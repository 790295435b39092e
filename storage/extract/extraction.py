"""What was read of a file, made from what the confined process said: it isn't trusted."""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from storage.extract.kinds import Kind
from storage.extract.names import safe_name, safe_path
from storage.extract.text import cleaned, decoded, is_garbage, paginated, says_something
from storage.extract.titles import title_of


class Problem(Enum):
    """Why a file's text is missing, or isn't all there."""

    UNSUPPORTED = "unsupported"
    NO_TEXT = "no_text"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LONG = "too_long"
    TOO_BIG = "too_big"
    ARCHIVE = "archive"

    @property
    def in_french(self) -> str:
        """A short phrase for people, that ends a sentence."""
        return _PHRASES[self]


_PHRASES = {
    Problem.UNSUPPORTED: "je ne sais pas lire ce genre de fichier",
    Problem.NO_TEXT: "c'est une image numérisée, sans texte que je puisse chercher",
    Problem.ENCRYPTED: "il est protégé par un mot de passe",
    Problem.BROKEN: "il est abîmé ou incomplet",
    Problem.TOO_LONG: "sa lecture prenait trop de temps",
    Problem.TOO_BIG: "il est trop volumineux pour être lu en entier",
    Problem.ARCHIVE: "c'est une archive, dont je ne lis que les noms des fichiers",
}
_ENDS = {
    "encrypted": Problem.ENCRYPTED,
    "broken": Problem.BROKEN,
    "too_big": Problem.TOO_BIG,
    "done": None,
}
_OF_A_ZIP = frozenset({Kind.ZIP, Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.ODP})
_UNTITLED = frozenset({Kind.CSV, Kind.XLSX, Kind.ODS, Kind.ZIP})
"""Kinds whose first line is a cell or a name, never a title."""
_MOST_ATTACHMENTS = 100


@dataclass(frozen=True)
class Limits:
    """What one file may cost: wall-clock and processor seconds, bytes of memory, pages and characters kept."""

    seconds: float = 20
    memory: int = 1536 * 1024 * 1024
    pages: int = 3000
    characters: int = 5_000_000


@dataclass(frozen=True)
class Attachment:
    """A file that came with a letter; its name is safe to show."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Extraction:
    """What was read of a file.

    Args:
        kind: what the file is, by its content.
        pages: the text of each page, sheet or slide, in order; empty for a page without usable text.
        page_count: how many pages or slides the file says it has, even when they weren't all read.
        title: a short plain title, when the file gives one.
        problem: why text is missing; the pages read before it are kept.
        attachments: the files that came with an e-mail, to be filed with it.
    """

    kind: Kind
    pages: tuple[str, ...] = ()
    page_count: int | None = None
    title: str | None = None
    problem: Problem | None = None
    attachments: tuple[Attachment, ...] = ()


def said_of(kind: Kind, answer: bytes, problem: Problem | None) -> Extraction:
    """An extraction from the worker's lines; ``problem`` is how the process ended, when not well."""
    pages: list[str] = []
    attachments: list[Attachment] = []
    head: dict[str, Any] = {}
    ended = False
    for said in _said(answer):
        if isinstance(said, str):
            pages.append(said)
        elif isinstance(said, dict) and "end" in said:
            problem, ended = problem or _ENDS.get(str(said["end"]), Problem.BROKEN), True
        elif isinstance(said, dict) and "attachment" in said:
            attachments += _attachment(said)[: _MOST_ATTACHMENTS - len(attachments)]
        elif isinstance(said, dict):
            head |= said
    if not ended:
        problem = problem or Problem.BROKEN
    count = head.get("pages")
    read = _extraction(
        _kind(kind, head.get("kind")),
        pages,
        problem,
        metadata=str(head.get("title", "")),
        page_count=count if isinstance(count, int) else None,
    )
    return replace(read, attachments=tuple(attachments))


def recognised_in(read: Extraction, raw: list[str]) -> Extraction:
    """The same file with the text recognised in its pictures; without any that says something, it stays as it was."""
    pages = tuple("" if is_garbage(page) else page for page in map(cleaned, raw))
    if not any(map(says_something, pages)):
        return read
    return replace(read, pages=pages, title=read.title or title_of("", pages[0]), problem=None)


def text_of(data: bytes, limits: Limits) -> Extraction:
    """An extraction of plain text, that needs no process: nothing in it is interpreted."""
    text = decoded(data) or ""
    problem = Problem.TOO_BIG if len(text) > limits.characters else None
    pages = list(paginated(cleaned(text[: limits.characters])))
    if len(pages) > limits.pages:
        pages, problem = pages[: limits.pages], Problem.TOO_BIG
    return _extraction(Kind.TEXT, pages, problem)


def _said(answer: bytes) -> Iterator[Any]:
    """The whole lines of an answer, up to the first that makes no sense."""
    for line in answer.split(b"\n")[:-1]:
        try:
            yield json.loads(line) if line else ""
        except (ValueError, RecursionError):
            return


def _kind(asked: Kind, said: object) -> Kind:
    """A zip's own kind is known inside; the others are what their first bytes say."""
    return next((kind for kind in _OF_A_ZIP if asked is Kind.ZIP and kind.value == said), asked)


def _attachment(said: dict[str, Any]) -> list[Attachment]:
    try:
        data = base64.b64decode(str(said.get("data", "")), validate=True)
    except (binascii.Error, ValueError):
        return []
    return [Attachment(safe_name(str(said["attachment"])), data)] if data else []


def _extraction(
    kind: Kind,
    raw: list[str],
    problem: Problem | None,
    *,
    metadata: str = "",
    page_count: int | None = None,
) -> Extraction:
    pages = tuple(map(cleaned, raw))
    if kind is Kind.PDF:  # elsewhere, a page without words is a table of figures
        pages = tuple("" if is_garbage(page) else page for page in pages)
    if kind is Kind.ZIP:
        pages = tuple("\n".join(map(safe_path, page.splitlines())) for page in pages)
    first = pages[0] if pages and kind not in _UNTITLED else ""
    if problem is None and kind is Kind.ZIP:
        problem = Problem.ARCHIVE
    if problem is None and kind is Kind.PDF and not any(map(says_something, pages)):
        problem = Problem.NO_TEXT
    return Extraction(kind, pages, page_count, title_of(cleaned(metadata), first), problem)
