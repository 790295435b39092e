"""A session's reminders: told ahead, moved and called off with it, late rather than never."""

from datetime import datetime, timedelta

from bot.town import ZONE, Town


async def test_reminders_come_seven_days_one_day_and_one_hour_before(town: Town) -> None:
    """Each at its moment, with the papers as links and references."""
    await town.says("roux", "!séance jeudi 12 mars à 18 h 30 à la mairie", room="EAU")
    await town.says("roux", "oui", room="EAU")
    await town.says("roux", "!point Choix du prestataire", room="EAU")
    await town.drops(
        "vidal", b"Trois offres ont ete recues.", "offres.txt", caption="Comparaison des offres, point 1", room="EAU"
    )
    assert await town.waits(datetime(2026, 3, 5, 18, 29, tzinfo=ZONE) - town.clock.now()) == ""
    assert (
        await town.waits(timedelta(minutes=2))
        == """Rappel, dans 7 jours : Commission de l'eau

jeudi 12 mars 2026 à 18 h 30, à la mairie

Ordre du jour :

1. Choix du prestataire
  - EAU-2026-002 Comparaison des offres"""
    )
    assert (
        await town.waits(timedelta(days=6))
        == """Rappel, demain : Commission de l'eau

jeudi 12 mars 2026 à 18 h 30, à la mairie

Ordre du jour :

1. Choix du prestataire
  - EAU-2026-002 Comparaison des offres"""
    )
    assert await town.waits(timedelta(hours=22)) == ""
    assert (
        await town.waits(timedelta(hours=1))
        == """Rappel, aujourd'hui : Commission de l'eau

jeudi 12 mars 2026 à 18 h 30, à la mairie

Ordre du jour :

1. Choix du prestataire
  - EAU-2026-002 Comparaison des offres"""
    )
    assert await town.waits(timedelta(days=3)) == ""


async def test_a_late_reminder_says_so(town: Town) -> None:
    """The bot was stopped when it fell due."""
    await town.says("roux", "!séance jeudi 12 mars à 18 h 30", room="EAU")
    await town.says("roux", "oui", room="EAU")
    town.clock.set(datetime(2026, 3, 5, 20, tzinfo=ZONE))
    await town.wake()
    assert (
        town.heard[-1][1]
        == """Rappel, dans 7 jours : Commission de l'eau

jeudi 12 mars 2026 à 18 h 30

Aucun document n'a encore été déposé.

(Ce rappel part en retard : il était prévu le jeudi 5 mars 2026 à 18 h 30.)"""
    )


async def test_a_moved_session_takes_its_reminders_along(town: Town) -> None:
    """Old ones never come; new ones do."""
    await town.says("roux", "!séance jeudi 12 mars à 18 h 30 à la mairie", room="EAU")
    await town.says("roux", "oui", room="EAU")
    assert (
        await town.says("roux", "!reporter mardi 17 mars à 20 h", room="EAU")
        == """La séance de la Commission de l'eau du jeudi 12 mars 2026 passera au mardi 17 mars 2026 à 20 h, à la mairie. Je l'annoncerai dans le salon et referai les rappels. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Séance reportée : Commission de l'eau

Elle était prévue le jeudi 12 mars 2026. Nouvelle date : mardi 17 mars 2026 à 20 h, à la mairie."""
    )
    assert await town.waits(timedelta(days=7)) == ""
    assert (await town.waits(timedelta(days=2))).startswith(
        "Rappel, dans 7 jours : Commission de l'eau\n\nmardi 17 mars 2026 à 20 h"
    )
    assert (
        await town.says("roux", "!reporter 17 mars à 20 h", room="EAU")
        == "Cette séance est déjà prévue : mardi 17 mars 2026 à 20 h. !reporter change sa date, !séance lieu : … son lieu, !annuler l'annule."
    )
    assert "du jeudi 26 mars 2026 passera au jeudi 26 mars 2026 à 20 h" in await town.says(
        "roux", "!reporter 26 mars à 20 h", room="EAU"
    )


async def test_a_session_called_off_reminds_nobody(town: Town) -> None:
    """And is announced as such."""
    await town.says("roux", "!séance jeudi 12 mars à 18 h 30", room="EAU")
    await town.says("roux", "oui", room="EAU")
    assert (
        await town.says("roux", "!annuler 12 mars", room="EAU")
        == """La séance de la Commission de l'eau (jeudi 12 mars 2026 à 18 h 30) sera annulée : je l'annoncerai dans le salon et ses rappels ne partiront pas. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Séance annulée : Commission de l'eau

Elle était prévue le jeudi 12 mars 2026 à 18 h 30."""
    )
    assert await town.waits(timedelta(days=16)) == ""
    assert (
        await town.says("roux", "!annuler 13 mars", room="EAU")
        == "Aucune séance n'est prévue le samedi 13 mars 2027 pour « Commission de l'eau ». !agenda montre celles qui le sont."
    )


async def test_reminders_outlive_who_fixed_the_session(town: Town) -> None:
    """The chair has left: the room still reads its papers."""
    await town.says("martin", "!séance jeudi 12 mars à 18 h 30", room="EAU")
    await town.says("martin", "oui", room="EAU")
    await town.drops("vidal", b"Trois offres.", "offres.txt", room="EAU")
    await town.leaves("martin")
    assert (
        await town.waits(timedelta(days=4))
        == """Rappel, dans 7 jours : Commission de l'eau

jeudi 12 mars 2026 à 18 h 30

À lire avant :

- EAU-2026-002 Trois offres"""
    )


async def test_the_whole_agenda_is_told_with_what_is_to_be_read(town: Town) -> None:
    """A point without a paper is told too, and when no paper has come, that."""
    await town.says("roux", "!séance jeudi 12 mars à 18 h 30 oui", room="EAU")
    for title in ("Réservoir", "Choix du prestataire"):
        await town.says("roux", f"!point {title}", room="EAU")
    points = "Ordre du jour :\n\n1. Réservoir\n2. Choix du prestataire"
    assert (await town.waits(timedelta(days=4))).endswith(f"{points}\n\nAucun document n'a encore été déposé.")
    await town.drops("vidal", b"Trois offres.", "offres.txt", caption="Offres, point 2", room="EAU")
    assert (await town.waits(timedelta(days=6))).endswith(f"{points}\n  - EAU-2026-002 Offres")


async def test_reminders_keep_the_wall_clock_across_summer_time(town: Town) -> None:
    """Seven days before a session at 20 h is 20 h, though the clocks changed in between."""
    await town.says("roux", "!séance mercredi 1er avril à 20 h", room="EAU")
    await town.says("roux", "oui", room="EAU")
    await town.waits(datetime(2026, 3, 25, 19, 59, tzinfo=ZONE) - town.clock.now())
    assert "mercredi 1er avril 2026 à 20 h" in await town.waits(timedelta(minutes=2))
