"""Facts the bot keeps about itself, by name."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Setting

SYNC_TOKEN = "sync_token"  # noqa: S105 - a name, not a secret
ROLL = "roll"
JOURNAL = "journal"
RESTORED = "restored"
DEVICE = "device"
TROUBLES = "troubles"
SUBSTITUTE = "substitute"
"""The row of who stands in for the mayor, or nothing."""


class Settings:
    """A small dictionary in the database: the sync token, the fingerprint of the roll."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, name: str) -> str | None:
        """The fact kept under this name."""
        row = await self._session.get(Setting, name)
        return row.value if row else None

    async def put(self, name: str, value: str) -> None:
        """Keep a fact, over the one before."""
        changed = await self._session.execute(
            update(Setting).where(Setting.name == name).values(value=value).returning(Setting.name)
        )
        if changed.first() is None:
            self._session.add(Setting(name=name, value=value))
