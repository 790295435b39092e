"""chercher — finding a paper again by the words of its title or text."""

from typing import Annotated

from commands import Context, Onward, Option, Reply, by_number, command, onward, words
from commands._show import current
from commands._words import plain, quote
from council.french import count, short_date
from council.glossary import define
from storage.search import Hit, Hits

SHOWN = 5


@command(
    "chercher",
    "trouver",
    "rechercher",
    "recherche",
    summary="Retrouver un document par ses mots",
    examples={
        "!chercher réservoirs": (
            "**1 document** pour « réservoirs »\n\n"
            "1. **EAU-2026-001** Devis du réservoir, 02/03/2026, page 1\n\n   Devis du **réservoir** "
            "Devis pour la réfection du **réservoir** des Buttes : étanchéité, peinture, clôture. "
            "Société Hydra, montant 48 200,00 € hors taxes. Conditions :…\n\n"
            "Répondez **1** : je vous l'envoie."
        ),
    },
)
async def chercher(
    ctx: Context, mots: Annotated[str, words("MOTS", "les mots à chercher")], suite: Onward = 0
) -> Reply:
    """Les accents, les pluriels et les petites fautes ne comptent pas. La réponse ne montre que ce que vous pouvez voir ;
    dans un salon, que ce que tout le salon peut voir.
    """
    hits = await _find(ctx, mots, suite)
    if not hits.found:
        return _nothing(ctx, mots)
    title = f"**{count(hits.total, 'document')}** pour {quote(mots)}"
    if hits.corrected:
        read = ", ".join(f"{quote(new)} au lieu de {quote(old)}" for old, new in hits.corrected.items())
        title += f" (j'ai cherché {read})"
    if not hits.every_word:
        title += "\n\nAucun ne contient tous ces mots ; voici les plus proches."
    options = [Option(await _line(ctx, hit), f"!envoyer {hit.reference}") for hit in hits.found]
    shown = suite + len(hits.found)
    sent = f"{by_number(len(options))} : je vous l'envoie."
    if hits.total > shown:
        left = count(hits.total - shown, "autre")
        options.append(onward(f"Voir la suite ({left})", f"!chercher {mots} suite {shown}"))
    return Reply(title, options=tuple(options), after=sent)


async def _find(ctx: Context, words: str, offset: int) -> Hits:
    """What answers to the words; where nothing does, to the other names of the term they are ("PV", "procès-verbal")."""
    term = define(words)
    others = (term.name, *term.aliases) if term else ()
    hits = Hits()
    for each in (words, *others):
        hits = await ctx.store.search.find(each, readable=ctx.reader, limit=SHOWN, offset=offset, today=ctx.today)
        if hits.found:
            break
    return hits


async def _line(ctx: Context, hit: Hit) -> str:
    """Reference, title, date and page; then the words where they stand."""
    paper = await ctx.store.papers.by_id(hit.paper_id, ctx.reader)
    day = short_date(current(paper).filed_at.astimezone(ctx.commune.zone).date()) if paper else ""
    page = f", page {hit.page}" if hit.page else ""
    words = hit.snippet.marked(plain)
    return f"**{hit.reference}** {plain(hit.title, 80)}, {day}{page}" + (f"\n\n   {words}" if words else "")


def _nothing(ctx: Context, words: str) -> Reply:
    if ctx.private:
        return Reply(
            f"Je ne trouve rien pour {quote(words)} parmi les documents que vous pouvez voir. Essayez un seul mot."
        )
    return Reply(
        f"Je ne trouve rien pour {quote(words)} parmi les documents que tout ce salon peut voir. Essayez un seul mot, ou "
        "demandez-le-moi en conversation privée."
    )
