"""présent — saying that one will be there."""

from commands import Context, Reply, command
from commands._ahead import Coming, MaybeSomebody
from commands._attendance import answering_for, keep
from council.quorum import Presence


@command(
    "présent",
    "présente",
    "présents",
    summary="Dire que vous serez à la séance",
    examples={
        "!présent": (
            "Votre **présence** est notée : Commission de l'eau, **jeudi 26 mars 2026 à 18 h 30**, mairie. "
            "Vous pouvez changer d'avis jusqu'à la séance."
        ),
    },
)
async def present(ctx: Context, pour: MaybeSomebody = None, *, seance: Coming) -> Reply:
    """Sans date, c'est la prochaine séance. La présidence et les agents peuvent répondre pour un membre en ajoutant son
    nom : `!présent Mme Vidal`. Si vous aviez donné pouvoir, il prend fin.
    """
    person = await answering_for(ctx, seance, pour)
    said = await keep(ctx, seance, person, Presence.PRESENT)
    return Reply(f"{said} Vous pouvez changer d'avis jusqu'à la séance." if person.id == ctx.sender.id else said)
