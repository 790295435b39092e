"""rétablir — bringing a withdrawn paper back."""

from typing import Annotated

from commands import Context, Refusal, Reply, Role, command, words
from commands._show import paper_line
from commands._words import quote


@command(
    "rétablir",
    summary="Faire revenir un document retiré",
    who=Role.CHAIR,
    examples={
        "!rétablir EAU-2026-001": ("**EAU-2026-001** Devis du réservoir est de nouveau classé."),
    },
)
async def retablir(ctx: Context, reference: Annotated[str, words("RÉFÉRENCE", "la référence du document")]) -> Reply:
    """Le document est de nouveau montré et trouvé, comme avant."""
    chaired = [body.id for body in await ctx.bodies() if Role.CHAIR in ctx.role_in(body)]
    paper = await ctx.store.papers.withdrawn(reference, chaired)
    if paper is None or not paper.files:
        raise Refusal(
            f"Je ne trouve pas de document retiré {quote(reference)} ici.",
            try_this="La référence s'écrit comme FIN-2027-003.",
        )
    await ctx.store.papers.bring_back(paper, ctx.sender.id)
    return Reply(f"{paper_line(paper)} est de nouveau classé.")
