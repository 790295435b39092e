"""Choices offered to one person in one room; answering one is typing its line."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Offer

LIFE = timedelta(days=2)


@dataclass(frozen=True)
class Choice:
    """One answer: the words and the reaction that choose it, and the line it stands for.

    An empty ``line`` declines. ``once`` takes the whole offer away when this answer is given.
    """

    label: str
    line: str
    words: tuple[str, ...]
    emoji: str
    once: bool = False

    def answers(self, word: str) -> bool:
        """Whether this word, folded, chooses it."""
        return word in self.words


class Offers:
    """Live offers; the newest one in a room is the one a bare word answers."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def make(self, room_id: str, person_id: int, outbox_key: str, choices: Sequence[Choice]) -> None:
        """Offer choices with a message; the person's earlier offers in this room end."""
        await self._session.execute(delete(Offer).where(Offer.room_id == room_id, Offer.person_id == person_id))
        self._session.add(
            Offer(
                room_id=room_id,
                person_id=person_id,
                outbox_key=outbox_key,
                choices=[asdict(choice) for choice in choices],
                expires_at=self._now + LIFE,
            )
        )
        await self._session.flush()

    async def latest(self, room_id: str, person_id: int) -> Offer | None:
        """The live offer of a person in a room."""
        query = select(Offer).where(Offer.room_id == room_id, Offer.person_id == person_id)
        query = query.where(Offer.expires_at > self._now).order_by(Offer.id.desc()).limit(1)
        return await self._session.scalar(query)

    async def on(self, outbox_key: str, person_id: int) -> Offer | None:
        """The live offer made with a message, if it was made to this person."""
        query = select(Offer).where(Offer.outbox_key == outbox_key, Offer.person_id == person_id)
        return await self._session.scalar(query.where(Offer.expires_at > self._now))

    async def end(self, offer: Offer) -> None:
        """Take an offer away."""
        await self._session.delete(offer)

    async def prune(self) -> None:
        """Take the expired ones away."""
        await self._session.execute(delete(Offer).where(Offer.expires_at <= self._now))


def choices_of(offer: Offer) -> list[Choice]:
    """An offer's choices."""
    return [Choice(**{**choice, "words": tuple(choice["words"])}) for choice in offer.choices]
