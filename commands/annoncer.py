"""annoncer — saying something aloud in a body's room, now or at a moment."""

import re
from typing import Annotated

from commands import NO, BodyBeforeText, Context, PlannedText, Reply, Role, command, due
from commands._arguments import flag
from commands._show import said_late
from commands._tell import announce
from commands._words import paragraphs, plain, quote
from council.french import count, long_moment
from council.refusals import Refusal
from storage.states import NoticeKind
from storage.tables import Notice

SURE = "[relu]"
READ_AGAIN = r"\s*\[relu\]\s*$"
"""What ends the line of an announcement that was read back: "oui" may be its own last word."""
THAT = re.compile(
    r"^(?:à|a) tous,?\s+que\s+|^(?:que\s+|qu')(?=(?:le|la|les|l'|il|elle|on|nous|notre|ce|cette|un|une|tout)\b)",
    re.IGNORECASE,
)
LONGEST = 3000
"""Characters of an announcement: beyond, it is a document."""


@command(
    "annoncer",
    "annonce",
    summary="Annoncer quelque chose à toute la commission",
    who=Role.CHAIR,
    examples={
        "!annoncer Le dossier est complet.": ("**Annonce de Hugo Roux**\n\nLe dossier est complet."),
        "!annoncer vendredi 6 mars à 9 h : Pensez à lire le devis.": (
            "Ce sera annoncé dans le salon « Commission de l'eau » le **vendredi 6 mars 2026 à 9 h** "
            ": Pensez à lire le devis."
        ),
    },
)
async def annoncer(
    ctx: Context, commission: BodyBeforeText, texte: PlannedText, relu: Annotated[bool, flag(READ_AGAIN, "")] = NO
) -> Reply:
    """Sans date, l'annonce part aussitôt et fait sonner les téléphones ; dite en privé dans une phrase (« annonce à tous que… »),
    je la relis d'abord. Avec une date suivie de « : », elle part à ce moment (9 h si aucune heure n'est dite).
    """
    said = THAT.sub("", texte.text)
    if len(texte.text) > LONGEST:
        raise Refusal(
            f"Cette annonce est trop longue : {count(len(texte.text), 'caractère')} au lieu de {count(LONGEST, 'caractère')}.",
            try_this="Déposez le texte dans le salon, et annoncez-le en quelques mots.",
        )
    if texte.moment is None:
        if ctx.private and said != texte.text and not relu:
            shown = paragraphs(said, LONGEST)
            return Reply(
                f"Ce sera annoncé aussitôt dans le salon {quote(commission.name)}, en votre nom, et les téléphones sonneront :\n\n"
                f"{shown}\n\nC'est bien cela ?",
                confirm=f"!annoncer {commission.code} {said} {SURE}",
            )
        text = f"**Annonce de {plain(ctx.sender.name)}**\n\n{paragraphs(said, LONGEST)}"
        return await announce(ctx, commission, Reply(text, loud=True, everyone=True))
    room = await ctx.store.rooms.of_body(commission.id)
    if room is None:
        raise Refusal(
            f"Le salon {quote(commission.name)} n'est pas encore prêt.", try_this="Réessayez dans quelques minutes."
        )
    await ctx.store.notices.add(
        Notice(
            kind=NoticeKind.ANNOUNCEMENT,
            due_at=texte.moment,
            text=said,
            room_id=room.room_id,
            created_by=ctx.sender.id,
        )
    )
    shown = long_moment(texte.moment, ctx.commune.zone)
    late = ", avant que je vous lise : je l'annonce aussitôt" if texte.moment <= ctx.now else ""
    return Reply(f"Ce sera annoncé dans le salon {quote(commission.name)} le **{shown}**{late} : {plain(said)}")


@due(NoticeKind.ANNOUNCEMENT)
async def on_due(ctx: Context, notice: Notice) -> Reply:
    """The announcement, in the name of who asked for it; late rather than never, and it says so."""
    late = said_late("Cette annonce part en retard : elle était prévue", notice.due_at, ctx)
    text = f"**Annonce de {plain(ctx.sender.name)}**\n\n{paragraphs(notice.text, LONGEST)}{late}"
    return Reply(text, loud=True, everyone=True)
