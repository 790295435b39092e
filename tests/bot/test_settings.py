"""The configuration: each mistake is one French line that names its key, the environment wins, secrets never show."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load

GOOD = """\
[commune]
name = "Cormicy"
population = 1500
[matrix]
homeserver = "https://matrix.cormicy.fr"
user = "@appariteur:cormicy.fr"
password = "s3cret-à-taire"
admins = ["@franck:cormicy.fr"]
[[bodies]]
code = "CM"
name = "Conseil municipal"
kind = "council"
[[bodies]]
code = "FIN"
name = "Commission des finances"
kind = "commission"
"""
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Puts a text in a configuration file."""

    def put(text: str) -> Path:
        path = tmp_path / "appariteur.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return put


def fault(path: Path) -> str:
    """The one line that loading this file is refused with, without the path."""
    with pytest.raises(SettingsError) as refused:
        load(path)
    said = str(refused.value)
    assert "\n" not in said
    assert "s3cret" not in said
    return said.removeprefix(f"{path} : ")


def test_what_is_not_said_has_a_sensible_value(write: Write, tmp_path: Path) -> None:
    """Paths start at the file's folder; the reminders are a week, a day and an hour before."""
    settings = load(write(GOOD))
    assert settings.commune.zone.key == "Europe/Paris"
    assert settings.storage.directory == tmp_path / "data"
    assert settings.storage.key_file == tmp_path / "secrets/storage"
    assert settings.members.file == tmp_path / "membres.csv"
    assert settings.reminders.offsets == (timedelta(days=7), timedelta(days=1), timedelta(hours=1))
    assert settings.storage.max_file_mb == 50
    assert settings.secret.get_secret_value() == "s3cret-à-taire"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("population", "populaton", "la clé « commune.population » manque."),
        ("[commune]", "[commune]\nregion = 1", "la clé « commune.region » est inconnue ; vouliez-vous « regime » ?"),
        ("[commune]", "[comune]", "la clé « commune » manque."),
        ("1500", "-3", "commune.population : valeur incorrecte"),
        ('kind = "council"', 'kind = "conseil"', "bodies.0.kind : valeur inconnue"),
        ('code = "FIN"', 'code = "CM"', "bodies : le code CM est donné deux fois."),
        ('code = "FIN"', 'code = "fin"', "bodies.1.code : valeur incorrecte"),
        ("https://", "", "matrix.homeserver : valeur incorrecte"),
        ('"@appariteur:cormicy.fr"', '"appariteur"', "matrix.user : valeur incorrecte"),
        ('password = "s3cret-à-taire"\n', "", "matrix : donnez un seul de : password, password_file"),
        ('password = "s3cret-à-taire"', 'access_token = "x"', "matrix : un access_token demande aussi device_id."),
        (
            "population",
            'timezone = "Europe/Reims"\npopulation',
            "commune.timezone : le fuseau « Europe/Reims » n'existe",
        ),
        ("population", 'regime = "breton"\npopulation', "commune.regime : valeur incorrecte"),
        ("[[bodies]]", '[mail]\nhost = "smtp.fr"\n[[bodies]]', "mail : host et sender vont ensemble."),
        ("[[bodies]]", '[mail]\nsender = "a b@c.fr"\n[[bodies]]', "mail.sender : valeur incorrecte"),
        (
            "[[bodies]]",
            '[mail]\nhost = "smtp.fr"\nsender = "a@c.fr"\nuser = "a"\n[[bodies]]',
            "mail : user et password_file vont ensemble.",
        ),
        (
            "[[bodies]]",
            '[mail]\nhost = "smtp.fr"\nsender = "a@c.fr"\nuser = "a"\npassword_file = "x"\nsecurity = "none"\n[[bodies]]',
            "mail : sans chiffrement (security), le mot de passe partirait en clair.",
        ),
    ],
)
def test_a_mistake_is_one_line_that_names_its_key(write: Write, before: str, after: str, said: str) -> None:
    """Unknown, missing, twice, or of a wrong kind."""
    assert before in GOOD
    assert fault(write(GOOD.replace(before, after, 1))).startswith(said.removesuffix("."))


def test_a_file_that_is_not_toml_or_not_there(write: Write, tmp_path: Path) -> None:
    """Both are said with the file's path."""
    assert "n'est pas un fichier TOML correct" in fault(write("commune = ["))
    assert "n'est pas un fichier TOML correct" in fault(write_bytes(tmp_path, b'a = "\xe9"'))
    assert fault(tmp_path / "absent.toml").endswith("ne se lit pas : il n'existe pas.")


def write_bytes(folder: Path, data: bytes) -> Path:
    """A configuration file of these very bytes."""
    path = folder / "bytes.toml"
    path.write_bytes(data)
    return path


def test_the_environment_wins(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every value can come from it; one that means nothing is refused rather than ignored."""
    path = write(GOOD)
    monkeypatch.setenv("APPARITEUR_MATRIX__PASSWORD", "autre")
    monkeypatch.setenv("APPARITEUR_COMMUNE__POPULATION", "1600")
    monkeypatch.setenv("APPARITEUR_PAPERS", "/un/dossier")
    settings = load(path)
    assert settings.secret.get_secret_value() == "autre"
    assert settings.commune.population == 1600
    assert settings.commune.name == "Cormicy"
    monkeypatch.setenv("APPARITEUR_MATRICE__PASSWORD", "x")
    assert fault(path) == "La variable d'environnement APPARITEUR_MATRICE__PASSWORD ne correspond à aucune clé."


def test_a_key_mistyped_in_the_environment_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is right, the key is not."""
    path = write(GOOD)
    monkeypatch.setenv("APPARITEUR_MATRIX__PASWORD", "x")
    assert fault(path) == "la clé « matrix.pasword » est inconnue ; vouliez-vous « password » ?"


def test_a_secret_may_be_in_a_file(write: Write, tmp_path: Path) -> None:
    """One that is missing or empty is said with its key."""
    settings = load(write(GOOD.replace('password = "s3cret-à-taire"', 'password_file = "mdp"')))
    with pytest.raises(SettingsError, match=r"^matrix\.password_file : le fichier .*mdp ne se lit pas"):
        _ = settings.secret
    (tmp_path / "mdp").write_text("\n")
    with pytest.raises(SettingsError, match=r"^matrix\.password_file : le fichier .*mdp est vide\.$"):
        _ = settings.secret
    (tmp_path / "mdp").write_text("dans le fichier\n")
    assert settings.secret.get_secret_value() == "dans le fichier"


def test_secrets_do_not_show(write: Write) -> None:
    """Neither printed nor in what an error of the program would show."""
    settings: Settings = load(write(GOOD))
    assert "s3cret" not in f"{settings} {settings!r} {settings.model_dump()} {settings.secret}"


def test_only_a_body_without_a_delay_of_the_law_has_its_own(write: Write) -> None:
    """A commission's is that of the house rules; the council's can't be configured."""
    assert load(write(f"{GOOD}delay_days = 5\n")).bodies[1].delay_days == 5
    wrong = GOOD.replace('kind = "council"', 'kind = "council"\ndelay_days = 5')
    assert fault(write(wrong)) == (
        "bodies : delay_days ne se donne qu'à une commission ou un groupe ; ailleurs, la loi fixe le délai."
    )
