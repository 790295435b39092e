"""A session's dossier as one PDF: our own pages around the papers, each of which is put on its sheets in a process apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from commands._context import Commune
from commands._dossier import Entry, Plan, details, moment_and_place, planned
from commands.letters._press import Unmade, pdf
from council.french import count, long_moment, size, tidy
from storage.database import Database
from storage.extract import Binder, Bound, Mark, Part, Placed, Problem, Stamp, Unbound
from storage.files import BlobDamaged, BlobMissing, Files
from storage.papers import Reader
from storage.store import Store

_log = structlog.get_logger(__name__)
_ROOM = 0.9
"""Of the greatest file that is taken: how much of it the papers may fill."""
_WHY = {
    Problem.UNSUPPORTED: "Ce fichier ({file}) n'est ni un PDF ni une image : ses pages ne peuvent pas être reprises ici.",
    Problem.ENCRYPTED: "Ce PDF est protégé par un mot de passe : ses pages ne peuvent pas être reprises ici.",
    Problem.BROKEN: "Ce fichier ({file}) est abîmé ou incomplet : ses pages ne peuvent pas être reprises ici.",
    Problem.TOO_LONG: "Ce fichier ({file}) demande trop de temps pour être repris ici.",
    Problem.LOST: "Ce fichier ({file}) manque dans les archives de l'appariteur.",
}
_TOO_BIG = "Ce fichier ({file}) est trop volumineux pour être repris ici."
_HOW = "Pour le lire, écrivez à l'appariteur : envoyer {reference}. La mairie peut aussi vous le donner."


@dataclass(frozen=True)
class Shelf:
    """Where the papers are, and where a dossier is kept once made."""

    database: Database
    files: Files
    commune: Commune


@dataclass(frozen=True)
class Asked:
    """Which dossier: the session, for whom, in the room of which body if any, at what moment (aware), large or not."""

    meeting_id: int
    person_id: int
    body_id: int | None
    now: datetime
    large: bool


@dataclass
class _Sheets:
    """The parts in their order, the bookmarks, and how many pages there are past the front."""

    parts: list[Part]
    marks: list[Mark]
    pages: int = 0

    def add(self, part: Part, pages: int) -> int:
        """Add a part. Returns the place of its first page past the front, from 1."""
        self.parts.append(part)
        self.pages += pages
        return self.pages - pages + 1


async def dossier(shelf: Shelf, asked: Asked) -> bytes:
    """Give the dossier: the one that is kept when nothing in it changed, or a new one.

    Raises:
        Unmade: it may work later, or its asker no longer sits there.
    """
    async with shelf.database.read() as session:
        plan = await _plan(Store(session, "", asked.now), shelf.commune, asked)
        fingerprint = plan.fingerprint(shelf.commune)
        kept = await Store(session, "", asked.now).dossiers.made(fingerprint)
    if kept is not None:
        try:
            return await shelf.files.get(kept.blob)
        except (BlobMissing, BlobDamaged):
            _log.info("dossier bound again", dossier=kept.id)
    try:
        bound = await _bound(shelf, plan, asked.now)
    except Unbound as error:
        _log.warning("dossier not bound", problem=str(error))
        raise Unmade("ses pages n'ont pas pu être réunies") from error
    blob = await shelf.files.put(bound.data)
    async with shelf.database.begin() as session:
        await Store(session, "", asked.now).dossiers.keep(fingerprint, blob, bound.pages)
    return bound.data


async def _plan(store: Store, commune: Commune, asked: Asked) -> Plan:
    today = asked.now.astimezone(commune.zone).date()
    meeting = await store.meetings.get(asked.meeting_id)
    seats = await store.people.seats(await store.people.get(asked.person_id), today)
    if meeting.body_id not in {seat.body.id for seat in seats}:
        raise Unmade("qui l'a demandé ne siège plus dans cette commission")
    reader = Reader(asked.person_id, asked.body_id, today)
    return await planned(store, reader, meeting, large=asked.large)


async def _bound(shelf: Shelf, plan: Plan, made_at: datetime) -> Bound:
    async with Binder() as binder:
        placed = await _placed(shelf, plan, binder)
        absent = [(entry, each) for entry, each in zip(plan.entries, placed, strict=True) if each.problem]
        data = _common(plan, shelf.commune)
        notices = b""
        if absent:
            shown = [_notice(entry, each.problem or Problem.BROKEN) for entry, each in absent]
            notices = await pdf("dossier", {**data, "part": "notices", "notices": shown})
        sheets = _Sheets([], [])
        starts = _in_order(plan, placed, notices, sheets)
        front = {**data, **_front(plan, starts, shelf.commune, made_at), "questions_offset": sheets.pages + 1}
        first = await pdf("dossier", {**front, "part": "front"})
        if plan.questions:
            sheets.marks.append(Mark(0, len(sheets.parts), 0, "Questions et réponses"))
            sheets.parts.append(Part(await pdf("dossier", {**data, "part": "questions"})))
        marks = [Mark(each.depth, each.part + 1, each.page, each.words) for each in sheets.marks]
        cover = [Mark(0, 0, 0, "Couverture"), Mark(0, 0, 1, "Ordre du jour")]
        title = f"Dossier : {plan.meeting.body.name}, {moment_and_place(plan.meeting, shelf.commune)[0]}"
        return await binder.bind([Part(first), *sheets.parts], [*cover, *marks], title=title, large=plan.large)


async def _placed(shelf: Shelf, plan: Plan, binder: Binder) -> list[Placed]:
    """Each paper on its sheets, as long as there is room; one after the other, since the machine answers people too."""
    found, room = [], int(shelf.commune.file_limit * _ROOM)
    for entry in plan.entries:
        if entry.file.size > room:
            found.append(Placed(problem=Problem.TOO_BIG))
            continue
        try:
            data = await shelf.files.get(entry.file.blob)
        except (BlobMissing, BlobDamaged):
            found.append(Placed(problem=Problem.LOST))
            continue
        name = f"{entry.paper.reference} {tidy(entry.paper.title)}"
        placed = await binder.place(data, Stamp(entry.label, name, plan.large))
        if len(placed.data) > room:
            placed = Placed(problem=Problem.TOO_BIG)
        room -= len(placed.data)
        found.append(placed)
    return found


def _in_order(plan: Plan, placed: Sequence[Placed], notices: bytes, sheets: _Sheets) -> dict[str, tuple[int, int]]:
    """Lay the papers in their order, with their bookmarks. Returns the first page and the count of each, by its label."""
    starts, absent = {}, 0
    by_point: dict[int | None, list[tuple[Entry, Placed]]] = {}
    for entry, each in zip(plan.entries, placed, strict=True):
        by_point.setdefault(entry.item.id if entry.item else None, []).append((entry, each))
    titles: list[tuple[int | None, str]] = [
        (item.id, f"{item.position}. {tidy(item.title)}") for item in plan.meeting.items
    ]
    for point, title in [*titles, (None, "Autres documents")]:
        own = by_point.get(point, [])
        if own:
            sheets.marks.append(Mark(0, len(sheets.parts), 0, title))
        elif point is not None:
            sheets.marks.append(Mark(0, -1, 1, title))
        for entry, each in own:
            sheets.marks.append(
                Mark(1, len(sheets.parts), 0, f"{entry.label} {tidy(entry.paper.title)} ({entry.paper.reference})")
            )
            part = Part(notices, absent) if each.problem else Part(each.data)
            absent += bool(each.problem)
            count_of = 1 if each.problem else each.pages
            starts[entry.label] = (sheets.add(part, count_of), 0 if each.problem else count_of)
    return starts


def _common(plan: Plan, commune: Commune) -> dict[str, Any]:
    """What every part of ours shows."""
    waiting = sum(not each.answer for each in plan.questions)
    unanswered = f", dont {count(waiting, 'question')} sans réponse" if waiting else ""
    return {
        "town": commune.name,
        "body": plan.meeting.body.name,
        "large": plan.large,
        "questions": plan.asked(),
        "questions_said": f"{count(len(plan.questions), 'question')}{unanswered}",
    }


def _front(plan: Plan, starts: dict[str, tuple[int, int]], commune: Commune, made_at: datetime) -> dict[str, Any]:
    moment, place = moment_and_place(plan.meeting, commune)
    pages = sum(pages or 1 for _, pages in starts.values())
    load = f"{count(len(plan.entries), 'document')}, {count(pages, 'page')}." if plan.entries else "Aucun document."
    how = (
        "En haut de chaque page, à gauche, « 2.3 p. 4/12 » se lit : point 2, troisième document, page 4 sur 12. À droite est le numéro "
        "de la page dans ce dossier, celui que donne l'ordre du jour."
    )
    which = "de cette séance, tels qu'ils étaient ce jour-là," if plan.over else "en vigueur à ce moment"
    made = f"Fait le {long_moment(made_at, commune.zone)}, des documents {which} et que peut voir qui l'a demandé."
    return {
        "moment": moment,
        "place": place,
        "said": [load, made, *([how] if plan.entries else [])],
        "points": [
            {
                "number": f"{item.position}.",
                "title": tidy(item.title),
                "details": details(item),
                "papers": _listed(plan, starts, item.id),
            }
            for item in plan.meeting.items
        ],
        "others": _listed(plan, starts, None),
    }


def _listed(plan: Plan, starts: dict[str, tuple[int, int]], item_id: int | None) -> list[dict[str, Any]]:
    found = [entry for entry in plan.entries if (entry.item.id if entry.item else None) == item_id]
    return [
        {
            "label": entry.label,
            "title": tidy(entry.paper.title),
            "reference": entry.paper.reference,
            "details": count(starts[entry.label][1], "page") if starts[entry.label][1] else "non repris ici",
            "offset": starts[entry.label][0],
        }
        for entry in found
    ]


def _notice(entry: Entry, problem: Problem) -> dict[str, str]:
    """The page that stands for a paper whose own pages can't be there."""
    file = f"{tidy(entry.file.name)}, {size(entry.file.size)}"
    return {
        "label": entry.label,
        "name": f"{entry.paper.reference} {tidy(entry.paper.title)}",
        "title": tidy(entry.paper.title),
        "reference": entry.paper.reference,
        "why": _WHY.get(problem, _TOO_BIG).format(file=file),
        "how": _HOW.format(reference=entry.paper.reference),
    }
