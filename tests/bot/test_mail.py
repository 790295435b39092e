"""Official e-mails, with a real relay on this machine: whole, once, later rather than never, on paper when refused."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from icalendar import Calendar
from sqlalchemy import select

from bot.deliver import PATIENCE
from bot.town import Town
from council.roles import Channel
from storage.states import JournalKind, OutboxKind, OutboxState
from storage.store import Store
from storage.tables import Outgoing
from tests.bot.relay import SENDER, Post, post_office, sending
from tests.commands.conftest import prepared, town
from tests.commands.summons import council, reaches, told_to
from tests.storage.makers import paper

__all__ = ["prepared", "town"]
LIMIT = 20.0
CORRECTED = paper("Le montant est de 51 000 euros.")


@dataclass
class Office:
    """A town that has convoked M. Petit by e-mail, its relay, and the loop that sends."""

    town: Town
    post: Post
    directory: Path
    row_id: int

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator["asyncio.Task[None]"]:
        """The real loop, ended after the test."""
        task = asyncio.create_task(sending(self.town, self.directory / "client", self.post.port).run())
        try:
            yield task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def row(self) -> Outgoing:
        """The row of the e-mail."""
        async with self.town.database.read() as session:
            outbox = Store(session, "", self.town.clock.now()).outbox
            return await outbox.get(self.row_id)

    async def until(self, wanted: Callable[[Outgoing], bool]) -> Outgoing:
        """The row once it is as wanted."""
        end = monotonic() + LIMIT
        while not wanted(row := await self.row()):
            assert monotonic() < end, (row.state, row.reason)
            await asyncio.sleep(0.02)
        return row


@pytest.fixture
async def office(town: Town, tmp_path: Path) -> Office:
    """Convoked, the e-mail still owed; the relay's port is known, and nobody is there."""
    town.commune = replace(town.commune, mail=SENDER)
    town.delivered = frozenset(OutboxKind) - {OutboxKind.MAIL}
    await reaches(town, "petit", Channel.MAIL, "jean.petit@example.fr")
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    post = Post()
    async with post_office(post):
        pass
    async with town.database.read() as session:
        heads = await Store(session, "", town.clock.now()).outbox.heads(())
    (row_id,) = [head.row.id for head in heads if head.row.kind is OutboxKind.MAIL]
    return Office(town, post, tmp_path, row_id)


async def test_it_is_whole(office: Office) -> None:
    """From the town, to one person, in French, as plain text, with the session for calendars; no reply is awaited."""
    async with post_office(office.post), office.delivering():
        await office.until(lambda row: row.state is OutboxState.SENT)
    (letter,) = office.post.letters
    row = await office.row()
    assert letter["From"] == "Commune de Sainte-Colombe <mairie@sainte-colombe.fr>"
    assert letter["To"] == "Jean Petit <jean.petit@example.fr>"
    assert letter["Subject"] == "Convocation CM-2026-01 : Conseil municipal, jeudi 12 mars 2026 à 20 h"
    assert letter["Message-ID"] == f"<{row.key}@sainte-colombe.fr>" == row.event_id
    assert letter["Date"].datetime == row.created_at
    assert letter["Auto-Submitted"] == "auto-generated"
    body, calendar = letter.get_body(), next(letter.iter_attachments())
    assert body is not None
    text = body.get_content().replace("\r\n", "\n")
    assert text.startswith(
        "Convocation CM-2026-01 : Conseil municipal\n\nCommune de Sainte-Colombe, le lundi 2 mars 2026"
    )
    assert "1. Budget primitif" in text
    assert text.endswith(
        "-- \nEnvoyé par l'appariteur de la commune de Sainte-Colombe. Personne ne lit les réponses à ce courriel.\n"
    )
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "PUBLISH"
    (event,) = Calendar.from_ical(calendar.get_content()).walk("VEVENT")
    assert str(event["summary"]) == "Conseil municipal"
    assert row.content["markdown"] == ""


async def test_a_relay_that_is_down_or_busy_makes_it_late(office: Office) -> None:
    """Nobody there, then an answer that it can't now, then it is taken; the reason is shown while it waits."""
    async with office.delivering():
        row = await office.until(lambda row: row.tries > 0)
        assert row.reason == "relais de courriel injoignable"
        assert "pris par le relais" not in await office.town.says("arnaud", "accusés CM détail")
        office.post.answers = ["450 4.2.0 try later"]
        async with post_office(office.post):
            tries = row.tries
            office.town.clock.push(timedelta(minutes=10))
            row = await office.until(lambda row: row.tries > tries or row.state is OutboxState.SENT)
            end = monotonic() + LIMIT
            while row.state is not OutboxState.SENT:
                assert monotonic() < end
                office.town.clock.push(timedelta(minutes=10))
                await asyncio.sleep(0.2)
                row = await office.row()
    assert len(office.post.letters) == 1
    assert "courriel, pris par le relais" in await office.town.says("arnaud", "accusés CM détail")


async def test_what_is_refused_for_good_goes_on_paper(office: Office) -> None:
    """The agents hear of it with the letter to print; it is told to the administrator, and to who asks for receipts."""
    office.post.answers = ["550 5.1.1 user unknown"]
    async with post_office(office.post), office.delivering():
        await office.until(lambda row: row.state is OutboxState.FAILED)
    town = office.town
    await town.wake()
    assert (await told_to(town, "martin"))[-1].startswith(
        "Courriel refusé pour Jean Petit : le relais de courriel refuse : 550 5.1.1 user unknown.\n\nÀ remettre sur papier : "
        "convocation CM-2026-01, Conseil municipal, jeudi 12 mars 2026 à 20 h\n\n- Jean Petit, téléphone inconnu"
    )
    assert town.documents[-1].content["name"] == "CM-2026-01 à remettre"
    assert (
        "Jean Petit : papier, à remettre (le courriel a été refusé : le relais de courriel refuse : 550 5.1.1 user unknown)"
        in await town.says("arnaud", "accusés CM détail")
    )
    assert "refusé le lundi 2 mars 2026 à 9 h : le relais de courriel refuse : 550" in await town.says(
        "martin", "!état"
    )
    assert "remise à Jean Petit" in await town.says("martin", "remis Petit")


