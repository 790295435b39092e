"""versions — a paper's history: who filed what, when."""

from commands import Context, Option, Ref, Reply, by_number, command
from commands._show import pages
from commands._words import plain
from council.french import long_moment


@command(
    "versions",
    "version",
    summary="Voir les versions d'un document",
    examples={
        "!versions EAU-2026-001": (
            "**EAU-2026-001** Devis du réservoir\n\n"
            "1. version 1, en vigueur : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux\n\n"
            "Répondez **1** : je vous l'envoie."
        ),
    },
)
async def versions(ctx: Context, document: Ref) -> Reply:
    """La version en vigueur est celle qui est envoyée et trouvée ; les autres restent lisibles."""
    options = []
    for file in await ctx.store.papers.versions(document, ctx.reader):
        status = ", en vigueur" if file.current else ""
        size = f" ({pages(file)})" if file.page_count else ""
        when = long_moment(file.filed_at, ctx.commune.zone)
        label = f"version {file.version}{status} : {when}, déposée par {plain(file.filer.name)}{size}"
        options.append(Option(label, f"!envoyer {document.reference} version {file.version}"))
    return Reply(
        f"**{document.reference}** {plain(document.title)}",
        options=tuple(options),
        after=f"{by_number(len(options))} : je vous l'envoie.",
    )
