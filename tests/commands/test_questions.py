"""Questions ahead of a session: asked, shown, answered; and without a name, nothing kept tells whose they are."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import text as sql

from bot.town import Town, open_town, room_id

SESSION = "Commission de l'eau, jeudi 26 mars 2026 à 18 h 30, mairie"
ASKED = "Pourquoi trois devis ?"
EAU = room_id("", "EAU")
PROMPT = f"""Votre question ira à la présidence et dans le salon : {SESSION}. Avec votre nom, ou sans ?

1. Avec mon nom
2. Sans mon nom

Répondez par un numéro."""


def _told(town: Town, start: str) -> str:
    """The last message that begins so."""
    return [text for _, text in town.heard if text.startswith(start)][-1]


async def _ask_without_name(town: Town, who: str = "vidal") -> str:
    """Ask without a name, in private; returns the code."""
    await town.says(who, f"question point 1 {ASKED}")
    said = await town.says(who, "2")
    return said.partition("questions ")[2][:14]


async def test_a_question_with_a_name_goes_to_the_room_and_the_chair(town: Town) -> None:
    """Asked in private, answered by the chair: its author is told."""
    assert await town.says("vidal", f"question point 1 {ASKED}") == PROMPT
    assert await town.says("vidal", "avec") == "C'est fait, et annoncé dans le salon « Commission de l'eau »."
    shown = f"Question 1 sur le point 1 (Réservoir des Buttes), Lucie Vidal :\n\n{ASKED}"
    assert (EAU, shown) in town.heard
    assert _told(town, f"{shown}\n\n{SESSION}").endswith("Pour répondre : répondre 1 et votre réponse.")
    assert (
        await town.says("roux", "répondre 1 Pour comparer.")
        == "C'est fait, et annoncé dans le salon « Commission de l'eau »."
    )
    answer = "Réponse à la question 1 sur le point 1, par Hugo Roux :\n\nPour comparer."
    assert (EAU, answer) in town.heard
    assert _told(town, f"{answer}\n\nVotre question") == f"{answer}\n\nVotre question était : {ASKED}"
    assert (
        await town.says("blanc", "!questions", room="EAU")
        == f"Questions : {SESSION} (0 question sans réponse)\n\n- Question 1 sur le point 1 : {ASKED} (réponse : Pour comparer.)"
    )


@pytest.mark.parametrize(
    "said",
    [
        f"point 1 : {ASKED}",
        "Point 1, pourquoi trois devis ?",
        "sur le point 1 : pourquoi trois devis ?",
        "le point 1 pourquoi trois devis ?",
    ],
)
async def test_a_question_after_a_point_is_asked(town: Town, said: str) -> None:
    """By a councillor, who may not change the point, as by the chair, who may."""
    assert await town.says("vidal", said) == PROMPT
    assert await town.says("roux", said) == PROMPT


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            "point 1 pour avis",
            "Point 1 de la séance du jeudi 26 mars 2026 : Réservoir des Buttes (pour avis, rapporteur : Hugo Roux).",
        ),
        ("point 1 : pour information", "Point 1 de la séance"),
        ("point Faut-il trois devis ?", "Point 2 ajouté à la séance du jeudi 26 mars 2026 : Faut-il trois devis ?"),
    ],
)
async def test_what_the_chair_does_to_a_point_is_no_question(town: Town, said: str, answer: str) -> None:
    """A point's kind follows its number too, and its title may ask."""
    assert (await town.says("roux", said)).startswith(answer)


async def test_in_a_room_everybody_sees_who_asks(town: Town) -> None:
    """So it has a name at once; and none can be promised."""
    assert (
        await town.says("vidal", "!question Où sera la pompe ?", room="EAU")
        == "Question 1, Lucie Vidal :\n\nOù sera la pompe ?"
    )
    assert (
        await town.says("vidal", "!question sans nom Où sera la pompe ?", room="EAU")
        == "Tout le salon sait qui écrit ici. Pour taire votre nom, écrivez-moi en privé."
    )
    assert (
        await town.says("vidal", "!question point 7 Pourquoi ?", room="EAU")
        == "Il n'y a pas de point 7 à cette séance. !odj montre l'ordre du jour."
    )


