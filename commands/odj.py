"""odj — a session's agenda (ordre du jour) with its papers."""

from commands import Context, MaybeDay, Reply, command
from commands._attendance import sitting
from commands._named import InSession
from commands._reading import to_read
from commands._recusals import named, recused
from commands._sessions import one_session
from commands._show import agenda_lines, when_and_where, with_what_is_kept_back
from commands._words import plain
from council.recusals import ARTICLE


@command(
    "odj",
    "ordre",
    "ordre du jour",
    summary="Voir l'ordre du jour d'une séance et ses documents",
    examples={
        "!odj eau": (
            "**Ordre du jour** : Commission de l'eau\n\n"
            "**jeudi 26 mars 2026 à 18 h 30**, mairie\n\n"
            "1. Réservoir des Buttes (rapporteur : Hugo Roux)\n   - "
            "[EAU-2026-001](https://matrix.to/#/!eau:sainte-colombe.fr/$devis) Devis du réservoir"
        ),
    },
)
async def odj(ctx: Context, commission: InSession, jour: MaybeDay = None) -> Reply:
    """Sans date, c'est la prochaine séance. Chaque référence mène au document dans le salon ; `!envoyer` vous le renvoie."""
    meeting = await one_session(ctx, commission, jour, under_way=True)
    papers = await ctx.store.papers.list(ctx.reader, meeting_id=meeting.id)
    lines = agenda_lines(meeting, papers)
    shown = (
        "\n".join(lines)
        if lines
        else "Il n'y a encore ni point ni document. La présidence ajoute un point par `!point`."
    )
    total = await to_read(ctx, meeting, papers, explained=True)
    text = f"**Ordre du jour** : {plain(commission.name)}\n\n{when_and_where(meeting, ctx)}\n\n{shown}"
    members = await sitting(ctx, meeting)
    away = "\n".join(named(meeting, await recused(ctx, meeting, members), members))
    out = f"**Ne prennent part ni au débat ni au vote** ({ARTICLE})\n\n{away}" if away else ""
    return await with_what_is_kept_back(ctx, Reply("\n\n".join(filter(None, (text, out, total)))))
