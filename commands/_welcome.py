"""The first word to a new member: who speaks, what they belong to, what comes, how to ask."""

from datetime import datetime

from commands._context import Commune, Reply
from commands._show import paper_line
from commands._words import plain
from council.french import count, long_moment
from storage.papers import Reader
from storage.store import Store
from storage.tables import Person


async def welcome(store: Store, commune: Commune, person: Person, now: datetime) -> Reply:
    """A message that makes its reader at home: bodies, coming sessions, last papers, two things to try."""
    today = now.date()
    bodies = [seat.body for seat in await store.people.seats(person, today)]
    meetings = await store.meetings.coming([body.id for body in bodies], limit=3)
    papers = await store.papers.list(Reader(person.id, None, today), limit=3)
    parts = [
        (
            f"Bonjour {plain(person.first_name)}, je suis l'appariteur de {plain(commune.name)}. Je range les documents, je tiens "
            "l'agenda et je vous préviens à temps."
        ),
        f"Vous siégez ici :\n\n{_listed([body.name for body in bodies])}",
    ]
    if meetings:
        shown = [f"{each.body.name} : {long_moment(each.starts_at, commune.zone)}" for each in meetings]
        parts.append(f"Prochaines séances :\n\n{_listed(shown)}")
    if papers:
        parts.append("Derniers documents :\n\n" + "\n".join(f"- {paper_line(paper)}" for paper in papers))
    parts.append(
        "Acceptez les invitations des salons, puis écrivez-moi ici simplement, comme à une personne : « qu'est-ce que j'ai "
        "cette semaine ? », « où est le devis ? », ou **aide**."
    )
    return Reply("\n\n".join(parts), loud=True, mentions=(person.matrix_id,) if person.matrix_id else ())


def _listed(lines: list[str]) -> str:
    shown = [f"- {plain(line, 150)}" for line in lines[:6]]
    if len(lines) > 6:
        shown.append(f"- et {count(len(lines) - 6, 'autre')}")
    return "\n".join(shown)
