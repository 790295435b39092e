"""The main job as a councillor lives it, on a client that talks to cross-signed devices only, as Element does."""

from pathlib import Path

import pytest

from bot.demo.papers import make_pdf
from tests.strict.conftest import Town
from tests.strict.people import Person

pytestmark = pytest.mark.strict
EAU = "Commission de l'eau"


async def body(person: Person, room: str, text: str, town: Town, answers: int = 1) -> str:
    """What the bot answers, as text."""
    return "\n\n".join(str(e["content"]["body"]) for e in await person.asks(room, text, bot=town.bot, answers=answers))


async def test_the_main_job_across_a_kill(town: Town, tmp_path: Path) -> None:
    """File, find, plan, announce; the bot is killed in between; nothing is lost nor said twice."""
    town.seat("arnaud", "roux", "vidal")
    paper = tmp_path / "devis-reservoir.pdf"
    paper.write_bytes(
        make_pdf(["Devis du réservoir\n\nDevis pour la réfection du réservoir des Buttes.", "Conditions."])
    )
    async with town.running() as process:
        roux, vidal = await town.enters("roux"), await town.enters("vidal")
        eau = await roux.room(EAU)
        await vidal.room(EAU)
        assert await town.clients.do("trust", **{"as": roux.name, "user": town.bot}) == [True]
        own = await vidal.room("Appariteur")
        welcome = await vidal.hears(own, town.bot, 0)
        assert welcome[0]["content"]["body"].startswith("Bonjour Lucie, je suis l'appariteur de Sainte-Colombe.")
        assert welcome[0]["content"]["msgtype"] == "m.text"
        filed = await roux.drops(eau, paper, bot=town.bot, mime="application/pdf")
        assert "Classé : EAU-" in filed[0]["content"]["body"]
        process.kill()
        await process.wait()
    start = len(town.clients.seen)
    await town.clients.do("send", **{"as": vidal.name, "room": own, "text": "où est le devis du réservoir ?"})
    await town.clients.do(
        "send", **{"as": roux.name, "room": eau, "text": "!séance dans 3 semaines à 18 h 30 à la mairie"}
    )
    async with town.running():
        found = await vidal.hears(own, town.bot, start)
        assert "Devis du réservoir" in found[0]["content"]["body"]
        asked = await roux.hears(eau, town.bot, start)
        assert "C'est bien cela ?" in asked[0]["content"]["body"]
        sent = await vidal.asks(own, "1", bot=town.bot, answers=2)
        copy = tmp_path / "copy.pdf"
        await town.clients.do("download", **{"as": vidal.name, "content": sent[1]["content"], "to": str(copy)})
        assert copy.read_bytes() == paper.read_bytes()
        before = len(town.clients.seen)
        await town.clients.do("react", **{"as": roux.name, "room": eau, "to": asked[0]["id"], "key": "✅"})
        announced = await vidal.hears(eau, town.bot, before)
        assert announced[0]["content"]["body"].startswith("Nouvelle séance")
        assert announced[0]["content"]["m.mentions"] == {"room": True}
        agenda = await body(vidal, own, "qu'est-ce que j'ai le mois prochain ou ce mois-ci ?", town)
        assert agenda
        assert "à la mairie" in await body(vidal, own, "c'est quand la prochaine commission de l'eau ?", town)
    _assert_said_once(town)


def _assert_said_once(town: Town) -> None:
    """No message of the bot was sent twice, and everyone could read all that came after they entered."""
    said: dict[str, set[str]] = {}
    for seen in town.clients.seen:
        event = seen.get("event", {})
        if event.get("sender") == town.bot and event.get("type") == "m.room.message" and not event.get("failure"):
            said.setdefault(f"{event['room']} {event['content']['body']}", set()).add(event["id"])
    assert [text for text, ids in said.items() if len(ids) > 1] == []


async def test_a_newcomer_reads_what_came_before(town: Town) -> None:
    """Somebody who is added to the roll while the bot runs, with a device already, reads the room's past."""
    town.seat("arnaud", "roux")
    async with town.running():
        roux, vidal = await town.enters("roux"), await town.enters("vidal")
        eau = await roux.room(EAU)
        first = await roux.asks(eau, "!agenda", bot=town.bot)
        town.seat("arnaud", "roux", "vidal")
        assert await vidal.room(EAU) == eau
        past = await town.clients.until(
            lambda seen: seen.get("event", {}).get("id") == first[0]["id"] and _read_by(seen, vidal)
        )
        assert past["event"]["content"]["body"] == first[0]["content"]["body"]
        assert "Aucune séance" in await body(vidal, eau, "!agenda", town)


def _read_by(seen: dict[str, object], person: Person) -> bool:
    event = seen["event"]
    assert isinstance(event, dict)
    return event["as"] == person.name and not event.get("failure") and event["type"] == "m.room.message"


async def test_a_new_phone_is_answered_readably(town: Town) -> None:
    """Signed out, signed in again on a new device: the first answer can be read there."""
    town.seat("arnaud", "roux", "vidal")
    async with town.running():
        vidal = await town.enters("vidal")
        own = await vidal.conversation(town.bot)
        assert "Aucune séance" in await body(vidal, own, "agenda", town)
        await town.clients.do("logout", **{"as": vidal.name})
        again = await town.enters("vidal")
        assert await again.room("Appariteur") == own
        assert "Aucune séance" in await body(again, own, "agenda", town)


async def test_a_conversation_opened_by_the_person(town: Town) -> None:
    """Direct conversations work both ways."""
    town.seat("arnaud", "vidal")
    async with town.running():
        vidal = await town.enters("vidal")
        await vidal.conversation(town.bot)
        mine = await town.clients.do("dm", **{"as": vidal.name, "user": town.bot})
        await town.clients.until(
            lambda seen: (
                seen.get("event", {}).get("type") == "m.room.member"
                and seen["event"]["room"] == mine
                and seen["event"]["sender"] == town.bot
            )
        )
        assert "Bonjour" in await body(vidal, mine, "bonjour", town)
