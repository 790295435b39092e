"""A session's dossier before it is bound: what it holds for who asks, in the agenda's order, and what changed in it since."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands._context import Commune, Reply
from commands._questions import heading
from commands._sessions import UNDER_WAY
from commands._show import current
from commands._tell import owe
from commands._words import plain
from council.french import count, enumerate_fr, long_moment, tidy
from council.meetings import Mode
from storage.dossiers import Given
from storage.papers import Reader
from storage.questions import Question
from storage.store import Store
from storage.tables import AgendaItem, File, Meeting, Outgoing, Paper

FORM = 1
"""Of the pages that we make: a dossier bound in another form is bound anew."""
MOST_PAPERS = 500
OTHERS = "A"
"""What stands for the point's number in the label of a paper that belongs to none."""


@dataclass(frozen=True)
class Entry:
    """A paper of the dossier, and which version of it is bound: « 2.3 » is the third of point 2."""

    label: str
    paper: Paper
    file: File
    item: AgendaItem | None


@dataclass(frozen=True)
class Plan:
    """All that a dossier will hold.

    Attributes:
        answered_by: the names of those who answered the questions, by their row.
        over: whether the session is: its papers are then those that it had.
    """

    meeting: Meeting
    entries: Sequence[Entry]
    questions: Sequence[Question]
    answered_by: dict[int, str]
    large: bool
    over: bool

    @property
    def empty(self) -> bool:
        """Whether there is nothing to bind."""
        return not (self.entries or self.meeting.items or self.questions)

    @property
    def load(self) -> str:
        """« 12 documents, 184 pages », as far as their pages are known."""
        pages = sum(entry.file.page_count or 1 for entry in self.entries)
        return f"{count(len(self.entries), 'document')}, {count(pages, 'page')}" if self.entries else "aucun document"

    def parts(self, commune: Commune) -> dict[str, Any]:
        """What it is made of: the version of each paper, a fingerprint of the rest; so that what changed can be told."""
        return {
            "papers": {entry.paper.reference: entry.file.version for entry in self.entries},
            "session": _digest(moment_and_place(self.meeting, commune)),
            "agenda": _digest([[item.position, item.title, details(item)] for item in self.meeting.items]),
            "questions": _digest([[each.number, each.text, each.answer] for each in self.questions]),
        }

    def fingerprint(self, commune: Commune) -> str:
        """The same for two dossiers that say the same, whoever asked for them."""
        papers = [
            [entry.label, entry.paper.reference, entry.paper.title, entry.file.blob, entry.file.name]
            for entry in self.entries
        ]
        asked = [[said["who"], said["by"]] for said in self.asked()]
        names = [FORM, commune.name, self.meeting.id, self.meeting.body.name, self.large, self.over]
        return _digest([names, self.parts(commune), papers, asked])

    def asked(self) -> list[dict[str, Any]]:
        """The questions as everybody sees them, with their answers; who asked without their name isn't known here."""
        return [
            {
                "heading": heading(each),
                "about": tidy(each.item.title) if each.item else "",
                "who": each.author.name if each.author else "posée sans nom",
                "text": _lines(each.text),
                "answer": _lines(each.answer),
                "by": self.answered_by.get(each.answered_by or 0, ""),
            }
            for each in self.questions
        ]


async def planned(store: Store, reader: Reader, meeting: Meeting, *, large: bool) -> Plan:
    """What a session's dossier holds for a reader, by today's rights; the session must be one that they may see.

    Once it is over, its papers are as they were: in the versions of that day, without those that came afterwards.
    """
    end = meeting.starts_at + UNDER_WAY
    over = store.now >= end
    papers = await store.papers.list(reader, meeting_id=meeting.id, limit=MOST_PAPERS)
    bound = [(paper, await _then(store, reader, paper, end) if over else current(paper)) for paper in papers]
    questions = await store.questions.of(meeting.id)
    answering = {each.answered_by for each in questions if each.answered_by}
    names = {person_id: (await store.people.get(person_id)).name for person_id in sorted(answering)}
    there = [(paper, file) for paper, file in bound if file is not None]
    return Plan(meeting, list(_entries(meeting, there)), questions, names, large, over)


