"""Keeping what was read of a paper, with all that follows from it: its index, its pictures to recognise, its list."""

from storage.extract import Extraction, Kind
from storage.states import FileState
from storage.store import Store
from storage.tables import File


async def keep_reading(store: Store, file: File, read: Extraction) -> bool:
    """Keep the text of a version, once; False when it was kept already."""
    if file.state is not FileState.PENDING:
        return False
    await store.papers.keep_text(file, read.pages, read.page_count, read.warning)
    await store.search.index(file.id, read.pages, read.terms)
    if read.pictures:
        await store.scans.add(file.id)
    if read.kind is Kind.ZIP and read.pages:
        await store.archives.keep(file.id)
    return True
