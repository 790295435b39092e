"""documents — the papers of a body, of a session, or with a word in their title."""

from commands import Context, MaybeBody, Option, Reply, Words, command
from commands._sessions import one_session
from commands._show import day_of, paper_line
from commands._words import quote
from council.french import fold
from council.french.reading import find_when

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
async def documents(ctx: Context, commission: MaybeBody = None, quoi: Words = "") -> Reply:
    """Sans rien d'autre : les derniers classés. Ajoutez une commission, la date d'une séance, ou un mot du titre."""
    body = commission or ctx.room.body
    bodies = [body.id] if body else []
    meeting = None
    if quoi and (found := find_when(quoi, now=ctx.now)) and body is not None:
        meeting = await one_session(ctx, body, found[0].day)
        papers = await ctx.store.papers.list(ctx.reader, meeting_id=meeting.id)
        title = f"Documents de la séance du {day_of(meeting, ctx)}"
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
