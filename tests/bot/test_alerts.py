"""Who keeps the tool is told once when something is wrong, once when it is well again, and is never flooded."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.alerts import Watch
from bot.returning import restored_from, tell_new_device
from bot.town import Town, open_town
from commands import Facts
from storage.settings import RESTORED
from storage.states import JournalKind, OutboxKind
from storage.store import Store

MINUTE = timedelta(minutes=1)


@dataclass
class Post:
    """A town that is watched, and what its administrator hears."""

    town: Town
    facts: Facts
    watch: Watch = field(init=False)

    async def gather(self) -> Facts:
        """Well, unless a test says otherwise; the homeserver is heard at every look."""
        now = self.town.clock.now()
        heard = now if self.facts.last_sync_at is not None else None
        return replace(self.facts, seen_at=now, last_sync_at=heard)

    async def passes(self, minutes: int) -> list[str]:
        """Let time pass, a look each minute; what the administrator heard meanwhile."""
        before = len(self.town.heard)
        for _ in range(minutes):
            self.town.clock.push(MINUTE)
            await self.watch.look()
            await self.deliver()
        return [text for _, text in self.town.heard[before:]]

    async def deliver(self) -> None:
        """Send the alerts, and nothing else."""
        async with self.town.database.begin() as session:
            store = Store(session, "", self.town.clock.now())
            while alerts := [head.row for head in await store.outbox.heads(()) if head.row.content.get("alert")]:
                for row in alerts:
                    self.town.heard.append(("admin", row.content["markdown"]))
                    await store.outbox.sent(row.id, f"$alert{row.id}")

    async def owe(self, cause: str) -> int:
        """Owe something to a room; gives its row."""
        async with self.town.database.begin() as session:
            store = Store(session, cause, self.town.clock.now())
            content = {"markdown": "x", "loud": False, "everyone": False, "mentions": []}
            key = await store.outbox.owe(OutboxKind.MESSAGE, content, room_id="!eau:sainte-colombe.fr")
            return next(head.row.id for head in await store.outbox.heads(()) if head.row.key == key)

    async def settle(self, row_id: int, reason: str = "") -> None:
        """It leaves, or is refused for this reason."""
        async with self.town.database.begin() as session:
            outbox = Store(session, "", self.town.clock.now()).outbox
            await (outbox.failed(row_id, reason) if reason else outbox.sent(row_id, f"$e{row_id}"))


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    """A town where all is well."""
    async with open_town(tmp_path / "town") as town:
        now = town.clock.now()
        facts = Facts(now, now, True, 50, 0, 0.2, 50_000_000_000, 4_000_000)
        post = Post(town, facts)
        post.watch = Watch(town.database, town.commune, town.clock, lambda: None, post.gather, backups=True)
        yield post


async def test_when_all_is_well_nothing_is_said(post: Post) -> None:
    """Not even at the first look."""
    assert await post.passes(30) == []


async def test_what_waits_too_long_is_told_once_and_its_end_once(post: Post) -> None:
    """After a quarter of an hour, with how many and since when."""
    row = await post.owe("a")
    assert await post.passes(15) == []
    assert await post.passes(45) == [
        "1 message attend, le plus ancien depuis le lundi 2 mars 2026 à 9 h. Tout part dès que possible ; `!état` en dit plus."
    ]
    await post.settle(row)
    assert await post.passes(9) == []
    assert await post.passes(20) == ["Les messages en attente sont partis."]


async def test_failures_are_told_together_and_at_most_once_an_hour(post: Post) -> None:
    """Each with its reason; what fails later waits for the hour."""
    for n in range(3):
        await post.settle(await post.owe(f"a{n}"), reason="404 M_NOT_FOUND")
    [said] = await post.passes(1)
    assert said == (
        "Quelque chose a échoué :\n\n- 3 envois refusés\n   - 404 M\\_NOT\\_FOUND\n   - 404 M\\_NOT\\_FOUND\n"
        "   - 404 M\\_NOT\\_FOUND\n\n`!état` en dit plus."
    )
    await post.settle(await post.owe("b"), reason="403 M_FORBIDDEN")
    assert await post.passes(50) == []
    [said] = await post.passes(15)
    assert "1 envoi refusé" in said
    assert await post.passes(120) == []


async def test_an_alert_that_fails_causes_no_other(post: Post) -> None:
    """Otherwise a lost administrator's room would be written to for ever."""
    post.facts = replace(post.facts, disk_free=1000)
    await post.watch.look()
    async with post.town.database.begin() as session:
        outbox = Store(session, "", post.town.clock.now()).outbox
        for head in await outbox.heads(()):
            await outbox.failed(head.row.id, "403")
    assert await post.passes(120) == []


