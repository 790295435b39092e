"""classer — giving a paper its title, its session and its item."""

from typing import Annotated

from commands import Context, MaybeRef, Refusal, Reply, Role, Words, after, command, words_until
from commands._filing import place_of, said_place
from commands._show import paper_line
from storage.tables import Paper


@command(
    "classer",
    "renommer",
    summary="Donner un titre à un document, le rattacher à un point",
    who=Role.CHAIR,
    examples={
        "!classer EAU-2026-001 Devis de la société Hydra pour 1": "**EAU-2026-001** Devis de la société Hydra (2 pages), "
        "pour le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026."
    },
)
async def classer(
    ctx: Context,
    document: MaybeRef = None,
    titre: Annotated[str, words_until("TITRE", "le titre", "pour")] = "",
    pour: Annotated[str, after("pour(?: le)?(?: point)?", "pour POINT", Words)] = "",
) -> Reply:
    """Sans référence, c'est le document auquel vous répondez, ou le dernier que vous avez déposé ici. Le point se donne par
    son numéro ou par son titre.
    """
    paper = document or await _last_of_sender(ctx)
    if titre:
        paper.title = titre[:200]
    place = await place_of(
        f"point {pour}" if pour.strip().isdigit() else pour, ctx, await ctx.store.bodies.get(paper.body_id)
    )
    if pour and place.item is None:
        raise Refusal(
            f"Je ne trouve pas le point « {pour[:60]} » dans la prochaine séance.",
            try_this="`!odj` montre les points et leurs numéros.",
        )
    if place.item is not None and place.meeting is not None:
        paper.meeting_id, paper.item_id = place.meeting.id, place.item.id
    if not titre and not pour:
        raise Refusal("Je ne sais pas quoi changer.", try_this=f"`!classer {paper.reference} Nouveau titre pour 2`")
    return Reply(f"{paper_line(paper)}{said_place(place, ctx)}.")


async def _last_of_sender(ctx: Context) -> Paper:
    bodies = [body.id for body in await ctx.bodies()] if ctx.room.body_id is None else [ctx.room.body_id]
    mine = [p for p in await ctx.store.papers.list(ctx.reader, bodies=bodies) if p.filed_by == ctx.sender.id]
    if not mine:
        raise Refusal("De quel document parlez-vous ?", try_this="`!classer EAU-2026-001 Nouveau titre`")
    return mine[0]
