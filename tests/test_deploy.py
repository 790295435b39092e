"""What is put on a town's machine: the service as systemd reads it, the image without what it doesn't need."""

import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SERVICE = ROOT / "deploy" / "appariteur.service"


def test_readers_can_close_themselves_under_the_service() -> None:
    """Seen under Debian 12: « @sandbox » is a group that its systemd ignores, and Landlock was then refused."""
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(SERVICE)
    allowed = unit["Service"]["SystemCallFilter"].split()
    assert {"landlock_create_ruleset", "landlock_restrict_self", "@system-service"} <= set(allowed)
    assert [each for each in allowed if each.startswith("@")] == ["@system-service"]
    assert "RestrictNamespaces" not in unit["Service"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_service(tmp_path: Path) -> None:
    """Nothing is unknown to it; the program itself isn't there."""
    unit = tmp_path / SERVICE.name
    shutil.copy(SERVICE, unit)
    command = ("systemd-analyze", "verify", "--man=no", str(unit))
    said = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stderr
    assert [line for line in said.splitlines() if "is not executable" not in line] == []
