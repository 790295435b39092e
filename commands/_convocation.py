"""What a convocation is made of: who is convoked and how each is reached, its text."""

from collections.abc import Sequence
from dataclasses import dataclass

from commands._authority import capacity
from commands._context import Commune, Context, Reply
from commands._sessions import assessment, papers_of
from commands._show import agenda_lines, day_of, session_name, when_and_where
from commands._words import plain
from council.convocations import Assessment, Verdict
from council.french import long_date
from council.refusals import Refusal
from council.roles import BodyKind, Channel
from storage.summons import Convocation
from storage.tables import AgendaItem, Body, Meeting, Paper, Person

DELIBERATING = (BodyKind.COUNCIL, BodyKind.EPCI)
"""Where a member who can't come may give their vote to another (CGCT, art. L2121-20)."""


@dataclass(frozen=True)
class Draft:
    """A convocation about to be sent.

    Attributes:
        earlier: what already convokes this session: the draft then rectifies it, for the ``added`` items.
        reason: why it is urgent, or why it is sent late all the same.
        signed: as what the sender signs it.
        first: the session whose quorum failed, which this one takes up.
    """

    meeting: Meeting
    people: Sequence[tuple[Person, Channel]]
    papers: Sequence[Paper]
    assessment: Assessment
    earlier: Sequence[Convocation]
    added: Sequence[AgendaItem]
    reason: str
    signed: str
    first: Meeting | None

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
    people = [(person, channel_of(person, ctx.commune)) for person in await convoked(ctx, meeting.body)]
    if earlier and not added:
        reached = {copy.person_id for convocation in earlier for copy in convocation.summonses}
        people = [(person, channel) for person, channel in people if person.id not in reached]
        earlier, added = (), list(meeting.items)  # those who came since are convoked as the others were
    if not people:
        raise Refusal(
            "Cette séance est déjà convoquée : chacun a reçu sa convocation, et aucun point n'a été ajouté depuis.",
            try_this="`!accusés` montre qui l'a reçue.",
        )
    first = await ctx.store.seconds.first_of(meeting.id)
    papers = await papers_of(ctx, meeting)
    found = assessment(ctx, meeting, urgent=urgent, second=first is not None)
    kept = "" if found.verdict is Verdict.LAWFUL else " ".join(reason.split())[:500]
    return Draft(meeting, people, papers, found, earlier, added, kept, await capacity(ctx, meeting.body), first)


async def convoked(ctx: Context, body: Body) -> list[Person]:
    """Those who must be convoked: the members of today, agents apart; the council is its elected members."""
    members = [person for person, _ in await ctx.store.people.members(body.id, ctx.today)]
    if body.kind is BodyKind.COUNCIL:
        return [person for person in members if person.function.elected]
    return [person for person in members if not person.function.staff]


def channel_of(person: Person, commune: Commune) -> Channel:
    """How an official sending reaches a person here: as they asked where it can be, on paper without an account."""
    if person.channel is Channel.MAIL and gets_mail(person, commune):
        return Channel.MAIL
    return Channel.PAPER if person.channel is Channel.PAPER or not person.matrix_id else Channel.ELEMENT


def gets_mail(person: Person, commune: Commune) -> bool:
    """Whether an e-mail can be sent to a person: the town has a relay, and knows their address."""
    return bool(commune.mail and person.email)


def text_of(ctx: Context, draft: Draft, reference: str) -> str:
    """The convocation, to the letter, without the way to answer it."""
    meeting, body = draft.meeting, draft.meeting.body
    title = f"**{'Seconde convocation' if draft.first else 'Convocation'} {reference}** : {plain(body.name)}"
    if draft.earlier:
        title = (
            f"**Convocation rectificative {reference}**, qui complète {draft.earlier[0].reference} : {plain(body.name)}"
        )
    parts = [
        title,
        f"Commune de {plain(ctx.commune.name)}, le {long_date(ctx.today)}",
        f"Madame, Monsieur, j'ai l'honneur de vous convoquer à la séance qui se tiendra le {when_and_where(meeting, ctx)}.",
        *([second_said(draft.first, draft.assessment.rule.article, ctx)] if draft.first else []),
        *_delay_said(draft),
        f"**Ordre du jour**\n\n{agenda_said(draft)}",
    ]
    if body.kind in DELIBERATING:
        parts.append(
            "En cas d'empêchement, vous pouvez donner par écrit pouvoir à un collègue ; chacun n'en porte qu'un "
            "(article L. 2121-20 du CGCT)."
        )
    return "\n\n".join([*parts, f"{plain(ctx.sender.name)}, {draft.signed}"])


def second_said(first: Meeting, article: str, ctx: Context) -> str:
    """What a second convocation must recall: the first, and that no quorum is needed for its points."""
    return (
        f"Le quorum n'ayant pas été atteint à la séance du {day_of(first, ctx)}, le conseil est convoqué de nouveau : il délibérera sans "
        f"condition de quorum, sur les mêmes points ({article})."
    )


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


def loud(text: str, person: Person) -> Reply:
    """A message that rings for one person."""
    return Reply(text, loud=True, mentions=(person.matrix_id,) if person.matrix_id else ())


async def agents(ctx: Context, body_id: int) -> list[Person]:
    """Those who carry papers and call people for a body: its agents on Matrix; without one, who convoked or asks."""
    members = [person for person, _ in await ctx.store.people.members(body_id, ctx.today)]
    return [person for person in members if person.function.staff and person.matrix_id] or [ctx.sender]


def phone(person: Person) -> str:
    """« , 06 00 00 00 00 »; says when it isn't known."""
    return f", {plain(person.phone)}" if person.phone else ", téléphone inconnu"


def typed(meeting: Meeting, ctx: Context) -> str:
    """A session as the line of a command names it: « CM du 24/03/2026 »."""
    return session_name(meeting, ctx).replace(" ", " du ", 1)
