"""Real PDF papers made on the fly: plain text on A4 pages, readable by any viewer and searchable by its words.

When the folder named by the environment variable ``APPARITEUR_PAPERS`` is there, its PDF files are used instead.
"""

import os
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "APPARITEUR_PAPERS"
_COLUMNS = 88  # characters of Helvetica 11 that fit between the margins, for French text
_PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
)


@dataclass(frozen=True)
class Paper:
    """A file as somebody would drop it: its name and its bytes."""

    name: str
    data: bytes


def make_pdf(pages: Sequence[str]) -> bytes:
    """A PDF 1.4 file of these texts, one page each (at most some fifty lines), in the Windows-1252 characters."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT]
    kids = []
    for text in pages:
        stream = _stream(text)
        kids.append(f"{len(objects) + 1} 0 R")
        objects += [_PAGE.format(len(objects) + 2).encode(), stream]
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _stream(text: str) -> bytes:
    """The drawing of a page: one line under the other, from the top left."""
    drawn = [b"BT /F1 11 Tf 15 TL 60 780 Td"]
    for paragraph in text.splitlines():
        for line in textwrap.wrap(paragraph, _COLUMNS) or [""]:
            shown = line.encode("cp1252", errors="replace")
            for special in (b"\\", b"(", b")"):
                shown = shown.replace(special, b"\\" + special)
            drawn.append(b"(" + shown + b") Tj T*")
    body = b"\n".join([*drawn, b"ET"])
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def _file(objects: Sequence[bytes]) -> bytes:
    """Numbered objects, then the table of where each begins."""
    written = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % start for start in starts)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(written)


def papers_given() -> list[Paper]:
    """The PDF files of the folder that the environment names, by name; none when it names none."""
    folder = os.environ.get(VARIABLE)
    found = sorted(Path(folder).rglob("*.pdf")) if folder else []
    return [Paper(path.name, path.read_bytes()) for path in found]


BUDGET = (
    (
        "Valmont-sur-Suippe\nRapport d'orientation budgétaire 2027\n\n"
        "Le débat d'orientation budgétaire précède le vote du budget. La commission des finances a examiné les comptes "
        "de l'exercice écoulé : l'épargne brute atteint 214 000 €, en hausse de 6 %, malgré le prix de l'énergie.\n\n"
        "Les dotations de l'État baissent de 11 400 €. La taxe foncière reste à son taux de 2024."
    ),
    (
        "Investissements proposés\n\nToiture de l'école Jules-Ferry : 86 000 €, subvention du département attendue à 30 %.\n"
        "Éclairage public : passage aux diodes de la rue du Moulin, 23 500 €.\n"
        "Réseau d'eau : recherche de fuites, 12 000 €.\n\nLa dette s'élève à 412 € par habitant."
    ),
)
ROOF = (
    (
        "Devis pour la toiture de l'école Jules-Ferry\n\nCouverture Delacourt et fils, devis n° 2026-118, rue des Tilleuls.\n\n"
        "Dépose des tuiles et des liteaux : 14 200,00 €\nCharpente, remplacement de six chevrons : 9 850,00 €\n"
        "Tuiles de terre cuite, fourniture et pose : 41 600,00 €\nZinguerie et gouttières : 6 020,00 €\n\n"
        "Total hors taxes : 71 670,00 €\nLes travaux se font pendant les vacances d'été. Devis valable trois mois."
    ),
)
FUNDING = (
    (
        "Toiture de l'école Jules-Ferry\nPlan de financement\n\nDépense : 86 004,00 € toutes taxes comprises.\n"
        "Département de la Marne : 25 800,00 €\nDotation d'équipement des territoires ruraux : 17 200,00 €\n"
        "Fonds propres de la commune : 43 004,00 €\n\nLe plan sera arrêté par le conseil municipal."
    ),
)


def town_papers() -> tuple[Paper, Paper, Paper]:
    """The three papers of the demonstration: a report, an estimate, a funding plan."""
    return (
        Paper("Rapport_orientation_budgetaire_2027.pdf", make_pdf(BUDGET)),
        Paper("devis_toiture_ecole.pdf", make_pdf(ROOF)),
        Paper("plan_de_financement.pdf", make_pdf(FUNDING)),
    )
