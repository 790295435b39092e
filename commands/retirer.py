"""retirer — taking a paper away from its readers; it can come back for thirty days, or always when a rule keeps it."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated

from commands import NO, Context, Redacted, Refusal, Reply, Role, Yes, command, when
from commands._filing import last_filed
from commands._named import NamedPaper
from commands._offers import yes_or_no
from commands._show import current, paper_line
from commands._tell import owe, owe_asking
from council.french import long_date
from storage.tables import Paper
from storage.withdrawals import Taken

ASKED = timedelta(days=7)
"""How long the question about a removed message may be answered."""
MISTAKE = timedelta(hours=2)
"""How long who filed a paper may take it away, as long as nobody else did anything with it."""
_LAST = re.compile(
    r"^(?:[çc]a|cela|celui[- ]l[àa]|(?:le |mon )?dernier(?: (?:document|fichier|papier)| que j'ai d[ée]pos[ée])?|mon (?:document|fichier|papier))"
    r"\b\s*",
    re.IGNORECASE,
)
_TAKERS = "la présidence, le maire et les agents"


@dataclass(frozen=True)
class _Given(NamedPaper):
    """A paper by its reference, or the last that the sender filed: "ça", "le dernier"; it is read back before it goes."""

    async def take(self, text: str, ctx: Context) -> tuple[Paper, str]:
        found = None if ctx.message.reply_to else _LAST.match(text)
        if found:
            return await last_filed(ctx, "!retirer EAU-2026-001"), text[found.end() :]
        return await super().take(text, ctx)


@command(
    "retirer",
    summary="Retirer un document",
    examples={
        "!retirer EAU-2026-001": (
            "**EAU-2026-001** Devis du réservoir ne sera plus ni montré ni trouvé. Son message reste "
            "dans le salon. `!rétablir EAU-2026-001` le fera revenir jusqu'au mercredi 1er avril 2026 ; son contenu "
            "sera ensuite effacé. C'est bien cela ?\n\n"
            "Répondez **oui** ou **non**."
        ),
    },
)
async def retirer(ctx: Context, document: Annotated[Paper, _Given()], accord: Yes = NO) -> Reply:
    """Le document n'est plus montré ni trouvé. Pendant trente jours, `!rétablir` le fait revenir ; son contenu est ensuite
    effacé, sauf si une règle le garde : un procès-verbal, une délibération, ce qui est parti avec une convocation. La présidence,
    le maire et les agents peuvent le faire ; qui l'a déposé aussi, pendant deux heures, tant qu'il n'est ni convoqué, ni
    remplacé, ni partagé. « retirer ça » ou « retirer le dernier » est le dernier que vous avez déposé.
    """
    if why := await _forbidden(ctx, document):
        raise Refusal(why)
    if not accord:
        taken = await ctx.store.withdrawals.foreseen(document, ctx.today)
        return Reply(
            f"{paper_line(document)} ne sera plus ni montré ni trouvé. Son message reste dans le salon. "
            f"{await _then(ctx, document, taken)} C'est bien cela ?",
            confirm=f"!retirer {document.reference} oui",
        )
    taken = await ctx.store.withdrawals.withdraw(document, ctx.sender.id, ctx.today)
    return Reply(f"{document.reference} est retiré. {await _then(ctx, document, taken)}")


async def _forbidden(ctx: Context, paper: Paper) -> str:
    """Why the sender may not take a paper away; empty when they may."""
    role = ctx.role_in(await ctx.store.bodies.get(paper.body_id))
    if Role.CHAIR in role:
        return ""
    if Role.MEMBER not in role or paper.filed_by != ctx.sender.id:
        return f"Seuls {_TAKERS} peuvent le retirer, et qui l'a déposé, pendant deux heures."
    if ctx.now - paper.filed_at > MISTAKE:
        return f"Vous pouviez le retirer pendant deux heures ; désormais, seuls {_TAKERS} le peuvent."
    if not await ctx.store.withdrawals.untouched(paper):
        return f"Il est déjà convoqué, remplacé ou partagé : seuls {_TAKERS} peuvent le retirer."
    return ""


async def _then(ctx: Context, paper: Paper, taken: Taken) -> str:
    """Until when it can come back and by whom, and what becomes of it afterwards."""
    chairs = Role.CHAIR in ctx.role_in(await ctx.store.bodies.get(paper.body_id))
    back = f"`!rétablir {paper.reference}` le fera revenir" + ("" if chairs else f" (par {_TAKERS})")
    if taken.rule:
        return f"{back} ; il ne sera pas effacé : {taken.rule}."
    return f"{back} jusqu'au {long_date(taken.last_day)} ; son contenu sera ensuite effacé."


@when(Redacted)
async def on_redaction(ctx: Context, redacted: Redacted) -> Reply:
    """Ask who removed a paper's message, in private, whether the paper goes too; nothing happens without an answer."""
    paper = await ctx.store.papers.dropped_as(redacted.event_id, replace(ctx.reader, room_body_id=None))
    if paper is None or current(paper).event_id != redacted.event_id:
        return Reply("")
    said = f"Vous avez supprimé le message qui portait {paper_line(paper)} ; le document, lui, reste classé."
    if why := await _forbidden(ctx, paper):
        await owe(ctx.store, Reply(f"{said} {why}"), person_id=ctx.sender.id)
        return Reply("")
    taken = await ctx.store.withdrawals.foreseen(paper, ctx.today)
    asked = f"{said} Faut-il le retirer aussi ? {await _then(ctx, paper, taken)}\n\nRépondez **oui** ou **non**."
    choices = yes_or_no(f"!retirer {paper.reference} oui")
    await owe_asking(ctx.store, Reply(asked), ctx.sender.id, choices, until=ctx.now + ASKED)
    return Reply("")
