"""The tables of an export: sessions, papers, people and the journal as plain data, moments in ISO 8601 in the town's zone."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.leaving.parcel import file_name
from council.meetings import MeetingState
from storage.answers import Answer
from storage.errata import Erratum, ErratumCopy
from storage.inventory import Held
from storage.questions import Question
from storage.recusals import Recusal
from storage.states import PaperState
from storage.summons import Convocation, Summons
from storage.tables import Entry, File, Meeting, Paper, Person

STATES = {
    PaperState.FILED: "classé",
    PaperState.WITHDRAWN: "retiré",
    PaperState.ERASED: "effacé",
    MeetingState.PLANNED: "prévue",
    MeetingState.CANCELLED: "annulée",
}
PAPERS = (
    *(
        "référence",
        "version",
        "en vigueur",
        "instance",
        "titre",
        "état",
        "huis clos",
        "partagé avec",
        "séance",
        "point",
    ),
    *("déposé le", "déposé par", "type", "octets", "fichier", "sha256"),
)
PEOPLE = ("numéro", "nom", "prénom", "fonction", "identifiant", "courriel", "téléphone", "entrée", "sortie")
NAMED = 4
"""Of these columns: what it takes to read the journal."""
BODIES = ("numéro", "code", "nom", "nature", "active")


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV as French spreadsheets open it: semicolons, UTF-8 with its mark; a cell that would be a formula is kept a text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(each) for each in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    said = "" if value is None else str(value)
    return f"'{said}" if said[:1] in tuple("=+-@\t\r") else said


def moment(value: datetime | None, zone: ZoneInfo) -> str | None:
    """An aware moment as the town's clocks showed it: « 2026-03-26T18:30:00+01:00 »."""
    return value.astimezone(zone).isoformat(timespec="seconds") if value else None


def name_of(meeting: Meeting, zone: ZoneInfo) -> str:
    """What names a session in the export: « EAU-2026-03-26 », and its row when it was called off: two may share a day."""
    off = f"-annulée-{meeting.id}" if meeting.state is MeetingState.CANCELLED else ""
    return f"{meeting.body.code}-{meeting.starts_at.astimezone(zone).date().isoformat()}{off}"


def place_of(paper: Paper, file: File) -> str:
    """Where a version is in the export: « documents/EAU/2026/EAU-2026-001 Devis du réservoir.pdf »; older ones say which."""
    _, dot, end = file_name(file.name).rpartition(".")
    older = "" if file.current else f" (version {file.version})"
    title = file_name(paper.title)
    return f"documents/{paper.body.code}/{paper.year}/{paper.reference}{f' {title}' if title else ''}{older}{dot}{end if dot else ''}"


def person_row(person: Person) -> tuple[Any, ...]:
    """A row of the people."""
    who = (person.id, person.last_name, person.first_name, person.function.value, person.matrix_id)
    return (*who, person.email, person.phone, person.since, person.until)


def session(held: Held, people: dict[int, str], zone: ZoneInfo) -> dict[str, Any]:
    """A session and all that is kept of it, for a program to read."""
    meeting = held.meeting
    of_items = {item.id: [each.reference for each in held.papers if each.item_id == item.id] for item in meeting.items}
    listed = {reference for references in of_items.values() for reference in references}
    return {
        "nom": name_of(meeting, zone),
        "instance": meeting.body.code,
        "début": moment(meeting.starts_at, zone),
        "lieu": meeting.place,
        "participation": meeting.mode.value,
        "lien": meeting.link,
        "état": STATES[meeting.state],
        "points": [
            {
                "numéro": item.position,
                "titre": item.title,
                "nature": item.kind.value if item.kind else None,
                "rapporteur": item.rapporteur.name if item.rapporteur else None,
                "documents": of_items[item.id],
            }
            for item in meeting.items
        ],
        "autres documents": [each.reference for each in held.papers if each.reference not in listed],
        "convocations": [_convocation(each, zone) for each in held.convocations],
        "errata": [_erratum(each, zone) for each in held.errata],
        "réponses": [_answer(each, people, zone) for each in held.answers],
        "déports": [_recusal(each, meeting, people, zone) for each in held.recusals],
        "questions": [_question(each, people) for each in held.questions],
    }


def _answer(given: Answer, people: dict[int, str], zone: ZoneInfo) -> dict[str, Any]:
    return {
        "personne": people[given.person_id],
        "réponse": given.presence.value,
        "pouvoir à": people[given.bearer_id] if given.bearer_id else None,
        "accepté": given.accepted,
        "le": moment(given.at, zone),
    }


def _question(asked: Question, people: dict[int, str]) -> dict[str, Any]:
    return {
        "numéro": asked.number,
        "point": asked.item.position if asked.item else None,
        "par": asked.author.name if asked.author else None,
        "texte": asked.text,
        "réponse": asked.answer or None,
        "répondue par": people[asked.answered_by] if asked.answered_by else None,
    }


def _convocation(sent: Convocation, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "référence": sent.reference,
        "faite le": moment(sent.made_at, zone),
        "par": sent.author.name,
        "dernier jour": _day(sent.last_day),
        "jugement": sent.verdict.value,
        "règle": sent.law,
        "motif": sent.reason or None,
        "texte": sent.text,
        "sans effet depuis": moment(sent.ended_at, zone),
        "copies": [_copy(each, zone) for each in sent.summonses],
    }


def _erratum(made: Erratum, zone: ZoneInfo) -> dict[str, Any]:
    """What it quoted of the paper isn't kept; the paper's two versions are in the export."""
    return {
        "référence": made.reference,
        "convocation": made.convocation.reference,
        "document": made.paper.reference,
        "version": made.file.version,
        "fait le": moment(made.made_at, zone),
        "par": made.author.name,
        "copies": [_copy(each, zone) for each in made.copies],
    }


def _recusal(said: Recusal, meeting: Meeting, people: dict[int, str], zone: ZoneInfo) -> dict[str, Any]:
    """A point that has left the agenda since has no number any more."""
    return {
        "point": next((item.position for item in meeting.items if item.id == said.item_id), None),
        "personne": people[said.person_id],
        "règle": said.interest.value,
        "noté par": people[said.by_id],
        "le": moment(said.at, zone),
    }


def _copy(copy: Summons | ErratumCopy, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "personne": copy.person.name,
        "canal": copy.channel.value,
        "envoyée le": moment(copy.sent_at, zone),
        "événement": copy.event_id if isinstance(copy, Summons) else None,
        "remise le": _day(copy.handed_on),
        "accusée le": moment(copy.acknowledged_at, zone),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def entry(each: Entry) -> dict[str, Any]:
    """An entry of the journal, by the very values that its hash covers, in UTC: the chain can be checked anywhere."""
    return {
        "id": each.id,
        "at": each.at.isoformat(timespec="microseconds"),
        "kind": each.kind.value,
        "person_id": each.person_id,
        "body_id": each.body_id,
        "subject": each.subject,
        "details": each.details,
        "previous": each.previous,
        "hash": each.hash,
    }
