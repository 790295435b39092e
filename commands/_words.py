"""Text made safe and short before it is shown."""

import re

from council.french import tidy

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LEADING = re.compile(r"^(\s*)([-+>=]|\d+[.)])(?=\s|$)", re.MULTILINE)


def plain(text: str, limit: int = 300) -> str:
    """What a person wrote, shown to the letter in Markdown: nothing in it is markup, nothing is hidden, it ends.

    Args:
        text: untrusted: a title, a name, a question.
        limit: characters after which it is cut with an ellipsis.
    """
    text = tidy(text)
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def quote(text: str, limit: int = 80) -> str:
    """The same between French quotes."""
    return f"« {plain(text, limit)} »"


def pill(name: str, matrix_id: str | None) -> str:
    """A name; a link to the person where there is an account."""
    return f"[{plain(name)}](https://matrix.to/#/{matrix_id})" if matrix_id else plain(name)


def link(text: str, room_id: str, event_id: str) -> str:
    """A link to a message in its room."""
    return f"[{plain(text)}](https://matrix.to/#/{room_id}/{event_id})"
