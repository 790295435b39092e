"""Text made safe and short before it is shown."""

import re
from urllib.parse import quote as percent

from council.french import tidy

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LEADING = re.compile(r"^(\d{0,9})([-+=.)])", re.MULTILINE)
_IN_LINKS = "!$:@"


def plain(text: str, limit: int = 300) -> str:
    """What a person wrote, on one line, to the letter in Markdown: nothing in it is markup, nothing is hidden.

    Args:
        text: untrusted: a title, a name, a question.
        limit: characters after which it is cut with an ellipsis.
    """
    return _escaped(_cut(" ".join(tidy(text).split()), limit))


def paragraphs(text: str, limit: int = 4000) -> str:
    """The same for a text that is shown by itself: it keeps its lines."""
    return _escaped(_cut(tidy(text), limit))


def quote(text: str, limit: int = 80) -> str:
    """The same as ``plain``, between French quotes."""
    return f"« {plain(text, limit)} »"


def by_number(offered: int) -> str:
    """How a list is answered: "Répondez par un numéro", or by the only one there is."""
    return "Répondez par un numéro" if offered > 1 else "Répondez **1**"


def pill(name: str, matrix_id: str | None) -> str:
    """A name; a link to the person where there is an account."""
    return f"[{plain(name)}](https://matrix.to/#/{percent(matrix_id, _IN_LINKS)})" if matrix_id else plain(name)


def link(text: str, room_id: str, event_id: str) -> str:
    """A link to a message in its room."""
    return f"[{plain(text)}](https://matrix.to/#/{percent(room_id, _IN_LINKS)}/{percent(event_id, _IN_LINKS)})"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _escaped(text: str) -> str:
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
