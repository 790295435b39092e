"""The words of French dates: weekdays, months, numbers and ordinals, and how much misspelling is forgiven."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from council.french.folding import fold

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
ORDINALS = ("premier", "deuxième", "troisième", "quatrième", "cinquième")

SHORT_WEEKDAYS = {word: index for index, word in enumerate(("lun", "mar", "mer", "jeu", "ven", "sam", "dim"))}
SHORT_WEEKDAYS |= {"merc": 2, "vend": 4}
_FOLDED_WEEKDAYS = {word: index for index, word in enumerate(WEEKDAYS)}
_FOLDED_MONTHS = {fold(word): index for index, word in enumerate(MONTHS, start=1)}
_SHORT_MONTHS = {
    **dict.fromkeys(("janv", "jan"), 1),
    **dict.fromkeys(("fevr", "fev"), 2),
    "avr": 4,
    **dict.fromkeys(("juil", "juill", "jul"), 7),
    "aou": 8,
    **dict.fromkeys(("sept", "sep"), 9),
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
# Words of the language, one letter away from a day or a month: they mean themselves.
_THEMSELVES = frozenset(
    (
        *("hardi", "pardi", "lundis", "mardis", "mercredis", "jeudis", "vendredis", "samedis", "dimanches"),
        *("janviers", "levrier", "avrils", "aouts", "juins", "juif", "joint", "juan", "tout", "bout", "gout"),
        *("rout", "main", "mais", "mare", "mari", "marc", "marx", "mas", "ars", "cars", "gars", "pars", "tars"),
        *("murs", "mors", "mans", "mats", "maps", "marais"),
    )
)
_UNITS = (
    *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    *("neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
)
NUMBERS = {word: value for value, word in enumerate(_UNITS)} | {"une": 1}
TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
ORDINAL_WORDS = {
    **dict.fromkeys(("premier", "premiere", "1er"), 1),
    **dict.fromkeys(("deuxieme", "second", "seconde"), 2),
    "troisieme": 3,
    "quatrieme": 4,
    "cinquieme": 5,
}


@lru_cache(maxsize=4096)
def weekday_named(word: str) -> int | None:
    """Give the weekday (0 is Monday) that a folded word names, one letter wrong allowed; None for other words."""
    return _nearest(word, _FOLDED_WEEKDAYS, shortest=5)


@lru_cache(maxsize=4096)
def month_named(word: str) -> int | None:
    """Give the month (1 to 12) that a folded word names, whole, shortened, or with one letter wrong.

    "mai" is too short to be misspelt: "mal", "mat" or "mis" would become dates.
    """
    if word in _SHORT_MONTHS:
        return _SHORT_MONTHS[word]
    return _nearest(word, _FOLDED_MONTHS, shortest=4)


def _nearest(word: str, names: dict[str, int], shortest: int) -> int | None:
    if word in names:
        return names[word]
    if len(word) > 11 or word in _THEMSELVES:
        return None
    close = [
        index
        for name, index in names.items()
        if len(name) >= shortest and OSA.distance(word, name, score_cutoff=1) <= 1
    ]
    return close[0] if len(close) == 1 else None
