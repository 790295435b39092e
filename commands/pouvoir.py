"""pouvoir — letting a colleague vote in one's name at the council, within article L. 2121-20."""

import re
from dataclasses import dataclass
from typing import Annotated

from commands import NO, Context, Document, Option, Refusal, Reply, Yes, after, command, owe
from commands._ahead import OfCouncil, Somebody, call, of, titled
from commands._arguments import Absent, Argument, flag
from commands._attendance import ask, bench, tell
from commands._recusals import recused
from commands._show import session_name
from commands._words import plain
from council import proxies, quorum, recusals
from council.french import enumerate_fr
from council.proxies import Fault
from council.roles import Role
from storage.answers import Answer
from storage.states import DocumentKind
from storage.tables import Meeting, Person

ON_PAPER = flag(r"^(?:le\s+)?(?:papier|pdf|écrit|à\s+signer)\b\s*", "papier")
"""The word that asks for the paper to sign."""
WRITTEN = (
    f"Un pouvoir est aussi écrit, daté et signé ({proxies.ARTICLE}) : remettez-le à la mairie ; il ne compte pas dans le "
    f"quorum ({quorum.ARTICLE})."
)
WHY = {
    Fault.NO_COUNCIL: f"Un pouvoir ne se donne que pour le conseil municipal ({proxies.ARTICLE}).",
    Fault.GIVER_NOT_IN_OFFICE: f"Seul un membre en exercice du conseil donne pouvoir ({proxies.ARTICLE}) : {{giver}} ne l'est pas.",
    Fault.BEARER_NOT_IN_OFFICE: f"Un pouvoir va à un collègue, membre en exercice du conseil ({proxies.ARTICLE}) : {{bearer}} ne l'est pas.",
    Fault.ONESELF: f"Un pouvoir se donne à un collègue, pas à soi-même ({proxies.ARTICLE}).",
    Fault.BEARER_ABSENT: f"{{bearer}} ne sera pas dans la salle : personne ne vote au nom d'un autre sans y être ({proxies.ARTICLE}).",
    Fault.BEARER_TAKEN: f"{{bearer}} a déjà reçu un pouvoir : un conseiller n'en porte qu'un seul ({proxies.ARTICLE}).",
    Fault.GIVER_HOLDS_ONE: (
        f"{{giver}} porte déjà le pouvoir d'un collègue, et un pouvoir ne se transmet pas ({proxies.ARTICLE}) : dites "
        "d'abord `!absent`, son donneur en sera averti."
    ),
}


@dataclass(frozen=True)
class _Verdict(Argument[bool]):
    """The bearer's answer at the start of a line: "accepter" or "refuser"."""

    label: str = "accepter|refuser"

    async def take(self, text: str, ctx: Context) -> tuple[bool, str]:
        found = re.match(r"(?:j')?(accept|refus)[a-zé]*\b\s*", text, re.IGNORECASE)
        if not found:
            raise Absent
        return found[1].lower() == "accept", text[found.end() :]


