"""Choices offered to one person in one room; answering one is typing its line."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
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
        await self._add(room_id, person_id, outbox_key, choices, self._now + LIFE)

    async def make_anywhere(self, person_id: int, outbox_key: str, choices: Sequence[Choice], until: datetime) -> None:
        """Offer choices with a message to a person in whichever room it reaches them; only time ends them, or an answer."""
        await self._add(None, person_id, outbox_key, choices, until)

    async def _add(
        self, room_id: str | None, person_id: int, outbox_key: str, choices: Sequence[Choice], until: datetime
    ) -> None:
        self._session.add(
            Offer(
                room_id=room_id,
                person_id=person_id,
                outbox_key=outbox_key,
                choices=[asdict(choice) for choice in choices],
                expires_at=until,
            )
        )
        await self._session.flush()

    async def latest(self, room_id: str, person_id: int, *, private: bool = False) -> Offer | None:
        """The live offer of a person in a room; in their own conversation, also one made anywhere."""
        here = Offer.room_id == room_id
        query = select(Offer).where(or_(here, Offer.room_id.is_(None)) if private else here)
        query = query.where(Offer.person_id == person_id, Offer.expires_at > self._now)
        return await self._session.scalar(query.order_by(Offer.id.desc()).limit(1))

    async def waiting(self, room_id: str, person_id: int) -> list[Offer]:
        """All that waits for an answer in a person's own conversation, wherever it was asked; newest first."""
        query = select(Offer).where(or_(Offer.room_id == room_id, Offer.room_id.is_(None)))
        query = query.where(Offer.person_id == person_id, Offer.expires_at > self._now).order_by(Offer.id.desc())
        return list((await self._session.scalars(query)).all())

    async def on(self, outbox_key: str, person_id: int) -> Offer | None:
        """The live offer made with a message, if it was made to this person."""
        query = select(Offer).where(Offer.outbox_key == outbox_key, Offer.person_id == person_id)
        return await self._session.scalar(query.where(Offer.expires_at > self._now))

    async def end_all(self, room_id: str, person_id: int) -> None:
        """Take away all that was offered to a person in a room: their lines hold what the person wrote."""
        await self._session.execute(delete(Offer).where(Offer.room_id == room_id, Offer.person_id == person_id))

    async def end(self, offer: Offer) -> None:
        """Take an offer away."""
        await self._session.delete(offer)

    async def end_anywhere(self, person_id: int, line: str) -> None:
        """Take away what was offered anywhere to a person by this line: it was typed.

        Of an offer of several things and of all of them together, the others stay.
        """
        query = select(Offer).where(Offer.person_id == person_id, Offer.room_id.is_(None))
        for offer in (await self._session.scalars(query)).all():
            left = [choice for choice in choices_of(offer) if choice.line != line]
            if len(left) < 2:
                await self._session.delete(offer)
            elif len(left) < len(offer.choices):
                offer.choices = [asdict(choice) for choice in left]

    async def prune(self) -> None:
        """Take the expired ones away."""
        await self._session.execute(delete(Offer).where(Offer.expires_at <= self._now))


def choices_of(offer: Offer) -> list[Choice]:
    """An offer's choices."""
    return [Choice(**{**choice, "words": tuple(choice["words"])}) for choice in offer.choices]
