"""The town's mailbox, with a real IMAP server on this machine: filed once, by whom is allowed, whatever happens meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from time import monotonic

import pytest
from pydantic import SecretStr

from bot.imap import Box, Unreadable
from bot.mail_settings import MailSettings
from bot.mailbox import MOST, Mailbox
from bot.reading import Reading
from bot.town import Town
from commands import Facts
from storage.mails import Outcome
from storage.papers import Reader
from storage.store import Store
from storage.tables import Room
from tests.bot.imapd import MailServer, mail_server
from tests.commands.conftest import prepared, town
from tests.commands.summons import told_to

__all__ = ["prepared", "town"]
LIMIT = 20.0
OURS = "mx.sainte-colombe.fr"
PROVEN = f"{OURS}; spf=pass smtp.mailfrom=grandreims.fr; dmarc=pass (p=reject) header.from=grandreims.fr"
LIST = {"@grandreims.fr": "*", "urbanisme@grandreims.fr": "EAU"}
COUNCIL, WATER = "!cm:sainte-colombe.fr", "!eau:sainte-colombe.fr"


def mail(
    subject: str = "Orientations budgétaires",
    *,
    sender: str = "Le Grand Reims <assemblees@grandreims.fr>",
    number: int = 1,
    results: str | None = PROVEN,
    files: tuple[tuple[str, bytes], ...] = (),
) -> bytes:
    """A mail as the town's server keeps it."""
    message = EmailMessage()
    if results is not None:
        message["Authentication-Results"] = results
    message["From"], message["Subject"] = sender, subject
    message["Message-ID"] = f"<{number}@grandreims.fr>"
    message.set_content(f"Madame, Monsieur, veuillez trouver le rapport numéro {number}.")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@dataclass
