"""What is said to the relay, and what its answers mean: an account, an address, a file, encryption; the check of it."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.check import check_all
from bot.mail import Enclosed, Mail, Postponed, Refused
from bot.settings import Settings, load
from tests.bot.relay import SENDER, Post, post_office, relay
from tests.commands.conftest import prepared, town
from tests.storage.makers import paper

__all__ = ["prepared", "town"]
LIMIT = 20.0
CORRECTED = paper("Le montant est de 51 000 euros.")
SAMPLE = """
[commune]
name = "Sainte-Colombe"
population = 640
[matrix]
homeserver = "http://127.0.0.1:9"
user = "@appariteur:sainte-colombe.fr"
password = "secret"
[mail]
[[bodies]]
code = "CM"
name = "Conseil municipal"
kind = "council"
"""


@pytest.mark.parametrize(
    "mime", ["", "pdf", "multipart/mixed", "message/rfc822", "text/x\r\nBcc: b@example.fr", "a b/c"]
)
async def test_a_file_of_a_strange_type_is_only_bytes(mime: str) -> None:
    """Whoever gave it chose its name and type: neither adds a header nor breaks the message. A usual type is kept."""
    enclosed = Enclosed("note\r\nBcc: b@example.fr.pdf", mime, b"\x00\r\n.\r\nfin")
    async with post_office(Post()) as post:
        await relay(post.port).send(replace(_mail(), enclosed=replace(enclosed, mime="application/pdf")))
        await relay(post.port).send(replace(_mail(), enclosed=enclosed))
    usual, letter = post.letters
    assert next(usual.iter_attachments()).get_content_type() == "application/pdf"
    (file,) = letter.iter_attachments()
    assert file.get_content_type() == "application/octet-stream"
    assert (file.get_content(), file.get_filename()) == (enclosed.data, "note Bcc: b@example.fr.pdf")
    assert letter["Bcc"] is None
    assert file["Bcc"] is None


def _mail(address: str = "jean.petit@example.fr", name: str = "Jean Petit") -> Mail:
    return Mail("cause-1", name, address, "Convocation", "Bonjour", datetime(2026, 3, 2, 9, tzinfo=UTC))


async def test_the_account_is_given_and_its_password_never_told(caplog: pytest.LogCaptureFixture) -> None:
    """A wrong one makes every e-mail wait: it isn't their fault."""
    caplog.set_level(logging.DEBUG)
    async with post_office(Post(), account=(b"mairie", b"s3cret-relais")) as post:
        await relay(post.port, "s3cret-relais").send(_mail())
        for wrong in ("s3cret-faux", ""):
            with pytest.raises(Postponed) as told:
                await relay(post.port, wrong).send(_mail())
            assert str(told.value).startswith("le relais de courriel refuse notre compte (53")
            assert "s3cret" not in repr(relay(post.port, wrong))
    assert len(post.letters) == 1
    assert "s3cret" not in caplog.text


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        ("550 inconnu", Refused, "le relais de courriel refuse : 550 inconnu"),
        ("552 trop gros", Refused, "le relais de courriel refuse : 552 trop gros"),
        ("451 plus tard", Postponed, "le relais de courriel diffère : 451 plus tard"),
        ("530 un compte", Postponed, "le relais de courriel refuse notre compte (530)"),
    ],
)
async def test_what_an_answer_means(answer: str, kind: type[Exception], said: str) -> None:
    """Of the 5xx kind it is for good, unless it is about our account."""
    async with post_office(Post(answers=[answer])) as post:
        with pytest.raises(kind) as told:
            await relay(post.port).send(_mail())
    assert str(told.value) == said


@pytest.mark.parametrize("address", ["", "personne", "a b@example.fr", "a@example.fr\r\nBcc: b@example.fr"])
async def test_an_address_that_is_none_reaches_nobody(address: str) -> None:
    """Nor does it add a header."""
    async with post_office(Post()) as post:
        with pytest.raises(Refused):
            await relay(post.port).send(_mail(address))
        await relay(post.port).send(_mail(name="Jean\r\nBcc: b@example.fr"))
    (letter,) = post.letters
    assert letter["Bcc"] is None


async def test_what_must_be_encrypted_never_leaves_in_clear() -> None:
    """A relay that offers no encryption is told of, and nothing is sent."""
    async with post_office(Post()) as post:
        for security in ("starttls", "ssl"):
            with pytest.raises(Postponed):
                await replace(relay(post.port), security=security).send(_mail())
        await relay(post.port).greet()
    assert post.letters == []


def _configured(folder: Path, port: int, *more: str) -> Settings:
    """A town's configuration with this relay."""
    lines = ("[mail]", 'host = "127.0.0.1"', f"port = {port}", 'security = "none"', f'sender = "{SENDER}"', *more)
    path = folder / "appariteur.toml"
    path.write_text(SAMPLE.replace("[mail]\n", "\n".join(lines) + "\n"), encoding="utf-8")
    return load(path)


async def _checked(settings: Settings) -> str:
    """The line of the check about e-mail."""
    return next(str(line) for line in await check_all(settings) if line.what == "courriel")


async def test_the_check_tries_the_relay_with_its_account(tmp_path: Path) -> None:
    """One line, good or bad; nothing is sent."""
    (tmp_path / "mdp").write_text("s3cret-relais\n")
    account = ('user = "mairie"', 'password_file = "mdp"')
    async with post_office(Post(), account=(b"mairie", b"s3cret-relais")) as post:
        settings = _configured(tmp_path, post.port, *account)
        assert await _checked(settings) == f"ok   courriel : 127.0.0.1, port {post.port}, répond"
        (tmp_path / "mdp").write_text("autre\n")
        told = f"NON  courriel : 127.0.0.1, port {post.port} : le relais de courriel refuse notre compte (535)"
        assert await _checked(settings) == told
    assert await _checked(settings) == f"NON  courriel : 127.0.0.1, port {post.port} : relais de courriel injoignable"
    (tmp_path / "mdp").unlink()
    assert (await _checked(settings)).startswith("NON  courriel : mail.password_file : le fichier")
    assert post.letters == []
