"""The process that opens one file: it closes every door behind itself, reads stdin, writes lines of JSON, and ends.

It is run as a script by ``extractor.py`` and imports nothing of ours but the one reader it needs, to start fast. Its
stdin is a line that names the reader and the bytes that follow, then the file: read into one place of its size. It writes what the reader says (see ``readers``), then one object
with ``end``. Written as they come, the pages already read are kept whatever happens to the process afterwards.
"""

import contextlib
import ctypes
import encodings
import gc
import importlib
import json
import os
import pkgutil
import resource
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_PR_SET_NO_NEW_PRIVS = 38
_ALONE = 0x10000000 | 0x40000000 | 0x08000000  # CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
# Rights handled, thus refused as no rule gives any: files, TCP, then abstract sockets and signals.
_LANDLOCK_NEWEST = (0xFFFF, 0x3, 0x3)
_LANDLOCK_OLDEST = (0x1FFF,)
_READING = 0b1101  # execute, read a file, list a directory: what a program of the system needs to start
_FEW_FILES = 64
_BEHIND = 5  # answers to people come first


def confine(seconds: int, memory: int, *, for_a_program: bool = False) -> None:
    """Give up all that reading a file doesn't need: files, network, processes, then memory and time beyond a bound.

    The kernel may refuse the namespaces and Landlock (old, or configured so): the limits alone hold then.

    Args:
        seconds: of processor.
        memory: bytes of addresses.
        for_a_program: whether this process is about to become a program, which has its own files to read.
    """
    enclose(for_a_program=for_a_program)
    bound(seconds, memory, files=_FEW_FILES if for_a_program else 0)


def enclose(*, for_a_program: bool = False) -> None:
    """Give up the network, other processes' messages and files, for this process and those that it splits off."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.unshare(_ALONE)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for files, *others in (_LANDLOCK_NEWEST, _LANDLOCK_OLDEST):
        rights = (files & ~_READING if for_a_program else files, *others)
        attributes = (ctypes.c_uint64 * len(rights))(*rights)
        ruleset = libc.syscall(_LANDLOCK_CREATE, attributes, ctypes.sizeof(attributes), 0)
        if ruleset >= 0:
            libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0)
            os.close(ruleset)
            break


def bound(seconds: int, memory: int, *, files: int = 0) -> None:
    """Bound the processor's time, the memory and the files of this process."""
    # The soft limit of time ends the process by SIGXCPU, which says why; the hard one by SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for limit, bound in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, files),
    ):
        resource.setrlimit(limit, (bound, bound))


def bounded(said: Iterator[Any], pages: int, characters: int) -> Iterator[Any]:
    """What a reader says, up to as many pages and characters, then how it ended."""
    for line in said:
        if isinstance(line, str):
            if pages == 0:
                yield {"end": "too_big"}
                return
            yield line[:characters]
            pages, characters = pages - 1, characters - len(line)
            if characters <= 0:
                yield {"end": "too_big"}
                return
        else:
            yield line
    yield {"end": "done"}


def ended(said: Iterator[Any]) -> Iterator[Any]:
    """The same, ended as a person can be told when the reader gives up."""
    try:
        yield from said
    except MemoryError:
        yield {"end": "too_big"}
    except Exception as error:
        yield {"end": getattr(error, "end", "broken")}


def load_encodings() -> None:
    """Past the confinement no module can be read, and an encoding that was missed once is never found again."""
    for each in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(ImportError):  # those of another system
            importlib.import_module(f"encodings.{each.name}")


def reader(name: str) -> Callable[[bytes, int], Iterator[Any]]:
    """The function that reads one family of formats, with all that it will need loaded."""
    lines: Callable[[bytes, int], Iterator[Any]] = importlib.import_module(f"readers.{name}").lines
    return lines


def main() -> None:
    """Take the limits from the only argument, then read the one file of stdin, or split for each that comes."""
    os.nice(_BEHIND)
    limits = json.loads(sys.argv[1])
    sys.path += [str(Path(__file__).parent), *limits["libraries"]]
    load_encodings()
    if limits["ahead"]:
        for name in limits["ahead"]:
            reader(name)
            getattr(sys.modules[f"readers.{name}"], "warm", lambda: None)()
        control = socket.socket(fileno=0)
        serve = importlib.import_module("split").serve
        enclose()
        gc.freeze()  # what is loaded stays shared with the processes split off
        serve(control, lambda: work(limits, confined=True))
    else:
        work(limits, confined=False)


def work(limits: dict[str, Any], *, confined: bool) -> None:
    """Read one file, named and given on stdin, and end; ``confined`` when only the bounds are still to be set."""
    name, size = sys.stdin.buffer.readline().decode("ascii").split()
    lines = reader(name)
    if not confined:
        enclose()
    bound(limits["seconds"], limits["memory"])
    said = lines(sys.stdin.buffer.read(int(size)), limits["characters"])
    for line in ended(bounded(said, limits["pages"], limits["characters"])):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    # Nothing is left to close in order: leaving at once spares a crash in the library's own farewells.
    os._exit(0)


if __name__ == "__main__":
    main()
