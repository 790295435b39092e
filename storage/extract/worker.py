"""The process that opens one PDF: it closes every door behind itself, reads stdin, writes lines of JSON, and ends.

It is run as a script by ``extractor.py`` and imports nothing of ours, to start fast. Lines, in order: one object with
``pages`` (a count) and ``title`` (the metadata's), then each page's text as a string, then one object with ``end``.
Written as they come, the pages already read are kept whatever happens to the process afterwards.
"""

import contextlib
import ctypes
import encodings.utf_16_le  # noqa: F401 - PDFium speaks it; past confine() no module can be read
import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2

_PR_SET_NO_NEW_PRIVS = 38
_ALONE = 0x10000000 | 0x40000000 | 0x08000000  # CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
# Rights handled, thus refused as no rule gives any: files, TCP, then abstract sockets and signals.
_LANDLOCK_NEWEST = (0xFFFF, 0x3, 0x3)
_LANDLOCK_OLDEST = (0x1FFF,)
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def confine(seconds: int, memory: int) -> None:
    """Give up all that reading a PDF doesn't need: files, network, processes, then memory and time beyond a bound.

    The kernel may refuse the namespaces and Landlock (old, or configured so): the limits alone hold then.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.unshare(_ALONE)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for rights in (_LANDLOCK_NEWEST, _LANDLOCK_OLDEST):
        attributes = (ctypes.c_uint64 * len(rights))(*rights)
        ruleset = libc.syscall(_LANDLOCK_CREATE, attributes, ctypes.sizeof(attributes), 0)
        if ruleset >= 0:
            libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0)
            os.close(ruleset)
            break
    # The soft limit of time ends the process by SIGXCPU, which says why; the hard one by SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for limit, bound in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(limit, (bound, bound))


def lines(data: bytes, most_pages: int, most_characters: int) -> Iterator[Any]:
    """What is said of a PDF, line by line; forms are never initialised, so that no script of it is run."""
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        yield {"end": "encrypted" if getattr(error, "err_code", None) == _PASSWORD else "broken"}
        return
    yield {"pages": count, "title": _title(document)}
    left = most_characters
    for number in range(min(count, most_pages)):
        text = _page(document, number, left)
        left -= len(text)
        yield text
        if left <= 0:
            break
    yield {"end": "too_big" if count > most_pages or left <= 0 else "done"}


def _title(document: Any) -> str:
    try:
        return str(document.get_metadata_value("Title"))[:1000]
    except pypdfium2.PdfiumError:
        return ""


def _page(document: Any, number: int, most: int) -> str:
    """The text of a page, empty when the page can't be read: the others may be."""
    with contextlib.suppress(pypdfium2.PdfiumError):
        page = document[number]
        try:
            text_page = page.get_textpage()
            return str(text_page.get_text_range(0, min(text_page.count_chars(), most)))
        finally:
            page.close()
    return ""


def main() -> None:
    """Read the limits from the only argument and the PDF from stdin, then answer on stdout."""
    limits = json.loads(sys.argv[1])
    confine(limits["seconds"], limits["memory"])
    out = sys.stdout
    try:
        for line in lines(sys.stdin.buffer.read(), limits["pages"], limits["characters"]):
            out.write(json.dumps(line) + "\n")
            out.flush()
    except MemoryError:
        out.write('\n{"end": "too_big"}\n')
        out.flush()
    # Nothing is left to close in order: leaving at once spares a crash in the library's own farewells.
    os._exit(0)


if __name__ == "__main__":
    main()
