"""What a convocation is made of: who is convoked and how each is reached, its text, its sending, who hears that it ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from commands._context import Context, Reply
from commands._offers import CHECK
from commands._sessions import assessment, papers_of
from commands._show import agenda_lines, session_name, when_and_where
from commands._tell import owe, owe_asking, owe_official
from commands._words import plain
from council.convocations import Assessment, Verdict
from council.french import long_date
from council.refusals import Refusal
from council.roles import BodyKind, Channel, Function
from storage.offers import Choice
from storage.summons import Convocation, Summons
from storage.tables import AgendaItem, Body, Meeting, Paper, Person

DELIBERATING = (BodyKind.COUNCIL, BodyKind.EPCI)
"""Where a member who can't come may give their vote to another (CGCT, art. L2121-20)."""
PIECE = 8000
"""Characters of a message that every homeserver takes whole."""
RECEIVED = ("recu", "recue", "bien recu", "bien recue", "je l'ai recu", "je l'ai recue", "oui", "ok", "1")
"""How people say that they have it, folded."""


@dataclass(frozen=True)
class Draft:
    """A convocation about to be sent.

    Attributes:
        earlier: what already convokes this session: the draft then rectifies it, for the ``added`` items.
        reason: why it is urgent, or why it is sent late all the same.
    """

    meeting: Meeting
    people: Sequence[tuple[Person, Channel]]
    papers: Sequence[Paper]
    assessment: Assessment
    earlier: Sequence[Convocation]
    added: Sequence[AgendaItem]
    reason: str

    def by(self, channel: Channel) -> list[str]:
        """The names of those who are reached by a channel."""
        return [plain(person.name) for person, own in self.people if own is channel]


async def draft_of(ctx: Context, meeting: Meeting, *, urgent: bool, reason: str) -> Draft:
    """Prepare what would be sent today.

    Raises:
        Refusal: everyone already has it as it is.
    """
    earlier = await ctx.store.convocations.in_force(meeting.id)
    told = {item for convocation in earlier for item in convocation.items}
    added = [item for item in meeting.items if item.id not in told]
    people = [(person, channel_of(person)) for person in await convoked(ctx, meeting.body)]
    if earlier and not added:
        reached = {copy.person_id for convocation in earlier for copy in convocation.summonses}
        people = [(person, channel) for person, channel in people if person.id not in reached]
        earlier, added = (), list(meeting.items)  # those who came since are convoked as the others were
    if not people:
        raise Refusal(
            "Cette séance est déjà convoquée : chacun a reçu sa convocation, et aucun point n'a été ajouté depuis.",
            try_this="`!accusés` montre qui l'a reçue.",
        )
    papers, found = await papers_of(ctx, meeting), assessment(ctx, meeting, urgent=urgent)
    kept = "" if found.verdict is Verdict.LAWFUL else " ".join(reason.split())[:500]
    return Draft(meeting, people, papers, found, earlier, added, kept)


async def convoked(ctx: Context, body: Body) -> list[Person]:
    """Those who must be convoked: the members of today, agents apart; the council is its elected members."""
    members = [person for person, _ in await ctx.store.people.members(body.id, ctx.today)]
    if body.kind is BodyKind.COUNCIL:
        return [person for person in members if person.function.elected]
    return [person for person in members if not person.function.staff]


def channel_of(person: Person) -> Channel:
    """How an official sending reaches a person here: on Element, or on paper when asked for or without an account."""
    return Channel.PAPER if person.channel is Channel.PAPER or not person.matrix_id else Channel.ELEMENT


def text_of(ctx: Context, draft: Draft, reference: str) -> str:
    """The convocation, to the letter, without the way to answer it."""
    meeting, body = draft.meeting, draft.meeting.body
    title = f"**Convocation {reference}** : {plain(body.name)}"
    if draft.earlier:
        title = (
            f"**Convocation rectificative {reference}**, qui complète {draft.earlier[0].reference} : {plain(body.name)}"
        )
    parts = [
        title,
        f"Commune de {plain(ctx.commune.name)}, le {long_date(ctx.today)}",
        f"Madame, Monsieur, j'ai l'honneur de vous convoquer à la séance qui se tiendra le {when_and_where(meeting, ctx)}.",
        *_delay_said(draft),
        f"**Ordre du jour**\n\n{agenda_said(draft)}",
    ]
    if body.kind in DELIBERATING:
        parts.append(
            "En cas d'empêchement, vous pouvez donner par écrit pouvoir à un collègue ; chacun n'en porte qu'un "
            "(article L. 2121-20 du CGCT)."
        )
    return "\n\n".join([*parts, f"{plain(ctx.sender.name)}, {_title(ctx.sender)}"])


