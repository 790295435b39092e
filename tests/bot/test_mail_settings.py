"""The mailbox in the configuration: each mistake is one French line; the check opens it, and reads nothing."""

from pathlib import Path

import pytest

from bot.belongings import belongings
from bot.check import check_all
from bot.settings import Settings, SettingsError, load
from tests.bot.imapd import MailServer, mail_server
from tests.bot.test_settings import GOOD

WHOLE = {
    "imap_host": '"127.0.0.1"',
    "imap_security": '"none"',
    "imap_user": '"mairie"',
    "imap_password_file": '"mdp"',
    "authserv_id": '"mx.cormicy.fr"',
    "senders": '{ "@grandreims.fr" = "*", "urbanisme@grandreims.fr" = "FIN" }',
}


def _loaded(folder: Path, **changes: str) -> Settings:
    """A configuration with a mailbox, some keys changed; an empty one is left out."""
    lines = [f"{key} = {value}" for key, value in {**WHOLE, **changes}.items() if value]
    path = folder / "appariteur.toml"
    path.write_text(GOOD + "[mail]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return load(path)


def test_a_whole_mailbox_is_taken(tmp_path: Path) -> None:
    """Its password is a secret in a file, kept with the town's belongings."""
    (tmp_path / "mdp").write_text("s3cret\n")
    settings = _loaded(tmp_path)
    assert settings.mailbox_password.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings)
    assert belongings(settings).files["mdp"] == tmp_path / "mdp"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"imap_user": ""}, "mail : imap_host demande aussi imap_user et imap_password_file."),
        ({"senders": ""}, "mail : imap_host demande aussi senders : de qui classer les courriels, et où."),
        ({"authserv_id": ""}, "mail : donnez authserv_id, le nom que votre serveur de courriel écrit"),
        ({"unauthenticated": "true"}, "mail : donnez authserv_id, le nom que votre serveur de courriel écrit"),
        ({"imap_host": '"imap.fr"'}, "mail : sans chiffrement (imap_security), le mot de passe partirait en clair."),
        (
            {"senders": '{ "@x.fr" = "URB" }'},
            "configuration : mail.senders : « @x.fr » va à « URB », qui n'est le code",
        ),
        ({"senders": '{ "x.fr" = "FIN" }'}, "mail.senders.x.fr.[key] : valeur incorrecte"),
        ({"imap_hosts": '"x"'}, "la clé « mail.imap_hosts » est inconnue ; vouliez-vous « imap_host » ?"),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    """It names the key, and what to do."""
    with pytest.raises(SettingsError) as refused:
        _loaded(tmp_path, **changes)
    assert str(refused.value).removeprefix(f"{tmp_path / 'appariteur.toml'} : ").startswith(said)


async def _checked(settings: Settings) -> str:
    return next(str(line) for line in await check_all(settings) if line.what == "boîte de la mairie")


async def test_the_check_opens_the_mailbox(tmp_path: Path) -> None:
    """One line, good or bad; no mail is read."""
    (tmp_path / "mdp").write_text("s3cret-boite\n")
    async with mail_server(MailServer(password="s3cret-boite")) as server:
        settings = _loaded(tmp_path, imap_port=str(server.port))
        assert (
            await _checked(settings) == "ok   boîte de la mairie : mairie@127.0.0.1/INBOX, 2 expéditeurs dans la liste"
        )
        assert not any("FETCH" in said or "STORE" in said for said in server.said)
        server.password = "autre"
        assert await _checked(settings) == (
            f"NON  boîte de la mairie : 127.0.0.1, port {server.port}, dossier INBOX : le serveur de courriel refuse le compte "
            "ou son mot de passe"
        )
    assert (await _checked(settings)).endswith("dossier INBOX : serveur de courriel injoignable")
    none = _loaded(tmp_path, **dict.fromkeys(WHOLE, ""))
    assert await _checked(none) == "ok   boîte de la mairie : aucune : rien n'est classé par courriel"
