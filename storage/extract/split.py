"""The other side of ``nursery.py``: waits, splits off one process a file, and ends those that nobody listens to.

It is run within the worker's process, and imports nothing of ours.
"""

import contextlib
import os
import select
import signal
import socket
from collections.abc import Callable

_READY, _ENDED = select.POLLIN, 0


def serve(control: socket.socket, work: Callable[[], None]) -> None:
    """Split for each socket received, until the one that gives them closes; ``work`` never returns."""
    bell, ringing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(ringing, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    children: dict[int, int] = {}
    poll = select.poll()
    poll.register(control, _READY)
    poll.register(bell, _READY)
    while True:
        for place, _ in poll.poll():
            if place == bell:
                os.read(bell, 4096)
                for ended in _reaped(children):
                    poll.unregister(ended)
                    os.close(ended)
            elif place == control.fileno():
                asked, places, *_ = socket.recv_fds(control, 1, 1)
                if not asked:
                    _kill(list(children))
                    return
                child = _split(places[0], [bell, ringing, *children.values()], work)
                children[child] = places[0]
                poll.register(places[0], _ENDED)
            else:
                _kill([child for child, own in children.items() if own == place])


def _split(place: int, others: list[int], work: Callable[[], None]) -> int:
    """The number of a new process, whose input and output are its socket, and which has no other."""
    child = os.fork()
    if child:
        return child
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(place, 0)
        os.dup2(place, 1)
        for other in (place, *others):
            os.close(other)
        work()
    finally:
        os._exit(1)


def _reaped(children: dict[int, int]) -> list[int]:
    """The sockets of the processes that ended, once their end is said on it."""
    ended: list[int] = []
    with contextlib.suppress(ChildProcessError):
        while True:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                break
            place = children.pop(child, None)
            if place is None:
                continue
            _kill_group(child)
            code = os.waitstatus_to_exitcode(status)
            with contextlib.suppress(OSError):
                socket.socket(fileno=os.dup(place)).sendall(b'{"code": %d}\n' % code, socket.MSG_DONTWAIT)
            ended.append(place)
    return ended


def _kill(children: list[int]) -> None:
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _kill_group(child)


def _kill_group(child: int) -> None:
    """Kill what a process may have started; its group outlives it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
