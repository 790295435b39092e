"""Errata sent: numbered, to those who have the older version and only to them, each by their channel; the sheets for the agents."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from commands._context import Context
from commands._convocation import agents, gets_mail, loud, phone
from commands._errata import Outdated, changed
from commands._sending import receipt_of
from commands._show import attached
from commands._tell import MOST_ATTACHED, Letter, owe, owe_asking, owe_mail
from commands._words import plain
from council.french import enumerate_fr, long_moment, size
from council.roles import Channel
from storage.errata import Erratum, ErratumCopy
from storage.tables import File, Person

ANSWERING = "La nouvelle version suit. Pour dire que vous l'avez bien reçue, touchez ✅ sous ce message, ou répondez **reçu** ou **1**."
"""How the receipt of an erratum is given."""


async def issue(ctx: Context, found: Outdated) -> Erratum:
    """Number the erratum, keep it, owe each person theirs by their channel and the agents the sheets to print."""
    first, paper = found.convocations[0], found.paper
    reference = await ctx.store.errata.next_reference(first)
    erratum = Erratum(
        reference=reference,
        convocation_id=first.id,
        paper_id=paper.id,
        file_id=found.newer.id,
        older_id=found.older.id,
        made_by=ctx.sender.id,
        made_at=ctx.now,
        copies=[ErratumCopy(person_id=person.id, channel=channel) for person, channel in found.people],
    )
    text = _text(ctx, found, reference)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    await ctx.store.errata.issue(erratum, paper, found.newer.version, sha256)
    for copy, (person, channel) in zip(erratum.copies, found.people, strict=True):
        if channel is Channel.ELEMENT:
            copy.outbox_key = await _owe_message(ctx, found, person, text, reference)
        if channel is not Channel.PAPER and gets_mail(person, ctx.commune):
            key = await _owe_mail(ctx, found, person, text, erratum, beside=channel is Channel.ELEMENT)
            copy.outbox_key = copy.outbox_key or key
    await _owe_sheets(ctx, found, text)
    return erratum


def _text(ctx: Context, found: Outdated, reference: str) -> str:
    """The erratum, to the letter, without the way to answer it."""
    first, paper = found.convocations[0], found.paper
    point = f", point {paper.item.position}" if paper.item and paper.item.position > 0 else ""
    return (
        f"**Erratum {reference}** : {plain(first.body.name)}, {long_moment(first.starts_at, ctx.commune.zone)}\n\n"
        f"**{paper.reference}** {plain(paper.title, 90)}{point} : la version {found.newer.version} remplace la version "
        f"{found.older.version}.\n\n{changed(found)}"
    )


async def _owe_message(ctx: Context, found: Outdated, person: Person, text: str, reference: str) -> str:
    told = replace(loud(f"{text}\n\n{ANSWERING}", person), files=(attached(found.newer),))
    until = found.convocations[0].starts_at
    return await owe_asking(ctx.store, told, person.id, (receipt_of(reference),), until=until, official=reference)


async def _owe_mail(ctx: Context, found: Outdated, person: Person, text: str, erratum: Erratum, *, beside: bool) -> str:
    """Owe the e-mail with the new version in it, as long as a relay takes so much; otherwise it says where to read it."""
    fits = found.newer.size <= MOST_ATTACHED
    reading = "La nouvelle version est jointe à ce courriel." if fits else _elsewhere(found, person)
    answering = f"Pour en accuser réception, écrivez à l'appariteur, sur Element : reçu {erratum.reference}."
    if beside:
        answering = (
            "Ce courriel double l'erratum qui vous attend dans votre conversation avec l'appariteur, sur Element : c'est là "
            "que vous en accusez réception."
        )
    parts = [text, reading, *([answering] if person.matrix_id else [])]
    letter = Letter(
        f"Erratum {erratum.reference}",
        "\n\n".join(parts),
        erratum.reference,
        found.convocations[0].meeting_id,
        attached(found.newer) if fits else None,
    )
    return await owe_mail(ctx.store, person.id, letter)


def _elsewhere(found: Outdated, person: Person) -> str:
    """Where to read what no e-mail can carry."""
    heavy = f"La nouvelle version ({size(found.newer.size)}) est trop lourde pour un courriel."
    if person.matrix_id:
        return f"{heavy} Pour la lire, écrivez à l'appariteur, sur Element : envoyer {found.paper.reference}."
    return f"{heavy} Pour l'avoir, appelez la mairie."


async def _owe_sheets(ctx: Context, found: Outdated, text: str) -> None:
    """Owe the agents those on paper and the pages to print for them, with the file."""
    if found.on_paper:
        numbers = sorted((*found.changes.changed, *found.changes.added)) if found.changes else []
        pages = f"{'page' if len(numbers) == 1 else 'pages'} {enumerate_fr([str(each) for each in numbers])}"
        sheets = pages if numbers else "tout le document"
        await _owe_round(ctx, found.paper.body_id, found.on_paper, found.newer, text, sheets)


async def owe_sheet(ctx: Context, copy: ErratumCopy, why: str) -> None:
    """Owe the agents one copy that must go on paper after all, and why: the whole version is to be printed."""
    about = copy.erratum
    text = f"{why}\n\n**Erratum {about.reference}** : {about.paper.reference} version {about.file.version}"
    await _owe_round(ctx, about.convocation.body_id, [copy.person], about.file, text, "tout le document")


async def _owe_round(  # noqa: PLR0917 - a round is all of these
    ctx: Context, body_id: int, people: Sequence[Person], file: File, text: str, sheets: str
) -> None:
    names = "\n".join(f"- {plain(person.name)}{phone(person)}" for person in people)
    told = (
        f"{text}\n\n**À remettre sur papier**\n\n{names}\n\nÀ imprimer, du fichier qui suit : {sheets}. Après chaque remise, "
        f"écrivez-moi **remis {plain(people[0].last_name)} erratum** (ajoutez la date si ce n'est pas aujourd'hui)."
    )
    for agent in await agents(ctx, body_id):
        await owe(ctx.store, replace(loud(told, agent), files=(attached(file),)), person_id=agent.id)
