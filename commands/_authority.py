"""Who may convoke a body, and as what: the mayor, their substitute, who presides."""

from commands._context import Context
from commands._words import quote
from council.refusals import Refusal
from council.roles import BodyKind, Function
from storage.tables import Body

SUBSTITUTE = "article L. 2122-17 du CGCT"
AS_SUBSTITUTE = f"suppléant le maire empêché ({SUBSTITUTE})"


async def refuse_author(ctx: Context, body: Body) -> None:
    """Refuse who has no power to convoke: what they sign would be void (CGCT, art. L2121-10, L2121-22, L2122-17).

    Raises:
        Refusal: the sender is neither the mayor nor their substitute; for any other body, nor who presides there.
    """
    mayor = ctx.sender.function is Function.MAYOR or await substitutes(ctx)
    if body.kind is BodyKind.COUNCIL and not mayor:
        raise Refusal(
            "La convocation du conseil municipal est faite par le maire (article L. 2121-10 du CGCT), ou par qui le supplée s'il est "
            f"empêché ({SUBSTITUTE}).",
            try_this=f"Demandez-lui de m'écrire `!convoquer {body.code}`.",
        )
    if not (await _presides(ctx, body) or (mayor and body.kind is not BodyKind.EPCI)):
        raise Refusal(
            f"La convocation de {quote(body.name)} est faite par qui préside, ou par la vice-présidence.",
            try_this=f"Demandez-leur de m'écrire `!convoquer {body.code}`.",
        )


async def capacity(ctx: Context, body: Body) -> str:
    """As what the sender signs a body's convocation: « maire », « adjoint, suppléant le maire empêché … »."""
    if ctx.sender.function is Function.MAYOR:
        return "maire"
    if await substitutes(ctx) and (body.kind is BodyKind.COUNCIL or not await _presides(ctx, body)):
        office = "adjoint au maire" if ctx.sender.function is Function.DEPUTY else "conseiller municipal"
        return f"{office}, {AS_SUBSTITUTE}"
    return "pour la présidence"


async def substitutes(ctx: Context) -> bool:
    """Whether the sender stands in for the mayor today."""
    return await ctx.store.people.substitute() == ctx.sender.id


async def _presides(ctx: Context, body: Body) -> bool:
    members = await ctx.store.people.members(body.id, ctx.today)
    return any(chair for person, chair in members if person.id == ctx.sender.id)
