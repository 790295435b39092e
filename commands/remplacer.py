"""remplacer — giving a paper its new version; the current one is what is sent, always."""

from typing import Annotated

from commands import NO, Context, Ref, Refusal, Reply, Yes, after, command
from commands._filing import KEEPERS, may_keep
from commands._show import current, pages
from commands._words import plain
from council.french import count
from storage.tables import Paper


@command(
    "remplacer",
    summary="Remplacer un document par une nouvelle version",
    examples={
        "!remplacer EAU-2026-001": (
            "Pour remplacer **EAU-2026-001** Devis du réservoir, déposez le nouveau fichier en "
            "répondant à son message, ou avec la légende « remplacer EAU-2026-001 »."
        ),
    },
)
async def remplacer(
    ctx: Context,
    document: Ref,
    nouveau: Annotated[Paper | None, after("par", "par RÉFÉRENCE", Ref)] = None,
    accord: Yes = NO,
) -> Reply:
    """Déposez le nouveau fichier avec la légende « remplacer » suivie de la référence. L'ancienne version reste lisible par
    `!versions`. Si le nouveau fichier est déjà classé : `!remplacer EAU-2026-001 par EAU-2026-004`. La présidence, les
    agents et la personne qui l'a déposé peuvent le faire.
    """
    if not await may_keep(ctx, document):
        raise KEEPERS
    if nouveau is None:
        return Reply(
            f"Pour remplacer **{document.reference}** {plain(document.title)}, déposez le nouveau fichier en répondant à son "
            f"message, ou avec la légende « remplacer {document.reference} »."
        )
    if not await may_keep(ctx, nouveau):
        raise KEEPERS
    if nouveau.id == document.id or nouveau.body_id != document.body_id:
        raise Refusal("Les deux documents doivent être différents et de la même commission.")
    if not accord:
        return Reply(
            f"**{nouveau.reference}** {plain(nouveau.title)} deviendra la version {len(document.files) + 1} de "
            f"**{document.reference}** {plain(document.title)}, et sa propre référence ne servira plus. C'est bien cela ?",
            confirm=f"!remplacer {document.reference} par {nouveau.reference} oui",
        )
    await ctx.store.papers.absorb(document, nouveau, ctx.sender.id)
    file = current(document)
    await ctx.store.search.index(file.id, await ctx.store.papers.pages(file.id))
    size = f" ({pages(file)})" if file.page_count else ""
    others = count(len(document.files) - 1, "version plus ancienne", "versions plus anciennes")
    return Reply(
        f"**{document.reference}** {plain(document.title)} : version {file.version}{size}, désormais en vigueur ({others})."
    )
