"""Files that are made when they are sent, of what the rows say then: for calendars, on paper, as proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands._context import Commune
from commands.letters._almanac import Almanac, of_bodies, of_sessions
from commands.letters._certificate import certificate
from commands.letters._dossier import Asked, Shelf, dossier
from commands.letters._letters import letters
from commands.letters._mandate import mandate
from commands.letters._press import Unmade, pdf
from commands.letters._sheet import SheetAsked, Unbindable, sheet
from storage.database import Database
from storage.states import DocumentKind
from storage.store import Store

__all__ = ["Almanac", "Made", "Shelf", "Unbindable", "Unmade", "bind", "calendar", "make", "of_sessions"]
Page = tuple[str, dict[str, Any]]
"""A template and what it shows."""


@dataclass(frozen=True)
class Made:
    """A file ready to be sent."""

    name: str
    mime: str
    data: bytes


def calendar(almanac: Almanac, commune: Commune, made_at: datetime) -> bytes:
    """Give one file of these sessions for calendars, made at an aware moment."""
    from commands.letters._calendar import calendar as made  # noqa: PLC0415 - a twentieth of a second, spared at the start

    return made(almanac, commune, made_at)


async def bind(shelf: Shelf, content: dict[str, Any], now: datetime) -> Made:
    """Make what a row of the outbox owes in which papers are bound, a dossier or a sheet, of what may be seen ``now`` (aware).

    Raises:
        Unbindable: it can't be made, now or later.
        Unmade: it could not be made this time.
    """
    if DocumentKind(content["document"]) is DocumentKind.SHEET:
        erratum_id, reader_id, large = content["about"]
        data = await sheet(shelf, SheetAsked(erratum_id, reader_id, now, bool(large)))
    else:
        meeting_id, person_id, body_id, large = content["about"]
        data = await dossier(shelf, Asked(meeting_id, person_id, body_id or None, now, bool(large)))
    return Made(f"{content['name']}.pdf", "application/pdf", data)


async def make(database: Database, commune: Commune, content: dict[str, Any], owed_at: datetime) -> Made:
    """Make the file that a row of the outbox owes; made again, it says the same unless its rows changed.

    Args:
        content: what the row keeps of a ``Document``.
        owed_at: the moment at which it was owed, aware.

    Raises:
        Unmade: it could not be made this time.
    """
    async with database.read() as session:
        store = Store(session, "", owed_at)
        drawn = await _draw(store, commune, DocumentKind(content["document"]), content["about"])
    if isinstance(drawn, bytes):
        return Made(f"{content['name']}.ics", "text/calendar", drawn)
    return Made(f"{content['name']}.pdf", "application/pdf", await pdf(*drawn))


async def _draw(store: Store, commune: Commune, kind: DocumentKind, about: Sequence[int]) -> bytes | Page:
    """All that needs the rows: a whole calendar, or what a page will show; setting it is slower and comes after."""
    if kind is DocumentKind.CALENDAR:
        return calendar(await of_sessions(store, about), commune, store.now)
    if kind is DocumentKind.AGENDA:
        return calendar(await of_bodies(store, about, commune.zone), commune, store.now)
    if kind is DocumentKind.MANDATE:
        return "mandate", await mandate(store, about[0], commune)
    if kind is DocumentKind.LETTERS:
        return "letters", letters(await store.convocations.copies(about), commune)
    found = await store.convocations.get(about)
    return "certificate", await certificate(store, found, commune, store.now)