@command(
    "pouvoir",
    "procuration",
    summary="Donner pouvoir à un collègue pour le conseil",
    examples={
        "!pouvoir Lucie Vidal": (
            "C'est noté. Vous donnez pouvoir à **Lucie Vidal** : Conseil municipal, **jeudi 12 mars 2026 à "
            "20 h**, à la mairie. Je lui demande de l'accepter. Un pouvoir est aussi écrit, daté et signé "
            "(article L. 2121-20 du CGCT) : remettez-le à la mairie ; il ne compte pas dans le quorum (article "
            "L. 2121-17 du CGCT).\n\n1. Le pouvoir à signer en PDF\n\nRépondez **1**."
        ),
    },
)
async def pouvoir(
    ctx: Context,
    verdict: Annotated[bool | None, _Verdict()] = None,
    papier: Annotated[bool, ON_PAPER] = False,
    *,
    nom: Somebody,
    porteur: Annotated[Person | None, after("à|a|pour", "à NOM", Somebody)] = None,
    seance: OfCouncil,
    nouveau: Yes = NO,
) -> Reply:
    """`!pouvoir Mme Vidal` donne votre voix à Mme Vidal pour le prochain conseil, si elle l'accepte ; `!présent` y met fin. La
    présidence et les agents écrivent `!pouvoir M. Petit à Mme Vidal` pour un pouvoir reçu sur papier. Le pouvoir à signer est
    envoyé en PDF à qui le demande.
    """
    if papier:
        return await _paper(ctx, seance, nom)
    if verdict is not None:
        return await _settle(ctx, seance, nom, accepted=verdict)
    giver, bearer = (nom, porteur) if porteur else (ctx.sender, nom)
    if giver.id != ctx.sender.id and not ctx.role_in(seance.body) & Role.CHAIR:
        raise Refusal("Seuls la présidence, le maire et les agents entrent le pouvoir d'un autre.")
    council = await bench(ctx, seance, await ctx.store.answers.of(seance.id))
    run = await ctx.store.answers.run(seance, giver.id, bearer.id)
    fault = council.fault(giver.id, bearer.id, 1 if nouveau else run)
    line = f"{call(giver)} à {call(bearer)}" if porteur else call(bearer)
    if fault is Fault.TOO_LONG:
        return Reply(
            f"Ce serait la {run}e séance de suite. Un même pouvoir ne vaut que pour {proxies.LONGEST_RUN} séances "
            f"consécutives, sauf maladie dûment constatée ({proxies.ARTICLE}). En est-ce un nouveau, écrit et signé ?",
            confirm=f"!pouvoir {line} {session_name(seance, ctx)} oui",
        )
    if fault is not None:
        raise Refusal(
            WHY[fault].format(giver=plain(giver.name), bearer=plain(bearer.name)),
            try_this="Dites `!absent` pour prévenir de votre absence." if fault is Fault.NO_COUNCIL else "",
        )
    return await _entrust(ctx, seance, giver, bearer)


async def _entrust(ctx: Context, meeting: Meeting, giver: Person, bearer: Person) -> Reply:
    """Keep the pouvoir and ask its bearer; who held one that it replaces, or that its giver held, is told."""
    before = await ctx.store.answers.entrust(meeting, giver.id, bearer.id, ctx.sender.id)
    session = titled(meeting, ctx)
    if before is not None:
        former = await ctx.store.people.get(before)
        await tell(ctx, former, f"{plain(giver.name)} a donné son pouvoir à quelqu'un d'autre : {session}.")
    own = giver.id == ctx.sender.id
    said = f"{'Vous donnez' if own else f'{plain(giver.name)} donne'} pouvoir à **{plain(bearer.name)}** : {session}."
    line = f"{call(giver)} {session_name(meeting, ctx)}"
    if bearer.id == ctx.sender.id:
        await ctx.store.answers.accept(meeting, await _answer(ctx, meeting, giver))
        return await _with_paper(ctx, meeting, giver, f"C'est noté. {said} {WRITTEN}")
    if not bearer.matrix_id:
        accepting = f"S'il est accepté, écrivez `!pouvoir accepter {plain(giver.name)}`."
        return await _with_paper(ctx, meeting, giver, f"C'est noté. {said} {accepting} {WRITTEN}")
    question = f"{plain(giver.name)} vous donne pouvoir : {session}. L'acceptez-vous ? Vous voterez en son nom."
    await ask(ctx, meeting, bearer, question, (f"!pouvoir accepter {line}", f"!pouvoir refuser {line}"))
    return await _with_paper(ctx, meeting, giver, f"C'est noté. {said} Je lui demande de l'accepter. {WRITTEN}")


