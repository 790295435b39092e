"""Tells who keeps the tool, in private, when something is wrong, and once when it is well again. Never floods.

A trouble is told once when it begins and once when it has been gone for a while. Failures, which don't heal, are told
together, at most once an hour.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from commands import Commune, Facts, Reply, content_of, plain
from council.clock import Clock
from council.french import count, long_moment, size
from storage.database import Database
from storage.settings import TROUBLES
from storage.states import JournalKind, OutboxKind
from storage.store import Store

log = structlog.get_logger(__name__)
LONG = timedelta(minutes=15)
"""What waits for longer deserves a word."""
CALM = timedelta(minutes=10)
"""A trouble is over once it has been gone for this long: one that comes and goes is told once."""
BETWEEN = timedelta(hours=1)
"""At most one word about failures in this time."""
NIGHTS = timedelta(hours=50)
"""Two nights without a backup, and a little."""
DRIFT = 5
"""Seconds of difference with the homeserver's clock that deserve a word."""
ROOM_LEFT = 1_000_000_000
ALERT = "alert"
"""Marks our own words in the outbox: a word that can't be sent must not cause another."""
HEALED = {
    "waiting": "Les messages en attente sont partis.",
    "silent": "Le serveur Matrix répond de nouveau.",
    "disk": "Il y a de nouveau de la place sur le disque.",
    "clock": "L'horloge est de nouveau à l'heure.",
    "unsigned": "L'appareil du robot est de nouveau signé.",
    "mailbox": "La boîte de la mairie est de nouveau lue.",
    "backup": "Une sauvegarde a de nouveau été faite.",
}


async def tell_admins(store: Store, commune: Commune, text: str) -> None:
    """Owe a word to each person who keeps the tool, in their own conversation."""
    for admin in sorted(commune.admins):
        person = await store.people.by_matrix_id(admin)
        if person is not None:
            content = {**content_of(Reply(text)), ALERT: True}
            await store.outbox.owe(OutboxKind.MESSAGE, content, person_id=person.id)


@dataclass
class Watch:
    """Looks every minute.

    Attributes:
        ring: called when something was owed.
        gather: looks at the bot and its surroundings.
        backups: whether a backup is expected each night.
    """

    database: Database
    commune: Commune
    clock: Clock
    ring: Callable[[], None]
    gather: Callable[[], Awaitable[Facts]]
    backups: bool = False
    seen: Facts | None = None
    _since: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._since = self.clock.now()

    async def look(self) -> None:
        """Look, remember what was seen for ``état``, and tell what began or ended."""
        self.seen = await self.gather()
        now = self.clock.now()
        async with self.database.begin() as session:
            store = Store(session, "", now)
            kept = await store.settings.get(TROUBLES)
            state = json.loads(kept) if kept else {"open": {}, "told": {}, "told_at": None}
            said = [*await self._compare(store, self.seen, state["open"]), *await self._failures(store, state)]
            if json.dumps(state) != kept:
                await store.settings.put(TROUBLES, json.dumps(state))
            for cause, text in said:
                log.warning("administrators told", about=cause.split()[0])
                await tell_admins(Store(session, f"alert {cause} {now.isoformat()}", now), self.commune, text)
        if said:
            self.ring()

    async def _compare(self, store: Store, facts: Facts, known: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
        """What to tell of the troubles, and ``known`` brought up to date: when each was last seen."""
        now, said = store.now, []
        troubles = await self._troubles(store, facts)
        for name, text in troubles.items():
            if name not in known:
                said.append((name, text))
            known[name] = {"seen": now.isoformat()}
        for name in [name for name in known if name not in troubles]:
            if now - datetime.fromisoformat(known[name]["seen"]) >= CALM:
                del known[name]
                said.append((f"{name} healed", HEALED[name]))
        return said

    async def _troubles(self, store: Store, facts: Facts) -> dict[str, str]:
        """What is wrong now, by name, each in a sentence that says what to do."""
        now, found = store.now, {}
        if text := await self._waiting(store):
            found["waiting"] = text
        if now - (facts.last_sync_at or self._since) > LONG:
            found["silent"] = "Je n'ai pas de nouvelles du serveur Matrix depuis plus de 15 minutes."
        if facts.disk_free < ROOM_LEFT:
            found["disk"] = f"Il ne reste que {size(facts.disk_free)} sur le disque : faites de la place."
        if facts.drift is not None and abs(facts.drift) > DRIFT:
            found["clock"] = f"Mon horloge a {abs(facts.drift):.0f} s d'écart avec le serveur Matrix : réglez-la (NTP)."
        if facts.last_sync_at is not None and not facts.signed:
            found["unsigned"] = "Mon appareil n'est plus signé : relancez-moi, je le signe au démarrage."
        if (box := facts.mailbox) and box.trouble and now - (box.heard_at or self._since) > LONG:
            found["mailbox"] = f"La boîte de la mairie n'est plus lue : {box.trouble}. `appariteur check` l'essaie."
        if self.backups and now - await self._last_backup(store) > NIGHTS:
            found["backup"] = (
                "Aucune sauvegarde n'a pu être faite depuis deux nuits : `appariteur backup` dit pourquoi."
            )
        return found

    async def _waiting(self, store: Store) -> str:
        oldest = await store.outbox.oldest()
        if oldest is None or store.now - oldest.created_at <= LONG:
            return ""
        waiting = count(await store.outbox.waiting(), "message attend", "messages attendent")
        since = long_moment(oldest.created_at, self.commune.zone)
        why = f" ({plain(oldest.reason, 100)})" if oldest.reason else ""
        return f"{waiting}, le plus ancien depuis le {since}{why}. Tout part dès que possible ; `!état` en dit plus."

    async def _last_backup(self, store: Store) -> datetime:
        last = await store.journal.last(JournalKind.BACKUP)
        return last.at if last else self._since

    async def _failures(self, store: Store, state: dict[str, Any]) -> list[tuple[str, str]]:
        """What failed for good since the last word about it."""
        told_at = state["told_at"]
        if told_at and store.now - datetime.fromisoformat(told_at) < BETWEEN:
            return []
        told = state["told"]
        refused = [
            row for row in await store.outbox.failures() if row.id > told.get("sent", 0) and not row.content.get(ALERT)
        ]
        aside = [row for row in await store.inbox.aside() if row.id > told.get("received", 0)]
        lost = [row for row in await store.notices.aside() if row.id > told.get("notices", 0)]
        for name, rows in (("sent", refused), ("received", aside), ("notices", lost)):
            told[name] = max((row.id for row in rows), default=told.get(name, 0))
        parts = [f"- {count(len(refused), 'envoi refusé', 'envois refusés')}"] if refused else []
        parts += [f"   - {plain(row.reason, 100)}" for row in refused[:5]]
        parts += [f"- {count(len(aside), 'message reçu mis de côté', 'messages reçus mis de côté')}"] if aside else []
        parts += [f"- {count(len(lost), 'rappel mis de côté', 'rappels mis de côté')}"] if lost else []
        if not parts:
            return []
        state["told_at"] = store.now.isoformat()
        return [("failed", "Quelque chose a échoué :\n\n" + "\n".join(parts) + "\n\n`!état` en dit plus.")]
