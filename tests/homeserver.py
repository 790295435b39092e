"""One real Synapse for the whole run, whatever the number of workers: the first starts it, the last ends it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.demo import homeserver
from bot.demo.homeserver import Running


@contextmanager
def shared_homeserver(directory: Path) -> Iterator[Running]:
    """The Synapse of this run; ``directory`` is common to all its workers."""
    with _record(directory) as record:
        if not record.get("workers"):
            record["server"] = asdict(homeserver.start(directory / "synapse"))
        record["workers"] = int(record.get("workers", 0)) + 1
        running = Running(**record["server"])
    try:
        yield running
    finally:
        with _record(directory) as record:
            record["workers"] -= 1
            if not record["workers"]:
                homeserver.stop(running)


def common_directory(base: Path) -> Path:
    """Where all workers of a run meet: above a worker's own temporary directory, or that of the only process."""
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def _record(directory: Path) -> Iterator[dict[str, Any]]:
    """What the workers know of the server, one of them at a time."""
    path = directory / "homeserver.json"
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        record = json.loads(file.read() or "{}")
        yield record
        file.seek(0)
        file.truncate()
        file.write(json.dumps(record))
