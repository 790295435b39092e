"""What belongs to a town beside its database: configuration, members, keys; each with its place in a restored folder.

Wherever the files of a town are on this machine, a restored town is one folder: what lay outside the configuration's folder
has a place in it, and the configuration that is kept says so.
"""

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings

CONFIGURATION = "appariteur.toml"
DATABASE = "appariteur.sqlite3"
_PLACES = (
    ("members", "file", "membres"),
    ("storage", "key_file", "secrets/storage"),
    ("matrix", "password_file", "secrets/matrix"),
    ("matrix", "access_token_file", "secrets/jeton"),
    ("matrix", "recovery_key_file", "secrets/recovery"),
    ("backup", "passphrase_file", "secrets/sauvegarde"),
    ("mail", "password_file", "secrets/courriel"),
    ("mail", "imap_password_file", "secrets/boite"),
)
"""The files that the configuration names, and where they go when they lie elsewhere."""


@dataclass(frozen=True)
class Belongings:
    """A town's files, by their place in the restored folder.

    Attributes:
        configuration: its text, every path of which leads into the folder.
        files: those that exist, by place.
        data: the place of the data directory.
    """

    configuration: str
    files: dict[str, Path]
    data: str


def belongings(settings: Settings) -> Belongings:
    """Everything that a backup keeps beside the database and the documents."""
    folder = settings.path.parent
    text = settings.path.read_text(encoding="utf-8")
    written = tomllib.loads(text)
    files: dict[str, Path] = {}
    for table, key, usual in _PLACES:
        path = getattr(getattr(settings, table), key)
        if path is None:
            continue
        place = _place(path, folder, usual + (path.suffix if table == "members" else ""))
        text = _led_to(place, text, written.get(table, {}).get(key), folder)
        if path.is_file():
            files[place] = path
    data = _place(settings.storage.directory, folder, "data")
    text = _led_to(data, text, written.get("storage", {}).get("directory"), folder)
    return Belongings(text, files, data)


def _place(path: Path, folder: Path, usual: str) -> str:
    """Where a file goes: where it is, when that is within the folder."""
    whole = Path(os.path.normpath(path))
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else usual


def _led_to(place: str, text: str, said: object, folder: Path) -> str:
    """The configuration's text, a path that leads out of the folder replaced by its place in it."""
    if not isinstance(said, str) or Path(os.path.normpath(folder / said)).is_relative_to(folder):
        return text
    for quoted in (json.dumps(said, ensure_ascii=False), f"'{said}'"):
        text = text.replace(quoted, json.dumps(place, ensure_ascii=False))
    return text