async def test_a_death_between_the_sending_and_its_mark_repeats_the_very_same_message(office: Office) -> None:
    """SMTP can't tell a repeat; the reader's mailbox can, by its identifier. It is proved once."""
    async with post_office(office.post) as post:
        command = (sys.executable, "-m", "tests.bot.relay", office.directory / "town", office.directory / "client")
        process = await asyncio.create_subprocess_exec(*command, str(post.port))
        post.taken = process.kill
        assert await asyncio.wait_for(process.wait(), LIMIT) < 0
        assert (await office.row()).state is OutboxState.WAITING
        post.taken = lambda: None
        async with office.delivering():
            await office.until(lambda row: row.state is OutboxState.SENT)
    assert len(office.post.raw) == 2
    assert office.post.raw[0] == office.post.raw[1]
    async with office.town.database.read() as session:
        entries = await Store(session, "", office.town.clock.now()).journal.latest(50)
    by_mail = [e for e, _ in entries if e.kind is JournalKind.SENDING and e.details["channel"] == "courriel"]
    assert len(by_mail) == 1


async def test_it_is_given_up_after_five_days(office: Office) -> None:
    """Said then like a refusal."""
    office.town.clock.push(PATIENCE + timedelta(minutes=1))
    async with office.delivering():
        row = await office.until(lambda row: row.state is OutboxState.FAILED)
    assert row.reason == "relais de courriel injoignable"


async def _erratum(office: Office) -> Office:
    """M. Petit, who asked for a paper and is reached by e-mail, is owed an erratum to it."""
    town = office.town
    await town.drops("arnaud", paper("Le montant est de 48 200 euros."), "note.pdf", caption="Note", room="CM")
    await town.says("arnaud", "!point CM Emprunt")
    await town.says("arnaud", "!convoquer CM oui")
    await town.drops("arnaud", CORRECTED, "note corrigée.pdf", caption="remplacer CM-2026-001", room="CM")
    await town.says("arnaud", "oui", room="CM")
    async with town.database.read() as session:
        query = select(Outgoing.id).where(Outgoing.kind == OutboxKind.MAIL).order_by(Outgoing.id.desc())
        (row_id, *_) = (await session.scalars(query)).all()
    return replace(office, row_id=row_id)


async def test_an_erratum_has_the_new_version_in_it(office: Office) -> None:
    """As it was filed, under its name, after the session for calendars; the receipt tells that it left."""
    owed = await _erratum(office)
    async with post_office(owed.post), owed.delivering():
        await owed.until(lambda row: row.state is OutboxState.SENT)
    letter = owed.post.letters[-1]
    assert letter["Subject"] == "Erratum CM-2026-01-E1"
    calendar, file = letter.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert file.get_filename() == "note corrigée.pdf"
    assert file.get_content() == CORRECTED
    said = await owed.town.says("arnaud", "accusés CM détail")
    assert "- Jean Petit : courriel, envoyé le lundi 2 mars 2026 à 9 h, pas d'accusé" in said


async def test_what_went_behind_closed_doors_since_does_not_leave(office: Office) -> None:
    """The relay was away meanwhile: it goes on paper, as what a relay refuses; what it said of it goes nowhere either."""
    async with post_office(office.post), office.delivering():
        await office.until(lambda row: row.state is OutboxState.SENT)
    owed, town = await _erratum(office), office.town
    await town.says("arnaud", "!classer CM-2026-001 huis clos")
    sent = len(office.post.letters)
    async with post_office(office.post), owed.delivering():
        row = await owed.until(lambda row: row.state is OutboxState.FAILED)
    assert row.reason == "le document est maintenant à huis clos"
    assert "Erratum" not in " ".join(str(letter["Subject"]) for letter in office.post.letters[sent:])
    before = len(town.heard)
    await town.wake()
    assert [said for said in await told_to(town, "martin", before) if "À remettre sur papier" in said]


async def test_an_erratum_that_no_relay_takes_goes_on_paper(office: Office) -> None:
    """Too big for it, whatever we believed: the agents get the sheet, and can say that it was handed over."""
    async with post_office(office.post), office.delivering():
        await office.until(lambda row: row.state is OutboxState.SENT)
    owed, town = await _erratum(office), office.town
    async with post_office(office.post), owed.delivering():
        owed.post.answers = ["552 5.3.4 trop gros"] * 2
        await owed.until(lambda row: row.state is OutboxState.FAILED)
    before = len(town.heard)
    await town.wake()
    sheet = next(text for text in await told_to(town, "martin", before) if "Erratum" in text)
    assert sheet.startswith(
        "Courriel refusé pour Jean Petit.\n\nErratum CM-2026-01-E1 : CM-2026-001 version 2\n\nÀ remettre"
    )
    assert "Après chaque remise, écrivez-moi remis Petit erratum" in sheet
    assert "[fichier : CM-2026-01-E1 feuille de remplacement]" in [text for _, text in town.heard[before:]]
    assert (await town.says("martin", "remis Petit erratum")).startswith(
        "C'est noté : erratum CM-2026-01-E1 remis à Jean Petit le lundi 2 mars 2026."
    )
