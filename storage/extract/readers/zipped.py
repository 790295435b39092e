"""Whatever is a zip: an Open XML or OpenDocument paper, by what it holds; else an archive, whose names are listed."""

import zipfile
from collections.abc import Iterator
from typing import Any

from . import _open_document, _open_xml
from ._flow import Flow
from ._package import Package, related

_MOST_LISTED = 5000


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """The text of an office document, or the list of an archive."""
    package = Package(data)
    mime = package.start("mimetype")[:100].decode("ascii", "replace")
    if mime.startswith("application/vnd.oasis.opendocument."):
        yield from _open_document.lines(package, mime)
        return
    main = next((part for _, kind, part in related(package) if kind == "officeDocument"), None)
    if main is not None:
        yield from _open_xml.lines(package, main)
        return
    yield from _listed(package)


def listed(package: Package) -> list[zipfile.ZipInfo]:
    """The files of an archive, in the order that numbers them."""
    return [entry for entry in package.entries() if not entry.is_dir()][:_MOST_LISTED]


def _listed(package: Package) -> Iterator[Any]:
    """The names of an archive's files; they are made safe where they are shown."""
    yield {"kind": "zip"}
    flow = Flow()
    for entry in listed(package):
        flow.add(
            " ".join(entry.filename[:1000].splitlines()) or "?"
        )  # a blank line would take a number from the others
        flow.line()
    flow.turn()
    yield from flow.taken()
