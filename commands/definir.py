"""définir — a word of the council explained, with its article of law."""

from typing import Annotated

from commands import Context, Refusal, Reply, command, words
from commands._words import plain, quote
from council import glossary
from council.acronyms import as_written, long_forms
from council.french import enumerate_fr

Term = words("TERME", "le mot à expliquer")


@command(
    "définir",
    "définition",
    "glossaire",
    summary="Comprendre un mot du conseil",
    examples={
        "!définir quorum": (
            "**quorum** : Le nombre de conseillers qui doivent être présents en personne : plus de "
            "la moitié des membres en exercice. Les pouvoirs ne comptent pas ; faute de quorum, la "
            "séance est levée et une seconde convocation dispense de cette condition.\n\n"
            "(CGCT, art. L2121-17)"
        ),
        "!définir DETR": (
            "**dotation d'équipement des territoires ruraux** : Une subvention de l'État pour les "
            "projets des communes rurales et de leurs groupements. La demande est déposée à la "
            "préfecture, avec la délibération et le plan de financement, avant de commencer les "
            "travaux.\n\n"
            "(CGCT, art. L2334-32 à L2334-39)"
        ),
        "!définir SIVU": "**SIVU** : syndicat intercommunal à vocation unique.",
    },
)
async def definir(ctx: Context, terme: Annotated[str, Term]) -> Reply:
    """Les mots et les sigles de la vie municipale, en deux phrases, avec l'article de loi quand il y en a un."""
    term = glossary.define(terme)
    if term is not None:
        article = f"\n\n({plain(term.article)})" if term.article else ""
        return Reply(f"**{plain(term.name)}** : {plain(term.meaning, 600)}{article}")
    if long := long_forms(terme):
        return Reply(f"**{plain(as_written(terme))}** : {enumerate_fr(long, 'ou')}.")
    likely = glossary.nearest(terme[:80])
    if not likely:
        raise Refusal(
            f"Je n'ai pas de définition pour {quote(terme)}.", try_this="`!chercher` le retrouve dans les documents."
        )
    raise Refusal(
        f"Je n'ai pas de définition pour {quote(terme)}. Pensiez-vous à :",
        choices=tuple((each.name, f"!définir {each.name}") for each in likely),
    )
