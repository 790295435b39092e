"""CSV, as spreadsheets export it: a row is a line."""

import csv
from collections.abc import Iterator
from typing import Any

from ._flow import Flow

_SEPARATORS = ";\t,"


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """The rows of a file in UTF-8, with the separator that its first line uses most."""
    text = data.decode("utf-8", "replace").replace("\0", "")
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    flow = Flow()
    csv.field_size_limit(1_000_000)
    for row in csv.reader(text.splitlines(keepends=True), delimiter=separator):
        flow.add(" | ".join(filter(None, map(str.strip, row))))
        flow.line()
        yield from flow.taken()
    flow.turn()
    yield from flow.taken()
