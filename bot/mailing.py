"""From a row of the outbox to an e-mail: to whom it goes today, and the session and the file that go with it."""

from bot.mail import Enclosed, Mail, Refused
from commands import Commune
from commands.letters import calendar, of_sessions
from storage.database import Database
from storage.files import Files
from storage.store import Store
from storage.tables import Outgoing


async def mail_of(database: Database, files: Files, commune: Commune, row: Outgoing) -> Mail:
    """Give the e-mail that a row owes, to the address that the roll has today.

    Raises:
        BlobDamaged, BlobMissing: the file that goes with it can't be read.
        Refused: it went behind closed doors since, and an e-mail isn't encrypted.
    """
    content = row.content
    enclosed = None
    async with database.read() as session:
        store = Store(session, "", row.created_at)
        if "blob" in content and await store.shares.closes(content["blob"]):
            raise Refused("le document est maintenant à huis clos")
        person = await store.people.get(row.person_id or 0)
        almanac = await of_sessions(store, content["about"])
    if "blob" in content:
        enclosed = Enclosed(content["name"], content["mime"], await files.get(content["blob"]))
    return Mail(
        key=row.key,
        name=person.name,
        address=person.email,
        subject=content["subject"],
        text=content["markdown"],
        written_at=row.created_at.astimezone(commune.zone),
        calendar=calendar(almanac, commune, row.created_at),
        enclosed=enclosed,
    )
