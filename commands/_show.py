"""How sessions and papers are shown, everywhere alike: full dates, references, pages."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from commands._context import Attached, Context, Reply
from commands._words import link, plain
from council.french import count, long_date, long_moment
from council.meetings import Mode
from storage.tables import AgendaItem, File, Meeting, Paper, Person

LATE = timedelta(minutes=5)
"""After this, what was to be said at a moment says that it is late."""


def when_and_where(meeting: Meeting, ctx: Context, moved_to: datetime | None = None) -> str:
    """« mardi 12 janvier 2027 à 18 h 30, salle du conseil »; at another moment when it is about to move."""
    parts = [f"**{long_moment(moved_to or meeting.starts_at, ctx.commune.zone)}**"]
    if meeting.place:
        parts.append(plain(meeting.place))
    if meeting.mode is not Mode.IN_PERSON:
        parts.append(f"{meeting.mode.value} : <{meeting.link}>" if meeting.link else meeting.mode.value)
    return ", ".join(parts)


def session_name(meeting: Meeting, ctx: Context) -> str:
    """A session in words: body and date, as people type it."""
    day = meeting.starts_at.astimezone(ctx.commune.zone).date()
    return f"{meeting.body.code} {day:%d/%m/%Y}"


def day_of(meeting: Meeting, ctx: Context) -> str:
    """The session's full date, without its hour."""
    return long_date(meeting.starts_at.astimezone(ctx.commune.zone).date())


def current(paper: Paper) -> File:
    """The version that is sent and found."""
    return next(file for file in paper.files if file.current)


def pages(file: File) -> str:
    """« 12 pages », or nothing when it isn't known."""
    return count(file.page_count, "page") if file.page_count else ""


def paper_line(paper: Paper, older: File | None = None) -> str:
    """« **FIN-2027-003** Devis de l'agenda (2 pages) »; an older version says that it was replaced."""
    file = older or current(paper)
    version = f"version {file.version}" if file.version > 1 or not file.current else ""
    details = ", ".join(filter(None, (pages(file), version, "" if file.current else "remplacée depuis")))
    return f"**{paper.reference}** {plain(paper.title, 90)}" + (f" ({details})" if details else "")


async def with_what_is_kept_back(ctx: Context, reply: Reply) -> Reply:
    """The same answer, which says in a room how many papers it leaves out because a guest who came after them reads it.

    How many there are in all, not how many would have answered: the guest reads this too.
    """
    kept = await ctx.store.papers.kept_from_guests(ctx.reader)
    if not kept:
        return reply
    them, shown = ("les", "se montrent") if kept > 1 else ("le", "se montre")
    older = count(kept, "document plus ancien", "documents plus anciens")
    said = f"{older} ne {shown} pas ici, où siège un externe : demandez-{them}-moi en conversation privée."
    if reply.options:
        return replace(reply, after="\n\n".join(filter(None, (reply.after, said))))
    return replace(reply, text=f"{reply.text}\n\n{said}")


def paper_link(paper: Paper) -> str:
    """The reference as a link to the message that brought the current version, its title, its pages."""
    file = current(paper)
    details = f" ({pages(file)})" if file.page_count else ""
    return f"{link(paper.reference, file.room_id, file.event_id)} {plain(paper.title, 90)}{details}"


def attached(file: File) -> Attached:
    """A version, ready to be sent."""
    return Attached(file.blob, file.name, file.mime, file.size)


def agenda_lines(meeting: Meeting, papers: Sequence[Paper]) -> list[str]:
    """The points of a session with rapporteurs and papers; then the papers of no point, and those that others share."""
    shared = [paper_line(paper) for paper in papers if paper.meeting_id != meeting.id]  # its message is in another room
    papers = [paper for paper in papers if paper.meeting_id == meeting.id]
    lines = []
    for item in meeting.items:
        own = [paper_link(paper) for paper in papers if paper.item_id == item.id]
        details = point_details(item, item.rapporteur)
        lines.append(f"{item.position}. {plain(item.title)}{details}" + _indented(own))
    loose = [paper_link(paper) for paper in papers if paper.item_id is None] + shared
    return lines + [f"- {each}" for each in loose]


def point_line(item: AgendaItem, rapporteur: Person | None) -> str:
    """« **Choix du prestataire** (pour avis, rapporteur : Blanche Arnaud) »."""
    return f"**{plain(item.title)}**{point_details(item, rapporteur)}"


def point_details(item: AgendaItem, rapporteur: Person | None) -> str:
    """What a point is for and who presents it, in brackets, or nothing."""
    kind = f"pour {item.kind.value}" if item.kind else ""
    who = f"rapporteur : {plain(rapporteur.name)}" if rapporteur else ""
    details = ", ".join(filter(None, (kind, who)))
    return f" ({details})" if details else ""


def _indented(lines: Iterable[str]) -> str:
    return "".join(f"\n   - {line}" for line in lines)


def said_late(what: str, due_at: datetime, ctx: Context) -> str:
    """A word of excuse when something is said after its moment, or nothing."""
    if ctx.now - due_at <= LATE:
        return ""
    return f"\n\n({what} le {long_moment(due_at, ctx.commune.zone)}.)"
