"""The members file is read as town halls save it: any separator, encoding, order of columns; each fault is named."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.check import too_many
from bot.roll import RollError, read_roll
from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.people import Entry

BODIES = (
    BodyEntry("CM", "Conseil municipal", BodyKind.COUNCIL),
    BodyEntry("FIN", "Commission des finances", BodyKind.COMMISSION),
    BodyEntry("EAU", "Commission de l'eau", BodyKind.COMMISSION),
)
ROWS = (
    ("nom", "prénom", "identifiant", "fonction", "commissions", "préside", "canal", "entrée", "sortie"),
    ("Lefèvre", "Élise", "@elise:ville.fr", "maire", "", "", "", "", ""),
    ("Noël", "Gaël", "@gael:ville.fr", "Adjoint", "fin, eau", "FIN", "", "01/03/2026", ""),
    ("Œuvrard", "Zoé", "", "conseillère", "EAU", "", "papier", "", "2027-06-30"),
    ("Dupré", "Luc", "@luc:ville.fr", "dgs", "", "", "courriel", "", ""),
    ("Morel", "Anaïs", "@anais:ville.fr", "agent", "EAU", "", "", "", ""),
    ("Kern", "Otto", "@otto:ville.fr", "externe", "FIN", "", "", "", ""),
)


def text(separator: str) -> str:
    """The rows as a spreadsheet saves them; a cell that holds the separator is quoted."""
    return "\r\n".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in ROWS)


def save(folder: Path, kind: str) -> Path:
    """The same rows, in one of the ways that town halls save them."""
    path = folder / ("membres.xlsx" if kind == "xlsx" else "membres.csv")
    match kind:
        case "xlsx":
            book = Workbook()
            for row in ROWS:
                book.worksheets[0].append([date(2026, 3, 1) if cell == "01/03/2026" else cell or None for cell in row])
            book.save(path)
        case "; utf-8":
            path.write_bytes(text(";").encode())
        case ", BOM":
            path.write_bytes(text(",").encode("utf-8-sig"))
        case "; windows-1252":
            path.write_bytes(text(";").encode("cp1252"))
        case "tab":
            path.write_bytes(text("\t").encode())
    return path


@pytest.mark.parametrize("kind", ["; utf-8", ", BOM", "; windows-1252", "tab", "xlsx"])
def test_the_same_people_however_it_was_saved(tmp_path: Path, kind: str) -> None:
    """Separator, byte order mark, encoding, workbook."""
    roll = read_roll(save(tmp_path, kind), BODIES)
    assert roll.faults == ()
    mayor, deputy, paper, chief, agent, guest = roll.entries
    assert mayor == Entry(
        *("Lefèvre", "Élise", "@elise:ville.fr", "", "", Function.MAYOR, Channel.ELEMENT, None, None),
        {"CM": False, "FIN": False, "EAU": False},
    )
    assert (deputy.seats, deputy.since) == ({"CM": False, "FIN": True, "EAU": False}, date(2026, 3, 1))
    assert (paper.last_name, paper.matrix_id, paper.channel) == ("Œuvrard", None, Channel.PAPER)
    assert (paper.function, paper.until, paper.seats) == (
        Function.COUNCILLOR,
        date(2027, 6, 30),
        {"CM": False, "EAU": False},
    )
    assert chief.seats == {"CM": False, "FIN": False, "EAU": False}
    assert (agent.seats, guest.seats) == ({"EAU": False}, {"FIN": False})


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("papier", (Channel.PAPER, False)),
        ("Papier en grand", (Channel.PAPER, True)),
        ("papier gros caractères", (Channel.PAPER, True)),
        ("", (Channel.ELEMENT, False)),
    ],
)
def test_large_print_is_asked_for_with_the_channel(tmp_path: Path, said: str, read: tuple[Channel, bool]) -> None:
    """In the same cell, however it is said."""
    path = tmp_path / "membres.csv"
    path.write_text(f"nom;prénom;fonction;canal\nRoux;Hugo;maire;{said}\n")
    (entry,) = read_roll(path, BODIES).entries
    assert (entry.channel, entry.large) == read


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Roux;;maire;;;", "ligne 2, colonne « prenom » : elle est vide"),
        ("Roux;Hugo;chef;;;", "ligne 2, colonne « fonction » : « chef » est inconnue (maire, adjoint, conseiller,"),
        ("Roux;Hugo;agent;ZZZ;;", "ligne 2, colonne « commissions » : « ZZZ » n'est le code d'aucune commission"),
        ("Roux;Hugo;agent;;hugo;", "ligne 2, colonne « identifiant » : « hugo » n'est pas un identifiant"),
        ("Roux;Hugo;agent;;;31/02/2026", "ligne 2, colonne « sortie » : « 31/02/2026 » n'est pas une date"),
    ],
)
def test_a_row_in_error_is_named_and_the_rest_goes_on(tmp_path: Path, row: str, said: str) -> None:
    """Line, column, why; the next row is read all the same."""
    path = tmp_path / "membres.csv"
    path.write_text(f"nom;prénom;fonction;commissions;identifiant;sortie\n{row}\nVidal;Lucie;conseiller;;;\n")
    roll = read_roll(path, BODIES)
    assert [entry.last_name for entry in roll.entries] == ["Vidal"]
    assert [str(each).startswith(said) for each in roll.faults] == [True]


def test_somebody_named_twice_counts_once(tmp_path: Path) -> None:
    """The second row is the one in error; an empty row is none."""
    path = tmp_path / "membres.csv"
    path.write_text(
        "prénom;nom;fonction;identifiant\nHugo;Roux;adjoint;@h:v.fr\n;;;\nHugo;Roux;adjoint;@h:v.fr\n", encoding="utf-8"
    )
    roll = read_roll(path, BODIES)
    assert [entry.last_name for entry in roll.entries] == ["Roux"]
    assert str(roll.faults[0]) == "ligne 4, colonne « identifiant » : cette personne figure déjà plus haut"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("vide.csv", b"", "vide.csv est vide."),
        ("sans.csv", b"nom;role\nRoux;maire\n", "sans.csv : la colonne « prenom » manque (lues : nom, role)."),
        ("faux.xlsx", b"nom;role", "faux.xlsx n'est pas un classeur lisible."),
    ],
)
def test_a_file_that_can_t_be_read_is_one_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    """The roll as it was is then kept."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(RollError) as refused:
        read_roll(tmp_path / name, BODIES)
    assert str(refused.value) == said


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(RollError, match=r"membres\.csv ne se lit pas : il n'existe pas\.$"):
        read_roll(tmp_path / "membres.csv", BODIES)


def test_more_councillors_than_seats_are_pointed_out(tmp_path: Path) -> None:
    """Who has left, the agents and the externals have no seat; the quorum depends on who has."""
    rows = [("nom", "prénom", "fonction", "sortie"), ("A", "Anne", "maire", ""), ("B", "Bob", "dgs", "")]
    rows += [(f"C{n}", "Camille", "conseiller", "") for n in range(11)] + [("D", "Dan", "conseiller", "2026-01-31")]
    path = tmp_path / "membres.csv"
    path.write_text("\n".join(map(";".join, rows)), encoding="utf-8")
    entries = read_roll(path, BODIES).entries
    assert too_many(entries, 499, date(2026, 3, 1)) == (
        " ; 12 élus pour 11 sièges (article L. 2121-2 du CGCT) : à vérifier, le quorum en dépend"
    )
    assert too_many(entries, 500, date(2026, 3, 1)) == ""
