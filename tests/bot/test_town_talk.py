"""The whole bot on a real homeserver, spoken to from encrypted apps: papers, words, reminders, and what must be refused."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo.papers import ROOF, make_pdf
from bot.matrix.client import Client
from bot.matrix.transport import v3
from council.clock import HandClock
from tests.bot.conftest import Matrix
from tests.bot.hall import Hall, open_hall

pytestmark = pytest.mark.matrix
PARIS = ZoneInfo("Europe/Paris")


def number(text: str) -> str:
    """The first reference in a text."""
    return next(word for word in text.split() if word.startswith(("EAU-", "CM-", "VOI-")))


async def send_in_clear(client: Client, room_id: str, text: str) -> str:
    """What only a homeserver's administrator, or a broken app, can do: a message in clear in an encrypted room."""
    content = {"msgtype": "m.text", "body": text}
    status, answer = await client.request("PUT", v3("rooms", room_id, "send", "m.room.message", "clear-1"), content)
    assert status == 200
    return str(answer["event_id"])


async def with_a_room(matrix: Matrix, folder: Path, *names: str) -> Hall:
    """A town with these people."""
    return await open_hall(matrix, folder / "town", *names)


async def test_a_paper_is_classed_found_and_sent_back(matrix: Matrix, tmp_path: Path) -> None:
    """Byte for byte, to who may see it; whoever sits elsewhere finds nothing; the same file again is recognised."""
    hall = await with_a_room(matrix, tmp_path, "arnaud", "vidal", "petit")
    data = make_pdf(ROOF)
    async with hall.running():
        await hall.find("EAU", "vidal")
        await hall.find("", "vidal", "petit")
        filed = await hall.drops("vidal", data, "devis_2026.pdf", "EAU")
        reference = number(filed)
        assert filed == f"Classé : {reference} Devis pour la toiture de l'école Jules-Ferry (1 page)."
        again = await hall.drops("vidal", data, "copie.pdf", "EAU")
        assert again.startswith(f"Ce fichier est déjà classé : {reference}")
        assert "1 document" in await hall.asks("vidal", "où est le devis de la toiture ?")
        await hall.says("vidal", "1")
        sent = await hall.people["vidal"].hears(lambda event: event.content.get("msgtype") == "m.file", 40)
        while sent.sender != hall.account.user_id:
            sent = await hall.people["vidal"].hears(lambda event: event.content.get("msgtype") == "m.file", 40)
        assert sent.room_id == hall.room("vidal")
        assert await hall.people["vidal"].client.fetch(sent.content, 1_000_000) == data
        assert (await hall.asks("petit", "chercher toiture")).startswith("Je ne trouve rien pour « toiture »")
        assert (await hall.asks("petit", f"envoyer {reference}")).startswith("Je ne trouve pas de document")


async def test_files_that_cannot_be_classed_are_refused_with_a_reason(matrix: Matrix, tmp_path: Path) -> None:
    """Changed on the way, over the limit (announced or not), empty: each says why and what to do."""
    hall = await with_a_room(matrix, tmp_path, "arnaud", "vidal")
    async with hall.running():
        await hall.find("EAU", "vidal")
        person, room = hall.people["vidal"], hall.room("vidal", "EAU")
        big = await hall.drops("vidal", b"x" * 1_200_000, "gros.pdf", "EAU")
        assert big.startswith("Ce fichier dépasse la limite de 1 Mo : je ne l'ai pas classé.")
        where = await person.client.upload(b"y" * 1_200_000, "menteur.pdf", "application/pdf", encrypted=True)
        content = {"msgtype": "m.file", "body": "menteur.pdf", "info": {"size": 10}, **where}
        event_id = await person.client.send(room, "m.room.message", content, "liar")
        assert (await hall.answer("vidal", event_id)).startswith("Ce fichier dépasse la limite de 1 Mo")
        where = await person.client.upload(b"Devis", "devis.txt", "text/plain", encrypted=True)
        where["file"]["hashes"]["sha256"] = hashlib.sha256(b"autre").hexdigest()[:43]
        event_id = await person.client.send(
            room, "m.room.message", {"msgtype": "m.file", "body": "devis.txt", **where}, "changed"
        )
        assert (await hall.answer("vidal", event_id)).startswith("Ce fichier est arrivé abîmé")
        assert (await hall.drops("vidal", b"", "vide.txt", "EAU")).startswith("Ce fichier est vide")
        assert "Aucun document" in await hall.asks("vidal", "!documents", "EAU")


async def test_a_message_in_clear_is_refused(matrix: Matrix, tmp_path: Path) -> None:
    """A command that nobody can prove to come from its author is not carried out, and this is said."""
    hall = await with_a_room(matrix, tmp_path, "arnaud", "roux")
    async with hall.running():
        await hall.find("EAU", "roux")
        room = hall.room("roux", "EAU")
        event_id = await send_in_clear(hall.people["roux"].client, room, "!point Réservoir")
        assert (await hall.answer("roux", event_id)).startswith("Ce message est arrivé sans chiffrement")


