"""Every example of every command is true: run in the small town, its answer compared whole with the one shown."""

import re
import shutil
from pathlib import Path

import pytest

from bot.town import Town, open_town
from commands import Role, registry
from tests.commands.conftest import prepared
from tests.storage.makers import zipped

__all__ = ["prepared"]
EXAMPLES = [
    pytest.param(command.word, line, answer, id=line)
    for command in registry().commands
    for line, answer in command.examples.items()
]
REFUSED = (
    "Je n'ai pas compris",
    "Il manque",
    "réservée",
    "Je ne lis",
    "Je ne trouve",
    "Je ne connais",
    "n'est pas une",
)


async def _ready(town: Town, word: str) -> tuple[str, str]:
    """What an example needs to have happened, who says it and where."""
    if word == "déposer":
        await town.drops("vidal", b"Plan", "plan.txt", caption="Plan")
        return "vidal", ""
    if word == "extraire":
        await town.drops(
            "vidal", zipped({"hydra.txt": "Devis Hydra", "aqua.txt": "Devis Aqua"}), "devis.zip", room="EAU"
        )
    if word == "rétablir":
        await town.says("roux", "!retirer EAU-2026-001", room="EAU")
        await town.says("roux", "oui", room="EAU")
    if word == "répondre":
        await town.says("vidal", "!question point 1 Le devis comprend-il la clôture ?", room="EAU")
    if word in ("pouvoir", "quorum"):
        await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
        return "arnaud", "CM"
    if Role.ADMIN in next(each.who for each in registry().commands if each.word == word):
        return "martin", ""
    return "roux", "EAU"


@pytest.mark.parametrize(("word", "line", "answer"), EXAMPLES)
async def test_an_example_is_true(prepared: Path, tmp_path: Path, word: str, line: str, answer: str) -> None:
    """The answer shown is the answer given; one that isn't shown is at least understood."""
    shutil.copytree(prepared, tmp_path / "town")
    async with open_town(tmp_path / "town", settled=True) as town:
        who, room = await _ready(town, word)
        town.sent.clear()
        heard = await town.says(who, line, room=room)
    assert heard
    assert not heard.startswith(REFUSED)
    if answer:
        assert answer in [message["markdown"] for message in town.sent]


LOST = ("Je n'ai pas compris", "Il manque", "La commande", "Je ne lis", "Je ne connais")


def _told(guide: str, shape: str) -> list[str]:
    """What a guide gives to type."""
    return re.findall(shape, (Path(__file__).parents[1] / "docs" / guide).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("said", _told("guide-conseiller.md", r"^- \*\*(.+?)\*\*"))
async def test_the_councillors_guide_is_true(prepared: Path, tmp_path: Path, said: str) -> None:
    """Each sentence that it proposes is understood in private."""
    shutil.copytree(prepared, tmp_path / "town")
    async with open_town(tmp_path / "town", settled=True) as town:
        assert not (await town.says("vidal", said) or LOST[0]).startswith(LOST)


@pytest.mark.parametrize("line", _told("guide-presidence.md", r"`(!.+?)`"))
async def test_the_chairs_guide_is_true(prepared: Path, tmp_path: Path, line: str) -> None:
    """Each command that it shows is understood in the commission's room."""
    shutil.copytree(prepared, tmp_path / "town")
    async with open_town(tmp_path / "town", settled=True) as town:
        assert not (await town.says("roux", line, room="EAU") or LOST[0]).startswith(LOST)


def test_every_command_has_an_example() -> None:
    """It is its help."""
    assert [command.word for command in registry().commands if not command.examples] == []
