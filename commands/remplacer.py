"""remplacer — giving a paper its new version; those who have the old one of a convoked session are told by an erratum."""

from typing import Annotated

from commands import NO, Context, Ref, Refusal, Reply, Role, Yes, after, command
from commands._arguments import flag
from commands._chasing import schedule_erratum
from commands._errata import offered, outdated, preview
from commands._filing import KEEPERS, may_keep
from commands._issuing import issue
from commands._show import current, pages
from commands._words import plain
from council.french import count, enumerate_fr
from storage.tables import Paper

TELL = flag(r"^\s*pr[ée]venir\b", "prévenir")
"""The word that asks for the erratum."""


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
    prevenir: Annotated[bool, TELL] = False,
    accord: Yes = NO,
) -> Reply:
    """Déposez le nouveau fichier avec la légende « remplacer » suivie de la référence, ou des mots du titre. L'ancienne version reste lisible par
    `!versions`. Si le nouveau fichier est déjà classé : `!remplacer EAU-2026-001 par EAU-2026-004`. La présidence, les
    agents et la personne qui l'a déposé peuvent le faire. Si la séance est déjà convoquée, je propose d'envoyer un erratum à
    ceux qui ont une version plus ancienne, et à eux seuls ; `!remplacer EAU-2026-001 prévenir` le propose de nouveau.
    """
    if not await may_keep(ctx, document):
        raise KEEPERS
    if prevenir:
        return await _tell(ctx, document, agreed=bool(accord))
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
    return await _absorb(ctx, document, nouveau)


async def _absorb(ctx: Context, document: Paper, newer: Paper) -> Reply:
    closes = await ctx.store.shares.is_closed(newer) and not await ctx.store.shares.is_closed(document)
    await ctx.store.papers.absorb(document, newer, ctx.sender.id)
    if closes:
        await ctx.store.shares.close(document, ctx.sender.id)
    file = current(document)
    await ctx.store.search.index(file.id, await ctx.store.papers.pages(file.id))
    size = f" ({pages(file)})" if file.page_count else ""
    others = count(len(document.files) - 1, "version plus ancienne", "versions plus anciennes")
    doors = ", à huis clos comme elle l'était : aucun externe ne voit plus ce document, nulle part" if closes else ""
    version = f"version {file.version}{size}, désormais en vigueur ({others}){doors}."
    said = f"**{document.reference}** {plain(document.title)} : {version}"
    return await offered(ctx, document, said)


async def _tell(ctx: Context, document: Paper, *, agreed: bool) -> Reply:
    """Show the erratum, or send it."""
    body = await ctx.store.bodies.get(document.body_id)
    if Role.CHAIR not in ctx.role_in(body):
        raise Refusal("Seuls la présidence, le maire et les agents peuvent envoyer un erratum.")
    found = await outdated(ctx, document)
    if found is None:
        raise Refusal(
            f"Personne n'est à prévenir pour {document.reference} : sa séance n'est pas convoquée, ou personne n'a de version plus "
            "ancienne que celle qui a été envoyée ou annoncée.",
            try_this=f"`!versions {document.reference}` montre ses versions.",
        )
    if not agreed:
        return await preview(ctx, found)
    erratum = await issue(ctx, found)
    meeting = await ctx.store.meetings.get(found.convocations[0].meeting_id)
    await schedule_erratum(ctx, meeting, erratum)
    on_paper = enumerate_fr([plain(person.name) for person in found.on_paper])
    left = f" Il reste à remettre sur papier : {on_paper}." if on_paper else ""
    people = count(len(found.people), "personne")
    return Reply(
        f"L'erratum **{erratum.reference}** part : {people}.{left} `!accusés {body.code}` montre qui l'a reçu."
    )
