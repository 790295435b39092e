"""Days told by a feast: "lundi de Pâques", "à Noël", "le jeudi de l'Ascension 2027"."""

from dataclasses import dataclass
from datetime import date, datetime

from council.calendar import feasts
from council.french.tokens import Line

_SAID = {
    "mardi gras": "mardi gras",
    "vendredi saint": "Vendredi saint",
    "dimanche de paques": "Pâques",
    "lundi de paques": "Lundi de Pâques",
    "paques": "Pâques",
    "jeudi de l ' ascension": "Ascension",
    "ascension": "Ascension",
    "dimanche de pentecote": "Pentecôte",
    "lundi de pentecote": "Lundi de Pentecôte",
    "lundi de la pentecote": "Lundi de Pentecôte",
    "pentecote": "Pentecôte",
    "jour de l ' an": "Jour de l'an",
    "fete du travail": "Fête du Travail",
    "fete nationale": "Fête nationale",
    "assomption": "Assomption",
    "toussaint": "Toussaint",
    "armistice": "Armistice de 1918",
    "jour de noel": "Noël",
    "noel": "Noël",
    "saint - sylvestre": "Saint-Sylvestre",
}


@dataclass(frozen=True)
class Feast:
    """A feast, the next one to come when its year isn't said."""

    name: str
    year: int | None = None

    def on(self, now: datetime, at: int | None) -> date:
        """Give the day of the feast."""
        today = now.date()
        day = feasts(self.year or today.year)[self.name]
        return day if self.year or day >= today else feasts(today.year + 1)[self.name]


def read_feast(line: Line, *, loose: bool) -> Feast | None:
    """Take a feast; ``loose`` leaves one that no article or weekday announces ("marché de Noël")."""
    said = line.take(*_SAID)
    if said is None or (loose and " " not in said):
        return None
    year = line.take_figures() if len(line.peek()) == 4 and line.peek() >= "1900" else None
    return Feast(_SAID[said], year)
