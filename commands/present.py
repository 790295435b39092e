"""présent — saying that one will be there."""

from commands import Context, Reply, command
from commands._ahead import Coming, MaybeSome
from commands._attendance import for_another, keep
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
async def present(ctx: Context, pour: MaybeSome = (), *, seance: Coming) -> Reply:
    """Sans date, c'est la prochaine séance. La présidence et les agents peuvent répondre pour d'autres en ajoutant leurs
    noms : `!présents Mme Vidal et M. Roux`. Si vous aviez donné pouvoir, il prend fin.
    """
    said = await keep(ctx, seance, pour, Presence.PRESENT)
    return Reply(said if for_another(ctx, pour) else f"{said} Vous pouvez changer d'avis jusqu'à la séance.")
