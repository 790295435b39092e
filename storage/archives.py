"""What papers hold: the papers that came with a letter or out of an archive, and the files wanted of archives."""

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.enclosed import Archive, Enclosure, Unpacking
from storage.papers import Reader, visible_to
from storage.tables import Page, Paper


class Archives:
    """Holders and what they held; whoever shows them says who reads."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def enclose(self, paper: Paper, holder: Paper, *, archived: bool) -> None:
        """Remember where a paper, just filed, came from."""
        await self._session.flush()
        self._session.add(Enclosure(paper_id=paper.id, holder_id=holder.id, archived=archived))

    async def holder_of(self, paper: Paper, reader: Reader) -> tuple[Paper, bool] | None:
        """The paper that another came within, if the reader may see it, and whether it is an archive."""
        query = (
            select(Paper, Enclosure.archived)
            .join(Enclosure, Enclosure.holder_id == Paper.id)
            .where(Enclosure.paper_id == paper.id, visible_to(reader))
        )
        found = (await self._session.execute(query)).first()
        return (found[0], found[1]) if found else None

    async def is_archive(self, file_id: int) -> bool:
        """Whether a version is an archive whose files can be filed."""
        return bool(await self._session.scalar(select(exists().where(Archive.file_id == file_id))))

    async def keep(self, file_id: int) -> None:
        """Remember that a version is an archive."""
        await self._session.merge(Archive(file_id=file_id))

    async def names(self, file_id: int) -> list[str]:
        """The names of an archive's files, in the order that numbers them from 1."""
        texts = await self._session.scalars(select(Page.text).where(Page.file_id == file_id).order_by(Page.number))
        return [name for text in texts for name in text.split("\n")]

    async def ask(self, wanted: Unpacking) -> None:
        """Want files of an archive, to be filed as soon as they are unpacked."""
        self._session.add(wanted)
        await self._session.flush()

    async def asked(self) -> Unpacking | None:
        """The oldest of what is wanted."""
        return await self._session.scalar(select(Unpacking).order_by(Unpacking.id).limit(1))

    async def answered(self, wanted_id: int) -> bool:
        """Take out what was wanted; False when it was answered already."""
        result = await self._session.execute(delete(Unpacking).where(Unpacking.id == wanted_id).returning(Unpacking.id))
        return result.first() is not None

    async def paper_of(self, file_id: int, reader: Reader) -> Paper | None:
        """The paper of a version, if the reader may see it."""
        return await self._session.scalar(select(Paper).where(Paper.files.any(id=file_id), visible_to(reader)))
