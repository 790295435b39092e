"""Every way of speaking to the bot comes down to a line without its prefix."""

import re
from dataclasses import dataclass

from commands._context import Commune
from council.french import fold, tidy

_PREFIX = re.compile(r"^\s*(?:!|//?)\s*(?=\w)")
_REPLY_FALLBACK = re.compile(r"\A(?:> .*\n)+\n?")


@dataclass(frozen=True)
class Spoken:
    """What was said to the bot.

    Attributes:
        line: the words, without prefix nor address, tidied.
        addressed: whether the bot was named or a prefix typed; a bare line in a room is talk among people.
        prefixed: whether a command prefix was typed: the first word is meant as a command.
    """

    line: str
    addressed: bool
    prefixed: bool


def listen(body: str, commune: Commune, mentions: tuple[str, ...] = ()) -> Spoken:
    """Understand ``!x``, ``/x``, ``//x``, a mention, "Appariteur, x"; phones' capitals, quotes and dashes undone.

    Args:
        body: the plain body of the message (never its HTML).
        mentions: the user ids of ``m.mentions``.
    """
    text = tidy(_REPLY_FALLBACK.sub("", body))
    rest = _without_name(text, commune)
    named = rest is not None or commune.bot_id in mentions
    text = text if rest is None else rest
    prefix = _PREFIX.match(text)
    line = text[prefix.end() :] if prefix else text
    return Spoken(line.strip(), bool(prefix) or named, bool(prefix))


def _without_name(text: str, commune: Commune) -> str | None:
    """The text without the bot's name at its start or end, or None when it isn't named."""
    bare_id = commune.bot_id.removeprefix("@")
    names = "|".join(re.escape(name) for name in (bare_id, bare_id.split(":")[0], *commune.aliases))
    folded_same_length = "".join(fold(char) or char for char in text)
    source = folded_same_length if len(folded_same_length) == len(text) else text
    start = re.match(rf"\s*\[?@?(?:{names})\]?(?:\([^)]*\))?\s*(?:[,:;!?-]|\s|$)\s*", source, re.IGNORECASE)
    if start:
        return text[start.end() :]
    end = re.search(rf"(?:,\s*@?|\s@)(?:{names})\s*([?!.]*)\s*$", source, re.IGNORECASE)
    return f"{text[: end.start()].rstrip(' ,')} {end[1]}".rstrip() if end else None
