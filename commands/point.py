"""point — putting an item on the next session's agenda."""

from typing import Annotated

from commands import BodyBeforeText, Context, Member, Reply, Role, after, command, words
from commands._sessions import one_session
from commands._show import day_of
from commands._words import plain
from council.french import tidy
from storage.tables import Person

RAPPORTEUR = "rapporteu(?:r|re|se)"


@command(
    "point",
    summary="Ajouter un point à l'ordre du jour de la prochaine séance",
    who=Role.CHAIR,
    examples={
        "!point Choix du prestataire rapporteur Blanche Arnaud": (
            "Point 2 ajouté à la séance du jeudi 26 mars 2026 : **Choix du prestataire** (rapporteur : Blanche Arnaud)."
        ),
    },
)
async def point(
    ctx: Context,
    commission: BodyBeforeText,
    titre: Annotated[str, words("TITRE", "le titre du point", RAPPORTEUR)],
    rapporteur: Annotated[Person | None, after(RAPPORTEUR, "rapporteur NOM", Member)] = None,
) -> Reply:
    """Le point prend le numéro suivant. Un document s'y rattache en écrivant « point 2 » dans sa légende."""
    meeting = await one_session(ctx, commission, None)
    title = " ".join(tidy(titre).split())[:200]
    item = await ctx.store.meetings.add_item(meeting, title, rapporteur.id if rapporteur else None)
    who = f" (rapporteur : {plain(rapporteur.name)})" if rapporteur else ""
    return Reply(f"Point {item.position} ajouté à la séance du {day_of(meeting, ctx)} : **{plain(title)}**{who}.")
