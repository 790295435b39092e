"""Papers behind closed doors and e-mail, which isn't encrypted: none goes that way; what is said instead, and to whom."""

from collections.abc import Sequence

from commands._context import Context
from commands._convocation import agents, loud, phone
from commands._show import paper_line
from commands._tell import owe
from commands._words import plain
from council.french import enumerate_fr
from storage.tables import Paper, Person


def unmailed(papers: Sequence[Paper], person: Person) -> str:
    """A line that names the papers that no e-mail holds, by their references alone, and how this person reads them."""
    references = [paper.reference for paper in papers]
    one = len(references) == 1
    what, it = ("est à huis clos : il n'est joint", "le") if one else ("sont à huis clos : ils ne sont joints", "les")
    how = f"demandez-{it} sur papier à la mairie"
    if person.matrix_id:
        how = f"écrivez à l'appariteur, sur Element : envoyer {references[0]} ; ou {how}"
    return f"{enumerate_fr(references)} {what} à aucun courriel, qui n'est pas chiffré. Pour {it} lire, {how}."


async def tell_agents(
    ctx: Context, body_id: int, sending: str, papers: Sequence[Paper], people: Sequence[Person]
) -> None:
    """Tell the agents, once a sending, which papers no e-mail holds, and who may ask them for these.

    Args:
        sending: « convocation CM-2027-01 ».
        people: those who are reached by e-mail alone; nothing is told when there are none.
    """
    if not papers or not people:
        return
    lines = "\n".join(f"- {paper_line(paper)}" for paper in papers)
    names = "\n".join(f"- {plain(person.name)}{phone(person)}" for person in people)
    it, what = ("le", "Ce document n'est joint") if len(papers) == 1 else ("les", "Ces documents ne sont joints")
    told = (
        f"**Huis clos** : {sending}\n\n{lines}\n\n{what} à aucun courriel, qui n'est pas chiffré. Ceux dont le courriel est le canal "
        f"peuvent vous {it} demander sur papier :\n\n{names}"
    )
    for agent in await agents(ctx, body_id):
        await owe(ctx.store, loud(told, agent), person_id=agent.id)
