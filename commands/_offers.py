"""Numbers, "oui" and reactions are buttons: each chooses a line, that the bot then types for the person."""

import re
from datetime import datetime, timedelta

from commands._context import Option
from council.french import fold
from storage.offers import LIFE, Choice
from storage.tables import Offer

YES = (
    *("oui", "ok", "d'accord", "confirmer", "je confirme", "yes", "o", "1", "oui merci", "oui oui", "c'est bien cela"),
    *("oui c'est bien cela", "oui, c'est bien cela", "oui c'est ca", "oui, c'est ca", "c'est ca", "c'est bien ca"),
    *("exact", "tout a fait", "bien sur", "absolument"),
)
NO = ("non", "annule", "laisse tomber", "n", "2", "non merci", "non non", "surtout pas", "pas du tout")
_POLITE = (
    r"(?:,? (?:oui|ok|merci|bien sur|avec plaisir|volontiers|j'accepte|je confirme|je veux bien|d'accord|tout a fait"
    r"|c'est (?:bon|ca|bien ca|parfait)|ca me va|svp|stp|s'il (?:te|vous) plait|allez[- ]y|vas[- ]y|(?:pas de|sans) probleme"
    r"|monsieur|madame))*"
)
_ASSENT = re.compile(
    r"(?:(?:ben|bah|mais|ah|euh|eh bien),? )?(?:oui|ouais|ok|d'accord|volontiers|avec plaisir|j'accepte|je veux bien"
    rf"|je suis d'accord|ca marche|ca me va|allez[- ]y|vas[- ]y|parfait|entendu){_POLITE}"
)
"""Yes, as people say it to somebody."""
_DISSENT = re.compile(
    r"(?:(?:ben|bah|ah|euh|eh bien),? )?(?:non|nan|surtout pas|pas du tout|je refuse|je n'accepte pas)"
    r"(?:,? (?:non|merci|desolee?|pas (?:maintenant|encore|cette fois)|je (?:ne )?(?:peux|prefere|veux) pas|je refuse|finalement"
    r"|laisse[rz]? tomber|ca ira|monsieur|madame))*"
)
"""No, likewise."""
ONWARD = ("suite", "la suite", "voir la suite", "encore", "plus", "d'autres")
KEYCAPS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟")
CHECK, CROSS = "✅", "❌"
FRESH = timedelta(minutes=10)
"""How long a bare "oui" in a room is an answer to the bot: later, it is said to somebody else."""
_SAME_AS_CHECK = ("✅", "✔", "👍", "☑", "👌")
_SAME_AS_CROSS = ("❌", "✖", "👎", "🚫")
NAMING = 6
"""Words beyond which nothing is the name of a choice."""
_OWN = re.compile(r"«[^»]*»")
"""What a choice repeats of the person's own words: they name nothing."""
_EMPTY = frozenset(
    {*("a", "au", "aux", "la", "le", "les", "l", "de", "du", "des", "d"), *("celle", "celui", "ceux", "pour", "en")}
    | {"c", "est", "plutot", "et"}
)
_SHADES = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
"""What clients add to a sign: its emoji form, a tone of skin."""


def yes_or_no(line: str) -> tuple[Choice, ...]:
    """A confirmation: its line ends with "oui"; answered once, it is gone."""
    return (
        Choice("oui", line, YES, CHECK, once=True),
        Choice("non", "", NO, CROSS, once=True),
    )


def numbered(options: tuple[Option, ...]) -> tuple[Choice, ...]:
    """A list: "2" chooses the second, as often as one likes; "oui" the only one there is."""
    alone = ("oui",) if len(options) == 1 else ()
    return tuple(
        Choice(option.label, option.line, (*_ways(n), *alone, *option.words), KEYCAPS[n - 1] if n <= 10 else "")
        for n, option in enumerate(options, start=1)
    )


def onward(label: str, line: str) -> Option:
    """The last answer of a list that goes on."""
    return Option(label, line, ONWARD)


_ORDINALS = (
    ("premier", "premiere", "1er", "1ere"),
    ("deuxieme", "second", "seconde", "2e", "2eme"),
    ("troisieme", "3e", "3eme"),
    ("quatrieme", "4e", "4eme"),
    ("cinquieme", "5e", "5eme"),
)


def _ways(n: int) -> tuple[str, ...]:
    """How people say a number of the list, folded."""
    ranks = [f"{the} {rank}" for same in _ORDINALS[n - 1 : n] for rank in same for the in ("le", "la")]
    return (
        *(f"{before}{n}" for before in ("", "n", "n°", "n° ", "no ", "numero ", "le ", "la ", "le numero ")),
        *ranks,
    )


def chosen(choices: list[Choice], said: str) -> Choice | None:
    """The choice that these words make, or this sign sent as a message; or None."""
    word = fold(said).strip(" .!)")
    found = next((choice for choice in choices if choice.answers(word)), None) or tapped(choices, said.strip())
    meant = yes_said(said)
    if found is not None or meant is None:
        return found
    said_so = fold(said).startswith(("oui", "non"))  # of a list, only a plain yes: "ok" may be said of what was read
    return next((c for c in choices if c.answers("oui" if meant else "non") and (c.once or said_so)), None)


def yes_said(said: str) -> bool | None:
    """Whether words say yes or no, whatever politeness comes with it; None when they say neither."""
    word = fold(said).strip(" .!)")
    return True if _ASSENT.fullmatch(word) else False if _DISSENT.fullmatch(word) else None


def is_question_of(choices: list[Choice]) -> bool:
    """Whether these are the two answers of a question, "oui" and "non"."""
    return [choice.label for choice in choices] == ["oui", "non"]


def by_label(choices: list[Choice], said: str) -> Choice | None:
    """The only choice of a list that these words name: "eau" for « Commission de l'eau », "18h30", "celle de mardi"."""
    words = [word for word in _pieces(said) if word not in _EMPTY]
    if not words or len(words) > NAMING:
        return None
    named = [(choice, _pieces(_OWN.sub("", choice.label))) for choice in choices if not choice.once]
    whole = [choice for choice, label in named if label[-len(words) :] == words]
    some = whole if len(whole) == 1 else [choice for choice, label in named if set(words) <= set(label)]
    return some[0] if len(some) == 1 else None


def _pieces(text: str) -> list[str]:
    """The words and the numbers of a text, folded."""
    return re.findall(r"[a-z]+|\d+", fold(text))


def tapped(choices: list[Choice], emoji: str) -> Choice | None:
    """The choice that a reaction makes; clients vary in how they write the same sign."""
    sign = sign_of(emoji)
    return next((choice for choice in choices if choice.emoji and _SHADES.sub("", choice.emoji) == sign), None)


def sign_of(emoji: str) -> str:
    """A sign without what clients add to it; the ways of saying yes and no are one each."""
    bare = _SHADES.sub("", emoji)
    return CHECK if bare in _SAME_AS_CHECK else CROSS if bare in _SAME_AS_CROSS else bare


def fresh(offer: Offer, now: datetime) -> bool:
    """Whether an offer was made so lately that a word said in its room may well answer it."""
    return now - (offer.expires_at - LIFE) <= FRESH


def looks_like_answer(said: str) -> bool:
    """Whether words can only be an answer to a question: used to say that none is waiting."""
    word = fold(said).strip(" .!)")
    return (word.isdigit() and len(word) <= 2) or word in ("oui", "non")
