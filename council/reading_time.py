"""How long papers take to read: 200 words a minute, a word being six signs with its space; two minutes a page unread."""

from dataclasses import dataclass
from math import ceil

from council.french import count

WORDS_A_MINUTE = 200
SIGNS_A_WORD = 6
MINUTES_A_PAGE = 2
SIGNS_A_PAGE = 2500
WORTH_TELLING = 2
"""Minutes below which reading is no matter."""
LATE_DAYS = 2
"""A paper filed fewer days than this before its session is hardly read."""
FORMULA = f"à {WORDS_A_MINUTE} mots la minute et {MINUTES_A_PAGE} minutes pour un plan ou une photo"


@dataclass(frozen=True)
class Load:
    """What there is to read.

    Attributes:
        pages: all the pages.
        signs: the characters of those whose text is known.
        unread: the pages whose text isn't known: a plan, a photograph.
    """

    pages: int = 0
    signs: int = 0
    unread: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(self.pages + other.pages, self.signs + other.signs, self.unread + other.unread)

    @classmethod
    def of(cls, pages: int | None, with_text: int, signs: int) -> "Load":
        """What one paper takes.

        Args:
            pages: how many it has, when it has pages.
            with_text: how many of them have a text that is known, of so many ``signs``.
        """
        if pages is None:
            return cls(ceil(signs / SIGNS_A_PAGE), signs)
        return cls(pages, signs, max(0, pages - with_text))

    @property
    def minutes(self) -> int:
        """The minutes that it takes; at least one as soon as there is a page."""
        words = ceil(self.signs / (SIGNS_A_WORD * WORDS_A_MINUTE))
        return max(words + MINUTES_A_PAGE * self.unread, 1 if self.pages else 0)

    def shown(self) -> str:
        """« 34 pages, environ 1 h 10 de lecture »."""
        minutes = self.minutes
        long = f"{minutes // 60} h {minutes % 60:02}".removesuffix(" 00") if minutes >= 60 else count(minutes, "minute")
        return f"{count(self.pages, 'page')}, environ {long} de lecture"
