"""Who sends a mail, and whether it is proved: whatever a sender writes, only the mailbox's own server is believed."""

from pathlib import Path

import pytest

from bot.letterhead import is_proven, read_letterhead, rule_of
from bot.mail_settings import MailSettings

OURS = "mx.mairie.example"
SETTINGS = MailSettings(
    imap_host="127.0.0.1",
    imap_user="mairie",
    imap_password_file=Path("mdp"),
    senders={"@grandreims.fr": "*", "Urbanisme@Grandreims.fr": "URB"},
    authserv_id=OURS,
)
PASS = f"Authentication-Results: {OURS}; dmarc=pass header.from=grandreims.fr"


def _mail(*headers: str, sender: str = "From: Le Grand Reims <a@grandreims.fr>") -> bytes:
    return "\r\n".join((*headers, sender, "Subject: x", "", "")).encode()


@pytest.mark.parametrize(
    "headers",
    [
        (PASS,),
        (f"Authentication-Results: {OURS} 1;\r\n\tdkim=fail; dmarc=pass (p=none dis=none) header.from=GrandReims.fr",),
        (
            f"Authentication-Results: {OURS}; dkim=pass (ok) header.d=x.fr; dmarc = pass action=none header.from=grandreims.fr",
        ),
        ("Authentication-Results: relais.interne; dmarc=fail header.from=grandreims.fr", PASS),
    ],
)
def test_a_mail_that_our_server_vouches_for_is_proved(headers: tuple[str, ...]) -> None:
    """However the header is written."""
    assert is_proven(read_letterhead(_mail(*headers)), SETTINGS)


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Authentication-Results: ailleurs.example; dmarc=pass header.from=grandreims.fr",),
        (f"Authentication-Results: {OURS}; dmarc=fail header.from=grandreims.fr", PASS),
        (f"Authentication-Results: {OURS}; none", PASS),
        (f"Authentication-Results: {OURS}; spf=pass; dkim=pass header.d=grandreims.fr",),
        (f"Authentication-Results: {OURS}; dmarc=pass header.from=pirate.example",),
        (f"Authentication-Results: {OURS}; dmarc=pass",),
        (f"Authentication-Results: {OURS}; dmarc=none (; dmarc=pass header.from=grandreims.fr)",),
        (f'Authentication-Results: {OURS}; spf=pass smtp.mailfrom="; dmarc=pass header.from=grandreims.fr ;"@x',),
        (f"Authentication-Results: {OURS}; dmarc=fail header.from=x.fr; dmarc=pass header.from=grandreims.fr",),
        (f"Authentication-Results: {OURS}; spf=pass (un; dmarc=pass header.from=grandreims.fr",),
        (f'Authentication-Results: "{OURS}"; dmarc=pass header.from=grandreims.fr',),
        (f"Authentication-Results: x{OURS}; dmarc=pass header.from=grandreims.fr",),
    ],
)
def test_what_anyone_can_write_proves_nothing(headers: tuple[str, ...]) -> None:
    """Another server's word, a word below our server's own, one within a comment or quotes, another domain."""
    assert not is_proven(read_letterhead(_mail(*headers)), SETTINGS)


@pytest.mark.parametrize(
    "sender",
    [
        "Subject: no sender",
        "From: a@grandreims.fr, b@pirate.example",
        "From: a@grandreims.fr\r\nFrom: b@pirate.example",
        'From: "a@grandreims.fr" <b@pirate.example>',
        "From: =?utf-8?q?a=40grandreims=2Efr?= <b@pirate.example>",
        "From: =?utf-8?q?a=40grandreims=2Efr=2C?= b@pirate.example",
        "From: a@grandreims.fr@pirate.example",
        "From: a@grandreims.fr.pirate.example",
        "From: a@xgrandreims.fr",
        "From: <>",
        "From: \xff\xfe<<<",
    ],
)
def test_nobody_else_passes_for_a_sender_of_the_list(sender: str) -> None:
    """Several senders, names that look like addresses, look-alike domains."""
    assert rule_of(read_letterhead(_mail(sender=sender)), SETTINGS.senders) == ""


def test_an_address_goes_before_its_domain() -> None:
    """Whatever the case."""
    letter = read_letterhead(_mail(sender="From: URBANISME@grandreims.FR"))
    assert (letter.name, rule_of(letter, SETTINGS.senders)) == ("urbanisme@grandreims.fr", "Urbanisme@Grandreims.fr")
    assert rule_of(read_letterhead(_mail()), SETTINGS.senders) == "@grandreims.fr"


def test_names_and_subjects_are_read_on_one_line() -> None:
    """Encoded words are decoded; tricks of direction and line ends go; what can't be read is no failure."""
    headers = (
        b"From: =?utf-8?b?TOKAmWFnZ2xvIMOgIFJlaW1z?= <a@grandreims.fr>\r\n"
        b"Subject: =?utf-8?q?Budget_=E2=80=AE2026?=\r\n\t(suite)\r\nMessage-ID: <1@x>\r\n\r\n"
    )
    letter = read_letterhead(headers)
    assert (letter.name, letter.subject, letter.message_id) == ("L'agglo à Reims", "Budget 2026 (suite)", "<1@x>")
    for broken in (
        b"",
        b"\x00\xff",
        b"From: =?nope?q?x?=\r\nSubject: =?utf-8?b?////?=\r\n",
        b"Subject: " + b"=?" * 50_000,
    ):
        assert len(read_letterhead(broken).subject) <= 200


def test_a_mail_without_an_identifier_has_one_of_its_own() -> None:
    """So that it is known again."""
    one, other = read_letterhead(_mail()), read_letterhead(_mail("X-Number: 2"))
    assert one.message_id.startswith("sha256:")
    assert one.message_id != other.message_id
