"""extraire — filing files of an archive that was dropped: it is unpacked in a process apart, then the answer comes."""

import itertools
import re
from typing import Annotated

from commands import Context, Onward, Ref, Refusal, Reply, command, words
from commands._enclosed import ALL, HOW, offered
from commands._show import current
from commands._words import plain
from council.french import count, fold
from council.refusals import Denied
from council.roles import Role
from storage.enclosed import Unpacking
from storage.tables import File, Paper

MOST = 50
"""Files taken out of an archive at once."""
_RANGE = re.compile(r"(\d{1,4})\s*(?:-|à|a)\s*(\d{1,4})")


@command(
    "extraire",
    "décompresser",
    summary="Classer les fichiers d'une archive ZIP",
    examples={
        "!extraire EAU-2026-002": (
            "**EAU-2026-002** Devis : 2 fichiers. Lesquels classer ?\n\n1. hydra.txt\n2. aqua.txt\n"
            "3. Tout classer (2 fichiers)\n\nRépondez par un numéro, ou **tout**."
        ),
        "!extraire EAU-2026-002 2": "Tiré de l'archive **EAU-2026-002** Devis :\n\n- **EAU-2026-003** Devis Aqua",
        "!extraire EAU-2026-002 tout": "",
    },
)
async def extraire(
    ctx: Context,
    document: Ref,
    fichiers: Annotated[str, words("NUMÉROS|tout", "les numéros des fichiers")] = "",
    suite: Onward = 0,
) -> Reply:
    """Sans numéro, je montre ce que l'archive contient. Chaque fichier choisi devient un document de la même commission, avec
    sa propre référence. Une archive qui s'y trouve est classée telle quelle, sans être ouverte.
    """
    file = current(document)
    if not await ctx.store.archives.is_archive(file.id):
        raise Refusal(
            f"{document.reference} n'est pas une archive dont je puisse sortir des fichiers.",
            try_this=f"`!envoyer {document.reference}` l'envoie tel qu'il est.",
        )
    names = await ctx.store.archives.names(file.id)
    if not fichiers:
        return Reply(
            f"**{document.reference}** {plain(document.title)} : {count(len(names), 'fichier')}. Lesquels classer ?",
            options=offered(document, names, suite),
            after=HOW,
        )
    return await _wanted(ctx, document, file, names, fichiers)


async def _wanted(ctx: Context, document: Paper, file: File, names: list[str], said: str) -> Reply:
    """Want the files; their answer is given once they are unpacked, and says what was found in them."""
    if Role.MEMBER not in ctx.role_in(await ctx.store.bodies.get(document.body_id)):
        raise Denied("Vous ne siégez pas dans cette commission : je n'y classe rien pour vous.", document.reference)
    numbers = list(range(1, len(names) + 1)) if fold(said).strip(" .!") in ALL else _numbers(said)
    if not numbers or max(numbers) > len(names) or min(numbers) < 1:
        raise Refusal(
            f"L'archive {document.reference} a {count(len(names), 'fichier')} : je ne trouve pas « {plain(said, 40)} ».",
            try_this=f"`!extraire {document.reference}` les montre avec leurs numéros.",
        )
    wanted = Unpacking(
        file_id=file.id,
        numbers=numbers[:MOST],
        asked_by=ctx.sender.id,
        room_id=ctx.room.room_id,
        event_id=ctx.message.event_id,
        thread=ctx.message.thread,
    )
    await ctx.store.archives.ask(wanted)
    if len(numbers) <= MOST:
        return Reply("")
    return Reply(
        f"J'en classe {MOST} à la fois. Pour la suite : `!extraire {document.reference} {MOST + 1} à "
        f"{min(len(names), 2 * MOST)}`."
    )


def _numbers(said: str) -> list[int]:
    """The numbers that "2", "1, 3 et 5" or "2 à 4" say, in their order, each once; none when something else was said."""
    spans = [range(int(first), int(last) + 1) for first, last in _RANGE.findall(said)]
    rest = _RANGE.sub(" ", said)
    if re.sub(r"[\d\s,;.]|\bet\b|\bn[o°]\b", "", rest, flags=re.IGNORECASE):
        return []
    return sorted({*itertools.chain(*spans), *map(int, re.findall(r"\d{1,4}", rest))})
