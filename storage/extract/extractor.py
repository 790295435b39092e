"""Reads papers: finds what a file is, has its text read in a process apart, and says what couldn't be."""

import asyncio
import contextlib
import json
import math
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, cast

import structlog

from storage.extract.kinds import Kind, kind_of
from storage.extract.text import cleaned, decoded, is_garbage, paginated, says_something
from storage.extract.titles import title_of

AT_ONCE = 2

_WORKER = Path(__file__).with_name("worker.py")
_READ = 64 * 1024
# A character is at most two escapes of six bytes in JSON; a page also has its quotes and its line end.
_BYTES_A_CHARACTER = 12
_BYTES_A_PAGE = 3
_log = structlog.get_logger(__name__)


class Problem(Enum):
    """Why a file's text is missing, or isn't all there."""

    UNSUPPORTED = "unsupported"
    NO_TEXT = "no_text"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LONG = "too_long"
    TOO_BIG = "too_big"

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
}
_ENDS = {
    "encrypted": Problem.ENCRYPTED,
    "broken": Problem.BROKEN,
    "too_big": Problem.TOO_BIG,
    "done": None,
}


@dataclass(frozen=True)
class Limits:
    """What one file may cost: wall-clock and processor seconds, bytes of memory, pages and characters kept."""

    seconds: float = 20
    memory: int = 1536 * 1024 * 1024
    pages: int = 3000
    characters: int = 5_000_000


@dataclass(frozen=True)
class Extraction:
    """What was read of a file.

    Args:
        kind: what the file is, by its content.
        pages: the text of each page, in order; empty for a page without usable text.
        page_count: how many pages a PDF has, even when they weren't all read.
        title: a short plain title, when the file gives one.
        problem: why text is missing; the pages read before it are kept.
    """

    kind: Kind
    pages: tuple[str, ...] = ()
    page_count: int | None = None
    title: str | None = None
    problem: Problem | None = None


class Extractor:
    """Reads files, two at a time at most, so that a heap of papers doesn't starve the rest.

    Args:
        limits: what one file may cost.
        worker: the script that reads a PDF; another one only in tests.
    """

    def __init__(self, limits: Limits | None = None, *, worker: Path = _WORKER) -> None:
        self._limits = limits or Limits()
        self._worker = worker
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def extract(self, data: bytes) -> Extraction:
        """The text of a file, page by page; what the file is or does never raises."""
        async with self._turns:
            kind = await asyncio.to_thread(kind_of, data)
            if kind is Kind.PDF:
                return await self._pdf(data)
            if kind is Kind.TEXT:
                return await asyncio.to_thread(_text, data, self._limits)
        return Extraction(kind, problem=Problem.UNSUPPORTED)

    async def _pdf(self, data: bytes) -> Extraction:
        answer = bytearray()
        process = await self._start()
        problem = None
        try:
            async with asyncio.timeout(self._limits.seconds):
                await asyncio.gather(_feed(process, data), self._listen(process, answer))
                code = await process.wait()
                problem = None if code == 0 else _death(code)
        except TimeoutError:
            problem = Problem.TOO_LONG
        finally:
            await _end(process)
        if problem:
            _log.warning("extraction stopped", problem=problem.value, code=process.returncode)
        return await asyncio.to_thread(_pdf_extraction, bytes(answer), problem)

    async def _start(self) -> asyncio.subprocess.Process:
        """The worker, with an empty environment, no directory of ours and nothing but its two pipes."""
        limits = {
            "seconds": math.ceil(self._limits.seconds),
            "memory": self._limits.memory,
            "pages": self._limits.pages,
            "characters": self._limits.characters,
        }
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(self._worker),
            json.dumps(limits),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd="/",
            env={},
            start_new_session=True,
        )

    async def _listen(self, process: asyncio.subprocess.Process, answer: bytearray) -> None:
        """Fill the answer until the worker ends, or says more than an honest one could."""
        most = self._limits.characters * _BYTES_A_CHARACTER + self._limits.pages * _BYTES_A_PAGE + _READ
        stdout = cast(asyncio.StreamReader, process.stdout)
        while piece := await stdout.read(_READ):
            if len(answer) <= most:
                answer += piece
            else:
                _kill(process)


async def _feed(process: asyncio.subprocess.Process, data: bytes) -> None:
    """Give the file to the worker, which may die before it has read it all."""
    stdin = cast(asyncio.StreamWriter, process.stdin)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stdin.write(data)
        await stdin.drain()
    stdin.close()


async def _end(process: asyncio.subprocess.Process) -> None:
    """Leave nothing of the worker, and return once it's gone."""
    _kill(process)
    # asyncio knows a process as ended once its pipes are: what they still hold is thrown away.
    await cast(asyncio.StreamReader, process.stdout).read()
    await process.wait()


def _kill(process: asyncio.subprocess.Process) -> None:
    """Kill the worker and whatever it started: it leads its own session, thus its own group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _death(code: int) -> Problem:
    return Problem.TOO_LONG if code == -signal.SIGXCPU else Problem.BROKEN


def _said(answer: bytes) -> Iterator[Any]:
    """The whole lines of an answer, up to the first that makes no sense: the worker isn't trusted."""
    for line in answer.split(b"\n")[:-1]:
        try:
            yield json.loads(line) if line else ""
        except ValueError:
            return


def _pdf_extraction(answer: bytes, problem: Problem | None) -> Extraction:
    pages: list[str] = []
    head: dict[str, Any] = {}
    ended = False
    for said in _said(answer):
        if isinstance(said, str):
            pages.append(said)
        elif isinstance(said, dict) and "end" in said:
            problem, ended = problem or _ENDS.get(str(said["end"]), Problem.BROKEN), True
        elif isinstance(said, dict):
            head = said
    if not ended:
        problem = problem or Problem.BROKEN
    count = head.get("pages")
    return _extraction(
        Kind.PDF,
        pages,
        problem,
        metadata=str(head.get("title", "")),
        page_count=count if isinstance(count, int) else None,
    )


def _text(data: bytes, limits: Limits) -> Extraction:
    text = decoded(data) or ""
    problem = Problem.TOO_BIG if len(text) > limits.characters else None
    pages = list(paginated(cleaned(text[: limits.characters])))
    if len(pages) > limits.pages:
        pages, problem = pages[: limits.pages], Problem.TOO_BIG
    return _extraction(Kind.TEXT, pages, problem)


def _extraction(
    kind: Kind,
    raw: list[str],
    problem: Problem | None,
    *,
    metadata: str = "",
    page_count: int | None = None,
) -> Extraction:
    pages = tuple("" if is_garbage(page) else page for page in map(cleaned, raw))
    if problem is None and not any(map(says_something, pages)):
        problem = Problem.NO_TEXT if kind is Kind.PDF else None
    return Extraction(kind, pages, page_count, title_of(cleaned(metadata), pages[0] if pages else ""), problem)
