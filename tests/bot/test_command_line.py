"""The command line: what it makes, what it says, its exit statuses. A mistake is one French line, never a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from council import __version__


def run(*arguments: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command, run as a person would."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("APPARITEUR_")}
    return subprocess.run(
        (sys.executable, "-m", "bot", *arguments),
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "command", ["init", "check", "run", "backup", "restore", "verify", "export", "demo", "chat", "version"]
)
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    """In French, without loading a town."""
    done = run(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert command in done.stdout


def test_version(tmp_path: Path) -> None:
    """The one of the package."""
    assert run("version", cwd=tmp_path).stdout == f"{__version__}\n"


def test_init_writes_what_is_to_be_completed_and_overwrites_nothing(tmp_path: Path) -> None:
    """The second time it says what is there already, exit 2."""
    done = run("init", "ville", cwd=tmp_path)
    assert done.returncode == 0
    assert {path.name for path in (tmp_path / "ville").iterdir()} == {"appariteur.toml", "membres.csv"}
    assert done.stdout.endswith("Ensuite : appariteur check, puis appariteur run.\n")
    (tmp_path / "ville" / "appariteur.toml").write_text("à moi")
    done = run("init", "ville", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "ville/appariteur.toml existe déjà : je n'y touche pas."
    assert (tmp_path / "ville" / "appariteur.toml").read_text() == "à moi"


def test_check_looks_at_everything_and_hides_secrets(tmp_path: Path) -> None:
    """One line each, exit 1 on a fault; a homeserver that is not there hides nothing else."""
    run("init", cwd=tmp_path)
    done = run(
        "check",
        cwd=tmp_path,
        APPARITEUR_MATRIX__HOMESERVER="http://127.0.0.1:9",
        APPARITEUR_MATRIX__PASSWORD_FILE=str(tmp_path / "mdp"),
    )
    assert done.returncode == 1
    lines = dict(line[5:].split(" : ", 1) for line in done.stdout.splitlines())
    assert list(lines) == [
        *("configuration", "membres", "administrateurs", "clé des documents", "base de données", "envois", "disque"),
        *("papiers numérisés", "serveur Matrix", "horloge", "compte et débit", "courriel", "boîte de la mairie"),
    ]
    assert lines["configuration"] == "Cormicy, 2 instances"
    assert lines["membres"] == "3 membres"
    assert lines["serveur Matrix"].startswith("http://127.0.0.1:9 ne répond pas")
    assert lines["compte et débit"].startswith("matrix.password_file : le fichier")
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_configuration_that_can_t_be_used_is_one_line(tmp_path: Path, command: str) -> None:
    """Exit 2; nothing of a secret in it."""
    done = run(command, "--config", "absent.toml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "absent.toml ne se lit pas : il n'existe pas.\n"
    (tmp_path / "faux.toml").write_text('[matrix]\npassword = "s3cret"\nserveur = "x"\n')
    done = run(command, "--config", "faux.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "s3cret" not in done.stderr
    assert done.stderr.startswith("faux.toml : la clé « ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("backup", "a.sauvegarde"), "secrets/storage n'existe pas : cette commune n'a jamais été lancée ici."),
        (("export", "sortie"), "secrets/storage n'existe pas : cette commune n'a jamais été lancée ici."),
        (("restore", "absente", "ville"), "absente : il n'existe pas."),
        (("restore", "membres.csv", "ville"), "membres.csv est abîmé, ou n'est pas une sauvegarde d'Appariteur."),
        (("restore", "membres.csv", "."), ". n'est pas vide : donnez un dossier vide ou nouveau."),
    ],
)
def test_what_can_t_be_backed_up_or_restored_is_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit 2, and nothing is left behind."""
    run("init", cwd=tmp_path)
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"{said}\n")
    assert len(done.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["appariteur.toml", "membres.csv"]


def test_verify_where_there_is_no_town(tmp_path: Path) -> None:
    """It says so, exit 1, and makes none."""
    run("init", cwd=tmp_path)
    done = run("verify", cwd=tmp_path)
    assert done.returncode == 1
    assert "n'a jamais été lancée ici" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["appariteur.toml", "membres.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "--confg", "x"), "L'option --confg n'existe pas. Vouliez-vous --config ?"),
        (("verify", "--vite"), "L'option --vite n'existe pas."),
        (("chekc",), "La commande chekc n'existe pas. Vouliez-vous check ?"),
        (("courir",), "La commande courir n'existe pas."),
        (("backup",), "Il manque FICHIER."),
        (("export",), "Il manque DOSSIER."),
        (("export", "sortie", "--séance", "CM"), "L'option --séance n'existe pas. Vouliez-vous --seance ?"),
        (("check", "ville"), "De trop : ville."),
        (("check", "--config"), "L'option --config demande une valeur."),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """In French, with where to look; exit 2."""
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(re.escape(said) + r" Pour savoir ce qui existe : .* --help\n", done.stderr)


def test_chat_ends_with_its_input(tmp_path: Path) -> None:
    """A line is answered; the end of the input ends it."""
    done = subprocess.run(
        (sys.executable, "-m", "bot", "chat"),
        input="c'est quand la prochaine commission de l'eau ?\n",
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "jeudi 26 mars 2026 à 18 h 30" in done.stdout
