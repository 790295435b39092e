"""envoyer — having a paper sent here again: phones lose encrypted history, the bot doesn't."""

import re
from typing import Annotated

from commands import Context, Ref, Refusal, Reply, command, words
from commands._enclosed import came_with
from commands._show import attached, current, paper_line
from council.french import count


@command(
    "envoyer",
    "envoie",
    "montrer",
    summary="Recevoir un document ici",
    examples={
        "!envoyer EAU-2026-001": ("**EAU-2026-001** Devis du réservoir"),
    },
)
async def envoyer(ctx: Context, document: Ref, version: Annotated[str, words("version N", "la version")] = "") -> Reply:
    """Le document arrive ici, dans sa version en vigueur. « version 1 » à la fin envoie une version plus ancienne."""
    file = current(document)
    if version:
        wanted = re.fullmatch(r"(?:version|v)?\s*(\d{1,3})", version.strip(), re.IGNORECASE)
        known = await ctx.store.papers.versions(document, ctx.reader)
        older = [each for each in known if wanted and each.version == int(wanted[1])]
        if not older:
            raise Refusal(
                f"{document.reference} a {count(len(known), 'version')} ; je ne trouve pas « {version[:20]} ».",
                try_this=f"`!versions {document.reference}` les montre.",
            )
        file = older[0]
    await ctx.store.savings.sent(file.id, ctx.today.year)
    return Reply(f"{paper_line(document, file)}{await came_with(ctx, document)}", files=(attached(file),))
