"""dossier — all of a session in one PDF: its agenda, its papers in order, the questions and their answers."""

from datetime import datetime, time, timedelta
from typing import Annotated

from commands import Context, Document, Refusal, Reply, command, due
from commands._ahead import AtHand, titled
from commands._arguments import flag
from commands._dossier import changes, given_before, planned
from council.french import enumerate_fr, long_moment
from council.meetings import MeetingState
from storage.papers import Reader
from storage.states import DocumentKind, NoticeKind
from storage.tables import Meeting, Notice

LARGE = flag(
    r"(?:^|\s)(?:(?:en|avec de|à)\s+)?(?:grande?s?|gros(?:ses)?)(?:\s+(?:caractères?|lettres?|format))?(?=$|\s)",
    "grand",
)
"""The words that ask for large print, wherever they are."""
MORNING = time(8)
"""When a new dossier is given that had to wait for another day, that of the session perhaps."""


@command(
    "dossier",
    summary="Recevoir tout d'une séance en un seul PDF",
    examples={
        "!dossier eau": (
            "**Dossier** : Commission de l'eau, **jeudi 26 mars 2026 à 18 h 30**, mairie\n\n"
            "Je le prépare : 1 document, 1 page. Le fichier arrive ici dès qu'il est prêt."
        ),
    },
)
async def dossier(ctx: Context, grand: Annotated[bool, LARGE] = False, *, seance: AtHand) -> Reply:
    """La couverture, l'ordre du jour avec les numéros des pages, les documents dans son ordre, puis les questions et leurs
    réponses. Vous y trouvez ce que vous avez le droit de voir ; dans un salon, ce que tout le salon peut voir. « dossier grand »
    l'agrandit, sur des feuilles A3.
    """
    plan = await planned(ctx.store, ctx.reader, seance, large=grand)
    if plan.empty:
        raise Refusal(
            "Il n'y a encore ni point, ni document, ni question pour cette séance : le dossier serait vide.",
            try_this="`!odj` montre son ordre du jour.",
        )
    parts = plan.parts(ctx.commune)
    last = await ctx.store.dossiers.give(ctx.room.room_id, seance.id, parts, by=ctx.sender.id, large=grand)
    large = ", en grand (à imprimer sur des feuilles A3, ou à lire sur un écran)" if grand else ""
    ready = f"Je le prépare{large} : {plan.load}. Le fichier arrive ici dès qu'il est prêt."
    changed = given_before(last, parts, ctx.commune)
    text = "\n\n".join(filter(None, (f"**Dossier** : {titled(seance, ctx)}", changed, ready)))
    return Reply(text, files=(_file(ctx, seance, ctx.sender.id, large=grand),))


def _file(ctx: Context, meeting: Meeting, reader_id: int, *, large: bool) -> Document:
    """The file that will be made, of what this person may see; in a room, of what the whole room may."""
    day = meeting.starts_at.astimezone(ctx.commune.zone).date()
    name = f"dossier {meeting.body.code} {day.isoformat()}{' grand' if large else ''}"
    return Document(DocumentKind.DOSSIER, name, (meeting.id, reader_id, ctx.room.body_id or 0, int(large)))


@due(NoticeKind.DOSSIER)
async def renew(ctx: Context, notice: Notice) -> Reply:
    """Something changed, and all is quiet since: give the new dossier where the last one was given, one a day at most."""
    given = await ctx.store.dossiers.looked_at_by(notice)
    assert given is not None  # noqa: S101 - true of this kind, for the type checker
    meeting = await ctx.store.meetings.get(given.meeting_id)
    reader_id = await _reader(ctx, meeting)
    over = meeting.state is MeetingState.CANCELLED or meeting.starts_at <= ctx.now
    if over or reader_id is None or ctx.room.room_id != given.room_id:
        return Reply("")
    plan = await planned(ctx.store, Reader(reader_id, ctx.room.body_id, ctx.today), meeting, large=given.large)
    parts = plan.parts(ctx.commune)
    said = changes(given.parts, parts)
    if plan.empty or not said:
        return Reply("")
    if given.renewed_on == ctx.today:
        ctx.store.notices.put_off(notice, datetime.combine(ctx.today + timedelta(days=1), MORNING, ctx.commune.zone))
        return Reply("")
    text = (
        f"**Dossier refait** : {titled(meeting, ctx)}. Depuis celui du {long_moment(given.given_at, ctx.commune.zone)} : "
        f"{enumerate_fr(said)}. Le nouveau arrive ici."
    )
    ctx.store.dossiers.renew(given, parts, ctx.today)
    return Reply(text, files=(_file(ctx, meeting, reader_id, large=given.large),))


async def _reader(ctx: Context, meeting: Meeting) -> int | None:
    """For whom a new dossier is read: who asked, or in a body's room another member since they left; None when nobody may."""
    if meeting.body_id in {seat.body.id for seat in ctx.seats}:
        return ctx.sender.id
    members = await ctx.store.people.members(meeting.body_id, ctx.today) if ctx.room.body_id == meeting.body_id else []
    return members[0][0].id if members else None
