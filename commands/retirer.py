"""retirer — taking a paper away from its readers; it can come back."""

from commands import NO, Context, Ref, Reply, Role, Yes, command
from commands._show import paper_line


@command(
    "retirer",
    summary="Retirer un document",
    who=Role.CHAIR,
    examples={
        "!retirer EAU-2026-001": (
            "**EAU-2026-001** Devis du réservoir ne sera plus ni montré ni trouvé. Son message reste "
            "dans le salon, et `!rétablir EAU-2026-001` le fait revenir. C'est bien cela ?\n\n"
            "Répondez **oui** ou **non**."
        ),
    },
)
async def retirer(ctx: Context, document: Ref, accord: Yes = NO) -> Reply:
    """Le document n'est plus montré ni trouvé, mais rien n'est détruit : `!rétablir` le fait revenir."""
    if not accord:
        return Reply(
            f"{paper_line(document)} ne sera plus ni montré ni trouvé. Son message reste dans le salon, et "
            f"`!rétablir {document.reference}` le fait revenir. C'est bien cela ?",
            confirm=f"!retirer {document.reference} oui",
        )
    await ctx.store.papers.withdraw(document, ctx.sender.id)
    return Reply(f"{document.reference} est retiré. `!rétablir {document.reference}` le fait revenir.")
