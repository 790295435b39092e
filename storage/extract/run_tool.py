"""Becomes a program of the system, confined: it may read files, as programs must, but write none nor reach anything.

It is run as a script by ``recognition.py``, with the same bounds as ``worker.py``. Arguments: seconds of processor,
bytes of memory, then the program and its own.
"""

import importlib
import os
import sys
from pathlib import Path


def main() -> None:
    """Confine this process and become the program."""
    sys.path.append(str(Path(__file__).parent))
    worker = importlib.import_module("worker")
    seconds, memory, *command = sys.argv[1:]
    os.nice(10)
    worker.confine(int(seconds), int(memory), for_a_program=True)
    os.execv(command[0], command)  # noqa: S606 - no shell


if __name__ == "__main__":
    main()
