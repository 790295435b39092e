"""rétablir — bringing a withdrawn paper back."""

from typing import Annotated

from commands import Context, Refusal, Reply, Role, command, words
from commands._show import paper_line
from commands._words import quote
from storage.states import PaperState


@command(
    "rétablir",
    summary="Faire revenir un document retiré",
    who=Role.CHAIR,
    examples={
        "!rétablir EAU-2026-001": ("**EAU-2026-001** Devis du réservoir est de nouveau classé."),
    },
)
async def retablir(ctx: Context, reference: Annotated[str, words("RÉFÉRENCE", "la référence du document")]) -> Reply:
    """Le document est de nouveau montré et trouvé, comme avant ; trente jours après son retrait, son contenu peut être effacé."""
    chaired = [body.id for body in await ctx.bodies() if Role.CHAIR in ctx.role_in(body)]
    paper = await ctx.store.withdrawals.find(reference, chaired)
    if paper is None or not paper.files:
        raise Refusal(
            f"Je ne trouve pas de document retiré {quote(reference)} ici.",
            try_this="La référence s'écrit comme FIN-2027-003.",
        )
    if paper.state is PaperState.ERASED:
        raise Refusal(
            f"Le contenu de {paper.reference} a été effacé, trente jours après son retrait.",
            try_this="Si quelqu'un a gardé le fichier, déposez-le de nouveau.",
        )
    await ctx.store.withdrawals.bring_back(paper, ctx.sender.id)
    return Reply(f"{paper_line(paper)} est de nouveau classé.")
