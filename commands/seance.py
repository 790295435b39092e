"""séance — fixing a session; then its reminders, each told when it falls due."""

from datetime import UTC, datetime, timedelta

from commands import NO, NOWHERE, Context, InBody, Place, Refusal, Reply, Role, Venue, Yes, command, due
from commands._place import Same, WhenOrSame, move_place, moves, typed
from commands._polls import chosen_date, settle
from commands._promises import schedule_promises
from commands._questions import await_gathering, remind_chairs
from commands._series import coming, give_way, keep_series, of_the_same_days, plan, shown_days
from commands._sessions import assessment, one_session, papers_of, session_on
from commands._show import agenda_lines, said_late, when_and_where
from commands._tell import announce
from commands._words import plain
from council.french import count, distance, enumerate_fr, long_date, long_moment
from council.meetings import Mode
from council.recurrences import Recurrence
from council.roles import BodyKind
from storage.states import NoticeKind
from storage.tables import Body, Meeting, Notice


@command(
    "séance",
    "réunion",
    "planifier",
    summary="Fixer la date d'une séance",
    who=Role.CHAIR,
    examples={
        "!séance jeudi 12 mars à 18 h 30 à la mairie": (
            "**Commission de l'eau** : **jeudi 12 mars 2026 à 18 h 30**, à la mairie.\n\n"
            "Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est "
            "bien cela ?\n\n"
            "Répondez **oui** ou **non**."
        ),
        "!séance dans 3 semaines à 20 h visio https://visio.example/eau": (
            "**Commission de l'eau** : **lundi 23 mars 2026 à 20 h**, visio : "
            "<https://visio.example/eau>.\n\n"
            "Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est "
            "bien cela ?\n\n"
            "Répondez **oui** ou **non**."
        ),
    },
)
async def seance(ctx: Context, commission: InBody, quand: WhenOrSame, lieu: Place = NOWHERE, accord: Yes = NO) -> Reply:
    """La date est relue en entier avant d'être retenue. Elle est ensuite annoncée dans le salon, et rappelée à chacun avant
    la séance. Dans le salon de la commission, son nom n'a pas à être dit. Après `!dates`, `!séance 2` prend la date 2 ;
    `!séance tous les premiers mardis du mois à 20 h sauf août` fixe celles qui reviennent. `!séance lieu : salle des fêtes` change
    le lieu de la prochaine, et chacun en est averti.
    """
    _refuse_remote_council(commission, lieu)
    if isinstance(quand, Same):
        quand = (await one_session(ctx, commission, None)).starts_at
    if isinstance(quand, Recurrence):
        return await _fix_series(ctx, commission, quand, lieu, accord=accord)
    if isinstance(quand, int):
        quand = await chosen_date(ctx, commission, quand)
    planned = await session_on(ctx, commission, quand.astimezone(ctx.commune.zone).date())
    if planned is not None and planned.starts_at == quand and moves(planned, lieu):
        return await move_place(ctx, planned, lieu, accord=accord)
    meeting = Meeting(
        body_id=commission.id,
        starts_at=quand,
        place=lieu.place,
        mode=lieu.mode,
        link=lieu.link,
        created_by=ctx.sender.id,
    )
    meeting.body = commission
    shown = f"**{plain(commission.name)}** : {when_and_where(meeting, ctx)}."
    await refuse_double(ctx, commission, quand)
    if not accord:
        ahead = [_offset(offset) for offset, _ in reminders(ctx, quand)]
        promise = f"Je l'annoncerai dans le salon{f', avec un rappel {enumerate_fr(ahead)} avant' if ahead else ''}."
        line = f"!séance {commission.code} {long_moment(quand, ctx.commune.zone)} {typed(lieu)}".strip()
        law = f"\n\n{_law(meeting, ctx)}" if commission.kind is BodyKind.COUNCIL else ""
        return Reply(f"{shown}{law}\n\n{promise} C'est bien cela ?", confirm=f"{line} oui")
    meeting = await ctx.store.meetings.add(meeting)
    await schedule_reminders(ctx, meeting)
    await settle(ctx, commission, quand)
    said = f"**Nouvelle séance**\n\n{shown}\n\nDéposez ici les documents à lire avant ; `!agenda` la retrouve."
    return await announce(ctx, commission, Reply(said, loud=True, everyone=True))


async def _fix_series(ctx: Context, body: Body, recurrence: Recurrence, venue: Venue, *, accord: bool) -> Reply:
    """Fix the sessions that come back: those of three months now, each of the others three months before its day."""
    days = coming(recurrence, ctx)
    if not days:
        raise Refusal("Aucune date à venir n'y correspond.", try_this="Vérifiez la première et la dernière date.")
    shown = f"**{plain(body.name)}** : **{recurrence.shown()}**{f', {plain(typed(venue))}' if venue != NOWHERE else ''}"
    before = await of_the_same_days(ctx, body.id, recurrence)
    if not accord:
        ends = "".join(
            f"\n\nÀ partir du {long_date(days[0])}, cela remplace : {each.recurrence.shown()}. Les séances déjà fixées restent "
            "comme elles sont ; `!reporter` change leur heure."
            for each in before
        )
        return Reply(
            f"{shown}.\n\nProchaines dates : {shown_days(days)}.{ends}\n\nJe fixe dès maintenant celles des trois mois à venir, puis "
            "chacune trois mois avant ; elles sont annoncées dans le salon et rappelées comme les autres. C'est bien cela ?",
            confirm=f"!séance {body.code} {recurrence.shown()}, {typed(venue)}".strip(" ,") + " oui",
        )
    for each in before:
        await give_way(ctx, each, days[0])
    series = await keep_series(ctx, body.id, recurrence, venue)
    made = await plan(ctx, series)
    for meeting in made:
        await schedule_reminders(ctx, meeting)
    lines = "\n".join(f"- {when_and_where(meeting, ctx)}" for meeting in made) or "Aucune avant trois mois."
    said = f"**Nouvelles séances**\n\n{shown}.\n\n{lines}\n\nLes suivantes s'ajouteront trois mois avant."
    return await announce(ctx, body, Reply(said, loud=True, everyone=True))


