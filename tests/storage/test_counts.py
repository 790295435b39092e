"""What is counted and remembered of mails, seats and pages, on both databases."""

from datetime import UTC, date, datetime, timedelta

from council.meetings import Mode
from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.database import Database
from storage.mails import Mail, Outcome, Place
from storage.papers import Reader
from storage.people import Entry
from storage.savings import Errata, Pages
from storage.store import Store
from storage.tables import File, Meeting

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
BODIES = (BodyEntry("CM", "Conseil municipal", BodyKind.COUNCIL), BodyEntry("EAU", "Eau", BodyKind.COMMISSION))


def _entry(name: str, channel: Channel, *codes: str) -> Entry:
    seats = dict.fromkeys(codes, False)
    return Entry(name, "A", f"@{name}:x.fr", "", "", Function.COUNCILLOR, channel, None, None, seats)


async def _town(store: Store, *codes: str) -> int:
    """Two readers on screens and one on paper in the council; the first one's row."""
    await store.bodies.declare(BODIES)
    entries = [_entry(name, Channel.ELEMENT, "CM", *codes) for name in ("un", "deux")]
    await store.people.take_roll([*entries, _entry("trois", Channel.PAPER, "CM")], TODAY)
    person = await store.people.by_matrix_id("@un:x.fr")
    assert person is not None
    return person.id


def _version(blob: str, by: int, pages: int | None) -> File:
    place = {"room_id": "!r", "event_id": "$e"}
    return File(blob=blob, name=blob, mime="x", size=1, filed_by=by, filed_at=NOW, page_count=pages, **place)


async def test_seats_are_told_once_each(database: Database) -> None:
    """Who was welcomed is only told of the seats that they took since."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        await _town(store)
        people = await store.arrivals.people(TODAY)
        assert [person.last_name for person in people] == ["deux", "trois", "un"]
        for person in people:
            await store.arrivals.told(person, TODAY)
        assert await store.arrivals.people(TODAY) == []
        await _town(store, "EAU")
        _, un = await store.arrivals.people(TODAY)
        assert [body.code for body in await store.arrivals.bodies(un, TODAY)] == ["EAU"]
        assert un.welcomed_at == NOW


async def test_how_far_a_mailbox_was_read(database: Database) -> None:
    """By box and validity; another one begins anew."""
    async with database.begin() as session:
        mails = Store(session, "", NOW).mails
        assert await mails.read_to("a@b/INBOX", 7) == 0
        kept = Mail(message_id="<1@x>", sender="a@x.fr", rule="@x.fr", outcome=Outcome.FILED, seen_at=NOW)
        await mails.looked_at(Place("a@b/INBOX", 7, 12), kept)
        assert await mails.read_to("a@b/INBOX", 7) == 12
        assert await mails.read_to("a@b/INBOX", 8) == 0
        assert await mails.is_filed("<1@x>", "a@x.fr")
        assert not await mails.is_filed("<1@x>", "b@x.fr")
        assert await mails.filed_lately("@x.fr") == 1
        assert await Store(session, "", NOW + timedelta(days=2)).mails.filed_lately("@x.fr") == 0


async def test_what_was_left_aside_is_told_daily_then_forgotten(database: Database) -> None:
    """Filed mails are remembered for ever."""
    async with database.begin() as session:
        for day, outcome in ((0, Outcome.STRANGER), (0, Outcome.FILED), (1, Outcome.UNPROVEN), (40, Outcome.STRANGER)):
            at = NOW + timedelta(days=day, minutes=day)
            mails = Store(session, "", at).mails
            kept = Mail(message_id="", sender="a@x.fr", rule="", outcome=outcome, seen_at=at)
            await mails.looked_at(Place("a", 1, day), kept)
            told = await mails.left_aside()
            assert [mail.outcome for mail in told] == ([] if outcome is Outcome.FILED else [outcome])
        assert await mails.counts(NOW) == {Outcome.FILED: 1, Outcome.STRANGER: 1}


async def test_pages_are_counted(database: Database) -> None:
    """Filed, sent, shown at a session, spared by a correction: the readers on screens, times the pages that stayed."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        by = await _town(store)
        council, _ = await store.bodies.all()
        reader, bodies = Reader(by, None, TODAY), [council.id]
        start = NOW + timedelta(days=10)
        session_row = Meeting(
            body_id=council.id, starts_at=start, place="", mode=Mode.IN_PERSON, link="", created_by=by
        )
        meeting = await store.meetings.add(session_row)
        first, second = _version("a", by, 3), _version("b", by, 4)
        paper = await store.papers.file(council, 2026, "Budget", first, meeting_id=meeting.id)
        await store.papers.file(council, 2026, "Note", _version("c", by, None))
        await store.papers.keep_text(first, ["un", "deux", ""], 3, "")
        await store.papers.replace(paper, second)
        await store.papers.keep_text(second, ["un", "deux bis", "", "quatre"], 4, "")
        for _ in range(3):
            await store.savings.sent(second.id, 2026)
        assert await store.savings.filed(reader, bodies, 2026) == Pages(2, 3, 1)
        assert await store.savings.filed(reader, bodies, 2025) == Pages()
        assert await store.savings.read(reader, bodies, 2026) == Pages(3, 12)
        assert await store.savings.errata(reader, bodies, 2026) == Errata(1, 1, 2)
        (shown,) = await store.savings.sessions(reader, bodies, NOW, NOW + timedelta(days=300))
        assert (shown.filed, shown.letters, shown.people) == (Pages(1, 4), 0, 0)
        assert await store.savings.filed(Reader(999, None, date(2026, 3, 2)), bodies, 2026) == Pages()