async def test_only_the_chair_and_the_rapporteur_answer(town: Town) -> None:
    """And only what was asked."""
    await town.says("vidal", "!question Où sera la pompe ?", room="EAU")
    assert (
        await town.says("blanc", "!répondre 1 Ici.", room="EAU")
        == "Seuls la présidence, les agents et le rapporteur du point répondent aux questions."
    )
    assert (
        await town.says("roux", "!répondre 2 Ici.", room="EAU")
        == "Il n'y a pas de question 2. !questions montre celles qui sont posées."
    )
    await town.says("roux", "!point Pompe rapporteur Odile Blanc", room="EAU")
    await town.says("vidal", "!question point 2 Et son bruit ?", room="EAU")
    assert (
        await town.says("blanc", "!répondre 2 Inaudible.", room="EAU")
        == "Réponse à la question 2 sur le point 2, par Odile Blanc :\n\nInaudible."
    )


async def test_the_chair_is_reminded_the_day_before(town: Town) -> None:
    """Of what has no answer; of nothing when all of it has one."""
    await town.says("vidal", "!question Où sera la pompe ?", room="EAU")
    await town.says("vidal", "!question Et son bruit ?", room="EAU")
    await town.says("roux", "!répondre 1 Au bourg.", room="EAU")
    told = await town.waits(timedelta(days=24))
    assert f"1 question sans réponse : {SESSION}\n\n- Question 2 : Et son bruit ?\n\nrépondre 2 … y répond." in told


async def test_without_a_name_it_is_shown_later_and_its_code_reads_the_answer(town: Town) -> None:
    """At the next gathering; its author, and whoever holds the code, read the answer in private."""
    await town.says("vidal", f"question point 1 {ASKED}")
    said = await town.says("vidal", "2")
    code = said.partition("questions ")[2][:14]
    assert (
        said
        == f"C'est noté, sans votre nom. Votre question sera montrée le lundi 2 mars 2026 à 13 h, avec celles des autres. Pour lire la réponse, écrivez-moi questions {code}. Gardez ce code : je n'en garde pas trace, et je ne saurai plus que la question est de vous."
    )
    assert "Aucune question" in await town.says("roux", "!questions", room="EAU")
    assert "pas encore montrée" in await town.says("vidal", f"questions {code}")
    await town.waits(timedelta(hours=5))
    shown = f"Question 1 sur le point 1 (Réservoir des Buttes), posée sans nom :\n\n{ASKED}"
    assert (EAU, shown) in town.heard
    assert await town.says("vidal", f"questions {code}") == f"{shown}\n\nElle n'a pas encore de réponse."
    await town.says("roux", "!répondre 1 Pour comparer.", room="EAU")
    assert await town.says("vidal", f"questions {code}") == f"{shown}\n\nRéponse :\n\nPour comparer."
    assert (
        await town.says("vidal", f"!questions {code}", room="EAU")
        == "Ce code ne se dit qu'en conversation privée. Écrivez-le-moi là-bas."
    )
    assert "Je ne trouve pas de question" in await town.says("vidal", "questions 0000-0000-0000")


async def test_when_time_is_short_it_is_shown_at_the_next_quarter(town: Town) -> None:
    """Before the session rather than after it."""
    await town.says("roux", "!séance lundi 2 mars à 11 h à la mairie oui", room="EAU")
    await town.says("vidal", f"question {ASKED}")
    assert "sera montrée le lundi 2 mars 2026 à 9 h 15" in await town.says("vidal", "2")


async def test_a_session_that_moves_keeps_what_was_asked(town: Town) -> None:
    """Its reminders are made anew; the questions that wait are still shown."""
    await _ask_without_name(town)
    await town.says("roux", "!reporter jeudi 2 avril à 20 h oui", room="EAU")
    await town.waits(timedelta(hours=5))
    assert any(text.startswith("Question 1 sur le point 1") for where, text in town.heard if where == EAU)


EVERY_ROW = 'SELECT rowid AS "#", * FROM "{}"'


