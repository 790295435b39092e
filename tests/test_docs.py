"""The documentation is generated or tested: none of it may be stale."""

from pathlib import Path

import pytest
import typer
from pydantic import BaseModel

from bot.__main__ import app
from bot.settings import Settings
from commands import registry
from commands._page import page
from council.french import fold

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
LONGEST_LINE = 66
"""Characters of a help line on a phone, twice over: beyond, it takes three lines."""


def _keys(model: type[BaseModel]) -> list[str]:
    """The keys of a table of the configuration, those of its own tables included."""
    keys: list[str] = []
    for name, field in model.model_fields.items():
        keys.append(name)
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            keys += _keys(inner)
    return keys


def _text(path: Path) -> str:
    if not path.exists():
        pytest.skip(f"{path.name} is not written yet")
    return path.read_text(encoding="utf-8")


def test_the_page_of_commands_is_fresh() -> None:
    """Otherwise: python -m commands._page > docs/commandes.md."""
    assert (DOCS / "commandes.md").read_text(encoding="utf-8") == page()


def test_every_setting_is_explained() -> None:
    """In the page of the person who runs the bot."""
    text = _text(DOCS / "exploitation.md")
    assert [key for key in _keys(Settings) if key not in text] == []


def test_every_subcommand_is_in_the_readme() -> None:
    """What can be typed is told where one begins."""
    text = _text(ROOT / "README.md")
    group = typer.main.get_command(app)
    names = sorted(set(getattr(group, "commands", {})) - {"version"})  # told by the changelog, not a task
    assert names
    assert [name for name in names if f"appariteur {name}" not in text and f"make {name}" not in text] == []


@pytest.mark.parametrize("name", ["guide-conseiller.md", "guide-presidence.md"])
def test_the_guides_only_name_commands_that_exist(name: str) -> None:
    """A word after "!" in a guide is a command's."""
    words = [piece.split("`")[0].split()[0] for piece in _text(DOCS / name).split("`!")[1:]]
    assert [word for word in words if fold(word) not in registry().by_word] == []


def test_every_command_explains_itself() -> None:
    """A summary that fits a phone's line, a sentence of details that ends."""
    for command in registry().commands:
        assert len(command.summary) <= LONGEST_LINE, command.word
        assert not command.summary.endswith(".")
        assert command.details.endswith((".", "»")), command.word
