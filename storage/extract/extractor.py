"""Reads papers: finds what a file is, and has its text read in a process apart, one for each file."""

import asyncio
import importlib.util
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from storage.extract.extraction import Extraction, Limits, Problem, said_of, text_of
from storage.extract.kinds import Kind, is_locked, kind_of
from storage.extract.nursery import Nursery
from storage.extract.process import answer_of, asked, start
from storage.extract.recognition import Patience, picture_of, recognised, tesseract
from storage.extract.seeing import Seen, seen_of
from storage.extract.text import decoded
from storage.extract.unpacking import MOST, Unpacked, unpacked_of

AT_ONCE = 2

_WORKER = Path(__file__).with_name("worker.py")
_READERS = {
    Kind.PDF: "pdf",
    Kind.ZIP: "zipped",
    Kind.HTML: "web_page",
    Kind.CSV: "table",
    Kind.RTF: "rich_text",
    Kind.EMAIL: "message",
    Kind.DOC: "word97",
    Kind.MSG: "outlook",
    Kind.XLS: "excel97",
    Kind.PPT: "powerpoint97",
}
# Readers that share a process that splits: what it holds is paid by each file, in pages of memory copied.
_FAMILIES = (
    ("pdf", "scan", "seen"),
    ("pdf_again",),
    ("unpacked", *(name for kind, name in _READERS.items() if kind is not Kind.PDF)),
)
_LIBRARIES = ("PIL", "pypdf", "pypdfium2", "xlrd")
_MOST_PICTURE = 20_000_000
_BYTES_A_LOOK = 4000
_BYTES_A_PAGE = 3  # its quotes and its line end
_log = structlog.get_logger(__name__)


