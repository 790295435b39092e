"""versions — a paper's history: who filed what, when, what changed; for the chair, who had which."""

from commands import Context, Option, Ref, Reply, Role, by_number, command
from commands._show import pages
from commands._words import plain
from council.french import count, enumerate_fr, long_moment
from storage.tables import File, Paper

SHOWN = 12
"""Names of those who asked for a version."""


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
    """La version en vigueur est celle qui est envoyée et trouvée ; les autres restent lisibles. Les pages dont le texte a changé
    sont dites, et celles dont seul le dessin a changé : un plan, un tampon, une signature. En privé, la présidence et les agents voient aussi qui a reçu chaque version.
    """
    options, told = list[Option](), list[str]()
    shows_holders = ctx.private and Role.CHAIR in ctx.role_in(await ctx.store.bodies.get(document.body_id))
    files = await ctx.store.papers.versions(document, ctx.reader)
    for older, file in zip((None, *files), files, strict=False):
        status = ", en vigueur" if file.current else ""
        size = f" ({pages(file)})" if file.page_count else ""
        when = long_moment(file.filed_at, ctx.commune.zone)
        changes = await ctx.store.looks.changes(older, file) if older else None
        changed = f" ; {changes.in_french}" if changes else ""
        label = f"version {file.version}{status} : {when}, déposée par {plain(file.filer.name)}{size}{changed}"
        options.append(Option(label, f"!envoyer {document.reference} version {file.version}"))
        told += await _holders(ctx, document, file) if shows_holders else []
    after = [f"{by_number(len(options))} : je vous l'envoie."]
    if len(files) > 1 and await ctx.store.looks.awaited(files):
        after.append("Je compare encore l'aspect des pages : reposez la question dans une minute.")
    if told:
        after.append("\n".join(told))
    return Reply(f"**{document.reference}** {plain(document.title)}", options=tuple(options), after="\n\n".join(after))


async def _holders(ctx: Context, paper: Paper, file: File) -> list[str]:
    """Who received a version, a line for each way; nothing when nobody did."""
    people = await ctx.store.holders.on_demand(file)
    convocations = await ctx.store.holders.by_convocation(paper, file)
    names = [plain(person.name) for person in people[:SHOWN]]
    if more := len(people) - len(names):
        names.append(count(more, "autre"))
    lines = [f"- version {file.version}, à leur demande : {enumerate_fr(names)}"] if names else []
    return lines + [
        f"- version {file.version}, en vigueur quand la convocation {reference} est partie : {count(reached, 'personne')}"
        for reference, reached in convocations
    ]
