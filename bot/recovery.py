"""The recovery key: a line to keep elsewhere, by which the account's encrypted identity is found again when all else is lost."""

import os
from pathlib import Path

from bot.settings import SettingsError
from bot.system import why


def given_key(path: Path) -> str | None:
    """The key that is in its file; None when there is no file yet.

    Raises:
        SettingsError: the file is there but can't be read.
    """
    try:
        return path.read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise SettingsError(
            f"matrix.recovery_key_file : le fichier {path} n'est pas une clé de récupération."
        ) from None
    except OSError as error:
        raise SettingsError(f"matrix.recovery_key_file : le fichier {path} ne se lit pas : {why(error)}.") from error


def keep_key(path: Path, key: str) -> None:
    """Write the key of a new identity beside the other secrets, for the bot's own account only."""
    if given_key(path) == key:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as out:
        out.write(f"{key}\n")
