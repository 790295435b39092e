"""absent — saying that one won't be there; on the council, the colleagues who can vote instead are offered."""

from commands import Context, Reply, by_number, command
from commands._ahead import Coming, MaybeSome
from commands._attendance import bearers, for_another, keep
from council import proxies
from council.quorum import Presence
from council.roles import BodyKind


@command(
    "absent",
    "absente",
    "excusé",
    "excusée",
    "absents",
    summary="Dire que vous ne serez pas à la séance",
    examples={
        "!absent": "Votre **absence** est notée : Commission de l'eau, **jeudi 26 mars 2026 à 18 h 30**, mairie.",
    },
)
async def absent(ctx: Context, pour: MaybeSome = (), *, seance: Coming) -> Reply:
    """Pour le conseil, vous pouvez ensuite donner pouvoir à un collègue (article L. 2121-20). La présidence et les agents
    peuvent répondre pour un ou plusieurs membres en ajoutant leurs noms. Vous pouvez changer d'avis jusqu'à la séance.
    """
    said = await keep(ctx, seance, pour, Presence.ABSENT)
    if seance.body.kind is not BodyKind.COUNCIL:
        return Reply(said)
    if not ctx.private or for_another(ctx, pour):
        return Reply(f"{said} `!pouvoir NOM` donne pouvoir à un collègue ({proxies.ARTICLE}).")
    options = await bearers(ctx, seance, ctx.sender)
    return Reply(said, options=options, after=f"{by_number(len(options))} pour donner pouvoir." if options else "")
