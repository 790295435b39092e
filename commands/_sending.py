"""Sending a convocation: its number, each person's copy by their channel, the round of paper; then telling that it ends."""

from collections.abc import Sequence
from dataclasses import replace

from commands._closed import tell_agents, unmailed
from commands._context import Context, Document, Reply
from commands._convocation import DELIBERATING, Draft, agents, gets_mail, loud, phone, text_of
from commands._offers import CHECK
from commands._tell import Letter, owe, owe_asking, owe_files, owe_mail, owe_official
from commands._words import plain
from council.french import enumerate_fr, long_date, long_moment
from council.roles import Channel
from storage.offers import Choice
from storage.states import DocumentKind
from storage.summons import Convocation, Summons
from storage.tables import Meeting, Paper, Person

PIECE = 8000
"""Characters of a message that every homeserver takes whole."""
RECEIVED = ("recu", "recue", "bien recu", "bien recue", "je l'ai recu", "je l'ai recue", "oui", "ok", "1")
"""How people say that they have it, folded."""
BESIDE = (
    "Ce courriel double la convocation qui vous attend dans votre conversation avec l'appariteur, sur Element : c'est là que vous en "
    "accusez réception et que vous dites si vous viendrez."
)
ON_ELEMENT = "Pour en accuser réception et dire si vous viendrez, écrivez à l'appariteur, sur Element : reçu, puis présent ou absent."
BY_PHONE = "Pour dire si vous viendrez, appelez la mairie."
"""How an e-mail is answered: beside a message, instead of one, or by who has no account."""


def receipt_of(reference: str) -> Choice:
    """The way to say that one has it: ✅, "reçu" or 1."""
    return Choice("reçu", receipt_line(reference), RECEIVED, CHECK, once=True)


def receipt_line(*references: str) -> str:
    """What that stands for."""
    return f"!reçu {enumerate_fr(references)}"


async def send(ctx: Context, draft: Draft) -> Convocation:
    """Number the convocation, keep it, owe each person theirs and the agents their round of paper."""
    year = ctx.today.year
    number = await ctx.store.convocations.next_number(draft.meeting.body, year)
    reference = f"{draft.meeting.body.code}-{year}-{number:02d}"
    convocation = Convocation(
        reference=reference,
        body_id=draft.meeting.body_id,
        body=draft.meeting.body,
        year=year,
        number=number,
        meeting_id=draft.meeting.id,
        starts_at=draft.meeting.starts_at,
        verdict=draft.assessment.verdict,
        last_day=draft.assessment.limit,
        law=draft.assessment.law,
        reason=draft.reason,
        text=text_of(ctx, draft, reference),
        items=[item.id for item in draft.added],
        made_by=ctx.sender.id,
        made_at=ctx.now,
    )
    await ctx.store.convocations.issue(convocation, draft.people)
    deliberates, closed = draft.meeting.body.kind in DELIBERATING, await ctx.store.shares.closed(draft.papers)
    for summons in convocation.summonses:
        if summons.channel is Channel.ELEMENT:
            summons.outbox_key = await _owe_copy(ctx, convocation, summons.person, deliberates=deliberates)
            if gets_mail(summons.person, ctx.commune):
                summons.copy_key = await _owe_mail(ctx, convocation, summons.person, BESIDE, closed)
        elif summons.channel is Channel.MAIL:
            answering = ON_ELEMENT if summons.person.matrix_id else BY_PHONE
            summons.outbox_key = await _owe_mail(ctx, convocation, summons.person, answering, closed)
    await owe_round(ctx, convocation, [each for each in convocation.summonses if each.channel is Channel.PAPER])
    mailed = [each.person for each in convocation.summonses if each.channel is Channel.MAIL]
    await tell_agents(ctx, convocation.body_id, f"convocation {reference}", closed, mailed)
    return convocation


async def _owe_copy(ctx: Context, convocation: Convocation, person: Person, *, deliberates: bool) -> str:
    vote = ", ou **pouvoir** suivi d'un nom" if deliberates else ""
    answering = (
        "Pour dire que vous l'avez bien reçue, touchez ✅ sous ce message, ou répondez **reçu** ou **1**.\n\nPour dire si vous "
        f"viendrez, écrivez **présent** ou **absent**{vote}. Pour lire un document, **envoyer** suivi de sa référence ; pour "
        "tout en un seul fichier, **dossier**."
    )
    *before, last = pieces(f"{convocation.text}\n\n{answering}")
    for piece in before:
        await owe(ctx.store, loud(piece, person), person_id=person.id)
    choices = (receipt_of(convocation.reference),)
    key = await owe_asking(
        ctx.store, loud(last, person), person.id, choices, until=convocation.starts_at, official=convocation.reference
    )
    await owe_files(ctx.store, Reply("", files=(_for_calendars(convocation),)), person_id=person.id)
    return key


async def _owe_mail(
    ctx: Context, convocation: Convocation, person: Person, answering: str, closed: Sequence[Paper]
) -> str:
    moment = long_moment(convocation.starts_at, ctx.commune.zone)
    subject = f"Convocation {convocation.reference} : {convocation.body.name}, {moment}"
    doors = [unmailed(closed, person)] if closed else []
    text = "\n\n".join([convocation.text, *doors, answering])
    letter = Letter(subject, text, convocation.reference, convocation.meeting_id)
    return await owe_mail(ctx.store, person.id, letter)


def _for_calendars(convocation: Convocation) -> Document:
    return Document(DocumentKind.CALENDAR, f"séance {convocation.reference}", (convocation.meeting_id,))


