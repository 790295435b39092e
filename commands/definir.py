"""définir — a word of the council explained, with its article of law."""

from typing import Annotated

from commands import Context, Refusal, Reply, command, words
from commands._words import plain, quote
from council import glossary

Term = words("TERME", "le mot à expliquer")


@command(
    "définir",
    "définition",
    "glossaire",
    summary="Comprendre un mot du conseil",
    examples={
        "!définir quorum": "",
        "!définir DETR": "",
    },
)
async def definir(ctx: Context, terme: Annotated[str, Term]) -> Reply:
    """Les mots et les sigles de la vie municipale, en deux phrases, avec l'article de loi quand il y en a un."""
    term = glossary.define(terme)
    if term is not None:
        article = f"\n\n({plain(term.article)})" if term.article else ""
        return Reply(f"**{plain(term.name)}** : {plain(term.meaning, 600)}{article}")
    likely = glossary.nearest(terme[:80])
    if not likely:
        raise Refusal(
            f"Je n'ai pas de définition pour {quote(terme)}.", try_this="`!chercher` le retrouve dans les documents."
        )
    raise Refusal(
        f"Je n'ai pas de définition pour {quote(terme)}. Pensiez-vous à :",
        choices=tuple((each.name, f"!définir {each.name}") for each in likely),
    )
