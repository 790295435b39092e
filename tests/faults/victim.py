"""The bot's own process, in which a death was planned: ``python -m tests.faults.victim run --config FILE``.

It runs ``bot.__main__`` unchanged but for what the environment says:

- ``VICTIM_DEATH=Deliver._settle:before:3``: ``kill -9`` of itself around the third call of that function;
- ``VICTIM_ARMED=FILE``: calls count only once that file is there;
- ``VICTIM_CLOCK=FILE``: the seconds by which the machine's clock is wrong;
- ``VICTIM_LIMIT=FILE``: while it is there, no file can grow over that many bytes, as on a full disk;
- ``VICTIM_LOG=FILE``: where it logs, so that the log too is on the full disk;
- ``VICTIM_BUSY=1``: seconds for which a locked database is waited for, instead of thirty.
"""

import functools
import inspect
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import storage.database
from bot import __main__
from council.clock import SystemClock

T = TypeVar("T")
POINTS = {
    "Transport._ask": "bot.matrix.transport",
    "Client.create_room": "bot.matrix.client",
    "Client.invite": "bot.matrix.client",
    "Client.join": "bot.matrix.client",
    "Client.send": "bot.matrix.client",
    "Client.upload": "bot.matrix.client",
    "Client.fetch": "bot.matrix.client",
    "Keyring.publish": "bot.matrix.keys",
    "Keyring.send_to": "bot.matrix.keys",
    "Machine.receive": "bot.matrix.machine",
    "Store.keep": "bot.matrix.store",
    "Rooms._know": "bot.matrix.rooms",
    "Rooms._room": "bot.matrix.rooms",
    "Rooms.conversation": "bot.matrix.rooms",
    "Receive._keep": "bot.receive",
    "Dispatch._receive_once": "bot.dispatch",
    "Dispatch.tell": "bot.dispatch",
    "Dispatch.welcome": "bot.dispatch",
    "Deliver._send": "bot.deliver",
    "Deliver._settle": "bot.deliver",
    "RollKeeper.take": "bot.rollkeeper",
    "OneTripConnection.commit": "storage.onetrip",
    "Outbox.owe": "storage.outbox",
    "Outbox.sent": "storage.outbox",
    "Inbox.add": "storage.inbox",
    "Files._put": "storage.files",
    "Files._write": "storage.files",
}
"""Where the bot may die: a function, by its module. ``Transport._ask`` and the commits come the most often."""
MOMENTS = ("before", "after", "during")
LOOK = 0.05
"""Seconds between two looks at the file of the disk's limit."""


def die() -> None:
    """As a power cut would: nothing is closed, nothing is said."""
    os.kill(os.getpid(), signal.SIGKILL)


def plan(point: str, moment: str, number: int, armed: Path | None) -> None:
    """Put the death around a function: before its n-th call, after it, or somewhere within."""
    kind, _, name = point.partition(".")
    owner = getattr(import_module(POINTS[point]), kind)
    calls = 0

    def now_is_the_time() -> bool:
        nonlocal calls
        if armed is None or armed.exists():
            calls += 1
        return calls == number

    setattr(owner, name, _around(getattr(owner, name), moment, now_is_the_time))


def _around(function: Callable[..., Any], moment: str, due: Callable[[], bool]) -> Callable[..., Any]:
    def begin() -> bool:
        ours = due()
        if ours and moment == "before":
            die()
        if ours and moment == "during":
            threading.Timer(time.time_ns() % 3_000 / 1e6, die).start()
        return ours

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def later(*arguments: Any, **named: Any) -> Any:
            ours = begin()
            result = await function(*arguments, **named)
            return die() if ours else result

        return later

    @functools.wraps(function)
    def at_once(*arguments: Any, **named: Any) -> Any:
        ours = begin()
        result = function(*arguments, **named)
        return die() if ours else result

    return at_once


def shift_clock(file: Path) -> None:
    """Make the machine's clock wrong by what the file says, at each look."""

    def now(self: SystemClock) -> datetime:
        shift = float(file.read_text() or 0) if file.exists() else 0.0
        return (datetime.now(UTC) + timedelta(seconds=shift)).astimezone(self._zone)

    SystemClock.now = now  # type: ignore[method-assign]  # the victim's clock is the machine's, moved


def limit_disk(file: Path) -> None:
    """Refuse all writes beyond the file's number of bytes, as long as the file is there."""

    def watch() -> None:
        while True:
            room = int(file.read_text() or 0) if file.exists() else resource.RLIM_INFINITY
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
            time.sleep(LOOK)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    """Do what the environment says, then be the bot."""
    told = os.environ
    if log := told.get("VICTIM_LOG"):
        kept = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(kept, 1)
        os.dup2(kept, 2)
    if death := told.get("VICTIM_DEATH"):
        point, moment, number = death.split(":")
        plan(point, moment, int(number), Path(told["VICTIM_ARMED"]) if "VICTIM_ARMED" in told else None)
    if clock := told.get("VICTIM_CLOCK"):
        shift_clock(Path(clock))
    if limit := told.get("VICTIM_LIMIT"):
        limit_disk(Path(limit))
    if busy := told.get("VICTIM_BUSY"):
        storage.database.BUSY_SECONDS = int(busy)
    sys.argv[0] = "appariteur"
    __main__.main()


if __name__ == "__main__":
    main()