def pieces(text: str) -> list[str]:
    """A text as messages short enough never to be cut, each of whole lines; they arrive in order."""
    found = [""]
    for line in text.split("\n"):
        if len(found[-1]) + len(line) > PIECE:
            found.append("")
        found[-1] += f"{line}\n"
    return [piece.strip("\n") for piece in found]


async def owe_round(ctx: Context, convocation: Convocation, waiting: Sequence[Summons], why: str = "") -> None:
    """Owe the agents the list of those on paper, the day not to miss, and the letters to print.

    Args:
        waiting: the copies to hand over, all of this convocation.
        why: said first, when they were not meant for paper.
    """
    if not waiting:
        return
    session = f"{plain(convocation.body.name)}, **{long_moment(convocation.starts_at, ctx.commune.zone)}**"
    names = "\n".join(f"- {plain(each.person.name)}{phone(each.person)}" for each in waiting)
    limit = f"À remettre ou à poster au plus tard le **{long_date(convocation.last_day)}** ({convocation.law})."
    if convocation.last_day < ctx.today:
        limit = f"À remettre dès maintenant : le dernier jour était le {long_date(convocation.last_day)} ({convocation.law})."
    text = (
        f"{why}**À remettre sur papier** : convocation {convocation.reference}, {session}\n\n{names}\n\n{limit} Après "
        f"chaque remise, écrivez-moi **remis {plain(waiting[0].person.last_name)}** (ajoutez la date si ce n'est pas "
        "aujourd'hui) : la convocation n'est complète qu'ensuite.\n\nLe fichier qui suit est à imprimer : la liste d'émargement, puis "
        "chaque lettre."
    )
    letters = Document(DocumentKind.LETTERS, f"{convocation.reference} à remettre", tuple(each.id for each in waiting))
    for agent in await agents(ctx, convocation.body_id):
        await owe(ctx.store, replace(loud(text, agent), files=(letters,)), person_id=agent.id)


async def end_convocation(ctx: Context, meeting: Meeting, said: str) -> None:
    """Tell everyone who was convoked, in their own conversation, that the session moved or is called off.

    What convoked the session ends.
    """
    convocations = await ctx.store.convocations.in_force(meeting.id)
    if not convocations:
        return
    first = convocations[0]
    text = f"{said}\n\nLa convocation {first.reference} ne vaut plus."
    await tell_each(ctx, convocations, text, f"fin de {first.reference}", files=(_for_calendars(first),))
    await ctx.store.convocations.end(meeting.id)
    for convocation in convocations:
        for copy in convocation.summonses:
            await ctx.store.offers.end_anywhere(copy.person_id, receipt_line(convocation.reference))


async def tell_new_place(ctx: Context, meeting: Meeting, said: str) -> None:
    """Tell everyone who was convoked where the session is held now; what convoked it stays in force."""
    convocations = await ctx.store.convocations.in_force(meeting.id)
    if convocations:
        first = convocations[0]
        text = f"{said}\n\nLa convocation {first.reference} vaut toujours : seul le lieu change."
        files = (_for_calendars(first),)
        await tell_each(ctx, convocations, text, f"changement de lieu de {first.reference}", files=files)


async def warned_of_place(ctx: Context, meeting: Meeting) -> str:
    """What holding a convoked session elsewhere also does: a sentence for the question, or nothing."""
    return await _warned(
        ctx, meeting, "vaudra toujours : chaque personne convoquée sera avertie en privé du nouveau lieu"
    )


async def tell_each(
    ctx: Context, convocations: Sequence[Convocation], text: str, official: str, *, files: tuple[Document, ...] = ()
) -> None:
    """Tell something official to each person that these convocations reached, by their own channel, an e-mail beside.

    Those on paper are a list for the agents.

    Args:
        official: the reference under which the journal tells it.
        files: sent after the text.
    """
    first, copies = convocations[0], _one_each(convocations)
    letter = Letter(f"Convocation {first.reference} : du nouveau", text, official, first.meeting_id)
    for copy in copies:
        if copy.channel is Channel.ELEMENT:
            await owe_official(ctx.store, replace(loud(text, copy.person), files=files), copy.person_id, official)
        if copy.channel is not Channel.PAPER and gets_mail(copy.person, ctx.commune):
            await owe_mail(ctx.store, copy.person_id, letter)
    on_paper = [copy.person for copy in copies if copy.channel is Channel.PAPER]
    if on_paper:
        names = "\n".join(f"- {plain(person.name)}{phone(person)}" for person in on_paper)
        told = f"{text}\n\n**À prévenir par la mairie** :\n\n{names}"
        for agent in await agents(ctx, first.body_id):
            await owe(ctx.store, loud(told, agent), person_id=agent.id)


def _one_each(convocations: Sequence[Convocation]) -> list[Summons]:
    return list({copy.person_id: copy for each in convocations for copy in each.summonses}.values())


async def warned_of_end(ctx: Context, meeting: Meeting) -> str:
    """What moving or calling off a session also does when it was convoked: a sentence for the question, or nothing."""
    return await _warned(ctx, meeting, "ne vaudra plus : chaque personne convoquée en sera avertie en privé")


async def _warned(ctx: Context, meeting: Meeting, what: str) -> str:
    convocations = await ctx.store.convocations.in_force(meeting.id)
    if not convocations:
        return ""
    return f" La convocation {convocations[0].reference} {what}, ou par la mairie si elle l'a sur papier."
