"""The members file: a spreadsheet saved as CSV or XLSX, read with indulgence, each row in error named."""

import contextlib
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.system import why
from council.french import fold
from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.people import Entry

COLUMNS = {
    "nom": ("nom", "nom de famille"),
    "prenom": ("prenom",),
    "identifiant": ("identifiant", "matrix", "compte"),
    "courriel": ("courriel", "email", "e-mail", "mail", "mel"),
    "telephone": ("telephone", "tel", "portable", "mobile"),
    "fonction": ("fonction", "qualite"),
    "commissions": ("commissions", "commission"),
    "preside": ("preside", "presidence", "vice-presidence"),
    "canal": ("canal",),
    "entree": ("entree",),
    "sortie": ("sortie",),
}
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")
REQUIRED = ("nom", "prenom", "fonction")
SPELLINGS = {
    "maire": Function.MAYOR,
    "adjoint": Function.DEPUTY,
    "adjointe": Function.DEPUTY,
    "conseiller": Function.COUNCILLOR,
    "conseillere": Function.COUNCILLOR,
    "dgs": Function.CHIEF_OFFICER,
    "agent": Function.AGENT,
    "agente": Function.AGENT,
    "secretaire": Function.AGENT,
    "externe": Function.GUEST,
}
LARGE = re.compile(r"(?<=papier) (?:en )?(?:grand|gros)(?: caracteres)?$")
"""What asks for large print, after the channel, folded."""


class RollError(Exception):
    """The file as a whole can't be read: one French line."""


@dataclass(frozen=True)
class Fault:
    """A row in error: the rest of the file goes on without it."""

    line: int
    column: str
    why: str

    def __str__(self) -> str:
        return f"ligne {self.line}, colonne « {self.column} » : {self.why}"


@dataclass(frozen=True)
class Roll:
    """What was understood of the file, and what was not."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


class _Wrong(Exception):
    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


def read_roll(path: Path, bodies: Sequence[BodyEntry]) -> Roll:
    """Read the members file.

    Raises:
        RollError: it is missing, empty, or lacks a necessary column.
    """
    rows = _rows(path)
    header = next(rows, None)
    if header is None:
        raise RollError(f"{path.name} est vide.")
    columns = _columns(header[1], path)
    entries: list[Entry] = []
    faults: list[Fault] = []
    for line, row in rows:
        cells = {name: (row[at].strip() if at < len(row) else "") for name, at in columns.items()}
        if not any(cells.values()):
            continue
        try:
            entry = _entry(cells, bodies)
            if any(entry.key == other.key for other in entries):
                raise _Wrong("identifiant" if entry.matrix_id else "nom", "cette personne figure déjà plus haut")
            entries.append(entry)
        except _Wrong as wrong:
            faults.append(Fault(line, wrong.column, wrong.why))
    return Roll(tuple(entries), tuple(faults))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows of text, whatever the file's kind."""
    try:
        if path.suffix.lower() == ".xlsx":
            from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and most towns keep a CSV

            sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
            return ((n, [_cell(value) for value in row]) for n, row in enumerate(sheet.iter_rows(values_only=True), 1))
        data = path.read_bytes()
    except OSError as error:
        raise RollError(f"{path} ne se lit pas : {why(error)}.") from error
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise RollError(f"{path.name} n'est pas un classeur lisible.") from error
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    return ((reader.line_num, row) for row in reader)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace")


def _columns(header: Sequence[str], path: Path) -> dict[str, int]:
    titles = [fold(title) for title in header]
    found = {
        name: titles.index(spelling)
        for name, spellings in COLUMNS.items()
        for spelling in spellings
        if spelling in titles
    }
    for name in REQUIRED:
        if name not in found:
            raise RollError(f"{path.name} : la colonne « {name} » manque (lues : {', '.join(filter(None, header))}).")
    return found


def _entry(cells: dict[str, str], bodies: Sequence[BodyEntry]) -> Entry:
    for name in REQUIRED:
        if not cells.get(name):
            raise _Wrong(name, "elle est vide")
    function = SPELLINGS.get(fold(cells["fonction"]))
    if function is None:
        raise _Wrong(
            "fonction", f"« {cells['fonction']} » est inconnue (maire, adjoint, conseiller, dgs, agent, externe)"
        )
    channel, large = _channel(cells.get("canal", ""))
    return Entry(
        last_name=cells["nom"],
        first_name=cells["prenom"],
        matrix_id=_matrix_id(cells.get("identifiant", "")),
        email=cells.get("courriel", ""),
        phone=cells.get("telephone", ""),
        function=function,
        channel=channel,
        since=_day(cells.get("entree", ""), "entrée"),
        until=_day(cells.get("sortie", ""), "sortie"),
        seats=_seats(cells, function, bodies),
        large=large,
    )


def _matrix_id(said: str) -> str | None:
    if not said:
        return None
    if not said.startswith("@") or ":" not in said or " " in said:
        raise _Wrong("identifiant", f"« {said} » n'est pas un identifiant (on attend @nom:serveur)")
    return said


def _channel(said: str) -> tuple[Channel, bool]:
    """How a person is reached, and whether in large print: « papier en grand »."""
    words = fold(said)
    bare = LARGE.sub("", words)
    try:
        return (Channel(bare) if bare else Channel.ELEMENT), bare != words
    except ValueError:
        raise _Wrong("canal", f"« {said} » est inconnu (element, courriel, papier, papier en grand)") from None


def _day(said: str, column: str) -> date | None:
    if not said:
        return None
    for shape in DATES:
        with contextlib.suppress(ValueError):
            return datetime.strptime(said, shape).date()  # noqa: DTZ007 - a civil date
    raise _Wrong(column, f"« {said} » n'est pas une date (on attend jj/mm/aaaa)")


def _seats(cells: dict[str, str], function: Function, bodies: Sequence[BodyEntry]) -> dict[str, bool]:
    """Which bodies, and which of them one chairs: the elected sit on the council, the mayor and the staff everywhere."""
    codes = [body.code for body in bodies]
    chaired = _codes(cells.get("preside", ""), "préside", codes)
    named = _codes(cells.get("commissions", ""), "commissions", codes)
    everywhere = function is Function.MAYOR or (function.staff and not named)
    council = [body.code for body in bodies if body.kind is BodyKind.COUNCIL] if function.elected else []
    kept = codes if everywhere else [code for code in codes if code in {*named, *chaired, *council}]
    return {code: code in chaired for code in kept}


def _codes(said: str, column: str, known: Sequence[str]) -> list[str]:
    if said.strip() == "*":
        return list(known)
    codes = said.upper().replace(",", " ").split()
    for code in codes:
        if code not in known:
            raise _Wrong(column, f"« {code} » n'est le code d'aucune commission ({', '.join(known)})")
    return codes
