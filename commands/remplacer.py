"""remplacer — giving a paper its new version; the current one is what is sent, always."""

from typing import Annotated

from commands import NO, Context, Ref, Refusal, Reply, Role, Yes, after, command
from commands._show import current, pages
from commands._words import plain
from council.french import count
from storage.tables import Paper


@command(
    "remplacer",
    summary="Remplacer un document par une nouvelle version",
    who=Role.CHAIR,
    examples={
        "!remplacer EAU-2026-001": "Pour remplacer **EAU-2026-001** Devis du réservoir, déposez le nouveau fichier en répondant "
        "à son message, ou avec la légende « remplacer EAU-2026-001 »."
    },
)
async def remplacer(
    ctx: Context,
    document: Ref,
    nouveau: Annotated[Paper | None, after("par", "par RÉFÉRENCE", Ref)] = None,
    accord: Yes = NO,
) -> Reply:
    """Déposez le nouveau fichier avec la légende « remplacer » suivie de la référence. L'ancienne version reste lisible par
    `!versions`. Si le nouveau fichier est déjà classé : `!remplacer EAU-2026-001 par EAU-2026-004`.
    """
    if nouveau is None:
        return Reply(
            f"Pour remplacer **{document.reference}** {plain(document.title)}, déposez le nouveau fichier en répondant à son "
            f"message, ou avec la légende « remplacer {document.reference} »."
        )
    if nouveau.id == document.id or nouveau.body_id != document.body_id:
        raise Refusal("Les deux documents doivent être différents et de la même commission.")
    if not accord:
        return Reply(
            f"**{nouveau.reference}** {plain(nouveau.title)} deviendra la version {len(document.files) + 1} de "
            f"**{document.reference}** {plain(document.title)}, et sa propre référence ne servira plus. C'est bien cela ?",
            confirm=f"!remplacer {document.reference} par {nouveau.reference} oui",
        )
    await ctx.store.papers.absorb(document, nouveau)
    file = current(document)
    size = f" ({pages(file)})" if file.page_count else ""
    others = count(len(document.files) - 1, "version plus ancienne", "versions plus anciennes")
    return Reply(
        f"**{document.reference}** {plain(document.title)} : version {file.version}{size}, désormais en vigueur ({others})."
    )