def _title(person: Person) -> str:
    return "maire" if person.function is Function.MAYOR else "pour la présidence"


def _delay_said(draft: Draft) -> list[str]:
    """What the message itself owes its readers about its delay: nothing when it is kept."""
    found, rule = draft.assessment, draft.assessment.rule
    if found.verdict is Verdict.URGENT:
        urgency = (
            f"**Urgence** : en application de l'{rule.article}, le délai est abrégé au motif suivant : "
            f"{plain(draft.reason, 500)}. Il en sera rendu compte à l'ouverture de la séance ; le conseil se prononcera."
        )
        return [urgency]
    if found.verdict is Verdict.LATE and rule.binding:
        late = (
            f"Cette convocation est envoyée **hors délai** : le dernier jour légal était le {long_date(found.last_day)}"
        )
        return [f"{late} ({rule.law})."]
    return []


def agenda_said(draft: Draft) -> str:
    """The agenda with its papers; urgency comes first of all, and what was added is marked."""
    lines = agenda_lines(draft.meeting, draft.papers)
    if draft.earlier:
        marked = {item.position for item in draft.added}
        for index, item in enumerate(draft.meeting.items):
            if item.position in marked:
                first, *rest = lines[index].split("\n")
                lines[index] = "\n".join([f"{first} (**ajouté**)", *rest])
    if draft.assessment.verdict is Verdict.URGENT:
        lines.insert(0, "- Avant tout autre point : appréciation de l'urgence par le conseil")
    return "\n".join(lines) or "Aucun point n'est encore inscrit."


def receipt_of(reference: str) -> Choice:
    """The way to say that one has it: ✅, "reçu" or 1."""
    return Choice("reçu", receipt_line(reference), RECEIVED, CHECK, once=True)


def receipt_line(reference: str) -> str:
    """What that stands for."""
    return f"!reçu {reference}"


