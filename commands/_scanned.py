"""The title of a scanned paper, once its first page is read: in place of a name that a device gave, never of a person's words."""

from pathlib import PurePath

from commands._events import Dropped
from commands._filing import title_for
from storage.extract.titles import names_nothing, scanned_title
from storage.store import Store


async def title_scan(store: Store, file_id: int, first_page: str) -> None:
    """Give a paper the title that its first page tells, when it still bears a name such as « Scan0001 ».

    Nothing is said of it: nobody chose that name. The file keeps it, and the search finds it by it.
    """
    found = await store.scans.paper_of(file_id)
    if found is None:
        return
    paper, file = found
    unread = Dropped(file.blob, file.name, file.mime, file.size, "", None)
    if paper.title != title_for(unread) or not names_nothing(PurePath(file.name).stem):
        return
    if title := scanned_title(first_page):
        await store.papers.title(paper, title)
