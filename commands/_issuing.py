"""Errata sent: numbered, to those who have the older version and only to them, each by their channel."""

import hashlib
from dataclasses import replace

from commands._closed import tell_agents, unmailed
from commands._context import Context
from commands._convocation import gets_mail, loud
from commands._errata import Outdated, changed
from commands._sending import receipt_of
from commands._sheets import owe_sheets
from commands._show import attached
from commands._tell import MOST_ATTACHED, Letter, owe_asking, owe_mail
from commands._words import plain
from council.french import long_moment, size
from council.roles import Channel
from storage.errata import Erratum, ErratumCopy
from storage.tables import Person

ANSWERING = "La nouvelle version suit. Pour dire que vous l'avez bien reçue, touchez ✅ sous ce message, ou répondez **reçu** ou **1**."
"""How the receipt of an erratum is given."""


async def issue(ctx: Context, found: Outdated) -> Erratum:
    """Number the erratum, keep it, owe each person theirs by their channel and the agents the sheets to print."""
    first, paper = found.convocations[0], found.paper
    reference = await ctx.store.errata.next_reference(first)
    erratum = Erratum(
        reference=reference,
        convocation_id=first.id,
        convocation=first,
        paper_id=paper.id,
        file_id=found.newer.id,
        older_id=found.older.id,
        made_by=ctx.sender.id,
        made_at=ctx.now,
        copies=[ErratumCopy(person_id=person.id, channel=channel) for person, channel in found.people],
    )
    text, closed = _text(ctx, found, reference), await ctx.store.shares.is_closed(paper)
    posted = _text(ctx, found, reference, closed=closed)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    await ctx.store.errata.issue(erratum, paper, found.newer.version, sha256)
    for copy, (person, channel) in zip(erratum.copies, found.people, strict=True):
        if channel is Channel.ELEMENT:
            copy.outbox_key = await _owe_message(ctx, found, person, text, reference)
        if channel is not Channel.PAPER and gets_mail(person, ctx.commune):
            key = await _owe_mail(ctx, found, person, posted, erratum, beside=channel is Channel.ELEMENT, closed=closed)
            copy.outbox_key = copy.outbox_key or key
    if found.on_paper:
        await owe_sheets(ctx, erratum, found.newer, found.on_paper, text)
    if closed:
        mailed = [person for person, channel in found.people if channel is Channel.MAIL]
        await tell_agents(ctx, paper.body_id, f"erratum {reference}", [paper], mailed)
    return erratum


def _text(ctx: Context, found: Outdated, reference: str, *, closed: bool = False) -> str:
    """The erratum, to the letter, without the way to answer it; of a paper behind ``closed`` doors neither title nor words."""
    first, paper = found.convocations[0], found.paper
    point = f", point {paper.item.position}" if paper.item and paper.item.position > 0 else ""
    title = f"**{paper.reference}**" if closed else f"**{paper.reference}** {plain(paper.title, 90)}"
    parts = [
        f"**Erratum {reference}** : {plain(first.body.name)}, {long_moment(first.starts_at, ctx.commune.zone)}",
        f"{title}{point} : la version {found.newer.version} remplace la version {found.older.version}.",
        *([] if closed else [changed(found.changes, found.words)]),
    ]
    return "\n\n".join(parts)


async def _owe_message(ctx: Context, found: Outdated, person: Person, text: str, reference: str) -> str:
    told = replace(loud(f"{text}\n\n{ANSWERING}", person), files=(attached(found.newer),))
    until = found.convocations[0].starts_at
    return await owe_asking(ctx.store, told, person.id, (receipt_of(reference),), until=until, official=reference)


async def _owe_mail(
    ctx: Context, found: Outdated, person: Person, text: str, erratum: Erratum, *, beside: bool, closed: bool
) -> str:
    """Owe the e-mail with the new version in it, as long as a relay takes so much; otherwise it says where to read it.

    It says so too when the paper is behind ``closed`` doors: an e-mail isn't encrypted.
    """
    fits = found.newer.size <= MOST_ATTACHED and not closed
    reading = "La nouvelle version est jointe à ce courriel."
    if not fits:
        reading = unmailed([found.paper], person) if closed else _elsewhere(found, person)
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
