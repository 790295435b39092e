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
KEYCAPS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟")
CHECK, CROSS = "✅", "❌"
FRESH = timedelta(minutes=10)
"""How long a bare "oui" in a room is an answer to the bot: later, it is said to somebody else."""
_SAME_AS_CHECK = ("✅", "✔", "👍", "☑", "👌")
_SAME_AS_CROSS = ("❌", "✖", "👎", "🚫")
_SHADES = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
"""What clients add to a sign: its emoji form, a tone of skin."""


def yes_or_no(line: str) -> tuple[Choice, ...]:
    """A confirmation: its line ends with "oui"; answered once, it is gone."""
    return (
        Choice("oui", line, YES, CHECK, once=True),
        Choice("non", "", NO, CROSS, once=True),
    )


def numbered(options: tuple[Option, ...]) -> tuple[Choice, ...]:
    """A list: "2" chooses the second, as often as one likes."""
    return tuple(
        Choice(option.label, option.line, (*_ways(n), *option.words), KEYCAPS[n - 1] if n <= 10 else "")
        for n, option in enumerate(options, start=1)
    )


def onward(label: str, line: str) -> Option:
    """The last answer of a list that goes on."""
    return Option(label, line, ("suite", "la suite", "voir la suite", "encore", "plus", "d'autres"))


def _ways(n: int) -> tuple[str, ...]:
    """How people say a number of the list, folded."""
    return tuple(f"{before}{n}" for before in ("", "n", "n°", "n° ", "no ", "numero ", "le ", "la ", "le numero "))


def chosen(choices: list[Choice], said: str) -> Choice | None:
    """The choice that these words make, or this sign sent as a message; or None."""
    word = fold(said).strip(" .!)")
    return next((choice for choice in choices if choice.answers(word)), None) or tapped(choices, said.strip())


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
