"""Logs that can't be written stop nothing."""

import subprocess
import sys
from pathlib import Path

WRITES = """
import resource, structlog
from bot import logs
logs.configure()
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
for _ in range(100):
    structlog.get_logger("test").warning("full", text="x" * 10_000)
print("went on")
"""


def test_a_full_disk_under_the_log_stops_nothing(tmp_path: Path) -> None:
    """Whoever logs goes on."""
    with (tmp_path / "log").open("wb") as log:
        command = [sys.executable, "-c", WRITES]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=log, check=False, timeout=60)
    assert done.stdout == b"went on\n"


def test_a_full_disk_under_the_last_word_keeps_the_exit_code(tmp_path: Path) -> None:
    """The one line that says why can't be written; the service manager still learns that it was a fault to mend."""
    run = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, -1)); from bot.__main__ import main; main()"
    with (tmp_path / "log").open("wb") as log:
        command = [sys.executable, "-c", run, "check", "--config", str(tmp_path / "nothing.toml")]
        done = subprocess.run(command, stdout=log, stderr=log, check=False, timeout=60)
    assert done.returncode == 2