@due(NoticeKind.SERIES)
async def add_sessions(ctx: Context, notice: Notice) -> Reply:
    """Another session of a series comes within sight: it is fixed, and said quietly."""
    series = await ctx.store.series.get(int(notice.text))
    if series.ended_at is not None:
        return Reply("")
    made = await plan(ctx, series)
    for meeting in made:
        await schedule_reminders(ctx, meeting)
    if not made:
        return Reply("")
    lines = "\n".join(f"- {when_and_where(meeting, ctx)}" for meeting in made)
    return Reply(f"**Ajouté à l'agenda** : {plain(series.body.name)}\n\n{lines}")


async def schedule_reminders(ctx: Context, meeting: Meeting) -> None:
    """Owe the town's usual reminders of a session, those whose moment is still to come, those of its questions and of
    what was promised for it.
    """
    room = await ctx.store.rooms.of_body(meeting.body_id)
    for _, moment in reminders(ctx, meeting.starts_at):
        await ctx.store.notices.add(
            Notice(
                kind=NoticeKind.MEETING,
                due_at=moment,
                text="",
                room_id=room.room_id if room else None,
                meeting_id=meeting.id,
                created_by=ctx.sender.id,
            )
        )
    await await_gathering(ctx, meeting, None)
    await remind_chairs(ctx, meeting)
    await schedule_promises(ctx, meeting)


def reminders(ctx: Context, starts_at: datetime) -> list[tuple[timedelta, datetime]]:
    """The town's usual reminders of a session that are still to come: how long before, and when.

    Days are those of the calendar: a week before 20 h is 20 h, though the clocks change in between.
    """
    local = starts_at.astimezone(ctx.commune.zone)
    moments = []
    for offset in ctx.commune.reminders:
        days = timedelta(days=offset.days)
        moments.append((offset, (local - days).astimezone(UTC) - (offset - days)))
    return [(offset, moment) for offset, moment in moments if moment > ctx.now]


@due(NoticeKind.MEETING)
async def remind(ctx: Context, notice: Notice) -> Reply:
    """The session's date, place and papers, point by point, as they are at the moment of saying it."""
    assert notice.meeting_id is not None  # noqa: S101 - true of this kind, for the type checker
    meeting = await ctx.store.meetings.get(notice.meeting_id)
    papers = await papers_of(ctx, meeting)
    lines = agenda_lines(meeting, papers)
    when = distance(meeting.starts_at.astimezone(ctx.commune.zone).date(), ctx.today)
    late = said_late("Ce rappel part en retard : il était prévu", notice.due_at, ctx)
    head = "Ordre du jour" if meeting.items else "À lire avant"
    agenda = f"\n\n{head} :\n\n" + "\n".join(lines) if lines else ""
    unread = "" if papers else "\n\nAucun document n'a encore été déposé."
    text = f"**Rappel, {when}** : {plain(meeting.body.name)}\n\n{when_and_where(meeting, ctx)}{agenda}{unread}{late}"
    return Reply(text, loud=True, everyone=True)


def _refuse_remote_council(body: Body, venue: Venue) -> None:
    if body.kind is BodyKind.COUNCIL and venue.mode is not Mode.IN_PERSON:
        raise Refusal(
            "Le conseil municipal se réunit en présence de ses membres : la visioconférence, même partielle, n'y est pas "
            "permise (article L. 2121-7 du CGCT).",
            try_this="Indiquez un lieu : `!séance mardi 12 janvier à 18 h 30 à la mairie`.",
        )


async def refuse_double(ctx: Context, body: Body, moment: datetime, *, moved: Meeting | None = None) -> None:
    """Refuse a second session of a body on one day; one that moves may keep its day.

    Raises:
        Refusal: there is one already, or it doesn't move.
    """
    other = await session_on(ctx, body, moment.astimezone(ctx.commune.zone).date())
    if other is None:
        return
    if other.starts_at == moment:
        raise Refusal(
            f"Cette séance est déjà prévue : {long_moment(moment, ctx.commune.zone)}.",
            try_this="`!reporter` change sa date, `!séance lieu : …` son lieu, `!annuler` l'annule.",
        )
    if moved is None or other.id != moved.id:
        raise Refusal(
            f"Une séance est déjà prévue ce jour-là : {when_and_where(other, ctx)}.",
            try_this="Pour changer son heure, écrivez `!reporter` suivi de la nouvelle date.",
        )


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    if offset.days:
        return count(offset.days, "jour")
    return count(minutes // 60, "heure") if minutes >= 60 else count(minutes, "minute")


def _law(meeting: Meeting, ctx: Context) -> str:
    """The last lawful day to convoke the council; when it is gone, what urgency allows."""
    found = assessment(ctx, meeting)
    law = found.rule.law
    if found.last_day < ctx.today:
        return (
            f"Il est trop tard pour convoquer dans les délais ({law}) : le dernier jour était le {long_date(found.last_day)}. En cas "
            f"d'urgence, le maire peut abréger ce délai, sans descendre sous {found.rule.urgent} ; le conseil en juge à l'ouverture."
        )
    return f"Dernier jour pour convoquer : **{long_date(found.last_day)}** ({law})."