class Extractor:
    """Reads files, two at a time at most, so that a heap of papers doesn't starve the rest.

    Entered as a context, it keeps processes ready that split for each file, which is thus read sooner.

    Args:
        limits: what one file may cost.
        patience: what recognising the letters of one page may cost.
        worker: the script that reads a file; another one only in tests.
        program: where Tesseract is; empty to do without.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        patience: Patience | None = None,
        *,
        worker: Path = _WORKER,
        program: str | None = None,
    ) -> None:
        self._limits, self._patience = limits or Limits(), patience or Patience()
        self._tesseract = (tesseract() if program is None else program) or None
        self._recognising = asyncio.Semaphore(1)
        self._worker = worker
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._nurseries: dict[str, Nursery] = {}

    async def __aenter__(self) -> Self:
        """Have a process ready from the first file of a family on."""
        for family in _FAMILIES:
            self._nurseries |= dict.fromkeys(family, Nursery(self._command(ahead=family)))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes that are ready, with those that they split off."""
        await asyncio.gather(*(nursery.close() for nursery in set(self._nurseries.values())))
        self._nurseries.clear()

    @property
    def reads_pictures(self) -> bool:
        """Whether the letters of scans can be recognised here."""
        return self._tesseract is not None

    async def extract(self, data: bytes) -> Extraction:
        """The text of a file, page by page; what the file is or does never raises. Pictures are left to ``recognise``."""
        async with self._turns:
            kind = await asyncio.to_thread(kind_of, data)
            if kind is Kind.TEXT:
                return await asyncio.to_thread(text_of, data, self._limits)
            if kind in (Kind.HTML, Kind.CSV):
                data = (decoded(data) or "").encode("utf-8", "replace")
            if kind in _READERS:
                read = await self._read(kind, data)
            elif kind is Kind.IMAGE:
                read = Extraction(kind, ("",), problem=Problem.NO_TEXT, pictures=(0,))
            else:
                return Extraction(kind, problem=Problem.ENCRYPTED if is_locked(data) else Problem.UNSUPPORTED)
        awaits = read.problem is Problem.NO_TEXT and self.reads_pictures
        return replace(read, problem=Problem.SCANNED) if awaits else read

    async def recognise(self, data: bytes, place: int) -> str:
        """The letters of a page that is a picture, from 0: slow, at a low priority, never two at once; perhaps none."""
        if self._tesseract is None:
            return ""
        async with self._recognising:
            picture = data if await asyncio.to_thread(kind_of, data) is Kind.IMAGE else await self._drawn(place, data)
            return await recognised(picture, self._tesseract, self._patience) if picture else ""

    async def see(self, data: bytes, first: int, count: int) -> Seen:
        """How some pages of a PDF look, from ``first`` (from 0) on, at a low priority; or a picture, which is one page.

        Whatever the file is or does never raises: what can't be drawn has no look, and other kinds of files have no pages.
        """
        kind = await asyncio.to_thread(kind_of, data)
        if kind not in (Kind.PDF, Kind.IMAGE) or (kind is Kind.IMAGE and first):
            return Seen()
        reader, count = ("seen", count) if kind is Kind.PDF else ("seen_picture", 1)
        answer, _ = await self._answer_of(reader, (b"%d %d\n" % (first, count), data), count * _BYTES_A_LOOK)
        return await asyncio.to_thread(seen_of, answer, count)

    async def unpack(self, data: bytes, numbers: Sequence[int], most: int) -> Unpacked:
        """Some files of an archive, by their numbers in its list (from 1); what they hold is not looked at.

        Args:
            most: bytes of one file; those of all of them are bounded too.
        """
        async with self._turns:
            wanted = json.dumps({"numbers": list(numbers), "most": most, "all": MOST})
            answer, _ = await self._answer_of("unpacked", (wanted.encode() + b"\n", data), 2 * MOST)
            return await asyncio.to_thread(unpacked_of, answer)

    async def _read(self, kind: Kind, data: bytes) -> Extraction:
        answer, problem = await self._answer_of(_READERS[kind], (data,), self._most(data))
        if problem:
            _log.warning("extraction stopped", kind=kind.value, problem=problem.value)
        read = await asyncio.to_thread(said_of, kind, answer, problem)
        lacks = read.mute or (read.problem is Problem.BROKEN and not read.pages)
        return await self._read_again(read, data) if kind is Kind.PDF and lacks else read

    async def _read_again(self, read: Extraction, data: bytes) -> Extraction:
        """A PDF that PDFium refuses, or finds mute, as another library reads it; when it does better."""
        answer, problem = await self._answer_of("pdf_again", (data,), self._most(data))
        again = await asyncio.to_thread(said_of, Kind.PDF, answer, problem)
        return again if any(again.pages) else read

    def _most(self, data: bytes) -> int:
        """Bytes of an honest answer: a character is two escapes of six at most, an attachment four for three of its letter."""
        return self._limits.characters * 12 + self._limits.pages * _BYTES_A_PAGE + 2 * len(data)

    async def _drawn(self, place: int, data: bytes) -> bytes:
        """The picture of a page, drawn by a process of its own."""
        answer, _ = await self._answer_of("scan", (b"%d\n" % place, data), _MOST_PICTURE)
        return await asyncio.to_thread(picture_of, answer)

    async def _answer_of(self, reader: str, sent: Sequence[bytes], most: int) -> tuple[bytes, Problem | None]:
        """What a process of its own, with one reader, says of a file."""
        given = asked(reader, *sent)
        if nursery := self._nurseries.get(reader):
            return await nursery.answer_of(given, most=most, seconds=self._limits.seconds)
        process = await start((sys.executable, *self._command(ahead=())))
        return await answer_of(process, given, most=most, seconds=self._limits.seconds)

    def _command(self, ahead: Sequence[str]) -> tuple[str, ...]:
        return worker_command(self._limits, ahead, self._worker)


def worker_command(limits: Limits, ahead: Sequence[str], worker: Path = _WORKER) -> tuple[str, ...]:
    """The arguments of Python that start a worker; ``ahead`` are the readers that it loads before it splits."""
    bounds = {
        "seconds": math.ceil(limits.seconds),
        "memory": limits.memory,
        "pages": limits.pages,
        "characters": limits.characters,
        "libraries": _places(),
        "ahead": ahead,
    }
    return ("-I", "-S", str(worker), json.dumps(bounds))


@cache
def _places() -> list[str]:
    """The directories of the libraries that a reader imports: the worker looks nowhere else."""
    found = (importlib.util.find_spec(name) for name in _LIBRARIES)
    return sorted({str(Path(spec.origin).parents[1]) for spec in found if spec and spec.origin})
