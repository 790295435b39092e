"""``appariteur export``: a town, or one of its sessions, in plain files that anything opens."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.check import Line
from bot.leaving import pages, records
from bot.leaving.parcel import ExportError, Parcel
from council.french import count, long_date, long_moment, size
from storage.database import Database
from storage.files import BlobDamaged, BlobMissing, Files
from storage.inventory import Inventory
from storage.journal import faults, head
from storage.states import JournalKind, PaperState
from storage.store import Store
from storage.tables import Meeting, Paper

_SESSION = re.compile(r"\s*(\w+)\s+(?:du\s+)?(\d{1,2})/(\d{1,2})/(\d{4})\s*")
_NAMED = 5
PRIVATE = "Il contient des documents réservés et des données personnelles : gardez-le sous clé."


@dataclass
class _Export:
    """One export under way, and what was found on the way.

    Attributes:
        sessions: what each session is called, by its row.
        references: of the papers and convocations: what the journal calls them.
        lost: the versions whose bytes are missing or damaged, each a phrase.
    """

    inventory: Inventory
    files: Files
    parcel: Parcel
    zone: ZoneInfo
    places: pages.Places = field(default_factory=dict)
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    sessions: dict[int, str] = field(default_factory=dict)
    references: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    octets: int = 0

    async def papers(self) -> Sequence[Paper]:
        """Every version that still has its bytes, each checked against the seal that it was kept under."""
        papers = await self.inventory.papers()
        closed, shared = await self.inventory.closed(), await self.inventory.shared()
        for paper in papers:
            self.references.add(paper.reference)
            for file in sorted(paper.files, key=lambda each: -each.version):
                found = await self._version(paper, file.version)
                self.rows.append(
                    (
                        *(paper.reference, file.version, file.current, paper.body.code, paper.title),
                        *(records.STATES[paper.state], paper.id in closed, " ".join(shared.get(paper.id, ()))),
                        *(self.sessions.get(paper.meeting_id or 0), paper.item.position if paper.item else None),
                        *(records.moment(file.filed_at, self.zone), file.filer.name, file.mime, file.size, *found),
                    )
                )
        self.parcel.add("documents.csv", records.table(records.PAPERS, self.rows))
        return papers

    async def _version(self, paper: Paper, version: int) -> tuple[str, str]:
        """Write a version. Returns where it is and its SHA-256; nothing of both when its bytes are gone."""
        file = next(each for each in paper.files if each.version == version)
        if paper.state is PaperState.ERASED:
            return "", ""
        try:
            data = await self.files.get(file.blob)
        except (BlobMissing, BlobDamaged) as fault:
            wrong = "manque" if isinstance(fault, BlobMissing) else "est abîmé"
            self.lost.append(f"{paper.reference} version {version} {wrong}")
            return "", ""
        where = records.place_of(paper, file)
        self.octets += len(data)
        called = "le document" if file.current else f"version {version}"
        self.places.setdefault(paper.reference, []).append((called, where))
        return where, self.parcel.add(where, data)

    async def write_sessions(self, meetings: Sequence[Meeting], people: dict[int, str]) -> list[pages.Listed]:
        """The sessions as data, and a page for each. Returns what the index needs of them."""
        listed: list[pages.Listed] = []
        data = []
        for meeting in meetings:
            held = await self.inventory.held(meeting)
            said = records.session(held, people, self.zone)
            data.append(said)
            where = f"seances/{said['nom']}.html"
            self.parcel.add(where, pages.session(held, said, self.places, self.zone))
            moment = long_moment(meeting.starts_at, self.zone)
            listed.append((meeting.body, f"{moment}{' (annulée)' if said['état'] == 'annulée' else ''}", where))
            self.references.update(each.reference for each in held.convocations)
        self.parcel.add("seances.json", json.dumps(data, ensure_ascii=False, indent=1).encode())
        return listed

    async def write_journal(self, only: Meeting | None) -> int:
        """The journal, or what it tells of a session and of its papers, an entry a line; how many."""
        moment = only.starts_at.astimezone(UTC).isoformat() if only else ""
        lines = [
            json.dumps(records.entry(each), ensure_ascii=False, sort_keys=True)
            async for each in self.inventory.entries([moment, *sorted(self.references)] if only else ())
            if only is None or each.subject != moment or each.body_id == only.body_id
        ]
        self.parcel.add("journal.jsonl", "".join(f"{line}\n" for line in lines).encode())
        return len(lines)


async def export(
    database: Database, files: Files, target: Path, town: str, now: datetime, *, session: str = ""
) -> list[Line]:
    """Write all of a town, or what concerns one session (« EAU 26/03/2026 »), into a new folder or ZIP; what was done, line by line.

    Args:
        now: aware, in the town's zone.

    Raises:
        ExportError: in one French line: there is something there already, or no such session.
        OSError: the disk refuses.
    """
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)  # noqa: S101 - the town's clock, for the type checker
    async with database.read() as reading:
        only = await _asked(Inventory(reading), session, zone) if session else None
        with Parcel(target) as parcel:
            work = _Export(Inventory(reading, only.id if only else None), files, parcel, zone)
            done = await _write(work, town, now, only)
    async with database.engine.connect() as connection:
        wrong = await connection.run_sync(lambda sync: list(faults(sync)))
        _, mark = await connection.run_sync(head)
    async with database.begin() as writing:
        await Store(writing, "", now).journal.add(JournalKind.EXPORTED, body_id=only.body_id if only else None)
    chain = Line("chaîne du journal", not wrong, "; ".join(wrong) or f"intacte, empreinte {mark[:12]}")
    return [*done, chain, Line("export", True, f"{target}. {PRIVATE}")]


async def _write(work: _Export, town: str, now: datetime, only: Meeting | None) -> list[Line]:
    """Everything, the index last."""
    inventory, parcel = work.inventory, work.parcel
    bodies, people = await inventory.bodies(), await inventory.people()
    meetings = await inventory.meetings()
    work.sessions |= {each.id: records.name_of(each, work.zone) for each in meetings}
    papers = await work.papers()
    listed = await work.write_sessions(meetings, {each.id: each.name for each in people})
    entries = await work.write_journal(only)
    told = len(records.PEOPLE) if only is None else records.NAMED  # one session needs nobody's address
    rows = [records.person_row(each)[:told] for each in people]
    parcel.add("personnes.csv", records.table(records.PEOPLE[:told], rows))
    known = [(each.id, each.code, each.name, each.kind.value, each.active) for each in bodies]
    parcel.add("instances.csv", records.table(records.BODIES, known))
    made = long_moment(now, work.zone)
    parcel.add("index.html", pages.index(town, made, bodies=bodies, sessions=listed, papers=papers, places=work.places))
    named = " ; ".join(work.lost[:_NAMED]) + (
        f" ; et {len(work.lost) - _NAMED} de plus" if len(work.lost) > _NAMED else ""
    )
    kept = f"{count(len(papers), 'document')}, {size(work.octets)}"
    return [
        Line("documents", not work.lost, named or kept),
        Line("séances", True, count(len(listed), "séance")),
        Line("journal", True, count(entries, "inscription")),
    ]


async def _asked(inventory: Inventory, words: str, zone: ZoneInfo) -> Meeting:
    """The session that the words name.

    Raises:
        ExportError: they name none.
    """
    found = _SESSION.fullmatch(words)
    try:
        day = date(int(found[4]), int(found[3]), int(found[2])) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        raise ExportError(f"Je ne lis pas de séance dans « {words} » : écrivez par exemple « CM 26/03/2026 ».")
    start = datetime.combine(day, time.min, zone)
    meeting = await inventory.find(found[1], start, datetime.combine(day + timedelta(days=1), time.min, zone))
    if meeting is None:
        raise ExportError(f"Je ne connais pas de séance de {found[1].upper()} le {long_date(day)}.")
    return meeting
