"""Pages that are pictures: which wait to be recognised, and what was recognised in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.enclosed import Scan
from storage.states import FileState, PaperState
from storage.tables import File, Page, Paper


@dataclass(frozen=True)
class Waiting:
    """Some pages of a version, from 1, whose letters are to be looked for; ``last`` when none of it is left after them."""

    file_id: int
    blob: str
    pages: tuple[int, ...]
    last: bool


class Scans:
    """Versions whose text is in pictures."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, file_id: int) -> None:
        """Have the blank pages of a version, just kept, looked at when the system can."""
        await self._session.merge(Scan(file_id=file_id, looked=0))

    async def next(self, pages: int) -> Waiting | None:
        """The first pages of the version that waited longest for its turn: a long paper doesn't keep short ones waiting."""
        query = select(Scan, File.blob).join(File, File.id == Scan.file_id).order_by(Scan.looked, Scan.file_id)
        found = (await self._session.execute(query.limit(1))).first()
        if found is None:
            return None
        scan, blob = found
        blank = select(Page.number).where(Page.file_id == scan.file_id, Page.number > scan.looked, Page.text == "")
        numbers = (await self._session.scalars(blank.order_by(Page.number).limit(pages + 1))).all()
        return Waiting(scan.file_id, blob, tuple(numbers[:pages]), last=len(numbers) <= pages)

    async def keep(self, done: Waiting, texts: Mapping[int, str], unread: str) -> Sequence[str]:
        """Keep what was recognised; returns the text of all the version's pages, to be indexed.

        Args:
            texts: by page; a page without any stays blank.
            unread: what is said of a paper in which nothing was found at all.
        """
        for number, text in texts.items():
            page = update(Page).where(Page.file_id == done.file_id, Page.number == number)
            await self._session.execute(page.values(text=text))
        query = select(Page.text).where(Page.file_id == done.file_id).order_by(Page.number)
        pages = (await self._session.scalars(query)).all()
        file = await self._session.get_one(File, done.file_id)
        scan = await self._session.get_one(Scan, done.file_id)
        if any(pages):
            file.state, file.problem = FileState.INDEXED, ""
        if done.last:
            await self._session.delete(scan)
            file.problem = file.problem if any(pages) else unread
        else:
            scan.looked = done.pages[-1]
        await self._session.flush()
        return pages

    async def paper_of(self, file_id: int) -> tuple[Paper, File] | None:
        """A version and its paper, when it is the one in force: for the recogniser, which shows nothing to anyone."""
        query = select(Paper, File).join(File, File.paper_id == Paper.id).where(File.id == file_id, File.current)
        found = (await self._session.execute(query.where(Paper.state == PaperState.FILED))).first()
        return (found[0], found[1]) if found else None

    async def waiting(self) -> int:
        """How many pages are pictures whose letters weren't looked for."""
        query = select(func.count()).select_from(Page).join(Scan, Scan.file_id == Page.file_id)
        return await self._session.scalar(query.where(Page.number > Scan.looked, Page.text == "")) or 0
