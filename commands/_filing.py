"""Where a paper belongs: the session and the item that a caption, a reply or the coming agenda tell."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from rapidfuzz import fuzz

from commands._context import Context
from commands._events import Dropped
from commands._sessions import next_session, session_on
from commands._show import day_of, pages
from commands._words import plain
from council.french import fold, tidy
from council.french.reading import find_when
from council.refusals import Refusal
from council.roles import Role
from storage.states import FileState
from storage.tables import AgendaItem, Body, File, Meeting, Paper

KEEPERS = Refusal(
    "Seuls la présidence, le maire, les agents et la personne qui a déposé ce document peuvent le modifier."
)

ALIKE = 80
_SESSION = re.compile(r"(?:pour\s+)?(?:la\s+)?s[ée]ance(?:\s+du)?", re.IGNORECASE)
_POINT = re.compile(r"(?:^|\s|\()(?:pour\s+)?(?:le\s+)?point\s*n?[o°]?\s*(\d{1,2})\b\)?", re.IGNORECASE)
_CLOSED = re.compile(
    r"(?:^|[\s,(])(?:(sans|lever|fin du|plus)\s+)?(?:(?:en|à|a|le|au)\s+)?huis[\s-]+clos\)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Placed:
    """A session and an item, when they are known.

    Attributes:
        rest: what else was written.
        missing: the number of a point that the session doesn't have.
    """

    meeting: Meeting | None
    item: AgendaItem | None
    rest: str
    missing: str = ""


async def place_of(said: str, ctx: Context, body: Body) -> Placed:
    """Read where a paper belongs in what was written with it; failing that, the body's next session.

    Args:
        said: a caption, such as "devis de l'agenda, point 2" or "séance du 12 janvier".
    """
    meeting, rest = await _session(said, ctx, body)
    if meeting is None:
        return Placed(None, None, rest)
    found = _POINT.search(rest)
    if found:
        item = next((item for item in meeting.items if item.position == int(found[1])), None)
        rest = _clean(rest[: found.start()] + " " + rest[found.end() :])
        return Placed(meeting, item, rest, "" if item else found[1])
    alike = [(fuzz.token_set_ratio(fold(rest), fold(item.title)), item) for item in meeting.items if rest]
    best = max(alike, key=lambda each: each[0], default=(0, None))
    return Placed(meeting, best[1] if best[0] >= ALIKE else None, rest)


async def _session(said: str, ctx: Context, body: Body) -> tuple[Meeting | None, str]:
    """The session whose date is said, with what else was said; otherwise the next one, with all of it."""
    if _SESSION.search(said):
        try:
            found = find_when(said, now=ctx.then)
        except Refusal:
            found = None
        meeting = await session_on(ctx, body, found[0].day) if found else None
        if found is not None and meeting is not None:
            return meeting, _clean(_SESSION.sub(" ", found[1]))
    return await next_session(ctx, body), said.strip()


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;:.-()")


def closed_doors(said: str) -> tuple[str, bool | None]:
    """What was written without « huis clos », and whether a paper goes behind closed doors or comes out; None: neither."""
    found = _CLOSED.search(said)
    if found is None:
        return said, None
    return _clean(f"{said[: found.start()]} {said[found.end() :]}"), not found[1]


async def may_keep(ctx: Context, paper: Paper) -> bool:
    """Whether the sender may rename, place or replace a paper: its filer and those who act for the chair."""
    role = ctx.role_in(await ctx.store.bodies.get(paper.body_id))
    return Role.CHAIR in role or (Role.MEMBER in role and paper.filed_by == ctx.sender.id)


def said_place(place: Placed, ctx: Context) -> str:
    """« , pour le point 2 (Choix du prestataire) de la séance du mardi 12 janvier 2027 », or nothing."""
    if place.meeting is None:
        return ""
    item = f"le point {place.item.position} ({plain(place.item.title, 60)}) de " if place.item else ""
    missing = f" (elle n'a pas de point {place.missing})" if place.missing else ""
    return f", pour {item}la séance du {day_of(place.meeting, ctx)}{missing}"


def version_of(drop: Dropped, room_id: str, event_id: str, *, by: int, now: datetime) -> File:
    """A version to be filed, of a file that came in a message; its text isn't kept yet."""
    return File(
        blob=drop.blob,
        name=drop.name,
        mime=drop.mime,
        size=drop.size,
        room_id=room_id,
        event_id=event_id,
        filed_by=by,
        filed_at=now,
        state=FileState.PENDING,
        problem="",
    )


def title_for(drop: Dropped) -> str:
    """The title that a file gives itself, else one from its name: no extension, no underscores."""
    if given := one_line((drop.text and drop.text.title) or ""):
        return given
    stem = one_line(PurePath(tidy(drop.name)).stem.replace("_", " "))
    return stem[:1].upper() + stem[1:] if any(map(str.isalnum, stem)) else "Document sans titre"


def one_line(text: str) -> str:
    """A text tidied, on one line, as long as a title may be."""
    return " ".join(tidy(text).split())[:200]


def known_pages(file: File) -> str:
    """« (12 pages) » after a title, or nothing when it isn't known."""
    return f" ({pages(file)})" if file.page_count else ""


def warning(file: File) -> str:
    """What search won't find of it, after a sentence; or nothing."""
    return f" {file.problem}" if file.problem else ""


async def last_filed(ctx: Context, example: str) -> Paper:
    """The last paper that the sender filed here, or anywhere when asked in private.

    Args:
        example: what to type instead, when there is none.

    Raises:
        Refusal: there is none.
    """
    bodies = [body.id for body in await ctx.bodies()] if ctx.room.body_id is None else [ctx.room.body_id]
    papers = await ctx.store.papers.list(ctx.reader, bodies=bodies) if bodies else []
    mine = next((paper for paper in papers if paper.filed_by == ctx.sender.id), None)
    if mine is None:
        here = "" if ctx.private else " ici"
        raise Refusal(
            f"De quel document parlez-vous ? Vous n'en avez pas encore déposé{here}.",
            try_this=f"Donnez sa référence : `{example}`.",
        )
    return mine
