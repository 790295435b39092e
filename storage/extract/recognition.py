"""Letters in pictures, by Tesseract when the system has it with French: slow, thus apart, and one page at a time."""

import base64
import json
import math
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog

from storage.extract.process import answer_of, start
from storage.extract.text import legible, says_something

_RUN_TOOL = Path(__file__).with_name("run_tool.py")
_MOST_TEXT = 400_000
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Patience:
    """What recognising one page may cost: seconds, bytes of memory."""

    page: float = 60
    memory: int = 1536 * 1024 * 1024


@cache
def tesseract() -> str | None:
    """Where the program is, when the system has it and it knows French; else ``None``."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        told = subprocess.run(  # noqa: S603 - the program itself, with words of ours
            (program, "--list-langs"), capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if "fra" in told.stdout.split() else None


async def recognised(picture: bytes, program: str, patience: Patience) -> str:
    """The text in a picture; nothing when it holds none, says nothing, or can't be read within its time."""
    limits = (str(math.ceil(patience.page)), str(patience.memory))
    tool = (program, "stdin", "stdout", "-l", "fra", "--psm", "3")
    process = await start((sys.executable, "-I", "-S", str(_RUN_TOOL), *limits, *tool), {"OMP_THREAD_LIMIT": "1"})
    answer, problem = await answer_of(process, (picture,), most=_MOST_TEXT, seconds=patience.page)
    if problem:
        _log.info("picture not recognised", problem=problem.value, code=process.returncode)
        return ""
    text = legible(answer.decode("utf-8", "replace"))
    return text if says_something(text) else ""


def picture_of(answer: bytes) -> bytes:
    """The picture in what the worker said of a page; empty when there is none."""
    try:
        return base64.b64decode(json.loads(answer.split(b"\n", 1)[0])["image"], validate=True)
    except (ValueError, KeyError, TypeError):
        return b""
