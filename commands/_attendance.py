"""Answering for a session: who may answer for whom, what an answer ends, whom it concerns."""

from collections.abc import Sequence

from commands._ahead import call, of, titled
from commands._context import Context, Option, Reply
from commands._offers import CHECK, CROSS, NO, YES
from commands._show import session_name
from commands._tell import owe, owe_asking
from commands._words import plain, quote
from council.proxies import Bench
from council.quorum import Presence
from council.refusals import Refusal
from council.roles import BodyKind, Role
from storage.answers import Answer
from storage.offers import Choice
from storage.tables import Meeting, Person

OFFERED = 9
NOUNS = {
    Presence.PRESENT: "présence",
    Presence.ABSENT: "absence",
    Presence.REMOTE: "participation à distance",
}
"""What an answer is called, of a man as of a woman."""
SILENT = " (n'a pas encore répondu)"
"""What is said of somebody who may not come."""


async def sitting(ctx: Context, meeting: Meeting) -> list[Person]:
    """Who sits in the body today, those who only serve it apart: on the council, its members in exercise."""
    members = await ctx.store.people.members(meeting.body_id, ctx.today)
    council = meeting.body.kind is BodyKind.COUNCIL
    return [person for person, _ in members if (person.function.elected if council else not person.function.staff)]


async def answering_for(ctx: Context, meeting: Meeting, person: Person) -> Person:
    """Whose answer this is: the sender's own, or that of a member for whom the chair or an agent enters it.

    Raises:
        Refusal: they don't sit there, or it isn't the sender's to enter.
    """
    if person.id != ctx.sender.id and not ctx.role_in(meeting.body) & Role.CHAIR:
        raise Refusal("Seuls la présidence, le maire et les agents répondent à la place d'un autre.")
    if person.id not in {each.id for each in await sitting(ctx, meeting)}:
        raise Refusal(
            f"{plain(person.name)} n'a pas de siège aujourd'hui dans {quote(meeting.body.name)}.",
            try_this="Pour répondre à la place d'un membre, ajoutez son nom ; `!qui` les montre.",
        )
    return person


def for_another(ctx: Context, some: Sequence[Person]) -> bool:
    """Whether these are named in the place of the sender, who may name themselves too."""
    return any(each.id != ctx.sender.id for each in some)


async def keep(ctx: Context, meeting: Meeting, some: Sequence[Person], presence: Presence) -> str:
    """Keep an answer, the sender's own or the same for each of several; returns what was kept, in French.

    Raises:
        Refusal: as ``answering_for``, of any of them; none is then kept.
    """
    people = [await answering_for(ctx, meeting, each) for each in dict.fromkeys(some or (ctx.sender,))]
    return "\n\n".join([await _keep(ctx, meeting, person, presence) for person in people])


async def _keep(ctx: Context, meeting: Meeting, person: Person, presence: Presence) -> str:
    """Keep an answer, and tell those whose pouvoir it ends. Returns what was kept, in French."""
    bearer = await ctx.store.answers.give(meeting, person.id, presence, ctx.sender.id)
    own = person.id == ctx.sender.id
    the = "L'" if presence is Presence.ABSENT else "La "
    noted = f"Votre **{NOUNS[presence]}** est notée" if own else f"{the}**{NOUNS[presence]}** {of(person)} est notée"
    said = f"{noted} : {titled(meeting, ctx)}."
    if bearer is not None:
        holder = await ctx.store.people.get(bearer)
        said += f" Le pouvoir donné à {plain(holder.name)} prend fin."
        why = "sera là" if presence is Presence.PRESENT else "a changé sa réponse"
        await tell(ctx, holder, f"{plain(person.name)} {why} : vous n'avez plus son pouvoir ({titled(meeting, ctx)}).")
    return said + await _released(ctx, meeting, person) if presence is Presence.ABSENT else said


async def _released(ctx: Context, meeting: Meeting, bearer: Person) -> str:
    """Somebody who won't be there votes for nobody: those who gave them a pouvoir are told."""
    givers = [await ctx.store.people.get(each) for each in await ctx.store.answers.release(meeting, bearer.id)]
    for giver in givers:
        text = f"{plain(bearer.name)} ne sera pas là : votre pouvoir prend fin ({titled(meeting, ctx)})."
        await tell(ctx, giver, f"{text} `!pouvoir NOM` en désigne un autre.")
    return "".join(f" Le pouvoir {of(giver)} prend fin." for giver in givers)


async def bench(ctx: Context, meeting: Meeting, answers: Sequence[Answer]) -> Bench:
    """The council ahead of this session, for the rules of pouvoirs."""
    return Bench(
        council=meeting.body.kind is BodyKind.COUNCIL,
        in_office={person.id for person in await sitting(ctx, meeting)},
        absent={answer.person_id for answer in answers if answer.presence is not Presence.PRESENT},
        given={answer.person_id: answer.bearer_id for answer in answers if answer.bearer_id is not None},
    )


async def bearers(ctx: Context, meeting: Meeting, giver: Person) -> tuple[Option, ...]:
    """The colleagues who can bear a member's pouvoir, as choices: those who said that they come, then those who didn't answer."""
    answers = await ctx.store.answers.of(meeting.id)
    council = await bench(ctx, meeting, answers)
    coming = {answer.person_id for answer in answers if answer.presence is Presence.PRESENT}
    able = [each for each in await sitting(ctx, meeting) if council.fault(giver.id, each.id) is None]
    able.sort(key=lambda each: each.id not in coming)
    line = session_name(meeting, ctx)
    return tuple(
        Option(
            f"Donner pouvoir à {plain(each.name)}{'' if each.id in coming else SILENT}",
            f"!pouvoir {call(each)} {line}",
        )
        for each in able[:OFFERED]
    )


async def tell(ctx: Context, person: Person, text: str) -> None:
    """Tell a person something in their own conversation; who has no account hears it from the town hall."""
    if person.matrix_id and person.id != ctx.sender.id:
        await owe(ctx.store, Reply(text, loud=True, mentions=(person.matrix_id,)), person_id=person.id)


async def ask(ctx: Context, meeting: Meeting, person: Person, text: str, lines: tuple[str, str]) -> None:
    """Ask a person something until the session: "oui" or ✅ types the first line for them, "non" or ❌ the second."""
    mentions = (person.matrix_id,) if person.matrix_id else ()
    reply = Reply(f"{text}\n\nRépondez **oui** ou **non**.", loud=True, mentions=mentions)
    yes, no = lines
    choices = (Choice("oui", yes, YES, CHECK, once=True), Choice("non", no, NO, CROSS, once=True))
    await owe_asking(ctx.store, reply, person.id, choices, until=meeting.starts_at)