async def test_an_edit_does_not_run_a_command_twice(matrix: Matrix, tmp_path: Path) -> None:
    """Who corrects a message corrects what people read; the bot has already answered it, and says so."""
    hall = await with_a_room(matrix, tmp_path, "arnaud", "roux")
    async with hall.running():
        await hall.find("", "roux")
        first = await hall.says("roux", "rappel demain à 9 h relire le devis")
        await hall.answer("roux", first)
        corrected = "rappel demain à 9 h relire les devis"
        relation = {"rel_type": "m.replace", "event_id": first}
        more = {"m.relates_to": relation, "m.new_content": {"msgtype": "m.text", "body": corrected}}
        edit = await hall.people["roux"].says(hall.room("roux"), f"* {corrected}", **more)
        listed = await hall.asks("roux", "rappels")
        assert listed.count("relire") == 1
        assert (await hall.answer("roux", edit)).startswith("Vous avez modifié un message")


async def test_what_falls_due_is_told_in_time(matrix: Matrix, tmp_path: Path) -> None:
    """A reminder of one's own; a session's, with its agenda, in the room; each once, however often the clock looks."""
    hall = await with_a_room(matrix, tmp_path, "arnaud", "roux", "vidal")
    clock = HandClock(datetime.now(PARIS))
    async with hall.running(clock) as bot:
        await hall.find("EAU", "roux", "vidal")
        await hall.find("", "vidal")
        await hall.asks("roux", "!séance dans 10 jours à 18 h 30 à la mairie", "EAU")
        await hall.says("roux", "oui", "EAU")
        await hall.hears("vidal", "Nouvelle séance", "EAU")
        await hall.asks("roux", "!point Réservoir des Buttes", "EAU")
        await hall.asks("vidal", "rappelle-moi dans 2 jours de relire le devis")
        clock.push(timedelta(days=4))
        for _ in range(3):
            bot.alarm.look()
        own = await hall.hears("vidal", "Rappel : relire le devis")
        assert own.content["m.mentions"] == {"user_ids": [hall.people["vidal"].user_id]}
        session = await hall.hears("vidal", "Rappel, ", "EAU")
        assert "1. Réservoir des Buttes" in session.content["body"]
        assert session.content["m.mentions"] == {"room": True}
        assert session.content["msgtype"] == "m.text"
        await hall.asks("vidal", "!agenda", "EAU")
        told = [event for event in hall.people["vidal"].heard if str(event.content.get("body")).startswith("Rappel")]
        assert len(told) == 2


async def test_a_choice_is_made_by_number_word_or_reaction(matrix: Matrix, tmp_path: Path) -> None:
    """The thumb under the bot's question does what "oui" would."""
    hall = await with_a_room(matrix, tmp_path, "arnaud", "roux")
    async with hall.running():
        await hall.find("EAU", "roux")
        event_id = await hall.says("roux", "!séance dans 3 semaines à 20 h à la mairie", "EAU")
        question = await hall.people["roux"].hears_answer(event_id, 40)
        await hall.people["roux"].reacts(question, "✅")
        assert "à la mairie" in str((await hall.hears("roux", "Nouvelle séance", "EAU")).content["body"])


async def test_ordinary_talk_is_left_alone(matrix: Matrix, tmp_path: Path) -> None:
    """In a room the bot only speaks when spoken to; in private it answers everything."""
    hall = await with_a_room(matrix, tmp_path, "arnaud", "roux")
    async with hall.running():
        await hall.find("EAU", "roux")
        await hall.find("", "roux")
        talk = [await hall.says("roux", text, "EAU") for text in ("Bonjour à tous", "oui", "2", "À demain !")]
        assert (await hall.asks("roux", "Appariteur, agenda", "EAU")).startswith("Prochaines séances")
        assert [hall.people["roux"].replies_to(event_id) for event_id in talk] == [[], [], [], []]
        assert await hall.asks("roux", "le temps qu'il fait")


async def test_somebody_without_a_seat_any_more_is_told_so(matrix: Matrix, tmp_path: Path) -> None:
    """A person whose seat ended is answered politely, and is shown nothing."""
    hall = await with_a_room(matrix, tmp_path, "arnaud", "roux")
    async with hall.running():
        await hall.find("", "roux")
        hall.rows["roux"] += "01/01/2020"
        hall.save()
        answer = await hall.asks("roux", "agenda")
        while answer.startswith("Prochaines"):
            answer = await hall.asks("roux", "agenda")
        assert answer.startswith("Vous ne siégez aujourd'hui dans aucune commission")