async def send(ctx: Context, draft: Draft) -> Convocation:
    """Number the convocation, keep it, owe each person theirs and the agents their round of paper."""
    year = ctx.today.year
    number = await ctx.store.convocations.next_number(draft.meeting.body, year)
    reference = f"{draft.meeting.body.code}-{year}-{number:02d}"
    convocation = Convocation(
        reference=reference,
        body_id=draft.meeting.body_id,
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
    deliberates = draft.meeting.body.kind in DELIBERATING
    for summons in convocation.summonses:
        if summons.channel is Channel.ELEMENT:
            summons.outbox_key = await _owe_copy(ctx, convocation, summons.person, deliberates=deliberates)
    await owe_round(ctx, draft.meeting, convocation)
    return convocation


async def _owe_copy(ctx: Context, convocation: Convocation, person: Person, *, deliberates: bool) -> str:
    vote = ", ou **pouvoir** suivi d'un nom" if deliberates else ""
    answering = (
        "Pour dire que vous l'avez bien reçue, touchez ✅ sous ce message, ou répondez **reçu** ou **1**.\n\nPour dire si vous "
        f"viendrez, écrivez **présent** ou **absent**{vote}. Pour lire un document, **envoyer** suivi de sa référence."
    )
    *before, last = pieces(f"{convocation.text}\n\n{answering}")
    for piece in before:
        await owe(ctx.store, loud(piece, person), person_id=person.id)
    choices = (receipt_of(convocation.reference),)
    return await owe_asking(
        ctx.store, loud(last, person), person.id, choices, until=convocation.starts_at, official=convocation.reference
    )


def pieces(text: str) -> list[str]:
    """A text as messages short enough never to be cut, each of whole lines; they arrive in order."""
    found = [""]
    for line in text.split("\n"):
        if len(found[-1]) + len(line) > PIECE:
            found.append("")
        found[-1] += f"{line}\n"
    return [piece.strip("\n") for piece in found]


def loud(text: str, person: Person) -> Reply:
    """A message that rings for one person."""
    return Reply(text, loud=True, mentions=(person.matrix_id,) if person.matrix_id else ())


async def owe_round(ctx: Context, meeting: Meeting, convocation: Convocation) -> None:
    """Owe the agents the list of those on paper, the day not to miss, and the text to print."""
    waiting = [each for each in convocation.summonses if each.channel is Channel.PAPER and each.handed_on is None]
    if not waiting:
        return
    names = "\n".join(f"- {plain(each.person.name)}{phone(each.person)}" for each in waiting)
    limit = f"À remettre ou à poster au plus tard le **{long_date(convocation.last_day)}** ({convocation.law})."
    if convocation.last_day < ctx.today:
        limit = f"À remettre dès maintenant : le dernier jour était le {long_date(convocation.last_day)} ({convocation.law})."
    text = (
        f"**À remettre sur papier** : convocation {convocation.reference}, {plain(meeting.body.name)}, {when_and_where(meeting, ctx)}\n\n"
        f"{names}\n\n{limit} Après "
        f"chaque remise, écrivez-moi **remis {plain(waiting[0].person.last_name)}** (ajoutez la date si ce n'est pas "
        "aujourd'hui) : la convocation n'est complète qu'ensuite.\n\nLe texte à imprimer suit."
    )
    for agent in await agents(ctx, meeting.body_id):
        await owe(ctx.store, loud(text, agent), person_id=agent.id)
        for piece in pieces(convocation.text):
            await owe(ctx.store, Reply(piece), person_id=agent.id)


async def agents(ctx: Context, body_id: int) -> list[Person]:
    """Those who carry papers and call people for a body: its agents on Matrix; without one, who convoked or asks."""
    members = [person for person, _ in await ctx.store.people.members(body_id, ctx.today)]
    return [person for person in members if person.function.staff and person.matrix_id] or [ctx.sender]


def phone(person: Person) -> str:
    """« , 06 00 00 00 00 »; says when it isn't known."""
    return f", {plain(person.phone)}" if person.phone else ", téléphone inconnu"


async def end_convocation(ctx: Context, meeting: Meeting, said: str) -> None:
    """Tell everyone who was convoked, in their own conversation, that the session moved or is called off.

    Those on paper are a list for the agents. What convoked the session ends.
    """
    convocations = await ctx.store.convocations.in_force(meeting.id)
    if not convocations:
        return
    first, copies = convocations[0], _one_each(convocations)
    text = f"{said}\n\nLa convocation {first.reference} ne vaut plus."
    for copy in copies:
        if copy.channel is Channel.ELEMENT:
            await owe_official(ctx.store, loud(text, copy.person), copy.person_id, f"fin de {first.reference}")
    on_paper = [copy.person for copy in copies if copy.channel is Channel.PAPER]
    if on_paper:
        names = "\n".join(f"- {plain(person.name)}{phone(person)}" for person in on_paper)
        for agent in await agents(ctx, meeting.body_id):
            await owe(
                ctx.store, loud(f"{text}\n\n**À prévenir par la mairie** :\n\n{names}", agent), person_id=agent.id
            )
    await ctx.store.convocations.end(meeting.id)
    for convocation in convocations:
        for copy in convocation.summonses:
            await ctx.store.offers.end_anywhere(copy.person_id, receipt_line(convocation.reference))


def _one_each(convocations: Sequence[Convocation]) -> list[Summons]:
    return list({copy.person_id: copy for each in convocations for copy in each.summonses}.values())


async def warned_of_end(ctx: Context, meeting: Meeting) -> str:
    """What moving or calling off a session also does when it was convoked: a sentence for the question, or nothing."""
    convocations = await ctx.store.convocations.in_force(meeting.id)
    if not convocations:
        return ""
    return (
        f" La convocation {convocations[0].reference} ne vaudra plus : chaque personne convoquée en sera avertie en privé, ou par "
        "la mairie si elle l'a sur papier."
    )


def typed(meeting: Meeting, ctx: Context) -> str:
    """A session as the line of a command names it: « CM du 24/03/2026 »."""
    return session_name(meeting, ctx).replace(" ", " du ", 1)
