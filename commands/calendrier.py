"""calendrier — one's coming sessions as a file that a phone's calendar takes."""

from commands import Context, Document, MaybeBody, Refusal, Reply, command
from commands._words import plain
from council.french import count
from storage.states import DocumentKind


@command(
    "calendrier",
    summary="Recevoir les séances pour votre calendrier",
    examples={
        "!calendrier": (
            "**Calendrier** : 1 séance. Ouvrez le fichier pour l'ajouter à votre calendrier ; ouvert de nouveau plus tard, "
            "il met à jour ce qui a changé."
        ),
    },
)
async def calendrier(ctx: Context, commission: MaybeBody = None) -> Reply:
    """Un fichier que le calendrier de votre téléphone sait ouvrir, avec un rappel la veille et deux heures avant. Sans nom de
    commission, ce sont toutes vos séances à venir ; dans un salon, les siennes. Celles qui reviennent y sont aussi par leur règle,
    même au-delà des trois mois.
    """
    body = commission or ctx.room.body
    bodies = [body] if body else await ctx.bodies()
    coming = await ctx.store.meetings.coming([each.id for each in bodies])
    if not coming:
        raise Refusal(
            "Aucune séance n'est prévue : le calendrier serait vide.", try_this="`!agenda` montrera les prochaines."
        )
    of = f" : {plain(commission.name)}" if commission else ""
    return Reply(
        f"**Calendrier{of}** : {count(len(coming), 'séance')}. Ouvrez le fichier pour l'ajouter à votre calendrier ; ouvert de "
        "nouveau plus tard, il met à jour ce qui a changé.",
        files=(Document(DocumentKind.AGENDA, "séances", tuple(each.id for each in bodies)),),
    )
