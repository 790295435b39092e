"""A file that came, made ready to be filed: its bytes kept, its text read, the files that came within a letter likewise."""

import asyncio
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass

from commands import Dropped
from storage.extract import Attachment, Extraction, Extractor
from storage.files import Files

_DEEPEST = 3
"""Letters within letters that are opened; the last one is filed closed."""
_MOST = 50
"""Files filed with one letter, those of the letters in it included."""


@dataclass(frozen=True)
class Reading:
    """Keeps and reads files, outside of any transaction: the same bytes kept twice are one."""

    files: Files
    extractor: Extractor

    async def dropped(self, data: bytes, name: str, mime: str, caption: str, *, until: float | None) -> Dropped:
        """A file with what could be read of it, and of its attachments, by a moment of the loop's clock.

        Args:
            until: what isn't read by then has no text and is read afterwards; None to wait as long as it takes.
        """
        text = await self._text(data, until)
        enclosed = await self.enclosed(text, until=until) if text else ()
        return Dropped(
            await self.files.put(data) if data else "",
            name,
            mime,
            len(data),
            caption,
            text,
            enclosed,
            lost(text, enclosed),
        )

    async def read(self, data: bytes) -> Extraction:
        """What can be read of a file, with what its pages will be found by, however long it takes."""
        read = await self.extractor.extract(data)
        await asyncio.to_thread(lambda: read.terms)
        return read

    async def enclosed(self, text: Extraction, *, until: float | None = None) -> tuple[Dropped, ...]:
        """The files that came with a letter that was read, each kept and read in turn."""
        return await self._kept(text.attachments, until, depth=1, left=_MOST)

    async def unpacked(self, files: Sequence[Attachment], *, until: float | None) -> tuple[Dropped, ...]:
        """The files that came out of an archive, kept and read; letters among them with theirs."""
        return await self._kept(files, until, depth=1, left=len(files) + _MOST)

    async def _kept(
        self, files: Sequence[Attachment], until: float | None, *, depth: int, left: int
    ) -> tuple[Dropped, ...]:
        kept: list[Dropped] = []
        for file in files[:left]:
            text = await self._text(file.data, until)
            left -= 1
            within = text.attachments if text and depth < _DEEPEST else ()
            inner = await self._kept(within, until, depth=depth + 1, left=max(left, 0))
            left -= sum(map(_count, inner))
            if left < 0:
                break
            mime = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            blob = await self.files.put(file.data)
            kept.append(Dropped(blob, file.name, mime, len(file.data), "", text, inner, lost(text, inner)))
        return tuple(kept)

    async def _text(self, data: bytes, until: float | None) -> Extraction | None:
        """What can be read in time; None when it takes longer (it is then read in the background)."""
        if not data:
            return None
        try:
            async with asyncio.timeout_at(until):
                return await self.read(data)
        except TimeoutError:
            return None


def lost(text: Extraction | None, enclosed: Sequence[Dropped]) -> int:
    """How many of a letter's files are left in it."""
    return len(text.attachments) - len(enclosed) if text else 0


def _count(file: Dropped) -> int:
    return 1 + sum(map(_count, file.enclosed))
