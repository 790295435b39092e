"""From a row of the outbox to an e-mail: to whom it goes today, and the session that goes with it."""

from bot.mail import Mail
from commands import Commune
from commands.letters import calendar, of_sessions
from storage.database import Database
from storage.store import Store
from storage.tables import Outgoing


async def mail_of(database: Database, commune: Commune, row: Outgoing) -> Mail:
    """Give the e-mail that a row owes, to the address that the roll has today."""
    async with database.read() as session:
        store = Store(session, "", row.created_at)
        person = await store.people.get(row.person_id or 0)
        almanac = await of_sessions(store, row.content["about"])
    return Mail(
        key=row.key,
        name=person.name,
        address=person.email,
        subject=row.content["subject"],
        text=row.content["markdown"],
        written_at=row.created_at.astimezone(commune.zone),
        calendar=calendar(almanac, commune, row.created_at),
    )
