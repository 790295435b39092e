"""The page of the law is true: each function and each test that it names exists."""

import pkgutil
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "loi.md").read_text(encoding="utf-8")


def _exists(name: str) -> bool:
    """Whether a dotted name leads to something."""
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_each_function_it_names_exists() -> None:
    """Floor, module, function."""
    named = re.findall(r"`((?:council|commands)\.[\w.]+)`", PAGE)
    assert named
    assert [name for name in named if not _exists(name)] == []


def test_each_test_it_names_exists() -> None:
    """By its name, anywhere in the tests."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", PAGE)
    assert named
    assert [name for name in named if f"def {name}(" not in sources] == []


def test_the_twenty_five_causes_are_all_answered() -> None:
    """Each by its guard, or by why there is none yet."""
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)] == list(range(1, 26))
