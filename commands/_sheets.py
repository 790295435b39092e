"""Replacement sheets: what the agents print and carry to those on paper when a paper changes, and what they do without one."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from commands._context import Attached, Commune, Context, Document, Reply
from commands._convocation import agents, loud, phone
from commands._errata import compared
from commands._show import attached
from commands._tell import owe
from commands._words import plain
from council.comparison import Changes, Rewording
from council.replacing import Replacing, replacing
from storage.errata import Erratum
from storage.papers import Reader
from storage.states import DocumentKind
from storage.store import Store
from storage.tables import File, Outgoing, Person

_PAGED = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp")
"""Files whose pages can be put on sheets, by their names; what a file really is shows when the sheet is made."""


async def owe_sheets(ctx: Context, erratum: Erratum, file: File, people: Sequence[Person], text: str) -> None:
    """Owe the agents those on paper, and the sheet to print for them; the file itself when it has no pages to take.

    Args:
        file: the version that the erratum gives.
        text: what is said first.
    """
    names = "\n".join(f"- {plain(each.name)}{phone(each)}{', en grand' if each.large else ''}" for each in people)
    noting = f"Après chaque remise, écrivez-moi **remis {plain(people[0].last_name)} erratum** (ajoutez la date si ce n'est pas aujourd'hui)."
    paged = PurePath(file.name).suffix.lower() in _PAGED
    printing = _printing(people) if paged else _unpaged(file)
    told = f"{text}\n\n**À remettre sur papier**\n\n{names}\n\n{printing}\n\n{noting}"
    for agent in await agents(ctx, erratum.convocation.body_id):
        files = [_sheet(erratum, agent, large) for large in sorted({each.large for each in people})]
        given: tuple[Attached | Document, ...] = tuple(files) if paged else (attached(file),)
        await owe(ctx.store, replace(loud(told, agent), files=given), person_id=agent.id)


def _printing(people: Sequence[Person]) -> str:
    """How the sheet that follows is printed."""
    large = [each for each in people if each.large]
    a3 = " Le fichier « en grand » est sur des feuilles A3." if large else ""
    return (
        "La **feuille de remplacement** arrive ici dès qu'elle est prête : une page qui dit quoi remplacer, puis les nouvelles pages. "
        f"Imprimez-la pour chaque personne, sur une seule face.{a3}"
    )


def _unpaged(file: File) -> str:
    return (
        f"Ce fichier ({plain(file.name, 60)}) n'est ni un PDF ni une image : je ne peux pas en tirer de feuille de remplacement. Il "
        "suit, à imprimer en entier pour chaque personne."
    )


def _sheet(erratum: Erratum, agent: Person, large: bool) -> Document:
    name = f"{erratum.reference} feuille de remplacement{' en grand' if large else ''}"
    return Document(DocumentKind.SHEET, name, (erratum.id, agent.id, int(large)))


async def steps_of(store: Store, erratum: Erratum) -> tuple[Replacing | None, Changes | None, list[Rewording]]:
    """What is to be done with the pages that people hold, None when all are to be replaced; what changed, and its words."""
    if erratum.older is None:
        return None, None, []
    changes, words = await compared(store, erratum.older, erratum.file)
    pages = erratum.file.page_count or len(await store.papers.pages(erratum.file_id))
    return replacing(changes, pages), changes, words


async def tell_unmade_sheet(store: Store, row: Outgoing, why: str, commune: Commune) -> None:
    """Give an agent the file itself when its sheet can't be had, and say so; nothing to one who may see it no more.

    Args:
        row: what the outbox owed.
        why: the reason, a phrase for people.
    """
    erratum_id, agent_id, _ = row.content["about"]
    erratum = await store.errata.get(erratum_id)
    today = store.now.astimezone(commune.zone).date()
    if await store.papers.by_id(erratum.paper_id, Reader(agent_id, None, today)) is None:
        return
    steps, _, _ = await steps_of(store, erratum)
    what = " ".join(steps.in_french) if steps else "Imprimez-le en entier."
    text = (
        f"**La feuille de remplacement n'a pas pu être faite** ({plain(row.content['name'])}) : {why}. Le fichier suit, à imprimer : "
        f"**{erratum.paper.reference}** version {erratum.file.version}. {what}"
    )
    await owe(store, Reply(text, files=(attached(erratum.file),)), room_id=row.room_id, person_id=row.person_id)
