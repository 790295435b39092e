"""Where an export goes: a folder, or a ZIP; it is there whole, read back, or not at all."""

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from council.french import tidy
from storage.durable import sync_directory

SUMS = "SHA256SUMS"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST = 90
_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file of a ZIP: its own are told in the tables."""


class ExportError(Exception):
    """What can't be exported: one French line for the terminal."""


class Parcel:
    """Takes files one by one; entered as a context, it appears under its name once it is left without an error.

    Raises:
        ExportError: something is there already, or what was written doesn't read back.
        OSError: the disk refuses.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._zipped = target.suffix.lower() == ".zip"
        self._aside = target.parent / f".{target.name}.{os.getpid()}"
        self._zip: zipfile.ZipFile | None = None
        self._sums: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Refuse what is there, then begin beside it."""
        if self._zipped and self._target.exists():
            raise ExportError(f"{self._target} existe déjà : je n'y touche pas.")
        if self._target.exists() and (not self._target.is_dir() or any(self._target.iterdir())):
            raise ExportError(f"{self._target} n'est pas vide : donnez un dossier vide ou nouveau, ou un fichier .zip.")
        self._target.parent.mkdir(parents=True, exist_ok=True)
        if self._zipped:
            self._zip = zipfile.ZipFile(_private(self._aside), "w", zipfile.ZIP_DEFLATED)
        else:
            self._aside.mkdir(mode=0o700)
        return self

    def add(self, name: str, data: bytes) -> str:
        """Write a file under a name with slashes. Returns its SHA-256."""
        self._sums[name] = hashlib.sha256(data).hexdigest()
        if self._zip is not None:
            self._zip.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)
            return self._sums[name]
        path = self._aside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return self._sums[name]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Read all of it back, then give it its name; after an error, leave nothing."""
        try:
            if error is None:
                self._finish()
        finally:
            if self._zip is not None:
                self._zip.close()
                self._aside.unlink(missing_ok=True)
            else:
                shutil.rmtree(self._aside, ignore_errors=True)

    def _finish(self) -> None:
        written = dict(self._sums)
        self.add(SUMS, "".join(f"{digest}  {name}\n" for name, digest in sorted(written.items())).encode())
        if self._zip is not None:
            self._zip.close()
            with zipfile.ZipFile(self._aside) as kept:
                self._compare(written, kept.read)
        else:
            self._compare(written, lambda name: (self._aside / name).read_bytes())
        self._aside.rename(self._target)
        sync_directory(self._target.parent)

    def _compare(self, written: dict[str, str], read: Callable[[str], bytes]) -> None:
        for name, digest in written.items():
            if hashlib.sha256(read(name)).hexdigest() != digest:
                raise ExportError(f"{name} ne se relit pas comme il a été écrit : le disque est à vérifier.")


def file_name(text: str) -> str:
    """A text as the name of a file, on any system."""
    return " ".join(_FORBIDDEN.sub(" ", tidy(text)).split()).strip(" .")[:_LONGEST].strip(" .")


def _private(path: Path) -> Path:
    path.touch(mode=0o600, exist_ok=False)
    return path
