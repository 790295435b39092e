"""The first word to a new member: who speaks, what they belong to, what comes, what there is to read, how to ask.

Who enters a further body later gets a short word about that body only.
"""

from collections.abc import Sequence
from datetime import datetime

from commands._context import Commune, Option, Reply
from commands._show import paper_line
from commands._words import by_number, plain
from council.french import count, long_moment
from council.roles import Function
from storage.papers import Reader
from storage.store import Store
from storage.tables import Body, Meeting, Person

BODIES, SESSIONS, PAPERS = 6, 5, 5
"""How many of each are shown: it all fits on a phone."""
ASK = (
    "Écrivez-moi ici simplement, comme à une personne : « qu'est-ce que j'ai cette semaine ? », « où est le devis ? », "
    "ou **aide**."
)


async def welcome(store: Store, commune: Commune, person: Person, now: datetime) -> Reply:
    """What to say to who arrived, or entered further bodies; a reply without text when there is nothing new to say.

    The papers are numbered: an answer sends them again, since what a room said before somebody came may stay closed to them.
    """
    entered = await store.arrivals.bodies(person, now.date())
    if not entered:
        return Reply("")
    first = person.welcomed_at is None
    parts = _first(commune, person, entered) if first else [_further(entered)]
    ids = [body.id for body in entered]
    if meetings := await store.meetings.coming(ids, limit=SESSIONS):
        title = "Prochaine séance" if len(meetings) == 1 else "Prochaines séances"
        parts.append(f"**{title}**\n\n{_listed([_session(each, commune) for each in meetings], SESSIONS)}")
    papers = await store.papers.list(Reader(person.id, None, now.date()), bodies=ids, limit=PAPERS)
    if papers:
        parts.append("**Derniers documents**")
    before = "" if person.function is Function.GUEST else ", même déposé avant votre arrivée"
    sent = f"{by_number(len(papers))} : je vous l'envoie{before}." if papers else ""
    after = "\n\n".join(filter(None, (sent, ASK if first else "")))
    return Reply(
        "\n\n".join(parts),
        options=tuple(Option(paper_line(paper), f"!envoyer {paper.reference}") for paper in papers),
        after=after,
        loud=True,
        mentions=(person.matrix_id,) if person.matrix_id else (),
    )


def _first(commune: Commune, person: Person, bodies: Sequence[Body]) -> list[str]:
    """Who speaks, and where the person sits."""
    return [
        (
            f"Bonjour {plain(person.first_name)}, je suis l'appariteur de {plain(commune.name)}. Je range les documents, je tiens "
            "l'agenda et je vous préviens à temps."
        ),
        f"**Vous siégez ici** (acceptez l'invitation des salons)\n\n{_listed([plain(body.name) for body in bodies], BODIES)}",
    ]


def _further(bodies: Sequence[Body]) -> str:
    names = [f"**{plain(body.name)}**" for body in bodies]
    if len(names) == 1:
        return f"Vous siégez désormais ici : {names[0]}. Acceptez l'invitation de son salon."
    return f"Vous siégez désormais ici (acceptez l'invitation des salons) :\n\n{_listed(names, BODIES)}"


def _session(meeting: Meeting, commune: Commune) -> str:
    where = f", {plain(meeting.place, 80)}" if meeting.place else ""
    return f"{plain(meeting.body.name)} : {long_moment(meeting.starts_at, commune.zone)}{where}"


def _listed(lines: list[str], limit: int) -> str:
    shown = [f"- {line}" for line in lines[:limit]]
    if len(lines) > limit:
        shown.append(f"- et {count(len(lines) - limit, 'autre')}")
    return "\n".join(shown)
