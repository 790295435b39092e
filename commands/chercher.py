"""chercher — finding a paper again by the words of its title or text, or by another paper on the same subject."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from commands import Context, Onward, Option, Refusal, Reply, by_number, command, onward, words
from commands._bodies import match_body
from commands._named import REFERENCE, as_reference
from commands._show import current, with_what_is_kept_back
from commands._words import plain, quote
from council.french import count, enumerate_fr, long_date, short_date
from council.glossary import define
from council.refusals import Denied
from storage.search import Hit, Hits, Query, Span, read_query

SHOWN = 5
LIKE = re.compile(r"^comme\s+(?=\S)", re.IGNORECASE)


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
        "!chercher étanchéité type:devis depuis:2026": (
            "**1 document** pour « étanchéité type:devis depuis:2026 »\n\n"
            "Seulement : classés depuis le jeudi 1er janvier 2026, « devis » dans le titre.\n\n"
            "1. **EAU-2026-001** Devis du réservoir, 02/03/2026, page 1\n\n   …pour "
            "la réfection du réservoir des Buttes : **étanchéité**, peinture, clôture. "
            "Société Hydra, montant 48 200,00 € hors taxes. Conditions : les travaux…\n\n"
            "Répondez **1** : je vous l'envoie."
        ),
    },
)
async def chercher(
    ctx: Context, mots: Annotated[str, words("MOTS", "les mots à chercher")], suite: Onward = 0
) -> Reply:
    """Les accents, les pluriels et les petites fautes ne comptent pas. « Des guillemets » gardent les mots ensemble, -mot
    écarte un mot ; depuis:2026, avant:mars, commission:EAU, type:devis et séance:12/01 trient. « comme EAU-2026-001 »
    trouve les autres papiers sur le même sujet. La réponse ne montre que ce que vous pouvez voir ; dans un salon, que
    ce que tout le salon peut voir.
    """
    return await with_what_is_kept_back(ctx, await _answer(ctx, mots, suite))


async def _answer(ctx: Context, mots: str, suite: int) -> Reply:
    """What is found by words, or like a paper."""
    if (like := LIKE.match(mots)) and (found := REFERENCE.fullmatch(mots[like.end() :].strip(" ?!."))):
        return await _like(ctx, as_reference(found), suite)
    query = await _of_body(ctx, read_query(mots, now=ctx.then))
    hits = await _find(ctx, mots, query, suite)
    if not hits.found:
        return _nothing(ctx, mots, query)
    least = "au moins " if hits.others else ""
    title = f"**{count(hits.total, 'document')}** {least}pour {quote(mots)}"
    if hits.corrected:
        read = ", ".join(f"{quote(new)} au lieu de {quote(old)}" for old, new in hits.corrected.items())
        title += f" (j'ai cherché {read})"
    if only := _only(query):
        title += f"\n\n{only}"
    if not hits.every_word:
        title += "\n\nAucun ne contient tous ces mots ; voici les plus proches."
    return await _shown(ctx, title, hits, mots, suite)


async def _like(ctx: Context, reference: str, suite: int) -> Reply:
    """The other papers on the subject of one."""
    paper = await ctx.store.papers.by_reference(reference, ctx.reader)
    if paper is None:
        raise Denied(
            f"Je ne trouve pas de document {reference} que vous puissiez voir ici.",
            reference,
            try_this="`!documents` montre ceux qui existent.",
        )
    named = f"**{paper.reference}** {plain(paper.title, 80)}"
    hits = await ctx.store.search.like(paper, readable=ctx.reader, limit=SHOWN, offset=suite, today=ctx.today)
    if not hits.found:
        who = "vous pouvez" if ctx.private else "tout ce salon peut"
        return Reply(f"Je ne trouve pas d'autre document sur le même sujet que {named} parmi ceux que {who} voir.")
    title = f"**{count(hits.total, 'document')}** sur le même sujet que {named}"
    return await _shown(ctx, title, hits, f"comme {paper.reference}", suite)


async def _shown(ctx: Context, title: str, hits: Hits, said: str, suite: int) -> Reply:
    """The answers by number, and the rest by "suite"."""
    options = [Option(await _line(ctx, hit), f"!envoyer {hit.reference}") for hit in hits.found]
    shown = suite + len(hits.found)
    sent = f"{by_number(len(options))} : je vous l'envoie."
    if hits.total > shown:
        left = count(hits.total - shown, "autre")
        options.append(onward(f"Voir la suite ({left})", f"!chercher {said} suite {shown}"))
    return Reply(title, options=tuple(options), after=sent)


async def _of_body(ctx: Context, query: Query) -> Query:
    """The question with the code of the body that it names, among those of which the answer may speak."""
    if not query.body:
        return query
    bodies = await ctx.bodies()
    found = match_body(query.body, bodies)
    if found.body is None or found.rest:
        codes = enumerate_fr([f"commission:{body.code}" for body in found.several or bodies], "ou")
        raise Refusal(
            f"Je ne connais pas ici de commission {quote(query.body, 40)}.", try_this=f"Essayez {plain(codes)}."
        )
    return replace(query, body=found.body.code)


async def _find(ctx: Context, said: str, query: Query, offset: int) -> Hits:
    """What answers to the words; where nothing does, to the other names of the term they are ("interco")."""
    term = define(said)
    others = [read_query(each, now=ctx.now) for each in (term.name, *term.aliases)] if term else []
    hits = Hits()
    for each in (query, *others):
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


def _only(query: Query) -> str:
    """What the filters were understood to leave, or nothing."""
    said = [*_filters(query)]
    return f"Seulement : {', '.join(said)}." if said else ""


def _filters(query: Query) -> Iterator[str]:
    if query.since:
        yield f"classés depuis le {long_date(query.since.date())}"
    if query.before:
        yield f"classés avant le {long_date(query.before.date())}"
    if query.body:
        yield f"de {plain(query.body)}"
    if query.kind:
        yield f"{quote(query.kind, 40)} dans le titre"
    if query.sessions:
        yield f"de la séance {_days(query.sessions)}"
    if query.phrases:
        yield f"avec {enumerate_fr([quote(phrase, 60) for phrase in query.phrases])}"
    if query.without:
        yield f"sans {enumerate_fr([quote(phrase, 60) for phrase in query.without])}"


def _days(spans: Sequence[Span]) -> str:
    return " ou ".join(
        f"du {long_date(span.first)}" + (f" au {long_date(span.last)}" if span.last > span.first else "")
        for span in spans
    )


def _nothing(ctx: Context, words: str, query: Query) -> Reply:
    only = _only(query)
    then = " Essayez sans filtre." if only else f" Essayez un {'seul' if len(words.split()) > 1 else 'autre'} mot."
    only = f" {only}" if only else ""
    if ctx.private:
        return Reply(f"Je ne trouve rien pour {quote(words)} parmi les documents que vous pouvez voir.{only}{then}")
    return Reply(
        f"Je ne trouve rien pour {quote(words)} parmi les documents que tout ce salon peut voir.{only}"
        f"{then.removesuffix('.')}, ou demandez-le-moi en conversation privée."
    )