async def _dump(town: Town) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, with its place in the file; the search index apart."""
    dump = {}
    async with town.database.read() as session:
        names = await session.scalars(sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        for name in [each for each in names if "search" not in each and not each.startswith("sqlite_")]:
            rows = await session.execute(sql(f'SELECT rowid AS "#", * FROM "{name}"'))  # noqa: S608 - our own tables
            dump[name] = [dict(row) for row in rows.mappings()]
    return dump


async def _scene(directory: Path, author: str, other: str) -> tuple[dict[str, list[dict[str, Any]]], str, list[Any]]:
    """One asks without a name, the other talks of something else as much; everything kept, the code, the logs."""
    code = ""
    with structlog.testing.capture_logs() as logs:
        async with open_town(directory, settled=True) as town:
            for who in sorted((author, other)):
                await town.says(who, f"question point 1 {ASKED}" if who == author else "agenda")
                said = await town.says(who, "2" if who == author else "1")
                if who == author:
                    code = said.partition("questions ")[2][:14]
            await town.waits(timedelta(hours=5))
            return await _dump(town), code, list(logs)


OWN = ("inbox", "outbox", "offers")
"""Tables where each person has rows of their own, whatever they say."""


def _shared(dump: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """All that belongs to no one person, what is drawn by lot apart."""
    drawn = {"questions": ("#", "id", "code")}
    private = {room_id(who, "") for who in ("vidal", "blanc")}
    return {
        name: [
            {key: value for key, value in row.items() if key not in drawn.get(name, ())}
            for row in rows
            if not (name in OWN and row["room_id"] in private)
        ]
        for name, rows in dump.items()
    }


async def test_two_authors_leave_the_same_traces(prepared: Path, tmp_path: Path) -> None:
    """Whoever reads all the tables can't tell which of two people asked: only their ordinary rows differ."""
    dumps = []
    for author, other in (("vidal", "blanc"), ("blanc", "vidal")):
        shutil.copytree(prepared, tmp_path / author)
        dumps.append((await _scene(tmp_path / author, author, other))[0])
    first, second = (_shared(dump) for dump in dumps)
    assert first == second
    assert [row["text"] for row in first["questions"]] == [ASKED]


async def test_the_rows_of_their_own_say_nothing_of_it(prepared: Path, tmp_path: Path) -> None:
    """Who asked and who spoke of the agenda have rows alike; the text and the code are in none, nor in a log."""
    shutil.copytree(prepared, tmp_path / "town")
    dump, code, logs = await _scene(tmp_path / "town", "vidal", "blanc")
    alike = []
    for who in ("vidal", "blanc"):
        own = [row for name in ("inbox", "outbox") for row in dump[name] if row["room_id"] == room_id(who, "")]
        varies = ("#", "id", "event_id", "room_id", "sender", "key", "content")
        alike.append([{key: value for key, value in row.items() if key not in varies} for row in own])
        assert all("markdown" not in row["content"] or '"markdown": ""' in row["content"] for row in own)
        assert all(ASKED not in str(row) for row in own)
    assert alike[0] == alike[1]
    assert not [row for row in dump["offers"] if row["room_id"] == room_id("vidal", "")]
    everything = f"{dump}{logs}"
    assert code not in everything
    assert code.replace("-", "") not in everything
    tables = {name for name, rows in dump.items() if any(ASKED in str(row) for row in rows)}
    assert tables == {"questions", "outbox"}
    (question,) = dump["questions"]
    assert question["author_id"] is None
    assert not [log for log in logs if ASKED in str(log)]


async def test_asking_without_a_name_adds_no_row_that_follows_others(town: Town) -> None:
    """A session that was fixed has the place of its gathering ready: no new number is bounded by its neighbours'."""
    await town.says("roux", "!séance lundi 9 mars à 18 h à la mairie oui", room="EAU")
    before = await _dump(town)
    await town.says("vidal", f"question {ASKED}")
    await town.says("vidal", "2")
    after = await _dump(town)
    grown = {name for name in after if len(after[name]) != len(before[name])}
    assert grown == {"inbox", "outbox", "questions"}


async def test_the_database_file_keeps_no_leftover(town: Town, tmp_path: Path) -> None:
    """The deleted offer held the text beside its author's room: its bytes are written over."""
    await _ask_without_name(town)
    await town.waits(timedelta(hours=5))
    file = tmp_path / "town" / "appariteur.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pieces = file.read_bytes().split(ASKED.encode())
    assert len(pieces) > 1
    near = [piece for before, after in pairwise(pieces) for piece in (before[-300:], after[:300])]
    assert not [piece for piece in near if b"vidal" in piece]


async def test_without_a_name_stays_so_when_the_session_is_asked(town: Town) -> None:
    """Two sessions to choose from: what was said at the end of the line goes with the one that is chosen."""
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
    said = await town.says("vidal", "question Pourquoi trois devis ? sans mon nom")
    assert said.startswith("Pour quelle ")
    assert (await town.says("vidal", "2")).startswith("C'est noté, sans votre nom.")
