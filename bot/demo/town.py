"""Valmont-sur-Suippe, a town that does not exist: a council, seventeen commissions, thirty-one people, for the demonstration."""

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from bot.demo.homeserver import SERVER_NAME
from council.french import fold

NAME = "Valmont-sur-Suippe"
BOT = "appariteur"
BODIES = {
    "CM": "Conseil municipal",
    "FIN": "Commission des finances",
    "URB": "Commission urbanisme",
    "VOI": "Commission voirie et bâtiments",
    "EAU": "Commission de l'eau",
    "ECO": "Commission des écoles",
    "CUL": "Commission culture et patrimoine",
    "SPO": "Commission sports et associations",
    "ENV": "Commission environnement",
    "COM": "Commission communication",
    "FET": "Commission des fêtes",
    "SOC": "Commission action sociale",
    "JEU": "Commission jeunesse",
    "AGR": "Commission agriculture et chemins",
    "CIM": "Commission du cimetière",
    "SEC": "Commission sécurité",
    "NUM": "Commission numérique",
    "MAR": "Commission des marchés",
}
COLUMNS = ("nom", "prénom", "identifiant", "fonction", "commissions", "préside", "canal", "entrée", "sortie")


@dataclass(frozen=True)
class Resident:
    """A row of the members file.

    Attributes:
        account: whether the person has an account; the others are only ever reached on paper.
    """

    first_name: str
    last_name: str
    function: str
    bodies: str = ""
    chairs: str = ""
    account: bool = True
    until: date | None = None

    @property
    def name(self) -> str:
        """As the town says it."""
        return f"{self.first_name} {self.last_name}"

    @property
    def login(self) -> str:
        """The account's name on the homeserver."""
        return fold(f"{self.first_name}.{self.last_name}").replace(" ", "").replace("'", "")

    @property
    def matrix_id(self) -> str:
        """The account's Matrix id."""
        return f"@{self.login}:{SERVER_NAME}"


MERCIER = Resident("Roland", "Mercier", "adjoint", "FIN MAR", "FIN")
AUBRY = Resident("Colette", "Aubry", "conseiller", "FIN SOC")
VASSEUR = Resident("Théo", "Vasseur", "externe", "FIN")
CHARPENTIER = Resident("Inès", "Charpentier", "conseiller", "FIN")
"""She arrives while the bot runs: she is not among the thirty-one."""
PEOPLE = (
    Resident("Hélène", "Garnier", "maire"),
    MERCIER,
    Resident("Josiane", "Perrin", "adjoint", "ECO JEU", "ECO JEU"),
    Resident("Alain", "Delcourt", "adjoint", "VOI EAU AGR", "VOI EAU"),
    Resident("Nadia", "Benali", "adjoint", "SOC FET", "SOC"),
    Resident("Thierry", "Lambert", "adjoint", "URB ENV CIM", "URB CIM"),
    AUBRY,
    Resident("Marcel", "Hautecœur", "conseiller", "AGR CIM", "AGR", account=False),
    Resident("Sylvie", "Noël", "conseiller", "CUL FET", "CUL"),
    Resident("Gérard", "Thibault", "conseiller", "VOI SEC", "SEC"),
    Resident("Amandine", "Collard", "conseiller", "COM NUM", "COM"),
    Resident("Bruno", "Da Silva", "conseiller", "SPO JEU", "SPO"),
    Resident("Françoise", "Lemaître", "conseiller", "FET CUL", "FET"),
    Resident("Mehdi", "Haddad", "conseiller", "NUM COM", "NUM"),
    Resident("Odile", "Roussel", "conseiller", "SOC ECO"),
    Resident("Patrick", "Vanhove", "conseiller", "EAU ENV", "ENV"),
    Resident("Yvette", "Malherbe", "conseiller", "CIM SOC", account=False),
    Resident("Laurent", "Guyot", "conseiller", "URB FIN"),
    Resident("Céline", "Fournier", "conseiller", "ECO MAR", "MAR"),
    Resident("Sandrine", "Lefort", "dgs"),
    Resident("Didier", "Marchal", "agent", "VOI EAU"),
    Resident("Karine", "Petitjean", "agent", "FIN MAR"),
    Resident("Éric", "Blondeau", "agent", "URB"),
    Resident("Maud", "Simonet", "agent", "ECO"),
    Resident("Fabien", "Charlier", "agent", "CUL COM"),
    VASSEUR,
    Resident("Brigitte", "Aumont", "externe", "CUL"),
    Resident("Samuel", "Okafor", "externe", "SPO"),
    Resident("Élodie", "Prévost", "externe", "ENV"),
    Resident("Jean-Luc", "Descamps", "externe", "AGR"),
    Resident("Valérie", "Houdart", "externe", "SOC"),
)


@dataclass
class Roll:
    """The members file, as the town hall edits it while the bot runs."""

    path: Path
    people: list[Resident] = field(default_factory=lambda: list(PEOPLE))

    def save(self) -> None:
        """Write the file anew, as a spreadsheet would."""
        text = io.StringIO()
        rows = csv.writer(text, delimiter=";", lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows(_row(person) for person in self.people)
        self.path.write_text(text.getvalue(), encoding="utf-8-sig")

    def add(self, person: Resident) -> None:
        """Somebody arrives."""
        self.people.append(person)

    def end(self, person: Resident, until: date) -> None:
        """Somebody's seat ends on that day."""
        self.people = [replace(each, until=until) if each == person else each for each in self.people]


def _row(person: Resident) -> tuple[str, ...]:
    until = person.until.strftime("%d/%m/%Y") if person.until else ""
    account, channel = (person.matrix_id, "element") if person.account else ("", "papier")
    return (
        person.last_name,
        person.first_name,
        account,
        person.function,
        person.bodies,
        person.chairs,
        channel,
        "",
        until,
    )


def configuration(homeserver: str, password: str) -> str:
    """The text of the town's ``appariteur.toml``."""
    head = (
        f'[commune]\nname = "{NAME}"\npopulation = 1480\n\n'
        f'[matrix]\nhomeserver = "{homeserver}"\nuser = "@{BOT}:{SERVER_NAME}"\npassword = "{password}"\n'
        f'admins = ["{MERCIER.matrix_id}"]\n'
    )
    kinds = {code: "council" if code == "CM" else "commission" for code in BODIES}
    return head + "".join(
        f'\n[[bodies]]\ncode = "{code}"\nname = "{name}"\nkind = "{kinds[code]}"\n' for code, name in BODIES.items()
    )
