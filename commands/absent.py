"""absent — saying that one won't be there; on the council, the colleagues who can vote instead are offered."""

from commands import Context, Reply, by_number, command
from commands._ahead import Coming, MaybeSomebody
from commands._attendance import answering_for, bearers, keep
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
async def absent(ctx: Context, pour: MaybeSomebody = None, *, seance: Coming) -> Reply:
    """Pour le conseil, vous pouvez ensuite donner pouvoir à un collègue (article L. 2121-20). La présidence et les agents
    peuvent répondre pour un membre en ajoutant son nom. Vous pouvez changer d'avis jusqu'à la séance.
    """
    person = await answering_for(ctx, seance, pour)
    said = await keep(ctx, seance, person, Presence.ABSENT)
    if seance.body.kind is not BodyKind.COUNCIL:
        return Reply(said)
    if not ctx.private or person.id != ctx.sender.id:
        return Reply(f"{said} `!pouvoir NOM` donne pouvoir à un collègue ({proxies.ARTICLE}).")
    options = await bearers(ctx, seance, person)
    return Reply(said, options=options, after=f"{by_number(len(options))} pour donner pouvoir." if options else "")
