"""What was read of a file, made from what the confined process said: it isn't trusted."""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import Any

from storage.analysis import Term, terms
from storage.extract.kinds import Kind
from storage.extract.names import safe_name, safe_path
from storage.extract.text import cleaned, decoded, legible, paginated, says_something
from storage.extract.titles import subject_of, title_of


class Problem(Enum):
    """Why a file's text is missing, or isn't all there."""

    UNSUPPORTED = "unsupported"
    NO_TEXT = "no_text"
    SCANNED = "scanned"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LONG = "too_long"
    TOO_BIG = "too_big"
    ARCHIVE = "archive"
    LOST = "lost"

    @property
    def in_french(self) -> str:
        """A short phrase for people, that ends a sentence."""
        return _PHRASES[self]

    @property
    def warning(self) -> str:
        """What to tell people of a paper that search can't find by all its words."""
        if self is Problem.SCANNED:
            return f"Ce sont {self.in_french}."
        return f"Je ne pourrai pas le chercher par son texte : {self.in_french}."


_PHRASES = {
    Problem.UNSUPPORTED: "je ne sais pas lire ce genre de fichier",
    Problem.NO_TEXT: "c'est une image numérisée",
    Problem.SCANNED: "des pages numérisées : j'en lis les lettres à part, et la recherche les trouvera ensuite",
    Problem.ENCRYPTED: "il est protégé par un mot de passe",
    Problem.BROKEN: "il est abîmé ou incomplet",
    Problem.TOO_LONG: "sa lecture prenait trop de temps",
    Problem.TOO_BIG: "il est trop volumineux pour être lu en entier",
    Problem.ARCHIVE: "c'est une archive, dont je ne lis que les noms des fichiers",
    Problem.LOST: "il manque dans mes archives",
}
ENDS = {
    "encrypted": Problem.ENCRYPTED,
    "broken": Problem.BROKEN,
    "too_big": Problem.TOO_BIG,
    "done": None,
}
_OF_A_ZIP = frozenset({Kind.ZIP, Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.ODP})
_UNTITLED = frozenset({Kind.CSV, Kind.XLS, Kind.XLSX, Kind.ODS, Kind.ZIP})
"""Kinds whose first line is a cell or a name, never a title."""
_LETTERS = frozenset({Kind.EMAIL, Kind.MSG})
"""Kinds whose subject a person wrote: it is their title, however short."""
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
        pictures: the places (from 0) of the pages without usable text, in which letters may be recognised.
        mute: whether its reader saw text that it couldn't give: another may.
    """

    kind: Kind
    pages: tuple[str, ...] = ()
    page_count: int | None = None
    title: str | None = None
    problem: Problem | None = None
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[int, ...] = field(default=(), compare=False)
    mute: bool = field(default=False, compare=False)

    @cached_property
    def terms(self) -> tuple[Sequence[Term], ...]:
        """What each page will be found by: long to work out, better before a transaction than within it."""
        return tuple(map(terms, self.pages))

    @property
    def warning(self) -> str:
        """What to tell people of what search won't find; nothing when all of it was read."""
        return self.problem.warning if self.problem else ""


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
            problem, ended = problem or ENDS.get(str(said["end"]), Problem.BROKEN), True
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
    return replace(read, attachments=tuple(attachments), mute=bool(head.get("mute")))


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
    pages = tuple(_readable(kind, page) for page in raw)
    pictures = tuple(n for n, page in enumerate(pages) if not says_something(page)) if kind is Kind.PDF else ()
    first = pages[0] if pages and kind not in _UNTITLED else ""
    if problem is None and kind is Kind.ZIP:
        problem = Problem.ARCHIVE
    if problem is None and kind is Kind.PDF and len(pictures) == len(pages):
        problem = Problem.NO_TEXT
    title = subject_of(metadata) if kind in _LETTERS else title_of(cleaned(metadata), first)
    return Extraction(kind, pages, page_count, title, problem, pictures=pictures)


def _readable(kind: Kind, page: str) -> str:
    """A page as people would read it; the names of an archive stay one a line, since their places are their numbers."""
    if kind is Kind.ZIP:
        return "\n".join(map(safe_path, page.splitlines()))
    # Elsewhere than in a PDF, a page without words is a table of figures.
    return legible(page) if kind is Kind.PDF else cleaned(page)
