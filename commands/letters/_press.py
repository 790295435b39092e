"""Makes a PDF of a template and of plain data, in a process apart that has a limit of time."""

import json
import sys
from pathlib import Path
from typing import Any

from storage.extract.process import answer_of, start

SECONDS = 30.0
"""Wall-clock time for one document: a hundred letters of forty points take two on a machine that is busy."""
MOST = 50_000_000
"""Bytes of a document."""
_TYPESETTER = Path(__file__).with_name("_typesetter.py")


class Unmade(Exception):
    """Raised when a document could not be set this time: the process broke, or took too long."""


async def pdf(template: str, data: dict[str, Any]) -> bytes:
    """Set a document.

    Args:
        template: the name of a ``.typ`` file of this folder.
        data: what it shows, as JSON can hold it.

    Raises:
        Unmade: it may work later.
    """
    process = await start([sys.executable, "-I", str(_TYPESETTER)])
    asked = json.dumps({"template": template, "data": data}).encode()
    answer, problem = await answer_of(process, [asked], most=MOST, seconds=SECONDS)
    if problem is not None:
        raise Unmade(f"document non composé ({problem.value})")
    return answer
