"""The agenda, what is under way, and the order of business of a session."""

from datetime import datetime, timedelta

from bot.town import ZONE, Town


async def test_a_session_under_way_is_still_shown(town: Town) -> None:
    """Three hours from its beginning, and then no more."""
    await town.waits(datetime(2026, 3, 26, 19, tzinfo=ZONE) - town.clock.now())
    assert (
        await town.says("vidal", "agenda")
        == """Prochaines séances

1. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie (en cours)

Répondez 1 pour voir l'ordre du jour."""
    )
    assert (
        await town.says("vidal", "1")
        == """Ordre du jour : Commission de l'eau

jeudi 26 mars 2026 à 18 h 30, mairie

1. Réservoir des Buttes (rapporteur : Hugo Roux)
  - EAU-2026-001 Devis du réservoir"""
    )
    await town.waits(timedelta(hours=3))
    assert (
        await town.says("vidal", "agenda")
        == """Prochaines séances

Aucune séance n'est prévue."""
    )


async def test_the_agenda_of_a_period(town: Town) -> None:
    """A week, a month, a day, a body and a period, everything."""
    assert (
        await town.says("vidal", "agenda cette semaine")
        == """Prochaines séances (du lundi 2 mars 2026 au dimanche 8 mars 2026)

Aucune séance n'est prévue. Voici les prochaines :

1. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
    )
    assert (
        await town.says("vidal", "agenda eau en mars")
        == """Prochaines séances : Commission de l'eau (du dimanche 1er mars 2026 au mardi 31 mars 2026)

1. jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
    )
    assert (
        await town.says("vidal", "agenda 26 mars")
        == """Prochaines séances (jeudi 26 mars 2026)

1. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
    )
    assert (
        await town.says("roux", "!agenda tout", room="EAU")
        == """Prochaines séances

1. jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
    )
    assert (
        await town.says("vidal", "agenda n'importe quoi")
        == "Je ne lis ni commission ni date dans « n'importe quoi ». Essayez !agenda, !agenda finances ou !agenda cette semaine."
    )


async def test_points_and_the_order_of_business(town: Town) -> None:
    """Numbered, with their rapporteurs."""
    assert (
        await town.says("roux", "!point Choix du prestataire rapporteur Mme Arnaud", room="EAU")
        == "Point 2 ajouté à la séance du jeudi 26 mars 2026 : Choix du prestataire (rapporteur : Blanche Arnaud)."
    )
    assert (
        await town.says("roux", "!point Questions diverses rapporteur Dupont", room="EAU")
        == "Je ne connais pas « Dupont » parmi les membres. Écrivez le nom en entier."
    )
    assert (
        await town.says("roux", "!point Eau potable : analyses de l'ARS", room="EAU")
        == "Point 3 ajouté à la séance du jeudi 26 mars 2026 : Eau potable : analyses de l'ARS."
    )
    assert await town.says("roux", "point eau Tarifs") == "Point 4 ajouté à la séance du jeudi 26 mars 2026 : Tarifs."
    assert (
        await town.says("roux", "!odj", room="EAU")
        == """Ordre du jour : Commission de l'eau

jeudi 26 mars 2026 à 18 h 30, mairie

1. Réservoir des Buttes (rapporteur : Hugo Roux)
  - EAU-2026-001 Devis du réservoir
2. Choix du prestataire (rapporteur : Blanche Arnaud)
3. Eau potable : analyses de l'ARS
4. Tarifs"""
    )
    assert (
        await town.says("roux", "!odj 27 mars", room="EAU")
        == "Aucune séance n'est prévue le vendredi 27 mars 2026 pour « Commission de l'eau ». !agenda montre celles qui le sont."
    )
    assert (
        await town.says("roux", "!point", room="EAU")
        == "Il manque le titre du point. Par exemple : !point Choix du prestataire rapporteur Blanche Arnaud"
    )
