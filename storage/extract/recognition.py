"""Letters in pictures, by Tesseract when the system has it with French: slow, thus apart, and one page at a time."""

import base64
import json
import math
import shutil
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from storage.extract.process import answer_of, start

_RUN_TOOL = Path(__file__).with_name("run_tool.py")
_MOST_TEXT = 400_000
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Patience:
    """What recognising may cost: seconds for one page, seconds for a whole file, bytes of memory."""

    page: float = 60
    file: float = 1800
    memory: int = 1536 * 1024 * 1024


def tesseract() -> str | None:
    """Where the program is; ``None`` when the system hasn't it."""
    return shutil.which("tesseract")


async def recognised(picture: bytes, program: str, patience: Patience) -> str:
    """The text in a picture; nothing when it holds none, or can't be read within its time."""
    limits = (str(math.ceil(patience.page)), str(patience.memory))
    tool = (program, "stdin", "stdout", "-l", "fra", "--psm", "3")
    process = await start((sys.executable, "-I", "-S", str(_RUN_TOOL), *limits, *tool), {"OMP_THREAD_LIMIT": "1"})
    answer, problem = await answer_of(process, (picture,), most=_MOST_TEXT, seconds=patience.page)
    if problem:
        _log.info("picture not recognised", problem=problem.value, code=process.returncode)
        return ""
    return answer.decode("utf-8", "replace")


async def pages_recognised(
    pages: Sequence[int], draw: Callable[[int], Awaitable[bytes]], program: str, patience: Patience
) -> AsyncIterator[tuple[int, str]]:
    """The text of each page asked for, as it comes, until the file's time is up.

    Args:
        pages: their places, from 0.
        draw: gives a page's picture, empty when it can't be drawn.
        program: where Tesseract is.
        patience: how long it may all take.
    """
    until = time.monotonic() + patience.file
    for place in pages:
        if time.monotonic() > until:
            return
        picture = await draw(place)
        yield place, await recognised(picture, program, patience) if picture else ""


def picture_of(answer: bytes) -> bytes:
    """The picture in what the worker said of a page; empty when there is none."""
    try:
        return base64.b64decode(json.loads(answer.split(b"\n", 1)[0])["image"], validate=True)
    except (ValueError, KeyError, TypeError):
        return b""
