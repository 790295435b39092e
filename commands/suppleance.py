"""suppléance — who stands in for the mayor, absent, suspended or otherwise prevented (CGCT, art. L2122-17)."""

from typing import Annotated

from commands import NO, Context, Refusal, Reply, Role, Yes, command
from commands._ahead import MaybeSomebody, call
from commands._arguments import flag
from commands._attendance import tell
from commands._authority import SUBSTITUTE as ARTICLE
from commands._words import plain
from council.roles import BodyKind, Function
from storage.settings import SUBSTITUTE
from storage.states import JournalKind
from storage.tables import Person

ENDS = flag(r"^\s*(?:fin|termin[ée]\w*|retirer)\b\s*", "fin")
"""The word that ends it: the mayor is back."""


@command(
    "suppléance",
    "suppléant",
    "suppléante",
    summary="Dire qui supplée le maire empêché",
    who=Role.ADMIN,
    examples={
        "!suppléance Hugo Roux": (
            "**Hugo Roux** suppléera le maire empêché, dans la plénitude de ses fonctions (article L. 2122-17 du CGCT) : convoquer le conseil, "
            "présider. La loi désigne un adjoint, dans l'ordre des nominations ; à défaut d'adjoint, un conseiller désigné par le conseil ou, "
            "sinon, pris dans l'ordre du tableau. C'est inscrit au journal, et le maire en est averti. C'est bien cela ?\n\n"
            "Répondez **oui** ou **non**."
        ),
    },
)
async def suppleance(
    ctx: Context, fin: Annotated[bool, ENDS] = False, nom: MaybeSomebody = None, accord: Yes = NO
) -> Reply:
    """Sans nom, dit qui supplée aujourd'hui. La personne peut alors tout ce que peut le maire ici, jusqu'à `!suppléance fin` ; ses
    convocations disent en quelle qualité elle signe.
    """
    current = await ctx.store.people.substitute()
    former = await ctx.store.people.get(current) if current else None
    if fin:
        return await _end(ctx, former)
    if nom is None:
        who = f"**{plain(former.name)}** supplée le maire empêché" if former else "Personne ne supplée le maire"
        return Reply(f"{who} ({ARTICLE}).")
    if nom.function is Function.MAYOR or not nom.function.elected:
        raise Refusal(
            f"Le maire empêché est suppléé par un adjoint ou, à défaut, un conseiller municipal ({ARTICLE}) : {plain(nom.name)} ne l'est "
            "pas.",
            try_this="`!membres` montre les adjoints.",
        )
    if not accord:
        return Reply(
            f"**{plain(nom.name)}** suppléera le maire empêché, dans la plénitude de ses fonctions ({ARTICLE}) : convoquer le conseil, "
            "présider. La loi désigne un adjoint, dans l'ordre des nominations ; à défaut d'adjoint, un conseiller désigné par le conseil ou, "
            "sinon, pris dans l'ordre du tableau. C'est inscrit au journal, et le maire en est averti. C'est bien cela ?",
            confirm=f"!suppléance {call(nom)} oui",
        )
    if former is not None and former.id != nom.id:
        await _put(ctx, former, "", "prend fin")
    await _put(ctx, nom, str(nom.id), "commence")
    await tell(ctx, nom, f"Vous suppléez le maire empêché à partir d'aujourd'hui ({ARTICLE}), jusqu'à son retour.")
    await _tell_mayor(ctx, f"**{plain(nom.name)}** vous supplée à partir d'aujourd'hui ({ARTICLE}).")
    return Reply(f"C'est noté : **{plain(nom.name)}** supplée le maire empêché. `!suppléance fin` y met fin.")


async def _end(ctx: Context, former: Person | None) -> Reply:
    if former is None:
        raise Refusal("Personne ne supplée le maire aujourd'hui.", try_this="`!suppléance NOM` le dit.")
    await _put(ctx, former, "", "prend fin")
    await tell(ctx, former, f"Vous ne suppléez plus le maire ({ARTICLE}) : merci.")
    await _tell_mayor(ctx, f"**{plain(former.name)}** ne vous supplée plus.")
    return Reply(f"C'est noté : **{plain(former.name)}** ne supplée plus le maire.")


async def _put(ctx: Context, person: Person, value: str, said: str) -> None:
    await ctx.store.settings.put(SUBSTITUTE, value)
    await ctx.store.journal.add(JournalKind.SUBSTITUTE, said, person_id=person.id, by=ctx.sender.id)


async def _tell_mayor(ctx: Context, text: str) -> None:
    council = next((body for body in await ctx.store.bodies.all() if body.kind is BodyKind.COUNCIL), None)
    for person, _ in await ctx.store.people.members(council.id, ctx.today) if council else ():
        if person.function is Function.MAYOR:
            await tell(ctx, person, text)