class Hall:
    """The town, its mailbox, and the loop that reads it."""

    town: Town
    server: MailServer
    mailbox: Mailbox

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """The real loop, ended after the test."""
        task = asyncio.create_task(self.mailbox.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def reads(self) -> list[tuple[str, str]]:
        """Read the mailbox once from a new start; what is said then."""
        before = len(self.town.heard)
        await asyncio.to_thread(self.mailbox.box.open)
        await self.mailbox.once()
        await asyncio.to_thread(self.mailbox.box.close)
        await self.town.wake()
        return self.town.heard[before:]

    async def until(self, wanted: Callable[[], bool]) -> None:
        """Wait for a condition."""
        end = monotonic() + LIMIT
        while not wanted():
            assert monotonic() < end, self.mailbox.trouble
            await asyncio.sleep(0.02)

    async def counts(self) -> dict[Outcome, int]:
        """What became of the mails."""
        now = self.town.clock.now()
        async with self.town.database.read() as session:
            return await Store(session, "", now).mails.counts(now - timedelta(days=30))


def _mailbox(town: Town, server: MailServer, settings: MailSettings) -> Mailbox:
    box = Box("127.0.0.1", server.port, "none", "mairie", SecretStr(server.password), "INBOX")
    reading = Reading(town.files, town.extractor)
    return Mailbox(box, settings, town.database, reading, town.commune, town.clock, lambda: None)


@pytest.fixture
async def hall(town: Town) -> AsyncIterator[Hall]:
    """Sainte-Colombe with a mailbox."""
    settings = MailSettings(
        imap_host="127.0.0.1",
        imap_security="none",
        imap_user="mairie",
        imap_password_file=Path("mdp"),
        senders=LIST,
        authserv_id=OURS,
    )
    async with mail_server(MailServer(password="s3cret-boite")) as server:
        yield Hall(town, server, _mailbox(town, server, settings))


async def test_what_comes_while_it_waits_is_filed_with_its_attachments(hall: Hall) -> None:
    """The server says that something came; the council's room is told in one line, aloud; then it is marked as read."""
    async with hall.reading():
        await asyncio.wait_for(hall.server.waiting.wait(), LIMIT)
        data = mail(
            files=(
                ("rapport.txt", b"Le rapport d'orientations budgetaires\f" * 3),
                ("annexe.txt", b"Annexe financiere."),
            )
        )
        uid = hall.server.receive(data)
        await hall.until(lambda: "\\Seen" in hall.server.mails[uid].flags)
    await hall.town.wake()
    ((where, said),) = hall.town.heard
    assert where == COUNCIL
    assert said == (
        "Reçu du Grand Reims : Orientations budgétaires, classé CM-2026-001, avec 2 pièces jointes (CM-2026-002, CM-2026-003)."
    )
    assert hall.town.sent[-1]["everyone"]
    assert "CM-2026-002" in await hall.town.says("petit", "!chercher orientations budgetaires")
    assert await hall.town.says("vidal", "!envoyer CM-2026-003") == (
        "CM-2026-003 Annexe financiere, joint au courriel CM-2026-001\n\n[fichier : annexe.txt]"
    )
    assert "déposée par Le Grand Reims" in await hall.town.says("vidal", "!versions CM-2026-001")


async def test_what_comes_in_the_breath_in_which_it_begins_to_wait_is_seen(hall: Hall) -> None:
    """The server's two lines arrive together: the second is not left in a buffer until the next mail."""
    hall.server.hasty = mail("Permis")
    async with hall.reading():
        await hall.until(lambda: any("\\Seen" in each.flags for each in hall.server.mails.values()))


async def test_an_address_goes_before_its_domain_to_its_own_body(hall: Hall) -> None:
    """Quietly: only that room is told, and only its members read it."""
    hall.server.receive(mail("Permis", sender="urbanisme@grandreims.fr"))
    assert await hall.reads() == [(WATER, "Reçu d'urbanisme@grandreims.fr : Permis, classé EAU-2026-002.")]
    assert not hall.town.sent[-1]["loud"]
    assert "EAU-2026-002" not in await hall.town.says("petit", "!documents")


async def test_each_mail_is_filed_once(hall: Hall) -> None:
    """Read again, sent again, renumbered by its server, or read by a bot that begins anew."""
    hall.server.receive(mail())
    assert len(await hall.reads()) == 1
    assert await hall.reads() == []
    hall.server.receive(mail())
    assert await hall.reads() == []
    hall.server.renumber()
    hall.server.receive(mail(number=2))
    assert [text for _, text in await hall.reads()] == [
        "Reçu du Grand Reims : Orientations budgétaires, classé CM-2026-002."
    ]
    assert await hall.counts() == {Outcome.FILED: 2}


async def test_a_message_id_is_only_known_from_its_own_sender(hall: Hall) -> None:
    """Nobody makes another's mail pass for one that came already."""
    hall.server.receive(mail(sender="urbanisme@grandreims.fr"))
    hall.server.receive(mail())
    assert len(await hall.reads()) == 2


async def test_who_is_not_on_the_list_is_left_and_told_once_a_day(hall: Hall) -> None:
    """Not filed, not answered, not marked; named to the administrator alone."""
    uid = hall.server.receive(mail(sender="Promo <promo@spam.example>"))
    hall.server.receive(mail(sender="Promo <promo@spam.example>"))
    hall.server.receive(mail(sender="a@b.example, c@grandreims.fr"))
    assert await hall.reads() != []
    (said,) = await told_to(hall.town, "martin")
    assert said == (
        "Laissés dans la boîte de la mairie, sans être classés :\n\n- 3 courriels d'un expéditeur qui n'est pas dans mail.senders : "
        "promo@spam.example (2) et sans expéditeur"
    )
    assert hall.server.mails[uid].flags == set()
    hall.town.clock.push(timedelta(hours=20))
    hall.server.receive(mail(sender="Autre <x@spam.example>"))
    assert await hall.reads() == []
    hall.town.clock.push(timedelta(hours=5))
    assert len(await hall.reads()) == 1
    assert (await told_to(hall.town, "martin"))[-1].endswith(": x@spam.example")
    assert not any("Promo" in said or "FETCH 1 (BODY.PEEK[])" in said for said in hall.server.said)


async def test_a_sender_that_is_not_proved_is_left(hall: Hall) -> None:
    """A forged From is not enough."""
    hall.server.receive(mail(results=None))
    await hall.reads()
    assert await hall.counts() == {Outcome.UNPROVEN: 1}
    assert "1 courriel sans preuve de leur expéditeur" in (await told_to(hall.town, "martin"))[-1]
    hall.mailbox.mail = hall.mailbox.mail.model_copy(update={"unauthenticated": True, "authserv_id": ""})
    hall.server.receive(mail(results=None))
    assert len(await hall.reads()) == 1


async def test_a_mail_that_is_too_big_is_not_even_fetched(hall: Hall) -> None:
    """Its size is asked first."""
    hall.mailbox.commune = replace(hall.mailbox.commune, file_limit=1000)
    hall.server.receive(mail(files=(("lourd.bin", b"x" * 2000),)))
    await hall.reads()
    assert await hall.counts() == {Outcome.TOO_BIG: 1}
    assert not any("BODY.PEEK[])" in said for said in hall.server.said)


async def test_a_flood_is_left_in_the_mailbox(hall: Hall) -> None:
    """Under one entry of the list, so many a day; the others go on."""
    for number in range(MOST + 2):
        hall.server.receive(mail(number=number))
    hall.server.receive(mail(sender="urbanisme@grandreims.fr", number=900))
    await hall.reads()
    assert await hall.counts() == {Outcome.FILED: MOST + 1, Outcome.TOO_MANY: 2}


async def test_an_attachment_that_is_known_is_not_filed_twice(hall: Hall) -> None:
    """What the body has already is named."""
    await hall.town.drops("arnaud", b"Le reglement interieur.", "reglement.txt", room="CM")
    hall.server.receive(mail(files=(("reglement.txt", b"Le reglement interieur."),)))
    assert [text for _, text in await hall.reads()] == [
        "Reçu du Grand Reims : Orientations budgétaires, classé CM-2026-002, 1 pièce jointe déjà classée."
    ]


async def test_old_mails_of_a_new_mailbox_are_not_poured_into_the_rooms(hall: Hall) -> None:
    """Those of the last month are filed."""
    hall.server.receive(mail(number=1), received=date(2026, 1, 5))
    hall.server.receive(mail("Récent", number=2), received=date(2026, 2, 20))
    assert [text for _, text in await hall.reads()] == ["Reçu du Grand Reims : Récent, classé CM-2026-001."]


async def test_a_reply_to_its_line_speaks_of_the_paper(hall: Hall) -> None:
    """The line in the room is where the paper came."""
    hall.server.receive(mail())
    await hall.reads()
    said = await hall.town.says("arnaud", "!documents", room="CM")
    assert "CM-2026-001" in said
    async with hall.town.database.read() as session:
        store = Store(session, "", hall.town.clock.now())
        room = await store.outbox.sent_in(COUNCIL)
        person = await store.people.by_matrix_id("@vidal:sainte-colombe.fr")
        assert person is not None
        paper = await store.papers.dropped_as(room[0].event_id or "", _reader(person.id, hall.town))
    assert paper is not None
    assert paper.reference == "CM-2026-001"


def _reader(person_id: int, town: Town) -> Reader:
    return Reader(person_id, None, town.clock.now().date())


async def test_it_goes_on_after_a_cut_and_is_told_meanwhile(hall: Hall) -> None:
    """A connection that breaks while it waits, a server that is away: it comes back by itself, nothing is doubled."""
    async with hall.reading():
        await asyncio.wait_for(hall.server.waiting.wait(), LIMIT)
        hall.server.receive(mail())
        await hall.until(lambda: "\\Seen" in hall.server.mails[1].flags)
        hall.server.hang_up()
        await hall.until(lambda: bool(hall.mailbox.trouble))
        hall.server.receive(mail(number=2))
        await hall.until(lambda: "\\Seen" in hall.server.mails[2].flags)
    assert hall.mailbox.trouble == ""
    assert await hall.counts() == {Outcome.FILED: 2}


async def test_a_mail_waits_for_its_room(hall: Hall) -> None:
    """A body whose room isn't made yet: nothing is kept, and it is filed later."""
    hall.server.receive(mail())
    async with hall.town.database.begin() as session:
        await Store(session, "", hall.town.clock.now()).rooms.close(COUNCIL)
    with pytest.raises(Unreadable):
        await hall.reads()
    assert await hall.counts() == {}
    async with hall.town.database.begin() as session:
        room = await session.get(Room, COUNCIL)
        assert room is not None
        room.closed = False
    assert len(await hall.reads()) == 1


async def test_its_end_does_not_wait_for_the_server(hall: Hall) -> None:
    """A stop is quick while it waits for mail."""
    async with hall.reading():
        await asyncio.wait_for(hall.server.waiting.wait(), LIMIT)
        begun = monotonic()
    assert monotonic() - begun < 5


async def test_a_wrong_password_is_told_without_it(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    """In état, and nowhere else."""
    hall.mailbox.box.password = SecretStr("s3cret-faux")
    async with hall.reading():
        await hall.until(lambda: bool(hall.mailbox.trouble))
    town = hall.town
    now = town.clock.now()
    facts = Facts(now, now, True, 50, 0, 0, 12_300_000_000, 3_400_000, mailbox=hall.mailbox.facts)
    town.commune = replace(town.commune, facts=lambda: facts)
    assert (
        "\n- boîte de la mairie : le serveur de courriel refuse le compte ou son mot de passe ; 0 courriel classé, "
        "0 laissé de côté en 30 jours\n" in await town.says("martin", "!état")
    )
    assert "s3cret" not in caplog.text + repr(hall.mailbox.box)
