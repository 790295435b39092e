"""The house rules: floors, sizes, no shortcut. Each failure names every offender."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).parents[1]
FLOORS = ("council", "storage", "commands", "bot")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
DATA: dict[str, str] = {
    "storage/migrations/versions/0001_the_town_s_first_tables.py": "a list of tables, made by Alembic",
}
"""Files whose length is that of their data, with the reason."""
FORBIDDEN = {
    r"\bprint\(": "speak by the logger or the terminal",
    r"unittest\.mock|\bmock\.|monkeypatch\.setattr": "fakes at the edge only",
    r"datetime\.(?:utcnow|today)\(|datetime\.now\(\)": "a moment has its zone",
    r"#\s*type: ignore(?!\[)": "an exception says which",
    r"(?i)\b(?:TODO|FIXME|XXX)\b": "an issue, not a comment",
}


@cache
def _files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with the lines of its signature and body, its docstring apart."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            first = node.body[0]
            documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            skipped = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
            yield f"{_name(path)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1 - skipped


def test_floors_import_only_what_is_below() -> None:
    """The contracts of pyproject.toml."""
    assert cli.lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0


def test_files_are_short() -> None:
    """One file is one thing."""
    long = [f"{_name(path)} {size}" for path in _files(*FLOORS) if (size := _lines(path)) > LONGEST_FILE]
    assert [each for each in long if each.split()[0] not in DATA] == []


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_functions_are_short() -> None:
    """One function fits a screen."""
    long = [f"{name} {size}" for path in _files(*FLOORS) for name, size in _functions(path) if size > LONGEST_FUNCTION]
    assert [each for each in long if each.split(":")[0] not in DATA] == []


@pytest.mark.parametrize(("pattern", "reason"), FORBIDDEN.items())
def test_nothing_forbidden_is_written(pattern: str, reason: str) -> None:
    """Shortcuts that a later reader would pay for."""
    found = [
        f"{_name(path)}:{number} {line.strip()}"
        for path in _files(*FLOORS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    ]
    assert found == [], reason


def test_the_matrix_library_is_hidden() -> None:
    """It is imported in one folder: another library could take its place."""
    outside = [
        _name(path)
        for path in _files(*FLOORS)
        if "bot/matrix/" not in _name(path)
        and any(name.split(".")[0] == "nio" for name in _imported(path.read_text(encoding="utf-8")))
    ]
    assert outside == []


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_every_command_is_one_file() -> None:
    """``ls commands`` is the table of contents: a public file declares a command or answers a happening."""
    silent = [
        _name(path)
        for path in _files("commands")
        if not path.name.startswith("_")
        and not re.search(r"^@command\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert silent == []


def test_no_place_nor_tool_of_a_workplace_is_named() -> None:
    """The project reads the same anywhere."""
    text = "|".join(("/" + "work" + "/", "/" + "tmp" + "/"))
    named = [_name(path) for path in _files(*FLOORS) if re.search(text, path.read_text(encoding="utf-8"))]
    assert named == []
