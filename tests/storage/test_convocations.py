"""Convocations as they are kept: copies, proofs and their end, on both databases."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from council.convocations import Verdict
from council.meetings import Mode
from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.database import Database
from storage.people import Entry
from storage.states import JournalKind, OutboxKind
from storage.store import Store
from storage.summons import Convocation
from storage.tables import Meeting

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SESSION = datetime(2026, 3, 12, 19, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """A convocation of two people: one on Element, one on paper."""

    database: Database
    meeting_id: int
    by: int
    paper: int
    key: str


def _entry(first: str, channel: Channel) -> Entry:
    matrix_id = f"@{first.lower()}:town.example" if channel is Channel.ELEMENT else None
    return Entry("Durand", first, matrix_id, "", "", Function.COUNCILLOR, channel, None, None, {"CM": False})


@pytest.fixture
async def made(database: Database) -> Made:
    """Issued, and owed to the one on Element."""
    async with database.begin() as session:
        store = Store(session, "$convoke", NOW)
        await store.bodies.declare([BodyEntry("CM", "Conseil municipal", BodyKind.COUNCIL)])
        await store.people.take_roll([_entry("Ada", Channel.ELEMENT), _entry("Bob", Channel.PAPER)], NOW.date())
        body = (await store.bodies.all())[0]
        ada, bob = await store.people.in_office(NOW.date())
        meeting = await store.meetings.add(
            Meeting(body_id=body.id, starts_at=SESSION, place="mairie", mode=Mode.IN_PERSON, link="", created_by=ada.id)
        )
        convocation = Convocation(
            reference="CM-2026-01",
            body_id=body.id,
            year=2026,
            number=await store.convocations.next_number(body, 2026),
            meeting_id=meeting.id,
            starts_at=SESSION,
            verdict=Verdict.LAWFUL,
            last_day=date(2026, 3, 8),
            law="3 jours francs",
            reason="",
            text="Convocation",
            items=[],
            made_by=ada.id,
            made_at=NOW,
        )
        await store.convocations.issue(convocation, [(ada, Channel.ELEMENT), (bob, Channel.PAPER)])
        content = {"markdown": "Convocation", "official": "CM-2026-01"}
        key = await store.outbox.owe(OutboxKind.MESSAGE, content, person_id=ada.id)
        convocation.summonses[0].outbox_key = key
    return Made(database, meeting.id, ada.id, bob.id, key)


async def test_a_sending_is_proved_by_its_event_and_moment(made: Made) -> None:
    """On the copy, and in the journal."""
    async with made.database.begin() as session:
        store = Store(session, "", NOW + timedelta(minutes=1))
        row = (await store.outbox.heads(()))[0].row
        await store.outbox.sent(row.id, "$event")
        await store.convocations.delivered(row, "$event")
    async with made.database.read() as session:
        store = Store(session, "", NOW)
        copy = (await store.convocations.in_force(made.meeting_id))[0].summonses[0]
        assert (copy.outbox_key, copy.event_id, copy.sent_at) == (made.key, "$event", NOW + timedelta(minutes=1))
        told = await store.journal.last(JournalKind.SENDING)
        assert told is not None
        assert (told.subject, told.person_id, told.details) == (
            "CM-2026-01",
            made.by,
            {"event": "$event", "channel": "element"},
        )


async def test_a_refused_sending_is_no_proof_and_is_named(made: Made) -> None:
    """With the homeserver's reason."""
    async with made.database.begin() as session:
        store = Store(session, "", NOW)
        await store.outbox.failed((await store.outbox.heads(()))[0].row.id, "salon introuvable")
    async with made.database.read() as session:
        store = Store(session, "", NOW)
        convocation = (await store.convocations.in_force(made.meeting_id))[0]
        assert convocation.summonses[0].sent_at is None
        assert await store.convocations.failures(convocation) == {made.key: "salon introuvable"}


async def test_paper_waits_until_it_is_handed_over(made: Made) -> None:
    """By whom and on which day."""
    async with made.database.begin() as session:
        store = Store(session, "", NOW)
        body_id = (await store.bodies.all())[0].id
        (copy,) = await store.convocations.to_hand_over([body_id])
        assert copy.person.first_name == "Bob"
        await store.convocations.hand_over(copy, date(2026, 3, 3), made.by)
        assert await store.convocations.to_hand_over([body_id]) == []
        told = await store.journal.last(JournalKind.HANDED)
        assert told is not None
        assert told.details == {"day": "2026-03-03", "by": made.by, "channel": "papier"}


async def test_it_waits_for_a_receipt_until_the_session(made: Made) -> None:
    """Afterwards only by its reference; nobody acknowledges what was on paper, or what ended."""
    async with made.database.begin() as session:
        before, later = (Store(session, "", moment).convocations for moment in (NOW, SESSION + timedelta(days=1)))
        assert [copy.convocation.reference for copy in await before.addressed_to(made.by)] == ["CM-2026-01"]
        assert await before.addressed_to(made.paper) == []
        assert await later.addressed_to(made.by) == []
        assert len(await later.addressed_to(made.by, "CM-2026-01")) == 1
        await before.end(made.meeting_id)
        assert await before.addressed_to(made.by) == []
        assert await before.in_force(made.meeting_id) == []


async def test_the_text_is_sealed_in_the_journal(made: Made) -> None:
    """By its SHA-256 and nothing of it; numbers go on."""
    async with made.database.read() as session:
        store = Store(session, "", NOW)
        told = await store.journal.last(JournalKind.CONVOKED)
        assert told is not None
        assert (told.details["people"], told.details["verdict"]) == (2, "lawful")
        assert told.details["sha256"] == "4e36b5e18d2e376b08d5d77d4ef4a62079d916c47ea9b067a3f3bb0292ed161e"
        assert await store.convocations.next_number((await store.bodies.all())[0], 2026) == 2
