"""Words handled late, after a stop: their dates are told from the moment at which they were said."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.town import ZONE, Town, room_id
from tests.council.french.moments import at

MONDAY = at("2026-03-02 19:00")


async def _late(town: Town, who: str, text: str, said_at: datetime, *, room: str = "EAU") -> str:
    """What is answered now to what was said then."""
    before = len(town.heard)
    await town.happens(who, room, "m.room.message", {"msgtype": "m.text", "body": text}, said_at=said_at)
    await town.wake()
    return "\n\n".join(text for where, text in town.heard[before:] if where == room_id(who, room))


async def test_tomorrow_is_told_from_the_evening_when_it_was_said(town: Town) -> None:
    """Said on Monday evening, read on Tuesday morning: it is Tuesday evening, and the answer says that it is late."""
    town.clock.set(at("2026-03-03 09:00"))
    assert (
        await _late(town, "roux", "!séance demain à 20 h à la mairie", MONDAY)
        == """Commission de l'eau : mardi 3 mars 2026 à 20 h, à la mairie.

Je l'annoncerai dans le salon, avec un rappel 1 heure avant. C'est bien cela ?

(Je réponds avec retard à votre message du lundi 2 mars 2026 à 19 h.)

Répondez oui ou non."""
    )


async def test_what_has_passed_since_is_told(town: Town) -> None:
    """By everything that reads a date: never the same words taken a week further."""
    town.clock.set(at("2026-03-04 09:00"))
    late = "\n\n(Je réponds avec retard à votre message du lundi 2 mars 2026 à 19 h.)"
    day = "Le mardi 3 mars 2026 est passé. Indiquez une date à venir : nous sommes le mercredi 4 mars 2026."
    hour = "Cette date est déjà passée : mardi 3 mars 2026 à 20 h. Donnez une date à venir."
    for said, answer in {
        "!séance demain à 20 h": day,
        "!séance mardi à 20 h": day,
        "!reporter demain à 20 h": hour,
        "!reporter la séance de demain au 12 mars": day,
        "!annuler demain": day,
        "!dates demain à 20 h ; jeudi 12 mars à 20 h": hour,
        "!présent demain": day,
        "!récurrences sauf demain": day,
    }.items():
        assert await _late(town, "roux", said, MONDAY) == answer + late, said


async def test_a_reminder_asked_in_time_and_read_late_is_told_at_once(town: Town) -> None:
    """Late rather than never; what was past when it was said is refused, whenever it is read."""
    town.clock.set(at("2026-03-04 09:00"))
    late = "\n\n(Je réponds avec retard à votre message du lundi 2 mars 2026 à 19 h.)"
    for said, answer, told in (
        (
            "!rappel demain à 20 h relire le devis",
            (
                "C'est noté : « relire le devis ». C'était pour le mardi 3 mars 2026 à 20 h, avant que je vous lise : je le rappelle "
                "ici, à tous, aussitôt."
            ),
            "Rappel : relire le devis (demandé par Hugo Roux)\n\n(Ce rappel part en retard : il était prévu le mardi 3 mars 2026 à 20 h.)",
        ),
        (
            "!annoncer demain à 20 h : la salle est ouverte",
            (
                "Ce sera annoncé dans le salon « Commission de l'eau » le mardi 3 mars 2026 à 20 h, avant que je vous lise : je "
                "l'annonce aussitôt : la salle est ouverte"
            ),
            "Annonce de Hugo Roux\n\nla salle est ouverte\n\n(Cette annonce part en retard : elle était prévue le mardi 3 mars 2026 à 20 h.)",
        ),
    ):
        assert await _late(town, "roux", said, MONDAY) == f"{answer}{late}\n\n{told}"
    assert (await _late(town, "roux", "!rappel 1er mars 2026 à 20 h relire", MONDAY)).startswith(
        "Le dimanche 1er mars 2026 est passé"
    )


async def test_a_doubt_offers_only_what_is_still_to_come(town: Town) -> None:
    """Of two weeks, the one that is gone isn't asked about any more."""
    town.clock.set(at("2026-03-06 09:00"))
    heard = await _late(town, "roux", "!séance mercredi prochain à 20 h", MONDAY)
    assert [line for line in heard.split("\n") if line[:1].isdigit()] == ["1. mercredi 11 mars 2026 à 20 h"]


async def test_a_clock_ahead_of_ours_changes_nothing(town: Town) -> None:
    """Nothing was said later than now."""
    heard = await _late(town, "roux", "!séance demain à 20 h", town.clock.now() + timedelta(days=3))
    assert "mardi 3 mars 2026 à 20 h" in heard


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        ["dans 10 jours à 20 h", "mardi en huit à 20 h", "le 15 à 18 h", "jeudi en quinze à 19 h", "fin mars à 18 h"]
    ),
    st.integers(0, 4 * 24 * 60),
)
async def test_the_moment_of_handling_changes_nothing(town: Town, said: str, minutes: int) -> None:
    """The same words, said at the same moment, are the same date whenever they are read before it."""
    town.clock.set(MONDAY)
    town.heard.clear()
    at_once = await _late(town, "roux", f"!reporter {said}", MONDAY)
    town.clock.set(MONDAY + timedelta(minutes=minutes))
    later = await _late(town, "roux", f"!reporter {said}", MONDAY)
    assert later.split("\n")[0] == at_once.split("\n")[0]
    assert "passera au" in later
    town.clock.set(datetime(2026, 3, 2, 9, tzinfo=ZONE))
