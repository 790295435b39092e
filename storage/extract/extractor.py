"""Reads papers: finds what a file is, and has its text read in a process apart, one for each file."""

import asyncio
import contextlib
import importlib.util
import json
import math
import os
import signal
import sys
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import structlog

from storage.extract.extraction import Extraction, Limits, Problem, said_of, text_of
from storage.extract.kinds import Kind, is_locked, kind_of
from storage.extract.text import decoded

AT_ONCE = 2

_WORKER = Path(__file__).with_name("worker.py")
_READERS = {
    Kind.PDF: "pdf",
    Kind.ZIP: "zipped",
    Kind.HTML: "web_page",
    Kind.CSV: "table",
    Kind.RTF: "rich_text",
    Kind.EMAIL: "message",
}
_COMMONEST = "pdf"
_LIBRARIES = ("pypdfium2",)
_READ = 64 * 1024
# A character is at most two escapes of six bytes in JSON; a page also has its quotes and its line end.
_BYTES_A_CHARACTER = 12
_BYTES_A_PAGE = 3
_log = structlog.get_logger(__name__)


class Extractor:
    """Reads files, two at a time at most, so that a heap of papers doesn't starve the rest.

    Entered as a context, it keeps a process ready for the next file, which is thus read sooner; leaving ends it.

    Args:
        limits: what one file may cost.
        worker: the script that reads a file; another one only in tests.
    """

    def __init__(self, limits: Limits | None = None, *, worker: Path = _WORKER) -> None:
        self._limits = limits or Limits()
        self._worker = worker
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._next: asyncio.Task[asyncio.subprocess.Process] | None = None
        self._keeps_ready = False

    async def __aenter__(self) -> Self:
        """Have a process ready from now on."""
        self._keeps_ready = True
        self._prepare()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process that waits."""
        self._keeps_ready = False
        if self._next is not None:
            await _end(await self._next)
            self._next = None

    async def extract(self, data: bytes) -> Extraction:
        """The text of a file, page by page; what the file is or does never raises."""
        async with self._turns:
            kind = await asyncio.to_thread(kind_of, data)
            if kind is Kind.TEXT:
                return await asyncio.to_thread(text_of, data, self._limits)
            if kind in (Kind.HTML, Kind.CSV):
                data = (decoded(data) or "").encode("utf-8", "replace")
            if kind in _READERS:
                return await self._read(kind, data)
        return Extraction(kind, problem=Problem.ENCRYPTED if is_locked(data) else Problem.UNSUPPORTED)

    async def _read(self, kind: Kind, data: bytes) -> Extraction:
        answer = bytearray()
        process = await self._ready()
        problem = None
        try:
            async with asyncio.timeout(self._limits.seconds):
                job = f"{_READERS[kind]}\n".encode()
                await asyncio.gather(_feed(process, job, data), self._listen(process, answer, len(data)))
                code = await process.wait()
                problem = None if code == 0 else _death(code)
        except TimeoutError:
            problem = Problem.TOO_LONG
        finally:
            await _end(process)
        if problem:
            _log.warning("extraction stopped", kind=kind.value, problem=problem.value, code=process.returncode)
        return await asyncio.to_thread(said_of, kind, bytes(answer), problem)

    async def _ready(self) -> asyncio.subprocess.Process:
        """The process that waits, when there is one, else a new one; and the next gets ready."""
        waiting, self._next = self._next, None
        process = await waiting if waiting else await self._start()
        if process.returncode is not None:
            process = await self._start()
        self._prepare()
        return process

    def _prepare(self) -> None:
        if self._keeps_ready and self._next is None:
            self._next = asyncio.create_task(self._start(_COMMONEST))

    async def _start(self, ahead: str = "") -> asyncio.subprocess.Process:
        """A worker, with an empty environment, no directory of ours and nothing but its two pipes.

        Args:
            ahead: the reader that it loads before it knows its file.
        """
        limits = {
            "seconds": math.ceil(self._limits.seconds),
            "memory": self._limits.memory,
            "pages": self._limits.pages,
            "characters": self._limits.characters,
            "libraries": _places(),
            "ahead": ahead,
        }
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-S",
            str(self._worker),
            json.dumps(limits),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd="/",
            env={},
            start_new_session=True,
        )

    async def _listen(self, process: asyncio.subprocess.Process, answer: bytearray, size: int) -> None:
        """Fill the answer until the worker ends, or says more than an honest one could."""
        most = self._limits.characters * _BYTES_A_CHARACTER + self._limits.pages * _BYTES_A_PAGE + 2 * size + _READ
        stdout = cast(asyncio.StreamReader, process.stdout)
        while piece := await stdout.read(_READ):
            if len(answer) <= most:
                answer += piece
            else:
                _kill(process)


@cache
def _places() -> list[str]:
    """The directories of the libraries that a reader imports: the worker looks nowhere else."""
    found = (importlib.util.find_spec(name) for name in _LIBRARIES)
    return sorted({str(Path(spec.origin).parents[1]) for spec in found if spec and spec.origin})


async def _feed(process: asyncio.subprocess.Process, job: bytes, data: bytes) -> None:
    """Give the file to the worker, which may die before it has read it all."""
    stdin = cast(asyncio.StreamWriter, process.stdin)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stdin.write(job)
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
