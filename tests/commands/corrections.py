"""A convoked paper that is corrected: what the tests of errata begin with."""

from datetime import timedelta

from sqlalchemy import select

from bot.town import Town
from storage.tables import Outgoing, Person
from tests.commands.summons import council
from tests.storage.makers import paper

OLD = paper("Le montant proposé est de 48 200 euros par an.", "Conditions")
NEW = paper("Le montant proposé est de 51 000 euros par an.", "Conditions", "Annexe")
CHANGED = "- page 1 : « est de 48 200 euros par » devient « est de 51 000 euros par »\n- page 3 ajoutée"


async def convoked(town: Town) -> None:
    """A session of the council, convoked with one paper."""
    await council(town)
    await town.drops("arnaud", OLD, "budget.pdf", caption="Note de budget, point 1", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    await town.waits(timedelta(hours=1))


async def corrected(town: Town, who: str = "arnaud", room: str = "CM") -> str:
    """Put the corrected paper in its place; returns what is answered."""
    return await town.drops(who, NEW, "budget2.pdf", caption="remplacer CM-2026-001", room=room)


async def copy_event(town: Town, last_name: str) -> str:
    """The event of somebody's copy of the erratum."""
    async with town.database.read() as session:
        query = select(Outgoing).join(Person, Person.id == Outgoing.person_id).where(Person.last_name == last_name)
        rows = (await session.scalars(query.order_by(Outgoing.id))).all()
    return next(row.event_id or "" for row in rows if row.content.get("official") == "CM-2026-01-E1")
