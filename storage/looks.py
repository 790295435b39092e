"""How the pages of papers look: drawn small, behind the answers, of papers that have several versions; then compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from council.comparison import MOST, Changes, compare
from council.looks import Look
from storage.base import Base
from storage.states import PaperState
from storage.tables import File, Page, Paper

_DRAWABLE = (".pdf", ".png", ".jpg", ".jpeg")


class PageLook(Base):
    """A page of a version, as ``council.looks`` reads it; empty when it couldn't be drawn."""

    __tablename__ = "page_looks"
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    look: Mapped[str]


class Drawing(Base):
    """A version whose pages are being drawn: ``drawn`` are, and ``done`` says that no other will be."""

    __tablename__ = "drawings"
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True, autoincrement=False)
    drawn: Mapped[int]
    done: Mapped[bool]


@dataclass(frozen=True)
class Undrawn:
    """A version to draw, from its page ``first`` (from 0) on."""

    file_id: int
    blob: str
    first: int


class Looks:
    """Versions by how they look; whoever holds a version here was allowed to see it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def next(self) -> Undrawn | None:
        """The version to draw next, of a paper that has several: the least drawn, then the newest."""
        drawn = func.coalesce(Drawing.drawn, 0)
        several = select(File.paper_id).group_by(File.paper_id).having(func.count() > 1)
        query = select(File.id, File.blob, drawn).join(File.paper).outerjoin(Drawing, Drawing.file_id == File.id)
        query = query.where(Paper.state == PaperState.FILED, File.paper_id.in_(several))
        query = query.where(func.coalesce(File.page_count, 0) <= MOST)  # longer ones aren't compared
        query = query.where(func.coalesce(Drawing.done, False).is_(False)).order_by(drawn, File.id.desc())
        found = (await self._session.execute(query.limit(1))).first()
        return Undrawn(*found) if found else None

    async def keep(self, version: Undrawn, pages: Sequence[str], *, more: bool) -> None:
        """Keep how some pages look; nothing of a paper that was taken away meanwhile.

        Args:
            more: whether pages may follow; those past the most that are compared aren't drawn.
        """
        state = select(Paper.state).join(File).where(File.id == version.file_id)
        if await self._session.scalar(state) is not PaperState.FILED:
            return
        drawn = version.first + len(pages)
        rows = [
            PageLook(file_id=version.file_id, number=number, look=page)
            for number, page in enumerate(pages, start=version.first + 1)
        ]
        self._session.add_all(rows)
        await self._session.merge(Drawing(file_id=version.file_id, drawn=drawn, done=not more or drawn > MOST))
        await self._session.flush()

    async def changes(self, older: File, newer: File) -> Changes | None:
        """What changed from a version to another: by their text, and by their looks once both are drawn."""
        before, after = await self._texts(older), await self._texts(newer)
        looks = (await self._of(older), await self._of(newer)) if await self.known((older, newer)) else None
        return compare(before, after, looks)

    async def known(self, files: Sequence[File]) -> bool:
        """Whether these versions are all drawn, as far as they can be."""
        query = select(func.count()).where(Drawing.file_id.in_([file.id for file in files]), Drawing.done)
        return await self._session.scalar(query) == len({file.id for file in files})

    async def awaited(self, files: Sequence[File]) -> bool:
        """Whether one of these versions is still to be drawn: a PDF or a picture, by its name, that can be compared."""
        drawable = [file for file in files if file.name.lower().endswith(_DRAWABLE) and (file.page_count or 0) <= MOST]
        return not await self.known(drawable)

    async def _texts(self, file: File) -> Sequence[str]:
        query = select(Page.text).where(Page.file_id == file.id).order_by(Page.number)
        return (await self._session.scalars(query)).all()

    async def _of(self, file: File) -> list[Look | None]:
        query = select(PageLook.look).where(PageLook.file_id == file.id).order_by(PageLook.number)
        return [Look.read(line) for line in await self._session.scalars(query)]
