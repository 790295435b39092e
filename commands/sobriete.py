"""sobriété — the pages of a year, honestly: filed, sent on demand, on paper, and those that nobody had to print again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from commands import Context, Reply, command
from commands._arguments import Absent, Argument
from commands._show import day_of
from council.french import count
from storage.savings import Errata, Pages, SessionPages

SHOWN = 5
"""Sessions that are told one by one."""
FORMULA = (
    "**Comment je compte** : une page compte une fois quand elle est déposée, et chaque fois qu'elle est envoyée. Sur papier : "
    "chaque lettre, et les documents de la séance pour chaque personne convoquée ainsi. Réimpressions évitées : les pages restées "
    "identiques d'une version à la suivante × les membres qui lisent à l'écran ce jour-là."
)
UNMEASURED = (
    "**Ce que je ne sais pas** : ce que chacun ou la mairie imprime vraiment, ni ce qui se lit dans les salons. Une page sans texte "
    "(plan, photo) passe pour changée. Je garde des nombres, jamais qui lit quoi."
)


@dataclass(frozen=True)
class _Year(Argument[int]):
    """A civil year in four figures: "2026", "en 2026", "de l'année 2026"."""

    label: str = "ANNÉE"
    wanted: str = "l'année"

    async def take(self, text: str, ctx: Context) -> tuple[int, str]:
        found = re.match(r"\s*(?:(?:en|pour|de)\s+)?(?:l'ann[ée]e\s+)?(20\d\d)\b", text, re.IGNORECASE)
        if not found:
            raise Absent
        return int(found[1]), text[found.end() :].strip()


YEAR = _Year()


@command(
    "sobriété",
    summary="Compter les pages déposées, lues, et non réimprimées",
    examples={
        "!sobriété": (
            "**Sobriété 2026**\n\n"
            "- Déposé : 1 document, 0 page (1 sans pages : texte, tableau…)\n"
            "- Envoyé à la demande : 0 fois, 0 page\n"
            "- Sur papier : 0 lettre, 0 page à imprimer\n"
            "- Réimpressions évitées : 0 page (0 version remplacée, 0 page identique)\n\n"
            "**Par séance**\n\n"
            "- EAU, jeudi 26 mars 2026 : 1 document, 0 page\n\n"
            f"{FORMULA}\n\n{UNMEASURED}"
        ),
    },
)
async def sobriete(ctx: Context, annee: Annotated[int, YEAR] = 0) -> Reply:
    """L'année en cours, ou celle que vous dites. En privé, pour vos commissions ; dans un salon, pour la sienne. La formule est
    dans la réponse.
    """
    year = annee or ctx.today.year
    bodies = [ctx.room.body_id] if ctx.room.body_id else [body.id for body in await ctx.bodies()]
    savings, zone = ctx.store.savings, ctx.commune.zone
    start, end = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    sessions = await savings.sessions(ctx.reader, bodies, start, end)
    lines = [
        _filed(await savings.filed(ctx.reader, bodies, year)),
        _read(await savings.read(ctx.reader, bodies, year)),
        _on_paper(sessions),
        _spared(await savings.errata(ctx.reader, bodies, year)),
    ]
    parts = [f"**Sobriété {year}**", "\n".join(f"- {line}" for line in lines)]
    if sessions:
        parts.append("**Par séance**\n\n" + "\n".join(_by_session(sessions, ctx)))
    return Reply("\n\n".join([*parts, FORMULA, UNMEASURED]))


def _filed(filed: Pages) -> str:
    unknown = f" ({filed.unknown} sans pages : texte, tableau…)" if filed.unknown else ""
    return f"Déposé : {count(filed.times, 'document')}, {count(filed.pages, 'page')}{unknown}"


def _read(read: Pages) -> str:
    return f"Envoyé à la demande : {read.times} fois, {count(read.pages, 'page')}"


def _on_paper(sessions: Sequence[SessionPages]) -> str:
    pages = sum(map(_printed, sessions))
    return f"Sur papier : {count(sum(each.letters for each in sessions), 'lettre')}, {count(pages, 'page')} à imprimer"


def _printed(session: SessionPages) -> int:
    """The pages to print for those on paper: each letter, and the papers once for each person."""
    return session.letters + session.people * session.filed.pages


def _spared(errata: Errata) -> str:
    replaced = count(errata.versions, "version remplacée", "versions remplacées")
    same = count(errata.unchanged, "page identique", "pages identiques")
    return f"Réimpressions évitées : {count(errata.sheets, 'page')} ({replaced}, {same})"


def _by_session(sessions: Sequence[SessionPages], ctx: Context) -> list[str]:
    lines = []
    for each in sessions[:SHOWN]:
        filed = f"{count(each.filed.times, 'document')}, {count(each.filed.pages, 'page')}"
        paper = f" ; {count(_printed(each), 'page')} sur papier" if each.letters else ""
        lines.append(f"- {each.meeting.body.code}, {day_of(each.meeting, ctx)} : {filed}{paper}")
    if len(sessions) > SHOWN:
        lines.append(f"- et {count(len(sessions) - SHOWN, 'autre séance', 'autres séances')} avant")
    return lines
