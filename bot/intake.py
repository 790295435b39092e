"""Handles the inbox: each room's rows in order; a file is fetched and read first, outside of any transaction."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.courtesy import Courtesy
from bot.dispatch import Dispatch
from bot.lanes import Lanes, Turn
from bot.matrix.client import Client
from bot.matrix.errors import FileDamaged, FileGone, FileTooBig, MatrixError, Unreachable
from bot.reading import Reading
from commands import Dropped, Refusal
from council.french import size, tidy
from storage.database import Database
from storage.extract import safe_name
from storage.states import RoomKind
from storage.store import Store
from storage.tables import Incoming

log = structlog.get_logger(__name__)
FILES = frozenset({"m.file", "m.image", "m.video", "m.audio"})
READING = 2.0
"""Seconds that an answer waits for a file's text; what takes longer is read afterwards."""
AGAIN = timedelta(seconds=15)
ENOUGH = 20
"""Tries, at AGAIN from one another, after which a file that alone can't be fetched is given up: five minutes."""
HEARD = timedelta(minutes=1)
UNFETCHED = Refusal("Je n'ai pas pu recevoir ce fichier.", try_this="Déposez-le de nouveau, s'il vous plaît.")
VOICE = Refusal("Je ne sais pas écouter les messages vocaux.", try_this="Écrivez-moi, ou déposez un document.")


@dataclass(frozen=True)
class Intake:
    """Takes rows from the inbox to the dispatch, with what they need from outside."""

    database: Database
    client: Client
    reading: Reading
    dispatch: Dispatch
    _missed: Counter[int] = field(default_factory=Counter)
    _courtesy: Courtesy = field(default_factory=Courtesy)

    def lanes(self) -> Lanes[Incoming]:
        """The loop that handles, to be run beside the others and rung when something arrived."""
        return Lanes("intake", self.dispatch.clock, self._heads, self._handle)

    async def _heads(self, busy: tuple[str, ...]) -> list[Turn[Incoming]]:
        async with self.database.read() as session:
            heads = await Store(session, "", self.dispatch.clock.now()).inbox.heads(busy)
        return [Turn(row, row.room_id, row.due_at, waiting > 1) for row, waiting in heads]

    async def _handle(self, row: Incoming) -> None:
        if not await self._is_file_for_us(row):
            self._courtesy.heard()
            await self.dispatch.receive(row.id)
            return
        await self._courtesy.take_breath()
        try:
            happening = await self._fetched(row.content)
        except Unreachable:
            if self._is_hopeless(row.id):
                await self.dispatch.receive(row.id, UNFETCHED)
                return
            log.info("file fetched later", row=row.id)
            async with self.database.begin() as session:
                await Store(session, "", self.dispatch.clock.now()).inbox.postpone(row.id, AGAIN)
            return
        await self.dispatch.receive(row.id, happening)

    def _is_hopeless(self, row_id: int) -> bool:
        """Whether this file alone can't be had, from a homeserver that is heard: its room must not wait for ever."""
        heard_at = self.client.health.last_sync_at
        if heard_at is not None and datetime.now(UTC) - heard_at < HEARD:
            self._missed[row_id] += 1
        return self._missed[row_id] >= ENOUGH

    async def _is_file_for_us(self, row: Incoming) -> bool:
        """Only what members give in a known room is fetched."""
        if row.type != "m.room.message" or row.content.get("msgtype") not in FILES:
            return False
        async with self.database.read() as session:
            store = Store(session, "", self.dispatch.clock.now())
            room, sender = await store.rooms.meeting_of(row.room_id, row.sender)
        known = room is not None and room.kind is not RoomKind.SPACE and sender is not None
        return known and row.encrypted and row.authentic

    async def _fetched(self, content: dict[str, Any]) -> Dropped | Refusal:
        """The file that a message announces, kept and read; or the reason, in French, why it can't be."""
        limit = self.dispatch.commune.file_limit
        if "org.matrix.msc3245.voice" in content:
            return VOICE
        announced = content.get("info", {}).get("size") if isinstance(content.get("info"), dict) else None
        if isinstance(announced, int) and announced > limit:
            return _too_big(limit)
        try:
            data = await self.client.fetch(content, limit)
        except FileTooBig:
            return _too_big(limit)
        except FileDamaged:
            return Refusal(
                "Ce fichier est arrivé abîmé : il ne correspond pas à ce qui a été envoyé, je ne l'ai pas classé.",
                try_this="Déposez-le de nouveau, s'il vous plaît.",
            )
        except FileGone:
            return Refusal("Le serveur n'a plus ce fichier.", try_this="Déposez-le de nouveau, s'il vous plaît.")
        except Unreachable:
            raise
        except MatrixError as error:
            log.warning("file refused", error=type(error).__name__)
            return UNFETCHED
        return await self._dropped(content, data)

    async def _dropped(self, content: dict[str, Any], data: bytes) -> Dropped:
        name, caption = _name_and_caption(content)
        info = content.get("info") if isinstance(content.get("info"), dict) else {}
        mime = str((info or {}).get("mimetype") or "application/octet-stream")[:100]
        until = asyncio.get_running_loop().time() + READING
        return await self.reading.dropped(data, name, mime, caption, until=until)


def _name_and_caption(content: dict[str, Any]) -> tuple[str, str]:
    """The file's name made safe, and what was written with it (specification: "Media captions")."""
    body, filename = str(content.get("body") or ""), content.get("filename")
    if isinstance(filename, str) and filename and filename != body:
        return safe_name(filename), tidy(body)[:1000]
    return safe_name(body), ""


def _too_big(limit: int) -> Refusal:
    return Refusal(
        f"Ce fichier dépasse la limite de {size(limit)} : je ne l'ai pas classé.",
        try_this="Réduisez-le ou coupez-le en plusieurs, puis déposez-le de nouveau.",
    )
