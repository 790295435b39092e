r"""RTF 1.9: control words, groups, and text in the code page that the document names; objects within are left out."""

import re
from collections.abc import Iterator
from typing import Any

from . import Stop
from ._flow import Flow

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
_LEFT_OUT = """
    fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl info pict object themedata datastore
    colorschememapping latentstyles generator xmlnstbl fldinst bkmkstart bkmkend filetbl header footer headerl
    headerr headerf footerl footerr footerf pgptbl wgrffmtfilter mmathPr"""
_UNSEEN = frozenset(_LEFT_OUT.split())
_LINES = frozenset({"par", "line", "row", "sect"})
_SIGNS = {"tab": " ", "cell": " | ", "emdash": "—", "endash": "–", "lquote": "'", "rquote": "'", "bullet": "•"}
_SIGNS |= {"ldblquote": '"', "rdblquote": '"', "emspace": " ", "enspace": " "}
_CODE_PAGES = {b"1250": "cp1250", b"1252": "cp1252", b"10000": "mac_roman"}
_DEEPEST = 5000


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """The title among the document's properties, then the text."""
    if found := re.search(rb"\{\\title ([^\\{}]{1,500})\}", data[:200_000]):
        yield {"title": found[1].decode("cp1252", "replace")}
    reader = _Reader()
    for token in _TOKEN.finditer(data):
        reader.take(token)
        yield from reader.flow.taken()
    reader.flow.turn()
    yield from reader.flow.taken()


class _Reader:
    """Where the reading is: the groups entered, each with whether it is seen and how many signs stand for one."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._groups: list[tuple[bool, int]] = []
        self._seen, self._stand_ins = True, 1
        self._skip = 0
        self._codec = "cp1252"

    def take(self, token: re.Match[bytes]) -> None:
        """Do what a token says."""
        kind = token.lastgroup
        if kind == "brace":
            self._group(opens=token["brace"] == b"{")
        elif kind in ("word", "number"):
            self._word(token["word"].decode("ascii"), token["number"])
        elif kind == "sign" and token["sign"] == b"*":
            self._seen = False  # what a reader may ignore, this one does
        elif kind == "sign":
            self._say(
                {b"~": " ", b"_": "-"}.get(token["sign"], token["sign"].decode("ascii", "ignore").strip("-:\r\n"))
            )
        elif kind == "hex":
            self._say(bytes.fromhex(token["hex"].decode()).decode(self._codec, "replace"))
        elif kind == "text":
            self._say(token["text"].decode(self._codec, "replace"))

    def _group(self, *, opens: bool) -> None:
        self._skip = 0
        if opens:
            if len(self._groups) >= _DEEPEST:
                raise Stop("too_big")
            self._groups.append((self._seen, self._stand_ins))
        elif self._groups:
            self._seen, self._stand_ins = self._groups.pop()

    def _word(self, word: str, number: bytes | None) -> None:
        if word in _UNSEEN:
            self._seen = False
        elif word == "ansicpg":
            self._codec = _CODE_PAGES.get(number or b"", "cp1252")
        elif word == "uc":
            self._stand_ins = min(int(number or 1), 10)
        elif word == "u" and number:
            code = int(number) % 65536
            self._say("" if 0xD800 <= code < 0xE000 else chr(code))
            self._skip = self._stand_ins
        elif word == "bin":
            raise Stop("broken")
        elif self._seen and word in _LINES:
            self.flow.line()
        elif self._seen and word == "page":
            self.flow.turn()
        elif word in _SIGNS:
            self._say(_SIGNS[word])

    def _say(self, text: str) -> None:
        """Add text, less the signs that stood for a Unicode one."""
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        if self._seen:
            self.flow.add(text[skipped:])
