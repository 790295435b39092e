"""The files asked for of an archive, as bytes; its input is what is asked, in a line of JSON, then the zip."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from . import Stop
from ._package import Package
from .zipped import listed

_PIECE = 256 * 1024


def lines(data: bytes, _most: int) -> Iterator[Any]:
    """For each number asked: ``attachment`` with its ``data`` in base64, or why it is ``refused``."""
    asked, _, archive = data.partition(b"\n")
    wanted = json.loads(asked)
    package = Package(archive)
    files = listed(package)
    left = wanted["all"]
    for number in wanted["numbers"] or range(1, len(files) + 1):
        if not 0 < number <= len(files):
            continue
        name = files[number - 1].filename[:1000]
        try:
            content = _unpacked(package, files[number - 1], min(wanted["most"], left))
        except Stop as stop:
            yield {"attachment": name, "refused": stop.end}
            continue
        left -= len(content)
        yield {"attachment": name, "data": base64.b64encode(content).decode()}


def _unpacked(package: Package, entry: Any, most: int) -> bytes:
    """The bytes of a file of the archive, within their bound, whatever the archive says of their size."""
    if entry.file_size > most:
        raise Stop("too_big")
    part, content = package.part(entry), bytearray()
    while piece := part.read(_PIECE):
        content += piece
        if len(content) > most:
            raise Stop("too_big")
    return bytes(content)
