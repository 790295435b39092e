"""qui — who sits in a body, and who presides over it."""

from commands import Context, InBody, Reply, command
from commands._words import plain
from council.french import count
from council.roles import Function

SHOWN = {
    Function.MAYOR: "maire",
    Function.DEPUTY: "adjoint",
    Function.CHIEF_OFFICER: "direction des services",
    Function.AGENT: "agent",
    Function.GUEST: "membre extérieur",
}


@command(
    "qui",
    summary="Voir qui siège dans une commission",
    examples={
        "!qui eau": (
            "**Commission de l'eau** (5 membres)\n\n"
            "- Blanche Arnaud (maire, préside de droit)\n"
            "- Hugo Roux (adjoint, vice-présidence)\n"
            "- Odile Blanc (membre extérieur)\n"
            "- Paul Martin (agent)\n"
            "- Lucie Vidal"
        ),
    },
)
async def qui(ctx: Context, commission: InBody) -> Reply:
    """Le maire préside de droit toutes les commissions ; la vice-présidence les mène en son absence (article L. 2121-22)."""
    members = await ctx.store.people.members(commission.id, ctx.today)
    ranked = sorted(members, key=lambda each: (each[0].function is not Function.MAYOR, not each[1]))
    lines = []
    for person, chair in ranked:
        title = SHOWN.get(person.function, "")
        if person.function is Function.MAYOR:
            title = "maire, préside de droit"
        elif chair:
            title = f"{title}, vice-présidence".strip(", ")
        lines.append(f"- {plain(person.name)}" + (f" ({title})" if title else ""))
    return Reply(f"**{plain(commission.name)}** ({count(len(lines), 'membre')})\n\n" + "\n".join(lines))
