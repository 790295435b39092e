"""The commune's organs, as the configuration names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from council.roles import BodyKind
from storage.tables import Body


@dataclass(frozen=True)
class BodyEntry:
    """A body as the configuration declares it."""

    code: str
    name: str
    kind: BodyKind


class Bodies:
    """Bodies by their code; one that leaves the configuration sleeps, its papers stay."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> Sequence[Body]:
        """The active bodies, in the configuration's order."""
        return (await self._session.scalars(select(Body).where(Body.active).order_by(Body.position))).all()

    async def get(self, body_id: int) -> Body:
        """One body, active or not."""
        return await self._session.get_one(Body, body_id)

    async def declare(self, entries: Sequence[BodyEntry]) -> None:
        """Make the table say what the configuration says."""
        known = {body.code: body for body in await self._session.scalars(select(Body))}
        for position, entry in enumerate(entries):
            body = known.pop(entry.code, None)
            if body is None:
                body = Body(code=entry.code)
                self._session.add(body)
            body.name, body.kind, body.position, body.active = entry.name, entry.kind, position, True
        for body in known.values():
            body.active = False
        await self._session.flush()
