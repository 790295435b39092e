"""Processes that can be lost: started with nothing of ours, listened to within bounds, and always ended."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from storage.extract.extraction import Problem

_READ = 64 * 1024
_END = b'{"end": '


async def start(command: Sequence[str], environment: Mapping[str, str] | None = None) -> asyncio.subprocess.Process:
    """A process with an empty environment, unless given, no directory of ours and nothing but its two pipes."""
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd="/",
        env=dict(environment or {}),
        start_new_session=True,
    )


async def answer_of(
    process: asyncio.subprocess.Process, sent: Sequence[bytes], *, most: int, seconds: float
) -> tuple[bytes, Problem | None]:
    """What a process answers, and why it ended badly when it did; nothing of it is left afterwards.

    Args:
        process: just started, or waiting.
        sent: what it is given on its input, which it may die before reading whole.
        most: bytes of an honest answer; beyond, the process is killed.
        seconds: wall-clock time that it may take.
    """
    answer, problem = bytearray(), None
    stdout = cast(asyncio.StreamReader, process.stdout)
    try:
        async with asyncio.timeout(seconds):
            await asyncio.gather(_feed(process, sent), listen(stdout, answer, most, lambda: _kill(process)))
            code = await process.wait()
            problem = death(code)
    except TimeoutError:
        problem = Problem.TOO_LONG
    finally:
        await end(process)
    return bytes(answer), problem


def asked(reader: str, *sent: bytes) -> tuple[bytes, ...]:
    """What a worker is given: the reader that it is to call, how many bytes follow, and they."""
    return (b"%s %d\n" % (reader.encode("ascii"), sum(map(len, sent))), *sent)


async def end(process: asyncio.subprocess.Process) -> None:
    """Leave nothing of a process, and return once it's gone."""
    _kill(process)
    # asyncio knows a process as ended once its pipes are: what they still hold is thrown away.
    await cast(asyncio.StreamReader, process.stdout).read()
    await process.wait()


async def _feed(process: asyncio.subprocess.Process, sent: Sequence[bytes]) -> None:
    stdin = cast(asyncio.StreamWriter, process.stdin)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stdin.writelines(sent)
        await stdin.drain()
    stdin.close()


async def listen(said: asyncio.StreamReader, answer: bytearray, most: int, kill: Callable[[], None]) -> None:
    """Fill the answer until the process says that it has ended, or has; or until it says more than an honest one could."""
    with contextlib.suppress(ConnectionResetError):
        while not has_ended(answer) and (piece := await said.read(_READ)):
            if len(answer) <= most:
                answer += piece
            else:
                kill()


def has_ended(answer: bytes | bytearray) -> bool:
    """Whether a worker's last line says that nothing follows."""
    return answer.endswith(b"}\n") and answer.startswith(_END, answer.rfind(b"\n", 0, -1) + 1)


def _kill(process: asyncio.subprocess.Process) -> None:
    """Kill a process and whatever it started: it leads its own session, thus its own group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def death(code: int) -> Problem | None:
    """Why a process ended so; nothing when it ended well. A negative code is the signal that ended it."""
    if code == 0:
        return None
    return Problem.TOO_LONG if code == -signal.SIGXCPU else Problem.BROKEN