async def _with_paper(ctx: Context, meeting: Meeting, giver: Person, said: str) -> Reply:
    """What was kept, the points in which it won't count, and the paper to sign as a choice."""
    answer = await _answer(ctx, meeting, giver)
    given, out = {giver.id: answer.bearer_id or 0}, await recused(ctx, meeting)
    lost = [str(item.position) for item in meeting.items if not proxies.usable(given, out.get(item.id, {}).keys())]
    if lost:
        points = f"aux points {enumerate_fr(lost)}" if len(lost) > 1 else f"au point {lost[0]}"
        said += f" Il ne comptera pas {points}, où l'un de vous se déporte ({recusals.ARTICLE})."
    if giver.id != ctx.sender.id:
        return Reply(said)
    paper = Option("Le pouvoir à signer en PDF", f"!pouvoir papier {call(giver)} {session_name(meeting, ctx)}")
    return Reply(said, options=(paper,))


async def _paper(ctx: Context, meeting: Meeting, giver: Person) -> Reply:
    """The pouvoir to sign, in the giver's own conversation; to who entered it for somebody without an account."""
    if giver.id != ctx.sender.id and not ctx.role_in(meeting.body) & Role.CHAIR:
        raise Refusal(
            "Ce pouvoir est celui d'un autre : la personne qui le donne, la présidence ou un agent peut le demander."
        )
    answer = await _answer(ctx, meeting, giver)
    name = f"pouvoir {giver.last_name} {meeting.starts_at.astimezone(ctx.commune.zone):%Y-%m-%d}"
    files = (Document(DocumentKind.MANDATE, name, (answer.id,)),)
    text = f"**Le pouvoir à signer** : {titled(meeting, ctx)}. Datez-le, signez-le et remettez-le à la mairie ; le fichier suit."
    to = giver if giver.matrix_id else ctx.sender
    if ctx.private and to.id == ctx.sender.id:
        return Reply(text, files=files)
    await owe(ctx.store, Reply(text, files=files, loud=to.id != ctx.sender.id), person_id=to.id)
    return Reply(f"Le pouvoir à signer est envoyé à {plain(to.name)}, en conversation privée.")


async def _settle(ctx: Context, meeting: Meeting, giver: Person, *, accepted: bool) -> Reply:
    """The bearer's answer; for one without an account, the chair or an agent enters it."""
    answer = await _answer(ctx, meeting, giver)
    bearer = await ctx.store.people.get(answer.bearer_id or 0)
    entered = bearer.matrix_id is None and ctx.role_in(meeting.body) & Role.CHAIR
    if bearer.id != ctx.sender.id and not entered:
        raise Refusal(f"Ce pouvoir est donné à {plain(bearer.name)} : c'est à cette personne d'y répondre.")
    session = titled(meeting, ctx)
    if accepted:
        council = await bench(ctx, meeting, await ctx.store.answers.of(meeting.id))
        fault = council.fault(giver.id, bearer.id)
        if fault is not None:
            raise Refusal(WHY[fault].format(giver=plain(giver.name), bearer=plain(bearer.name)))
        await ctx.store.answers.accept(meeting, answer)
        await tell(ctx, giver, f"{plain(bearer.name)} accepte votre pouvoir : {session}. {WRITTEN}")
        return Reply(f"C'est noté : {plain(bearer.name)} votera au nom {of(giver)}, {session}.")
    await ctx.store.answers.release(meeting, bearer.id)
    await tell(
        ctx,
        giver,
        f"{plain(bearer.name)} ne prend pas votre pouvoir : {session}. `!pouvoir NOM` en désigne un autre.",
    )
    return Reply(f"C'est noté : le pouvoir {of(giver)} est refusé, {session}.")


async def _answer(ctx: Context, meeting: Meeting, giver: Person) -> Answer:
    """A member's answer that gives a pouvoir.

    Raises:
        Refusal: there is none, or no more.
    """
    answers = await ctx.store.answers.of(meeting.id)
    found = next((each for each in answers if each.person_id == giver.id and each.bearer_id is not None), None)
    if found is None:
        raise Refusal(f"{plain(giver.name)} n'a pas donné de pouvoir, ou l'a repris : {titled(meeting, ctx)}.")
    return found
