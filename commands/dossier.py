"""dossier — all of a session in one PDF: its agenda, its papers in order, the questions and their answers."""

from typing import Annotated

from commands import Context, Document, Refusal, Reply, command
from commands._ahead import AtHand, titled
from commands._arguments import flag
from commands._dossier import given_before, planned
from storage.states import DocumentKind

LARGE = flag(
    r"(?:^|\s)(?:(?:en|avec de|à)\s+)?(?:grande?s?|gros(?:ses)?)(?:\s+(?:caractères?|lettres?|format))?(?=$|\s)",
    "grand",
)
"""The words that ask for large print, wherever they are."""


@command(
    "dossier",
    summary="Recevoir tout d'une séance en un seul PDF",
    examples={
        "!dossier eau": (
            "**Dossier** : Commission de l'eau, **jeudi 26 mars 2026 à 18 h 30**, mairie\n\n"
            "Je le prépare : 1 document, 1 page. Le fichier arrive ici dès qu'il est prêt."
        ),
    },
)
async def dossier(ctx: Context, grand: Annotated[bool, LARGE] = False, *, seance: AtHand) -> Reply:
    """La couverture, l'ordre du jour avec les numéros des pages, les documents dans son ordre, puis les questions et leurs
    réponses. Vous y trouvez ce que vous avez le droit de voir ; dans un salon, ce que tout le salon peut voir. « dossier grand »
    l'agrandit, sur des feuilles A3.
    """
    plan = await planned(ctx.store, ctx.reader, seance, large=grand)
    if not (plan.entries or seance.items or plan.questions):
        raise Refusal(
            "Il n'y a encore ni point, ni document, ni question pour cette séance : le dossier serait vide.",
            try_this="`!odj` montre son ordre du jour.",
        )
    parts = plan.parts(ctx.commune)
    last = await ctx.store.dossiers.give(ctx.room.room_id, seance.id, parts)
    changed = given_before((last.parts, last.given_at) if last else None, parts, ctx.commune)
    large = ", en grand (à imprimer sur des feuilles A3, ou à lire sur un écran)" if grand else ""
    ready = f"Je le prépare{large} : {plan.load}. Le fichier arrive ici dès qu'il est prêt."
    about = (seance.id, ctx.sender.id, ctx.room.body_id or 0, int(grand))
    day = seance.starts_at.astimezone(ctx.commune.zone).date()
    name = f"dossier {seance.body.code} {day.isoformat()}{' grand' if grand else ''}"
    text = "\n\n".join(filter(None, (f"**Dossier** : {titled(seance, ctx)}", changed, ready)))
    return Reply(text, files=(Document(DocumentKind.DOSSIER, name, about),))