async def test_a_trouble_that_comes_and_goes_is_told_once(post: Post) -> None:
    """Five minutes well, five minutes ill: one word, and one at the end."""
    said = []
    for _ in range(5):
        post.facts = replace(post.facts, drift=30.0)
        said += await post.passes(5)
        post.facts = replace(post.facts, drift=0.0)
        said += await post.passes(5)
    assert said == ["Mon horloge a 30 s d'écart avec le serveur Matrix : réglez-la (NTP)."]
    assert await post.passes(10) == ["L'horloge est de nouveau à l'heure."]


async def test_each_trouble_has_its_sentence(post: Post) -> None:
    """Disk, homeserver, signature, backup."""
    well = post.facts
    post.facts = replace(well, disk_free=400_000_000, last_sync_at=None)
    assert await post.passes(20) == [
        "Il ne reste que 400 Mo sur le disque : faites de la place.",
        "Je n'ai pas de nouvelles du serveur Matrix depuis plus de 15 minutes.",
    ]
    post.facts = replace(well, signed=False)
    assert await post.passes(1) == ["Mon appareil n'est plus signé : relancez-moi, je le signe au démarrage."]
    post.facts = well
    assert len(await post.passes(15)) == 3
    post.town.clock.push(timedelta(hours=50))
    [said] = await post.passes(1)
    assert said.startswith("Aucune sauvegarde n'a pu être faite depuis deux nuits")
    async with post.town.database.begin() as session:
        await Store(session, "", post.town.clock.now()).journal.add(JournalKind.BACKUP, size="3 Mo")
    assert await post.passes(15) == ["Une sauvegarde a de nouveau été faite."]


async def test_troubles_outlive_a_restart(post: Post) -> None:
    """What was told isn't told again by the next start."""
    post.facts = replace(post.facts, disk_free=1000)
    assert len(await post.passes(1)) == 1
    post.watch = Watch(post.town.database, post.town.commune, post.town.clock, lambda: None, post.gather)
    assert await post.passes(5) == []


async def test_a_new_device_is_told_once(post: Post) -> None:
    """The first of all needs no word; a restored town says where it comes from."""
    town = post.town
    for device, restored in (("ONE", False), ("ONE", False), ("TWO", False), ("TWO", False), ("THREE", True)):
        await tell_new_device(town.database, town.commune, device, town.clock.now(), restored=restored)
    told = await post.passes(1)
    assert told[0].startswith(
        "Les clés de mon appareil étaient perdues, ou il avait été déconnecté : j'en ai ouvert un nouveau, TWO"
    )
    assert told[1].startswith("Je reviens d'une sauvegarde, sur un nouvel appareil, THREE")
    assert len(told) == 2


async def test_a_restored_town_looks_back_for_two_days(post: Post) -> None:
    """Counted from its first start, whenever that is."""
    town = post.town
    made_at = town.clock.now() - timedelta(days=3)
    assert await restored_from(town.database, town.clock.now()) is None
    async with town.database.begin() as session:
        await Store(session, "", town.clock.now()).settings.put(RESTORED, made_at.isoformat())
    for hours, found in ((0, made_at), (47, made_at), (2, None)):
        town.clock.push(timedelta(hours=hours))
        assert await restored_from(town.database, town.clock.now()) == found
