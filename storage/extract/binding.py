"""Binds papers into one PDF, in processes apart: a hostile or a broken paper costs its own pages and nothing else."""

import asyncio
import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import structlog

from storage.extract.extraction import ENDS, Limits, Problem
from storage.extract.extractor import worker_command
from storage.extract.kinds import Kind, kind_of
from storage.extract.nursery import Nursery
from storage.extract.process import asked

PAPER = Limits(seconds=60)
"""What putting one paper on its sheets may cost."""
WHOLE = Limits(seconds=180, memory=3 * 1024 * 1024 * 1024)
"""What binding the whole may cost."""
MOST_PAGES = 2000
"""Pages of one paper."""
BAND, LARGE_BAND = 26.0, 38.0
"""Points of the band above each page, as the templates of our own pages leave them too."""
_GROWS = 4
"""How much bigger a paper may become: pictures are written anew."""
_LEAST = 5_000_000
_log = structlog.get_logger(__name__)


class Unbound(Exception):
    """Raised when the whole could not be bound this time: the process broke, or took too much."""


@dataclass(frozen=True)
class Stamp:
    """What is written above each page of a paper: its label (« 2.3 »), its name, and whether all is large."""

    label: str
    name: str
    large: bool


@dataclass(frozen=True)
class Placed:
    """A paper's pages on their sheets; or why there are none."""

    data: bytes = b""
    pages: int = 0
    problem: Problem | None = None


@dataclass(frozen=True)
class Part:
    """A PDF to bind, or one page of it (from 0)."""

    data: bytes
    page: int | None = None


@dataclass(frozen=True)
class Mark:
    """A bookmark: 0 at the left or deeper, the part that it leads to and the page there (from 0), its words."""

    depth: int
    part: int
    page: int
    words: str


@dataclass(frozen=True)
class Bound:
    """The whole, and how many pages it has."""

    data: bytes
    pages: int


class Binder:
    """Puts papers on sheets and binds them; entered as a context, it holds a process that splits for each of them."""

    def __init__(self) -> None:
        self._paper = Nursery(worker_command(PAPER, ("placed",)))
        self._whole = Nursery(worker_command(WHOLE, ("bound",)))

    async def __aenter__(self) -> Self:
        """Nothing is started before the first paper."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End what was started."""
        await asyncio.gather(self._paper.close(), self._whole.close())

    async def place(self, data: bytes, stamp: Stamp, pages: Sequence[int] = ()) -> Placed:
        """Put a PDF's or a picture's pages on sheets, stamped; whatever the paper is or does, never raises.

        Args:
            pages: only these, from 1, in order; each keeps its number in the stamp. None named are all.
        """
        kind = await asyncio.to_thread(kind_of, data)
        if kind not in (Kind.PDF, Kind.IMAGE):
            return Placed(problem=Problem.UNSUPPORTED)
        wanted = {
            "label": stamp.label,
            "name": stamp.name,
            "large": stamp.large,
            "picture": kind is Kind.IMAGE,
            "most": MOST_PAGES,
            "pages": list(pages),
        }
        sent = asked("placed", json.dumps(wanted).encode() + b"\n", data)
        most = 2 * (_LEAST + _GROWS * len(data))
        answer, problem = await self._paper.answer_of(sent, most=most, seconds=PAPER.seconds)
        made, placed, ended = await asyncio.to_thread(_made, answer, "placed")
        if made and placed and not problem:
            return Placed(made, placed)
        found = problem or ended or Problem.BROKEN
        _log.warning("paper not bound", problem=found.value)
        return Placed(problem=found)

    async def bind(
        self, parts: Sequence[Part], marks: Sequence[Mark], *, title: str, large: bool, numbered: bool = True
    ) -> Bound:
        """Bind parts in order; each page past the first part is numbered, unless it is not to be.

        Raises:
            Unbound: it may work later.
        """
        wanted = {
            "parts": [[len(part.data), part.page] for part in parts],
            "title": title,
            "band": LARGE_BAND if large else BAND,
            "numbered": numbered,
            "marks": [[mark.depth, mark.part, mark.page, mark.words] for mark in marks],
        }
        sent = asked("bound", json.dumps(wanted).encode() + b"\n", *(part.data for part in parts))
        most = 2 * (_LEAST + 2 * sum(len(part.data) for part in parts))
        answer, problem = await self._whole.answer_of(sent, most=most, seconds=WHOLE.seconds)
        made, pages, ended = await asyncio.to_thread(_made, answer, "bound")
        if not made or problem:
            raise Unbound((problem or ended or Problem.BROKEN).value)
        return Bound(made, pages)


def _made(answer: bytes, name: str) -> tuple[bytes, int, Problem | None]:
    """The PDF, its pages and how it ended, in what the worker said: it isn't trusted."""
    made, pages, ended = b"", 0, None
    for line in answer.splitlines():
        try:
            said: Any = json.loads(line)
            if isinstance(said, dict) and name in said:
                made, pages = base64.b64decode(said[name], validate=True), int(said["pages"])
            elif isinstance(said, dict) and "end" in said:
                ended = ENDS.get(str(said["end"]), Problem.BROKEN)
        except (ValueError, KeyError, TypeError):
            ended = Problem.BROKEN
    return made, pages, ended
