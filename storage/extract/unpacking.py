"""Files taken out of an archive by the confined process: their bytes and their names, neither of them trusted."""

import base64
import binascii
import json
from dataclasses import dataclass

from storage.extract.extraction import ENDS, Attachment, Problem
from storage.extract.names import safe_name

MOST = 200_000_000
"""Bytes of all that is unpacked of an archive at once."""


@dataclass(frozen=True)
class Unpacked:
    """What came out of an archive.

    Args:
        files: in the archive's order; one without any byte is left out.
        refused: the names of those that stay in it, and why.
    """

    files: tuple[Attachment, ...] = ()
    refused: tuple[tuple[str, Problem], ...] = ()


def unpacked_of(answer: bytes) -> Unpacked:
    """What the worker's whole lines say; those that make no sense are skipped."""
    files: list[Attachment] = []
    refused: list[tuple[str, Problem]] = []
    for line in answer.split(b"\n")[:-1]:
        try:
            said = json.loads(line)
            name = safe_name(str(said["attachment"]))
            if "refused" in said:
                refused.append((name, ENDS.get(str(said["refused"])) or Problem.BROKEN))
            else:
                files.append(Attachment(name, base64.b64decode(str(said["data"]), validate=True)))
        except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
            continue
    return Unpacked(tuple(files), tuple(refused))
