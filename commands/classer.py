"""classer — giving a paper its title, its session and its item."""

import re
from dataclasses import dataclass
from typing import Annotated

from commands import Context, Refusal, Reply, Role, command, words
from commands._arguments import Absent
from commands._filing import KEEPERS, Placed, closed_doors, last_filed, may_keep, place_of, said_place
from commands._named import NamedPaper, ask_which
from commands._show import current, paper_line
from council.french import tidy
from storage.tables import Paper

FOR_NUMBER = re.compile(
    r"(?:^|\s)(?:pour\s+)?(?:le\s+)?(?:point\s*(?:n[o°]?\s*)?|pour\s+(?:le\s+)?)\d{1,2}$", re.IGNORECASE
)


_INTO = re.compile(r"(?P<words>.+?)\s+en\s+(?P<title>\S.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class _Renamed(NamedPaper):
    """A paper that may be left unsaid, or called by its words before its new title: "le budget en Budget de l'eau"."""

    optional: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[Paper, str]:
        try:
            return await super().take(text, ctx)
        except Absent:
            if found := _INTO.match(text):
                await ask_which(found["words"], ctx, after=found["title"])
            raise


@command(
    "classer",
    "renommer",
    summary="Donner un titre à un document, le rattacher à un point",
    examples={
        "!classer EAU-2026-001 Devis de la société Hydra pour 1": (
            "**EAU-2026-001** Devis de la société Hydra, pour le point 1 (Réservoir des Buttes) de "
            "la séance du jeudi 26 mars 2026."
        ),
    },
)
async def classer(
    ctx: Context,
    document: Annotated[Paper | None, _Renamed()] = None,
    texte: Annotated[str, words("TITRE] [pour POINT", "le titre")] = "",
) -> Reply:
    """Sans référence, c'est le document auquel vous répondez, ou le dernier que vous avez déposé ici. Le point se donne par
    son numéro ou par son titre. La présidence, les agents et la personne qui l'a déposé peuvent le faire.
    `!classer EAU-2026-001 huis clos` le cache à tous les externes ; « sans huis clos » à la fin le leur rend.
    """
    paper = document or await last_filed(ctx, "!classer EAU-2026-001 Nouveau titre")
    if not await may_keep(ctx, paper):
        raise KEEPERS
    texte, closed = closed_doors(texte)
    if closed is not None:
        return await _closed(ctx, paper, closed=closed)
    if not texte:
        raise Refusal("Je ne sais pas quoi changer.", try_this=f"`!classer {paper.reference} Nouveau titre pour 2`")
    title, place = await _read(ctx, paper, " ".join(tidy(texte).split()))
    if place.item is not None and place.meeting is not None:
        paper.meeting_id, paper.item_id = place.meeting.id, place.item.id
    if title:
        paper.title = title[:200]
        file = current(paper)
        await ctx.store.search.index(file.id, await ctx.store.papers.pages(file.id))
    return Reply(f"{paper_line(paper)}{said_place(place, ctx) if place.item else ''}.")


async def _closed(ctx: Context, paper: Paper, *, closed: bool) -> Reply:
    """Put a paper behind closed doors, or out of them: only the chair may do the latter."""
    if closed:
        await ctx.store.shares.close(paper, ctx.sender.id)
        return Reply(f"{paper_line(paper)} est à huis clos : aucun externe ne le voit plus, nulle part.")
    if Role.CHAIR not in ctx.role_in(await ctx.store.bodies.get(paper.body_id)):
        raise Refusal("Seuls la présidence, le maire et les agents peuvent lever un huis clos.")
    await ctx.store.shares.open(paper, ctx.sender.id)
    return Reply(f"{paper_line(paper)} n'est plus à huis clos : les externes le voient comme les autres documents.")


async def _read(ctx: Context, paper: Paper, text: str) -> tuple[str, Placed]:
    """The title, and the item: "pour 2", "point 2", or "pour" and an item's title; other words after "pour" are title."""
    body = await ctx.store.bodies.get(paper.body_id)
    if found := FOR_NUMBER.search(text):
        number = re.findall(r"\d+", found[0])[-1]
        place = await place_of(f"point {number}", ctx, body)
        if place.item is None:
            raise Refusal(
                f"Je ne trouve pas le point {number} dans la prochaine séance.",
                try_this="`!odj` montre les points et leurs numéros.",
            )
        return text[: found.start()].strip(" ,"), place
    title, said, point = f" {text}".rpartition(" pour ")
    place = await place_of(point, ctx, body)
    if said and place.item is not None:
        return title.strip(" ,"), place
    return text, Placed(None, None, "")
