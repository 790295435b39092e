"""membres — the roll, for who keeps the tool."""

from commands import Context, Reply, Role, command
from commands._words import plain
from council.french import count
from storage.tables import Body


@command(
    "membres",
    summary="Voir la liste des membres",
    who=Role.ADMIN,
    private=True,
    examples={
        "!membres": "",
    },
)
async def membres(ctx: Context) -> Reply:
    """La liste vient du fichier des membres : modifiez-le, il est relu aussitôt."""
    people = await ctx.store.people.in_office(ctx.today)
    lines = []
    for person in people:
        codes = " ".join(_codes([seat.body for seat in await ctx.store.people.seats(person, ctx.today)]))
        account = plain(person.matrix_id) if person.matrix_id else "sans compte"
        lines.append(f"- {plain(person.name)} ({person.function.value}), {account} : {codes}")
    return Reply(f"**{count(len(people), 'membre')}**\n\n" + "\n".join(lines))


def _codes(bodies: list[Body]) -> list[str]:
    return [body.code for body in bodies] if len(bodies) <= 8 else [f"{len(bodies)} instances"]
