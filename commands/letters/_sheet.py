"""An erratum's replacement sheet: a page that says what to replace, then the new pages, each stamped with its own number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from commands._errata import changed
from commands._sheets import steps_of
from commands.letters._blocks import blocks
from commands.letters._dossier import Shelf
from commands.letters._press import Unmade, pdf
from council.convocations import civil_day
from council.french import long_date, long_moment, tidy
from storage.errata import Erratum
from storage.extract import Binder, Part, Placed, Problem, Stamp, Unbound
from storage.files import BlobDamaged, BlobMissing
from storage.papers import Reader
from storage.store import Store

_log = structlog.get_logger(__name__)


class Unbindable(Exception):
    """Raised when the pages of a paper can't be taken, now or later: the message is a phrase for people."""


@dataclass(frozen=True)
class SheetAsked:
    """Which sheet: the erratum, for which agent, at what moment (aware), large or not."""

    erratum_id: int
    reader_id: int
    now: datetime
    large: bool


@dataclass(frozen=True)
class _Drawn:
    """What the first page shows, and what is bound behind it: the pages of which bytes; none named are all, None is nothing."""

    data: dict[str, Any]
    blob: str
    stamp: Stamp
    pages: tuple[int, ...] | None


async def sheet(shelf: Shelf, asked: SheetAsked) -> bytes:
    """Give the sheet, made anew each time.

    Raises:
        Unbindable: the paper has no pages to take, or its reader may see it no more.
        Unmade: it may work later.
    """
    async with shelf.database.read() as session:
        drawn = await _drawn(shelf, Store(session, "", asked.now), asked)
    first = await pdf("sheet", drawn.data)
    if drawn.pages is None:
        return first
    try:
        data = await shelf.files.get(drawn.blob)
    except (BlobMissing, BlobDamaged) as error:
        raise Unbindable(Problem.LOST.in_french) from error
    async with Binder() as binder:
        placed = await binder.place(data, drawn.stamp, drawn.pages)
        if placed.problem is not None:
            raise Unbindable(_why(placed))
        try:
            parts = [Part(first), Part(placed.data)]
            bound = await binder.bind(parts, [], title=drawn.data["title"], large=asked.large, numbered=False)
        except Unbound as error:
            _log.warning("sheet not bound", problem=str(error))
            raise Unmade("ses pages n'ont pas pu être réunies") from error
    return bound.data


def _why(placed: Placed) -> str:
    if placed.problem in (None, Problem.UNSUPPORTED):
        return "ce n'est ni un PDF ni une image"
    return placed.problem.in_french


async def _drawn(shelf: Shelf, store: Store, asked: SheetAsked) -> _Drawn:
    erratum = await store.errata.get(asked.erratum_id)
    today = civil_day(asked.now, shelf.commune.zone)
    if await store.papers.by_id(erratum.paper_id, Reader(asked.reader_id, None, today)) is None:
        raise Unbindable("ce document a été retiré, ou n'est plus pour vous")
    steps, changes, words = await steps_of(store, erratum)
    version = erratum.file.version
    whole = f"Remplacez tout le document par la version {version}, qui suit."
    data = {
        **_about(shelf, erratum),
        "large": asked.large,
        "steps": steps.in_french if steps else [whole],
        "changes": blocks(changed(changes, words)) if changes else [],
    }
    stamp = Stamp(f"{erratum.paper.reference} version {version}", tidy(erratum.paper.title), asked.large)
    pages = (tuple(steps.sheets) or None) if steps else ()
    return _Drawn(data, erratum.file.blob, stamp, pages)


def _about(shelf: Shelf, erratum: Erratum) -> dict[str, Any]:
    """What it replaces: reference, version, session."""
    paper, first, zone = erratum.paper, erratum.convocation, shelf.commune.zone
    point = f", point {paper.item.position}" if paper.item and paper.item.position > 0 else ""
    older = f"la version {erratum.older.version}" if erratum.older else "les versions plus anciennes"
    return {
        "town": shelf.commune.name,
        "title": f"Feuille de remplacement {erratum.reference}",
        "reference": erratum.reference,
        "day": long_date(civil_day(erratum.made_at, zone)),
        "session": f"{first.body.name}, {long_moment(first.starts_at, zone)}",
        "paper": paper.reference,
        "name": f"{tidy(paper.title)}{point}",
        "said": f"La version {erratum.file.version} remplace {older}.",
    }
