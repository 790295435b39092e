"""Arguments eat the line: each kind reads its part of what was typed and leaves the rest.

``date``, a body's name, "à la mairie", the rest of the words: a handler writes ``quand: Moment`` and gets a datetime.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from commands._context import Context
from council.french import fold
from council.meetings import Mode
from council.refusals import Refusal

T = TypeVar("T")


class Absent(Exception):
    """The line holds no such argument here: the default serves, or the person is told what is missing."""


class Ask(Exception):
    """The argument can't be settled without asking: each option is (label, text that says it without doubt).

    Args:
        why: the question, in French.
        options: what to offer; the chosen text takes the place of what was read.
        rest: what follows in the line.
    """

    def __init__(self, why: str, options: list[tuple[str, str]], rest: str) -> None:
        super().__init__(why)
        self.why, self.options, self.rest = why, options, rest


class Argument(Generic[T]):
    """A kind of argument.

    Attributes:
        label: how the usage line names it, in French capitals; empty when it is never shown: it then ends the line,
            and is read before the rest.
        wanted: what is missing when it is absent ("la date").
        implied: whether the room may say it.
        free: whether any words will do.
    """

    label: str = ""
    wanted: str = ""
    implied: bool = False
    free: bool = False

    async def take(self, text: str, ctx: Context) -> tuple[T, str]:
        """Read this argument at the start of the text: its value, and the rest.

        Raises:
            Absent: it isn't there.
            Ask: it must be asked.
            Refusal: it is there and wrong.
        """
        raise NotImplementedError

    def again(self, value: T) -> str:
        """What says this value at the end of a line that is asked about: nothing, unless it would be lost for good."""
        return ""


@dataclass(frozen=True)
class _Words(Argument[str]):
    label: str = "TEXTE"
    wanted: str = "le texte"
    until: tuple[str, ...] = ()
    free: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[str, str]:
        words, rest = text, ""
        for keyword in self.until:
            found = re.search(rf"(?:^|\s){keyword}\s", words, re.IGNORECASE)
            if found:
                words, rest = words[: found.start()], words[found.start() :] + rest
        if not words.strip():
            raise Absent
        return words.strip(), rest.strip()


@dataclass(frozen=True)
class _After(Argument[Any]):
    """An argument announced by a word: ``rapporteur NOM``."""

    keyword: str
    inner: Argument[Any]
    label: str = ""

    async def take(self, text: str, ctx: Context) -> tuple[Any, str]:
        found = re.match(rf"(?:{self.keyword})\s+", text, re.IGNORECASE)
        if not found:
            raise Absent
        try:
            return await self.inner.take(text[found.end() :], ctx)
        except Ask as question:
            said = [(label, f"{found[0].strip()} {choice}") for label, choice in question.options]
            raise Ask(question.why, said, question.rest) from None


@dataclass(frozen=True)
class Venue:
    """Where and how a session is held."""

    place: str = ""
    mode: Mode = Mode.IN_PERSON
    link: str = ""


NOWHERE = Venue()
_OF_A_DATE = re.compile(
    r"(?:(?:ou|et|sauf|hors|hormis)\s|en (?:huit|quinze|8|15)\b|(?:à\s+)?\d{1,2}\s*(?:h\b|h\d|:\d|\.\d\d\b)).*",
    re.IGNORECASE,
)
"""What is left of a date that was only half read: no place begins so."""


@dataclass(frozen=True)
class _Venue(Argument[Venue]):
    """``à la mairie``, ``visio https://…``, ``salle du conseil hybride https://…``."""

    label: str = "à LIEU] [visio LIEN|hybride LIEN"
    wanted: str = "le lieu"

    async def take(self, text: str, ctx: Context) -> tuple[Venue, str]:
        if not text.strip():
            raise Absent
        mode, link = Mode.IN_PERSON, ""
        found = re.search(r"(?:^|[\s,])(?:en\s+)?(visio|distanciel|hybride)(?:\s+(https?://[^\s<>]+))?\s*$", text, re.I)
        if found:
            mode = Mode.HYBRID if fold(found[1]) == "hybride" else Mode.REMOTE
            link, text = found[2] or "", text[: found.start()]
        if found := _OF_A_DATE.match(text.strip(" ,;:(")):
            raise Refusal(
                f"Je n'ai pas compris « {found[0].strip()} » après la date.",
                try_this="Donnez une date, une heure, puis le lieu : « mardi 12 janvier à 18 h 30 à la mairie ».",
            )
        place = re.sub(r"^[\s,;:(]*(?:lieu\s*:?\s+)?", "", text, flags=re.I).strip(" ,;.)")
        return Venue(" ".join(place.split())[:200], mode, link), ""


@dataclass(frozen=True)
class _Number(Argument[int]):
    label: str = "NUMÉRO"
    wanted: str = "le numéro"

    async def take(self, text: str, ctx: Context) -> tuple[int, str]:
        found = re.match(r"\s*(?:n[o°]?\s*)?(\d{1,4})\b", text, re.I)
        if not found:
            raise Absent
        return int(found[1]), text[found.end() :].strip()


@dataclass(frozen=True)
class _Flag(Argument[bool]):
    """Words that say yes by being there, and are taken out of the line."""

    pattern: str
    label: str = ""

    async def take(self, text: str, ctx: Context) -> tuple[bool, str]:
        found = re.search(self.pattern, text, re.IGNORECASE)
        if not found:
            raise Absent
        return True, f"{text[: found.start()]} {text[found.end() :]}".strip()


@dataclass(frozen=True)
class _Onward(Argument[int]):
    """How many answers were shown already, at the end of a line that asks for more of them: "suite 5"."""

    async def take(self, text: str, ctx: Context) -> tuple[int, str]:
        found = re.search(r"(?:^|\s)suite (\d{1,4})\s*$", text, re.I)
        if not found:
            raise Absent
        return int(found[1]), text[: found.start()].strip()


Words = Annotated[str, _Words()]
Place = Annotated[Venue, _Venue()]
Number = Annotated[int, _Number()]
Yes = Annotated[bool, _Flag(r"(?:^|\s)oui\s*$")]
"""The last word of a line that was confirmed; it is never shown nor asked for."""
Onward = Annotated[int, _Onward()]
NO = False


def words(label: str, wanted: str, *keywords: str) -> Argument[str]:
    """Words under another name, which stop before one of these keywords (regular expressions)."""
    return _Words(label, wanted, keywords)


def flag(pattern: str, label: str) -> Argument[bool]:
    """Words that say yes wherever this regular expression finds them."""
    return _Flag(pattern, label)


def after(keyword: str, label: str, inner: Any) -> Argument[Any]:
    """An argument announced by a keyword (a regular expression); ``inner`` is one of the annotated kinds above."""
    return _After(keyword, next(each for each in inner.__metadata__ if isinstance(each, Argument)), label)
