"""documents — the papers of a body, of a session, or with a word in their title."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from commands import Context, MaybeBody, MaybePeriod, Option, Reply, Words, command
from commands._dates import Period
from commands._show import paper_line
from commands._words import quote
from council.french import fold
from storage.tables import Paper

SHOWN = 9


@command(
    "documents",
    "document",
    "papiers",
    "dossiers",
    summary="Voir les derniers documents",
    examples={
        "!documents": "**Derniers documents**\n\n1. **EAU-2026-001** Devis du réservoir (2 pages)\n\n"
        "Répondez par un numéro : je vous l'envoie.",
        "!documents eau devis": "**Documents : « devis »**\n\n1. **EAU-2026-001** Devis du réservoir (2 pages)\n\n"
        "Répondez par un numéro : je vous l'envoie.",
    },
)
async def documents(ctx: Context, commission: MaybeBody = None, quand: MaybePeriod = None, quoi: Words = "") -> Reply:
    """Sans rien d'autre : les derniers classés. Ajoutez une commission, la date d'une séance, ou un mot du titre."""
    body = commission or ctx.room.body
    papers: Sequence[Paper]
    bodies = [body.id] if body else []
    if quand is not None:
        papers = await _of_sessions(ctx, bodies or [each.id for each in await ctx.bodies()], quand)
        title = f"Documents des séances ({quand.shown})"
    elif quoi:
        wanted = fold(quoi)
        recent = await ctx.store.papers.list(ctx.reader, bodies=bodies, limit=500)
        papers = [paper for paper in recent if wanted in fold(f"{paper.title} {paper.reference}")]
        title = f"Documents : {quote(quoi)}"
    else:
        papers = await ctx.store.papers.list(ctx.reader, bodies=bodies, limit=SHOWN + 1)
        title = "Derniers documents"
    if not papers:
        hint = (
            "`!chercher` regarde aussi dans leur texte."
            if quoi
            else "Déposez un fichier dans le salon : il y sera classé."
        )
        return Reply(f"**{title}**\n\nAucun document. {hint}")
    options = tuple(Option(paper_line(paper), f"!envoyer {paper.reference}") for paper in papers[:SHOWN])
    more = "\n\nIl y en a d'autres : `!chercher` suivi de mots les retrouve." if len(papers) > SHOWN else ""
    return Reply(f"**{title}**", options=options, after=f"Répondez par un numéro : je vous l'envoie.{more}")


async def _of_sessions(ctx: Context, bodies: Sequence[int], period: Period) -> list[Paper]:
    """The papers of the sessions held in a period, past or to come."""
    start = datetime.combine(period.first, time.min, ctx.commune.zone)
    end = datetime.combine(period.last + timedelta(days=1), time.min, ctx.commune.zone)
    papers: list[Paper] = []
    for meeting in await ctx.store.meetings.coming(bodies, start=start, end=end):
        papers += await ctx.store.papers.list(ctx.reader, meeting_id=meeting.id)
    return papers
