"""What the tests of convocations share: a session to convoke, and who heard what of it."""

from bot.town import Town
from commands.letters import make
from council.roles import Channel
from storage.store import Store
from storage.summons import Convocation
from storage.tables import Outgoing

TEXT = """Convocation CM-2026-01 : Conseil municipal

Commune de Sainte-Colombe, le lundi 2 mars 2026

Madame, Monsieur, j'ai l'honneur de vous convoquer à la séance qui se tiendra le jeudi 12 mars 2026 à 20 h, à la mairie.

Ordre du jour

1. Budget primitif

En cas d'empêchement, vous pouvez donner par écrit pouvoir à un collègue ; chacun n'en porte qu'un (article L. 2121-20 du CGCT).

Blanche Arnaud, maire"""


ANSWERING = (
    "Pour dire que vous l'avez bien reçue, touchez ✅ sous ce message, ou répondez reçu ou 1.\n\nPour dire si vous viendrez, "
    "écrivez présent ou absent, ou pouvoir suivi d'un nom. Pour lire un document, envoyer suivi de sa référence ; pour "
    "tout en un seul fichier, dossier."
)


RECEIVED = "Merci, c'est noté : vous avez reçu la convocation CM-2026-01, Conseil municipal, jeudi 12 mars 2026 à 20 h."


async def council(town: Town, day: str = "jeudi 12 mars 2026") -> None:
    """A session of the council, with one point."""
    await town.says("arnaud", f"!séance {day} à 20 h à la mairie oui", room="CM")
    await town.says("arnaud", "!point Budget primitif", room="CM")


async def told_to(town: Town, who: str, since: int = 0) -> list[str]:
    """What was said to somebody in private, wherever it reaches them, files apart."""
    async with town.database.read() as session:
        person = await Store(session, "", town.clock.now()).people.by_matrix_id(f"@{who}:sainte-colombe.fr")
    assert person
    heard = [text for where, text in town.heard[since:] if where == f"!dm{person.id}"]
    return [text for text in heard if not text.startswith("[fichier")]


async def in_force(town: Town, code: str = "CM") -> list[Convocation]:
    """What convokes the next session of a body."""
    async with town.database.read() as session:
        store = Store(session, "", town.clock.now())
        body = next(body for body in await store.bodies.all() if body.code == code)
        latest = await store.convocations.latest(body.id)
        return list(await store.convocations.in_force(latest.meeting_id)) if latest else []


async def event(town: Town, who: str) -> str:
    """The event of somebody's copy of the last convocation."""
    copies = (await in_force(town))[-1].summonses
    return next(c.event_id or "" for c in copies if c.person.matrix_id == f"@{who}:sainte-colombe.fr")


async def opens(town: Town, document: Outgoing) -> bytes:
    """What is in a file that the bot sent and had to make."""
    return (await make(town.database, town.commune, document.content, document.created_at)).data


async def reaches(town: Town, who: str, channel: Channel, email: str) -> None:
    """Write down how official sendings must reach someone, by their family name, and their address."""
    async with town.database.begin() as session:
        people = await Store(session, "", town.clock.now()).people.in_office(town.clock.now().date())
        person = next(person for person in people if person.last_name.lower() == who)
        person.channel, person.email = channel, email
