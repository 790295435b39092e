"""What a mail for every councillor asks of the town hall, and what becomes of a mail, or of its files, that can't be read."""

from email.message import EmailMessage

import pytest

from bot.mailbox import TRIES
from bot.reading import Reading
from storage.files import Files
from storage.mails import Outcome
from tests.bot.test_mailbox import COUNCIL, PROVEN, Hall, hall, mail, prepared, town
from tests.commands.summons import told_to
from tests.storage.makers import paper

__all__ = ["hall", "prepared", "town"]
WHERE_TO_FIND_IT = (
    "!envoyer CM-2026-001 vous donne ce qui est à imprimer ; une pièce jointe se demande par sa référence. Ce n'est pas une "
    "convocation : il n'y a rien à noter ensuite."
)


async def test_the_agents_are_told_whom_the_room_tells_nothing(hall: Hall) -> None:
    """A councillor on paper, with a number to call; nobody else is written to, and no mail of one commission asks for it."""
    await hall.town.arrives("Jeanne", "Fabre", "CM", phone="03 26 00 00 00")
    hall.server.receive(mail(files=(("rapport.txt", b"Le rapport."),)))
    said = await hall.reads()
    told = "Reçu du Grand Reims : Orientations budgétaires, classé CM-2026-001, avec 1 pièce jointe (CM-2026-002)."
    assert (COUNCIL, told) in said
    assert [text for where, text in said if where != COUNCIL] == [
        f"""À porter sur papier, car le salon ne leur dit rien :

- Jeanne Fabre, 03 26 00 00 00

{told}

{WHERE_TO_FIND_IT}"""
    ]
    assert len(await told_to(hall.town, "martin")) == 1
    hall.server.receive(mail(sender="urbanisme@grandreims.fr", number=2))
    await hall.reads()
    assert len(await told_to(hall.town, "martin")) == 1


async def test_nobody_is_told_where_all_have_an_account(hall: Hall) -> None:
    """The room's line is enough."""
    hall.server.receive(mail())
    assert [where for where, _ in await hall.reads()] == [COUNCIL]


async def test_a_broken_attachment_is_filed_with_its_letter(hall: Hall) -> None:
    """Cut, locked or of nonsense: the mail and the other files are filed, and each keeps its reference."""
    broken = paper("Le rapport", "et sa suite")[:300]
    locked = paper("Secret", password="x")
    hall.server.receive(
        mail(files=(("coupe.pdf", broken), ("protege.pdf", locked), ("annexe.txt", b"Annexe financiere.")))
    )
    [(_, said)] = await hall.reads()
    assert said.startswith("Reçu du Grand Reims : Orientations budgétaires, classé CM-2026-001, avec 3 pièces jointes")
    assert await hall.counts() == {Outcome.FILED: 1}
    sent = await hall.town.says("vidal", "!envoyer CM-2026-002")
    assert "[fichier : coupe.pdf]" in sent
    assert "CM-2026-004" in await hall.town.says("vidal", "!chercher annexe financiere")


async def test_an_attachment_that_lies_about_its_coding_is_filed_as_it_can_be(hall: Hall) -> None:
    """What isn't base64 is what its bytes are; the next mail is read."""
    message = EmailMessage()
    message["Authentication-Results"] = PROVEN
    message["From"], message["Subject"] = "Le Grand Reims <assemblees@grandreims.fr>", "Pièce abîmée"
    message["Message-ID"] = "<abime@grandreims.fr>"
    message.set_content("Bonjour.")
    message.add_attachment(b"%PDF-1.4 rien", maintype="application", subtype="pdf", filename="abime.pdf")
    data = message.as_bytes().replace(b"JVBERi0xLjQgcmllbg==", b"!!! pas du base64 !!!")
    hall.server.receive(data)
    hall.server.receive(mail("Suivant", number=2))
    said = [text for _, text in await hall.reads()]
    assert said[0].startswith("Reçu du Grand Reims : Pièce abîmée, classé CM-2026-001")
    assert said[1].startswith("Reçu du Grand Reims : Suivant, classé CM-2026-00")


class Cursed(Files):
    """The town's files, which fail on some bytes each time they are given them."""

    async def put(self, data: bytes) -> str:
        """Keep what isn't cursed."""
        if b"maudit" in data:
            raise ArithmeticError
        return await super().put(data)


async def test_a_mail_that_can_never_be_filed_is_left_told_and_keeps_no_other_waiting(hall: Hall) -> None:
    """After a few tries, with its attachment; who sent it is named to the administrators, nothing of it is filed."""
    files = Cursed(hall.town.files.path(""), b"k" * 32)
    hall.mailbox.reading = Reading(files, hall.town.extractor)
    hall.server.receive(mail(files=(("maudit.txt", b"maudit"),)))
    hall.server.receive(mail("Suivant", number=2))
    for _ in range(TRIES - 1):
        with pytest.raises(ArithmeticError):
            await hall.reads()
    said = await hall.reads()
    assert await hall.counts() == {Outcome.BROKEN: 1, Outcome.FILED: 1}
    assert [text for where, text in said if where == COUNCIL] == ["Reçu du Grand Reims : Suivant, classé CM-2026-001."]
    [told] = await told_to(hall.town, "martin")
    assert "1 courriel que je n'ai pas réussi à classer" in told
