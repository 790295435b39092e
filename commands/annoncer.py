"""annoncer — saying something aloud in a body's room, now or at a moment."""

from datetime import datetime, time

from commands import Context, InBody, Reply, Role, Words, command, due
from commands._tell import announce
from commands._words import plain
from commands.seance import LATE
from council.french import long_moment
from council.french.reading import AmbiguousDate, read_when
from council.refusals import Refusal
from storage.states import NoticeKind
from storage.tables import Notice

MORNING = time(9)


@command(
    "annoncer",
    "annonce",
    summary="Annoncer quelque chose à toute la commission",
    who=Role.CHAIR,
    examples={
        "!annoncer Le dossier est complet.": "**Annonce de Hugo Roux**\n\nLe dossier est complet.",
        "!annoncer vendredi 6 mars à 9 h : Pensez à lire le devis.": "Ce sera annoncé dans le salon « Commission de l'eau » le "
        "**vendredi 6 mars 2026 à 9 h** : Pensez à lire le devis.",
    },
)
async def annoncer(ctx: Context, commission: InBody, texte: Words) -> Reply:
    """Sans date, l'annonce part aussitôt et fait sonner les téléphones. Avec une date suivie de « : », elle part à ce moment
    (9 h si aucune heure n'est dite).
    """
    when = _planned(texte, ctx)
    if when is None:
        text = f"**Annonce de {plain(ctx.sender.name)}**\n\n{plain(texte.lstrip(': '), 4000)}"
        return await announce(ctx, commission, Reply(text, loud=True, everyone=True))
    moment, said = when
    room = await ctx.store.rooms.of_body(commission.id)
    if room is None:
        raise Refusal(
            f"Le salon « {commission.name} » n'est pas encore prêt.", try_this="Réessayez dans quelques minutes."
        )
    await ctx.store.notices.add(
        Notice(kind=NoticeKind.ANNOUNCEMENT, due_at=moment, text=said, room_id=room.room_id, created_by=ctx.sender.id)
    )
    shown = long_moment(moment, ctx.commune.zone)
    return Reply(f"Ce sera annoncé dans le salon « {plain(commission.name)} » le **{shown}** : {plain(said, 300)}")


@due(NoticeKind.ANNOUNCEMENT)
async def on_due(ctx: Context, notice: Notice) -> Reply:
    """The announcement, in the name of who asked for it; late rather than never, and it says so."""
    late = ""
    if ctx.now - notice.due_at > LATE:
        late = f"\n\n(Cette annonce part en retard : elle était prévue {long_moment(notice.due_at, ctx.commune.zone)}.)"
    text = f"**Annonce de {plain(ctx.sender.name)}**\n\n{plain(notice.text, 4000)}{late}"
    return Reply(text, loud=True, everyone=True)


def _planned(text: str, ctx: Context) -> tuple[datetime, str] | None:
    """The moment and the text of "DATE : TEXTE"; a text that merely begins with a date is said at once."""
    try:
        found = read_when(text, now=ctx.now)
    except AmbiguousDate as doubt:
        if not doubt.rest.lstrip().startswith(":"):
            return None
        raise
    if found is None or not found[1].lstrip().startswith(":"):
        return None
    moment = found[0].moment(ctx.commune.zone, MORNING)
    if moment <= ctx.now:
        raise Refusal(
            f"{long_moment(moment, ctx.commune.zone).capitalize()} est déjà passé.", try_this="Donnez une date à venir."
        )
    return moment, found[1].lstrip(" :")