async def _then(store: Store, reader: Reader, paper: Paper, end: datetime) -> File | None:
    """The version of a paper in force at the end of a session, if it was there and the reader may see it."""
    versions = [current(paper)] if len(paper.files) == 1 else await store.papers.versions(paper, reader)
    return next((file for file in reversed(versions) if file.filed_at <= end), None)


def _entries(meeting: Meeting, papers: Sequence[tuple[Paper, File]]) -> Iterable[Entry]:
    """The papers point by point, in the order of their references; then those of no point of this session."""
    ordered = sorted(papers, key=lambda each: (each[0].body_id != meeting.body_id, each[0].year, each[0].number))
    points = {item.id for item in meeting.items}
    for item in meeting.items:
        own = [each for each in ordered if each[0].item_id == item.id]
        yield from (Entry(f"{item.position}.{rank}", *each, item) for rank, each in enumerate(own, start=1))
    loose = [each for each in ordered if each[0].item_id not in points]
    yield from (Entry(f"{OTHERS}.{rank}", *each, None) for rank, each in enumerate(loose, start=1))


def moment_and_place(meeting: Meeting, commune: Commune) -> list[str]:
    """The full date, then where: plain words for paper."""
    where = [tidy(meeting.place)] if meeting.place else []
    if meeting.mode is not Mode.IN_PERSON:
        where.append(f"{meeting.mode.value} : {meeting.link}" if meeting.link else meeting.mode.value)
    return [long_moment(meeting.starts_at, commune.zone), ", ".join(where)]


def details(item: AgendaItem) -> str:
    """What a point is for and who presents it, in brackets, or nothing: plain words for paper."""
    kind = f"pour {item.kind.value}" if item.kind else ""
    who = f"rapporteur : {item.rapporteur.name}" if item.rapporteur else ""
    said = ", ".join(filter(None, (kind, who)))
    return f"({said})" if said else ""


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What changed from one dossier to another, in French, each change a phrase; nothing when they say the same."""
    old, new = before["papers"], after["papers"]
    found = [
        (new.keys() - old.keys(), "nouveau", "nouveaux"),
        (
            {each for each in new.keys() & old.keys() if new[each] != old[each]},
            "nouvelle version",
            "nouvelles versions",
        ),
        (old.keys() - new.keys(), "n'y est plus", "n'y sont plus"),
    ]
    said = []
    for references, one, several in found:
        if references:
            said.append(f"{enumerate_fr(sorted(references))} ({one if len(references) == 1 else several})")
    rest = {"session": "la date ou le lieu", "agenda": "l'ordre du jour", "questions": "les questions"}
    return said + [words for part, words in rest.items() if before[part] != after[part]]


def given_before(before: Given | None, after: dict[str, Any], commune: Commune) -> str:
    """What a dossier asked for again says of the last one; nothing the first time."""
    if before is None:
        return ""
    when = long_moment(before.at, commune.zone)
    said = changes(before.parts, after)
    if not said:
        return f"Rien n'a changé depuis celui du {when}."
    return f"**Le dossier a changé depuis celui du {when}** : {enumerate_fr(said)}."


async def tell_unmade(store: Store, row: Outgoing, why: str, commune: Commune) -> None:
    """Tell who asked for a dossier, where they did, that it can't be had and what to do; nobody who sits there no more.

    Args:
        row: what the outbox owed.
        why: the reason, a phrase for people.
    """
    meeting_id, person_id, *_ = row.content["about"]
    meeting = await store.meetings.get(meeting_id)
    today = store.now.astimezone(commune.zone).date()
    seats = await store.people.seats(await store.people.get(person_id), today)
    if meeting.body_id not in {seat.body.id for seat in seats}:
        return
    text = (
        f"**Le dossier n'a pas pu être fait** ({plain(row.content['name'])}) : {why}. Ses documents se lisent un par un : "
        f"`!odj {meeting.body.code}` les montre, `!envoyer` suivi d'une référence en donne un. L'administrateur en est averti ; "
        "vous pouvez le redemander plus tard."
    )
    await owe(store, Reply(text), room_id=row.room_id, person_id=row.person_id)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in tidy(text).splitlines() if line.strip()]


def _digest(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
