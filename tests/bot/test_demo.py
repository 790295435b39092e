"""The demonstration is what a newcomer sees first: it plays to its end, and leaves nothing behind."""

import asyncio
import os
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot.demo import homeserver
from bot.demo.papers import VARIABLE, make_pdf, papers_given, town_papers
from bot.demo.scenes import SCENES
from bot.demo.show import show
from bot.demo.stage import Reader, Stage, StepFailed
from bot.demo.town import BODIES, PEOPLE, Roll
from bot.roll import read_roll
from council.roles import BodyKind, Function
from storage.bodies import BodyEntry
from storage.extract import Extractor


def demo_command(*more: str) -> tuple[str, ...]:
    """The demonstration as a process of its own."""
    return (sys.executable, "-m", "bot", "demo", *more)


def processes_about(folder: Path) -> list[str]:
    """The numbers of the processes whose command names this folder."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it may end while we look
            if str(folder).encode() in command.read_bytes():
                found.append(command.parent.name)
    return found


@pytest.mark.matrix
async def test_the_whole_show_plays_to_its_end() -> None:
    """Rooms, filing, finding, planning, an arrival, a kill, a reminder: each scene, then how to enter with Element."""
    said: list[str] = []
    assert await show(0, said.append) is None
    told = "\n".join(said)
    assert len(re.findall(r"^── ", told, re.MULTILINE)) == len(SCENES) + 1
    for expected in (
        "[Commission des finances] Appariteur > Classé : FIN-",
        "identique au fichier déposé",
        "Nouvelle séance",
        "pour le point 1 (Toiture de l'école)",
        "rien n'est perdu, rien n'est doublé",
        "[en privé] Appariteur > Rappel : relire le devis de la toiture",
        "serveur d'accueil   http://127.0.0.1:",
    ):
        assert expected in told


@pytest.mark.matrix
async def test_stopping_it_ends_everything(tmp_path: Path) -> None:
    """SIGTERM while it plays: exit 0, no process, no file left."""
    process = await asyncio.create_subprocess_exec(
        *demo_command(), env={**os.environ, "TMPDIR": str(tmp_path)}, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        while "31 personnes" not in (await process.stdout.readline()).decode():
            pass
        assert len(processes_about(tmp_path)) == 2
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert list(tmp_path.iterdir()) == []
    assert processes_about(tmp_path) == []


async def test_a_step_that_fails_is_named(tmp_path: Path) -> None:
    """One French line says which step did not come."""
    server = homeserver.Running("http://127.0.0.1:1", "", 0)
    stage = Stage(tmp_path, server, Reader(str, coloured=False), "", Roll(tmp_path / "m.csv"), None)  # type: ignore[arg-type]  # nobody comes
    with pytest.raises(StepFailed, match=r"L'étape « attendre » n'a pas abouti : rien n'est venu en 60 secondes\."):
        async with stage.step("attendre"):
            raise TimeoutError


def test_the_town_is_like_those_it_is_made_for(tmp_path: Path) -> None:
    """One council, seventeen commissions, nineteen elected, six agents, six guests; its members file has no fault."""
    roll = Roll(tmp_path / "membres.csv")
    roll.save()
    kinds = {code: BodyKind.COUNCIL if code == "CM" else BodyKind.COMMISSION for code in BODIES}
    read = read_roll(roll.path, [BodyEntry(code, name, kinds[code]) for code, name in BODIES.items()])
    assert read.faults == ()
    functions = [entry.function for entry in read.entries]
    assert (len(BODIES), len(PEOPLE), sum(each.elected for each in functions)) == (18, 31, 19)
    assert (sum(each.staff for each in functions), functions.count(Function.GUEST)) == (6, 6)
    chaired = {code for entry in read.entries for code, chairs in entry.seats.items() if chairs}
    assert chaired == set(BODIES) - {"CM"}


async def test_its_papers_are_real_ones() -> None:
    """Any PDF reader finds their pages and their words, accents and special characters included."""
    read = await Extractor().extract(make_pdf(["Déposé (œuvre) \\ 12 €", "seconde page"]))
    assert [page.strip() for page in read.pages] == ["Déposé (œuvre) \\ 12 €", "seconde page"]
    for paper in town_papers():
        assert (await Extractor().extract(paper.data)).problem is None


def test_papers_of_ones_own_can_be_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that the environment names gives its PDF files, in order, and nothing else."""
    monkeypatch.delenv(VARIABLE, raising=False)
    assert papers_given() == []
    for name in ("b.pdf", "a.pdf", "notes.txt"):
        (tmp_path / name).write_bytes(b"%PDF")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert [paper.name for paper in papers_given()] == ["a.pdf", "b.pdf"]
