"""The export: all of a town in plain files that open without it, or one session; what can't be read is named."""

import base64
import csv
import hashlib
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.check import Line
from bot.leaving import ExportError, export
from bot.leaving.parcel import Parcel, file_name
from bot.leaving.records import table
from bot.town import Town, open_town
from storage.states import JournalKind
from storage.tables import Entry, File
from tests.bot.test_command_line import run
from tests.storage.makers import paper

QUOTE = "documents/EAU/2026/EAU-2026-001 Devis du réservoir.txt"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Sainte-Colombe, with a council that was convoked, questions, an answer, two versions, a paper taken away."""
    async with open_town(tmp_path / "data") as town:
        await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
        await town.says("arnaud", "!point Budget primitif pour décision", room="CM")
        await town.drops("arnaud", paper("Budget"), "budget.pdf", caption="Budget 2026/2027, point 1", room="CM")
        await town.says("arnaud", "!convoquer oui", room="CM")
        await town.says("vidal", "!absente", room="CM")
        await town.says("arnaud", "!déport 1 M. Petit représentant", room="CM")
        await town.drops("arnaud", paper("Budget", "Version 2"), "b2.pdf", caption="remplacer CM-2026-001", room="CM")
        await town.says("arnaud", "!remplacer CM-2026-001 prévenir oui", room="CM")
        await town.says("petit", "question CM Et la dette ? <b> sans mon nom")
        await town.says("vidal", "!question point 1 Le devis ?", room="EAU")
        await town.says("roux", "!répondre 1 Il est là.", room="EAU")
        await town.drops("roux", b"Un autre devis", "devis2.txt", caption="remplacer EAU-2026-001", room="EAU")
        await town.drops("roux", b"Un brouillon", "brouillon.txt", caption="Brouillon", room="EAU")
        await town.says("roux", "!retirer EAU-2026-002 oui", room="EAU")
        await town.waits(timedelta(hours=5))
        yield town


async def _export(town: Town, target: Path, session: str = "") -> list[Line]:
    return await export(town.database, town.files, target, town.commune.name, town.clock.now(), session=session)


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


def _sessions(folder: Path) -> dict[str, Any]:
    return {each["nom"]: each for each in json.loads((folder / "seances.json").read_text())}


async def test_all_of_a_town_is_there_under_names_that_speak(town: Town, tmp_path: Path) -> None:
    """Each version with its bytes and its sum; each session as data and as a page; who is who."""
    out = tmp_path / "sortie"
    done = await _export(town, out)
    assert all(line.well for line in done)
    assert [line.what for line in done] == ["documents", "séances", "journal", "chaîne du journal", "export"]
    assert done[0].seen.startswith("3 documents, ")
    assert done[1].seen == "2 séances"
    rows = _table(out / "documents.csv")
    assert [(row["référence"], row["version"], row["état"]) for row in rows] == [
        ("CM-2026-001", "2", "classé"),
        ("CM-2026-001", "1", "classé"),
        ("EAU-2026-001", "2", "classé"),
        ("EAU-2026-001", "1", "classé"),
        ("EAU-2026-002", "1", "retiré"),
    ]
    assert rows[0]["fichier"] == "documents/CM/2026/CM-2026-001 Budget 2026 2027.pdf"
    assert [row["fichier"] for row in rows[2:4]] == [QUOTE, QUOTE.replace(".txt", " (version 1).txt")]
    assert (rows[2]["séance"], rows[2]["point"], rows[2]["déposé par"]) == ("EAU-2026-03-26", "1", "Hugo Roux")
    for row in rows:
        assert hashlib.sha256((out / row["fichier"]).read_bytes()).hexdigest() == row["sha256"]
    assert (out / QUOTE).read_bytes() == b"Un autre devis"
    council = _sessions(out)["CM-2026-03-12"]
    assert council["points"][0]["documents"] == ["CM-2026-001"]
    assert council["début"] == "2026-03-12T20:00:00+01:00"
    assert council["convocations"][0]["texte"].startswith("**Convocation CM-2026-01**")
    assert {copy["personne"] for copy in council["convocations"][0]["copies"]} == {
        *("Blanche Arnaud", "Hugo Roux", "Lucie Vidal", "Jean Petit")
    }
    assert [(each["personne"], each["réponse"]) for each in council["réponses"]] == [("Lucie Vidal", "absent")]
    (erratum,) = council["errata"]
    assert (erratum["référence"], erratum["document"], erratum["version"]) == ("CM-2026-01-E1", "CM-2026-001", 2)
    assert {copy["personne"] for copy in erratum["copies"]} == {
        *("Blanche Arnaud", "Hugo Roux", "Lucie Vidal", "Jean Petit")
    }
    (recusal,) = council["déports"]
    assert (recusal["point"], recusal["personne"], recusal["règle"]) == (1, "Jean Petit", "représentant")
    assert {row["nom"] for row in _table(out / "personnes.csv")} >= {"Arnaud", "Roux", "Vidal"}
    assert {row["code"] for row in _table(out / "instances.csv")} == {"CM", "EAU", "VOI"}


async def test_the_pages_lead_to_the_files(town: Town, tmp_path: Path) -> None:
    """Nothing from elsewhere; what people wrote is shown as they wrote it, and is no markup."""
    out = tmp_path / "sortie"
    await _export(town, out)
    index = (out / "index.html").read_text()
    assert "<a href='documents/EAU/2026/EAU-2026-001%20Devis%20du%20r%C3%A9servoir.txt'>le document</a>" in index
    assert "<a href='seances/CM-2026-03-12.html'>jeudi 12 mars 2026 à 20 h</a>" in index
    assert "http" not in index
    water = (out / "seances" / "EAU-2026-03-26.html").read_text()
    assert "<h3>Question 1, Lucie Vidal</h3>\n<pre>Le devis ?</pre>\n<pre>Il est là.</pre>" in water
    assert "href='../documents/EAU/2026/" in water
    council = (out / "seances" / "CM-2026-03-12.html").read_text()
    assert "<li>CM-2026-01-E1 : CM-2026-001, version 2, 4 copies</li>" in council
    assert "<li>Jean Petit, point 1 (représentant)</li>" in council


async def test_a_question_without_a_name_keeps_none(town: Town, tmp_path: Path) -> None:
    """Neither in the data nor on the page; no code either."""
    out = tmp_path / "sortie"
    await _export(town, out)
    (asked,) = _sessions(out)["CM-2026-03-12"]["questions"]
    assert asked == {
        "numéro": 1,
        "point": None,
        "par": None,
        "texte": asked["texte"],
        "réponse": None,
        "répondue par": None,
    }
    page = (out / "seances" / "CM-2026-03-12.html").read_text()
    assert "<h3>Question 1, posée sans nom</h3>\n<pre>Et la dette ? &lt;b&gt;</pre>" in page


async def test_the_journal_can_be_checked_anywhere(town: Town, tmp_path: Path) -> None:
    """By the nine values of each entry and SHA-256; and every file by its sum."""
    out = tmp_path / "sortie"
    await _export(town, out)
    previous = "0" * 64
    names = ("id", "at", "kind", "person_id", "body_id", "subject", "details", "previous")
    for number, line in enumerate((out / "journal.jsonl").read_text().splitlines(), start=1):
        entry = json.loads(line)
        said = [entry[name] for name in names]
        form = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert (entry["id"], entry["previous"]) == (number, previous)
        assert hashlib.sha256(form.encode()).hexdigest() == entry["hash"]
        previous = entry["hash"]
    lines = [line.partition("  ") for line in (out / "SHA256SUMS").read_text().splitlines()]
    sums = {name: digest for digest, _, name in lines}
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert sums.keys() == files
    assert all(hashlib.sha256((out / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())
    async with town.database.read() as session:
        last = await session.scalar(select(Entry).order_by(Entry.id.desc()).limit(1))
    assert last is not None
    assert last.kind is JournalKind.EXPORTED


async def test_one_session_in_a_zip(town: Town, tmp_path: Path) -> None:
    """Its papers, what the journal tells of them, no address of anybody, nothing of another."""
    target = tmp_path / "eau.zip"
    await _export(town, target, "eau 26/03/2026")
    with zipfile.ZipFile(target) as made:
        assert made.testzip() is None
        assert QUOTE in made.namelist()
        assert not [name for name in made.namelist() if "CM-" in name]
        made.extractall(tmp_path / "lu")
    assert list(_sessions(tmp_path / "lu")) == ["EAU-2026-03-26"]
    assert list(_table(tmp_path / "lu" / "personnes.csv")[0]) == ["numéro", "nom", "prénom", "fonction"]
    told = [json.loads(line) for line in (tmp_path / "lu" / "journal.jsonl").read_text().splitlines()]
    assert {entry["kind"] for entry in told} >= {"planned", "filed", "version"}
    assert not [entry for entry in told if entry["subject"].startswith("CM-")]
    assert oct(target.stat().st_mode)[-3:] == "600"


async def test_what_is_lost_is_named_and_the_rest_is_there(town: Town, tmp_path: Path) -> None:
    """A missing blob and a damaged one; not well, then."""
    async with town.database.read() as session:
        blobs = (await session.scalars(select(File.blob).order_by(File.id))).all()
    town.files.path(blobs[0]).unlink()
    town.files.path(blobs[1]).write_bytes(b"x" * 99)
    documents, *rest = await _export(town, tmp_path / "sortie")
    assert not documents.well
    assert documents.seen == "CM-2026-001 version 1 est abîmé ; EAU-2026-001 version 1 manque"
    assert all(line.well for line in rest)
    assert (tmp_path / "sortie" / QUOTE).exists()


@pytest.mark.parametrize(
    ("target", "session", "said"),
    [
        ("data", "", "data n'est pas vide : donnez un dossier vide ou nouveau, ou un fichier .zip."),
        ("la.zip", "", "la.zip existe déjà : je n'y touche pas."),
        ("sortie", "demain", "Je ne lis pas de séance dans « demain » : écrivez par exemple « CM 26/03/2026 »."),
        (
            "sortie",
            "CM 31/02/2026",
            "Je ne lis pas de séance dans « CM 31/02/2026 » : écrivez par exemple « CM 26/03/2026 ».",
        ),
        ("sortie", "CM 26/03/2026", "Je ne connais pas de séance de CM le jeudi 26 mars 2026."),
    ],
)
async def test_a_mistake_is_one_line_and_leaves_nothing(
    town: Town, tmp_path: Path, target: str, session: str, said: str
) -> None:
    """Neither a half-made folder nor a changed one."""
    (tmp_path / "la.zip").write_bytes(b"")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(ExportError) as refused:
        await _export(town, tmp_path / target, session)
    assert str(refused.value).removeprefix(f"{tmp_path}/") == said
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    """The name is taken at the end."""
    for name in ("sortie", "sortie.zip"):
        with pytest.raises(TypeError):
            _broken_off(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def _broken_off(target: Path) -> None:
    with Parcel(target) as parcel:
        parcel.add("a/b.txt", b"x")
        raise TypeError


def test_titles_are_names_and_cells_are_no_formulas() -> None:
    """On any system, in any spreadsheet."""
    assert file_name("../../etc : « passwd » ? ") == "etc « passwd »"
    assert file_name("x" * 300) == "x" * 90
    assert table(("a",), [("=1+1",)]).decode("utf-8-sig") == "a\r\n'=1+1\r\n"


async def test_the_command_line_exports_and_says_its_mistakes(tmp_path: Path) -> None:
    """Exit 0, a line for each thing; then exit 2 and one line."""
    run("init", cwd=tmp_path)
    async with open_town(tmp_path / "data"):
        pass
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "storage").write_bytes(base64.b64encode(b"k" * 32))
    done = run("export", "sortie", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ok   séances : 1 séance\n" in done.stdout
    assert done.stdout.endswith(
        "ok   export : sortie. Il contient des documents réservés et des données personnelles : gardez-le sous clé.\n"
    )
    assert (tmp_path / "sortie" / QUOTE).exists()
    again = run("export", "sortie", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "sortie n'est pas vide : donnez un dossier vide ou nouveau, ou un fichier .zip.\n"
    wrong = run("export", "b", "--seance", "hier", cwd=tmp_path)
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (2, 1)
