"""A file that is a newer version of a paper: said in its caption by a reference or by words, or by answering its message."""

import re
from dataclasses import replace

from commands._called import called
from commands._context import Context, Option, Reply
from commands._filing import may_keep
from commands._named import REFERENCE, as_reference
from commands._words import plain
from storage.tables import Paper

_REPLACE = re.compile(r"\bremplace[rz]?\s+(.+)", re.IGNORECASE)
_ANEW = re.compile(
    r"^\s*(?:remplace[rz]?|(?:la )?nouvelle version|version (?:corrig[ée]e|d[ée]finitive|[àa] jour)|mise [àa] jour|correction)\s+"
    r"(?:(?:de la|du|des|de|le|la|les)\s+|de\s+l['’]|l['’]|d['’])?(?P<what>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


def replaced_by(caption: str) -> str:
    """The reference that a caption such as "remplacer FIN-2027-003" names, or nothing."""
    found = _REPLACE.search(caption)
    named = REFERENCE.match(found[1]) if found else None
    return as_reference(named) if named else ""


def called_anew(caption: str) -> str:
    """The words of a caption that call the paper whose newer version this is: "remplacer le devis"; or nothing."""
    found = _ANEW.match(caption)
    return found["what"] if found else ""


async def offer_to_replace(ctx: Context, reply: Reply, newer: Paper, words: str) -> Reply:
    """What is answered to a file just filed, with the question whether it replaces another paper of the sender's to replace."""
    answered = await ctx.store.papers.dropped_as(ctx.message.reply_to, ctx.reader) if ctx.message.reply_to else None
    if answered is not None and answered.body_id == newer.body_id and await may_keep(ctx, answered):
        return Reply(
            f"{reply.text}\n\nEst-ce une nouvelle version de **{answered.reference}** {plain(answered.title, 60)} ?",
            confirm=f"!remplacer {answered.reference} par {newer.reference} oui",
        )
    _, hits, _ = await called(words, ctx)
    papers = [await ctx.store.papers.by_reference(hit.reference, ctx.reader) for hit in hits]
    others = [each for each in papers if each is not None and each.id != newer.id and await may_keep(ctx, each)]
    options = tuple(
        Option(f"{each.reference} {plain(each.title, 60)}", f"!remplacer {each.reference} par {newer.reference} oui")
        for each in others
    )
    if not options:
        return reply
    return replace(
        reply,
        text=f"{reply.text}\n\nQuel document remplace-t-il ?",
        options=options,
        after="Répondez par un numéro ; sans réponse, il reste classé à part.",
    )
