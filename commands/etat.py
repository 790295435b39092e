"""état — how the bot is, for who keeps it: what waits, what failed and why."""

from commands import Context, Reply, Role, command
from commands._words import plain
from council.french import count, long_moment


@command(
    "état",
    summary="Voir ce qui attend et ce qui a échoué",
    who=Role.ADMIN,
    private=True,
    examples={
        "!état": "",
    },
)
async def etat(ctx: Context) -> Reply:
    """Les messages en attente partent seuls dès que possible ; ceux qui ont échoué sont nommés avec leur raison."""
    waiting = await ctx.store.outbox.waiting()
    failed = await ctx.store.outbox.failures()
    aside = await ctx.store.inbox.aside()
    lines = [
        f"- {count(waiting, 'message en attente', 'messages en attente')}",
        f"- {count(len(failed), 'envoi refusé', 'envois refusés')}",
        f"- {count(len(aside), 'message reçu mis de côté', 'messages reçus mis de côté')}",
    ]
    lines += [
        f"- refusé le {long_moment(row.created_at, ctx.commune.zone)} : {plain(row.reason, 100)}" for row in failed[:5]
    ]
    return Reply("**État**\n\n" + "\n".join(lines))
