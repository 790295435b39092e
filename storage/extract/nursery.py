"""A process that is ready to read, and splits off one process a file: a file then costs a few milliseconds to begin.

It never reads a file itself, holds no secret, and is as confined as those that do. Each file has a socket of its own:
the paper goes in, the answer comes out; closing it kills the process of that file.
"""

import asyncio
import contextlib
import socket
import sys
from collections.abc import Sequence

from storage.extract.extraction import Problem
from storage.extract.process import death, has_ended, listen

_CODE = b'{"code": '
# A process that reads one file and ends gives no memory back, and asks for it by large pieces: fewer pages to fault in.
_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=4194304"
    ":glibc.malloc.trim_threshold=268435456:glibc.malloc.mmap_threshold=33554432"
}


class Nursery:
    """The process that splits, started again should it die.

    Args:
        command: the arguments of Python that start it.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: asyncio.subprocess.Process | None = None
        self._control: socket.socket | None = None
        self._starting = asyncio.Lock()

    async def answer_of(self, sent: Sequence[bytes], *, most: int, seconds: float) -> tuple[bytes, Problem | None]:
        """What a new process answers, and why it ended badly when it did; arguments are as ``process.answer_of``."""
        reader, writer = await self._split()
        answer = bytearray()
        try:
            async with asyncio.timeout(seconds):
                await asyncio.gather(_feed(writer, sent), listen(reader, answer, most, writer.close))
        except TimeoutError:
            return bytes(answer), Problem.TOO_LONG
        finally:
            writer.close()
        if has_ended(answer):  # what is left of the process is not waited for: a closed socket ends it
            return bytes(answer), None
        said, found, code = bytes(answer).rpartition(_CODE)
        ended = int(code.rstrip(b"}\n")) if found and code.rstrip(b"}\n").lstrip(b"-").isdigit() else 1
        return said if found else bytes(answer), death(ended)

    async def close(self) -> None:
        """End it, with all that it split off."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            await self._process.wait()
            self._process = None

    async def _split(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The two ends of a new process's socket, from our side."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            async with self._starting:
                if self._process is None or self._process.returncode is not None:
                    await self._start()
                try:
                    self._give(theirs)
                except OSError:
                    await self._start()
                    self._give(theirs)
        return await asyncio.open_connection(sock=ours)

    def _give(self, theirs: socket.socket) -> None:
        if self._control is None:
            raise BrokenPipeError
        socket.send_fds(self._control, [b"."], [theirs.fileno()])

    async def _start(self) -> None:
        await self.close()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self._command,
                stdin=theirs.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                cwd="/",
                env=_MEMORY,
                start_new_session=True,
            )


async def _feed(writer: asyncio.StreamWriter, sent: Sequence[bytes]) -> None:
    with contextlib.suppress(OSError):
        writer.writelines(sent)
        await writer.drain()
        writer.write_eof()
