"""Numbers, "oui" and reactions are buttons: each chooses a line, that the bot then types for the person."""

from commands._context import Option
from council.french import fold
from storage.offers import Choice

YES = ("oui", "ok", "d'accord", "confirmer", "je confirme", "yes", "o", "1")
NO = ("non", "annule", "laisse tomber", "n", "2")
KEYCAPS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟")
CHECK, CROSS = "✅", "❌"
_SAME_AS_CHECK = ("✅", "✔️", "✔", "👍", "☑️")
_SAME_AS_CROSS = ("❌", "✖️", "👎", "🚫")


def yes_or_no(line: str) -> tuple[Choice, ...]:
    """A confirmation: its line ends with "oui"; answered once, it is gone."""
    return (
        Choice("oui", line, YES, CHECK, once=True),
        Choice("non", "", NO, CROSS, once=True),
    )


def numbered(options: tuple[Option, ...]) -> tuple[Choice, ...]:
    """A list: "2" chooses the second, as often as one likes."""
    return tuple(
        Choice(option.label, option.line, (str(n), f"n{n}", f"no {n}", f"le {n}"), KEYCAPS[n - 1] if n <= 10 else "")
        for n, option in enumerate(options, start=1)
    )


def chosen(choices: list[Choice], said: str) -> Choice | None:
    """The choice that these words make, or None."""
    word = fold(said).strip(" .!)")
    return next((choice for choice in choices if choice.answers(word)), None)


def tapped(choices: list[Choice], emoji: str) -> Choice | None:
    """The choice that a reaction makes; clients vary in how they write the same sign."""
    sign = CHECK if emoji in _SAME_AS_CHECK else CROSS if emoji in _SAME_AS_CROSS else emoji
    bare = sign.replace("\ufe0f", "")
    return next((choice for choice in choices if choice.emoji and choice.emoji.replace("\ufe0f", "") == bare), None)


def looks_like_answer(said: str) -> bool:
    """Whether words can only be an answer to a question: used to say that none is waiting."""
    word = fold(said).strip(" .!)")
    return (word.isdigit() and len(word) <= 2) or word in ("oui", "non")
