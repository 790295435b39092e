"""What a bot finds when it starts: a database that comes from a backup, a device that is no longer the one it had."""

from datetime import datetime, timedelta

from bot.alerts import tell_admins
from commands import Commune
from storage.database import Database
from storage.settings import DEVICE, RESTORED
from storage.store import Store

LOOKED_FOR = timedelta(days=2)
"""How long after its first start a restored bot still looks whether what it owes was said before."""
NEW_DEVICE = (
    "Les clés de mon appareil étaient perdues, ou il avait été déconnecté : j'en ai ouvert un nouveau, {device}, signé par la "
    "même identité. Personne ne voit de changement, et vous n'avez rien à faire. Un message écrit juste avant peut me rester "
    "illisible : son auteur en est alors averti."
)
RESTORED_DEVICE = (
    "Je reviens d'une sauvegarde, sur un nouvel appareil, {device}, signé par la même identité. Je réponds à ce qui a été écrit "
    "depuis, sans rien redire. Un message écrit entre-temps peut me rester illisible : son auteur en est alors averti."
)


async def restored_from(database: Database, now: datetime) -> datetime | None:
    """The moment of the backup that the database comes from, for two days from the first start; None otherwise."""
    async with database.begin() as session:
        settings = Store(session, "", now).settings
        made_at, _, until = (await settings.get(RESTORED) or "").partition(" ")
        if made_at and not until:
            until = (now + LOOKED_FOR).isoformat()
            await settings.put(RESTORED, f"{made_at} {until}")
    if not made_at or now > datetime.fromisoformat(until):
        return None
    return datetime.fromisoformat(made_at)


async def tell_new_device(
    database: Database, commune: Commune, device_id: str, now: datetime, *, restored: bool
) -> None:
    """Tell the administrators once that the device changed, and why; the first one of all needs no word."""
    async with database.begin() as session:
        store = Store(session, f"device {device_id}", now)
        known = await store.settings.get(DEVICE)
        if known == device_id:
            return
        await store.settings.put(DEVICE, device_id)
        if known is not None:
            await tell_admins(store, commune, (RESTORED_DEVICE if restored else NEW_DEVICE).format(device=device_id))
