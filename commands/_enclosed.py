"""Files that came within a paper, with a letter or out of an archive: each is a paper of its own, of the same body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from commands._context import Commune, Context, Option, Reply
from commands._events import Dropped
from commands._filing import known_pages, title_for, version_of, warning
from commands._offers import onward
from commands._words import plain
from council.french import count
from storage.enclosed import Unpacking
from storage.extract import Extraction, Kind, Problem
from storage.papers import Reader
from storage.readings import keep_reading
from storage.store import Store
from storage.tables import File, Paper

SHOWN = 20
"""Lines of an answer about files that came within another."""
LISTED = 5
"""Files of an archive that are offered at once."""
HOW = "Répondez par un numéro, ou **tout**."
ALL = ("tout", "tous", "toutes", "tous les fichiers", "tout classer")


_FROM = {False: "joint au courriel", True: "tiré de l'archive"}


@dataclass(frozen=True)
class Holder:
    """The paper that held the files, and on whose behalf they are filed.

    Attributes:
        file: the version that held them: where people find its message.
        by: the person who filed it, or asked for what it holds.
        now: in the town's zone.
        archived: whether it is an archive, not a letter.
    """

    paper: Paper
    file: File
    by: int
    reader: Reader
    now: datetime
    archived: bool = False


async def file_enclosed(store: Store, holder: Holder, enclosed: Sequence[Dropped], left: int = 0) -> list[str]:
    """File each, with the session, the item and the rights of what held it. Returns a line of Markdown for each.

    Args:
        left: how many more stay in it only.
    """
    lines: list[str] = []
    for drop in enclosed:
        known = await store.papers.same_bytes(drop.blob, holder.reader)
        if known is not None:
            lines.append(f"- {plain(drop.name, 60)} : déjà classé, **{known.reference}** {plain(known.title, 60)}")
            continue
        file = version_of(drop, holder.file.room_id, holder.file.event_id, by=holder.by, now=holder.now)
        title, body = title_for(drop), await store.bodies.get(holder.paper.body_id)
        place = {"meeting_id": holder.paper.meeting_id, "item_id": holder.paper.item_id}
        paper = await store.papers.file(body, holder.now.year, title, file, **place)
        await store.archives.enclose(paper, holder.paper, archived=holder.archived)
        if await store.shares.is_closed(holder.paper):
            await store.shares.close(paper, holder.by)
        if drop.text is not None:
            await keep_reading(store, file, drop.text)
        else:
            await store.search.index(file.id, ())
        said = _unread(paper, file, drop)
        lines.append(f"- **{paper.reference}** {plain(title, 90)}{known_pages(file)}{said}")
        inner = Holder(paper, file, holder.by, holder.reader, holder.now)
        lines += [f"   {line}" for line in await file_enclosed(store, inner, drop.enclosed, drop.left)]
    if left:
        stay = count(left, "pièce jointe reste", "pièces jointes restent")
        lines.append(f"- {stay} dans le courriel")
    return lines


def _unread(paper: Paper, file: File, drop: Dropped) -> str:
    if drop.text is not None and drop.text.kind is Kind.ZIP and drop.text.pages:
        return f" : une archive, que je n'ai pas ouverte (`!extraire {paper.reference}`)"
    return f".{warning(file)}" if file.problem else ""


async def came_with(ctx: Context, paper: Paper) -> str:
    """« , joint au courriel CM-2026-004 », when the paper came so and the reader may see it; or nothing."""
    held = await ctx.store.archives.holder_of(paper, ctx.reader)
    if held is None:
        return ""
    holder, archived = held
    return f", {_FROM[archived]} **{holder.reference}**"


async def enclosed_of(store: Store, holder: Holder, drop: Dropped) -> str:
    """File what came with a letter that was just filed; returns what is added to its answer, or nothing."""
    lines = await file_enclosed(store, holder, drop.enclosed, drop.left)
    if not lines:
        return ""
    joined = "Jointe au courriel" if len(drop.enclosed) == 1 else "Jointes au courriel"
    return f"\n\n{joined} **{holder.paper.reference}** :\n\n{_shown(lines)}"


async def file_late(store: Store, commune: Commune, file: File, read: Extraction, enclosed: Sequence[Dropped]) -> Reply:
    """What to say of a version that was read after its filing: the files that came with it, filed now, or its list."""
    now = store.now.astimezone(commune.zone)
    reader = await _reader(store, file.room_id, file.filed_by, now)
    paper = await store.archives.paper_of(file.id, reader)
    if paper is not None and read.kind is Kind.ZIP and read.pages:
        names = await store.archives.names(file.id)
        said = f"**{paper.reference}** {plain(paper.title, 60)} est une archive de {count(len(names), 'fichier')}"
        return Reply(f"{said} : lesquels classer ?", options=offered(paper, names), after=HOW)
    if paper is None or not enclosed:
        return Reply("")
    left = len(read.attachments) - len(enclosed)
    lines = await file_enclosed(store, Holder(paper, file, file.filed_by, reader, now), enclosed, left)
    return Reply(f"Avec le courriel **{paper.reference}** {plain(paper.title, 60)} :\n\n{_shown(lines)}")


async def file_unpacked(
    store: Store,
    commune: Commune,
    wanted: Unpacking,
    unpacked: Sequence[Dropped],
    refused: Sequence[tuple[str, Problem]],
) -> Reply:
    """File what was unpacked of an archive for who asked; it stays silent to who may not see the archive any more."""
    now = store.now.astimezone(commune.zone)
    reader = await _reader(store, wanted.room_id, wanted.asked_by, now)
    paper = await store.archives.paper_of(wanted.file_id, reader)
    if paper is None:
        return Reply("")
    file = await store.papers.version(wanted.file_id)
    holder = Holder(paper, file, wanted.asked_by, reader, now, archived=True)
    lines = await file_enclosed(store, holder, unpacked)
    lines += [f"- {plain(name, 60)} reste dans l'archive : {why.in_french}" for name, why in refused]
    if not lines:
        return Reply(f"Je n'ai rien pu tirer de l'archive **{paper.reference}** : elle est abîmée ou incomplète.")
    return Reply(f"Tiré de l'archive **{paper.reference}** {plain(paper.title, 60)} :\n\n{_shown(lines)}")


def _shown(lines: Sequence[str]) -> str:
    more = [f"- et {count(len(lines) - SHOWN, 'autre')}"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])


async def _reader(store: Store, room_id: str, person_id: int, now: datetime) -> Reader:
    room = await store.rooms.get(room_id)
    return Reader(person_id, room.body_id if room else None, now.date())


def offered(archive: Paper, names: list[str], start: int = 0) -> tuple[Option, ...]:
    """The next files of an archive, each by its number, then all of them, then what follows."""
    word = f"!extraire {archive.reference}"
    shown = list(enumerate(names[start : start + LISTED], start=start + 1))
    options = [Option(plain(name, 80), f"{word} {number}") for number, name in shown]
    if len(names) > 1:
        options.append(Option(f"Tout classer ({count(len(names), 'fichier')})", f"{word} tout", ALL))
    left = len(names) - start - len(shown)
    if left > 0:
        options.append(onward(f"Voir la suite ({count(left, 'autre')})", f"{word} suite {start + LISTED}"))
    return tuple(options)
