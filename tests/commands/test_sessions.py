"""Planning a session: fixed, announced, reminded ahead, moved, called off; reminders and announcements of one's own."""

from datetime import datetime, timedelta

import pytest

from bot.town import ZONE, Town


async def test_a_session_is_read_back_then_announced(town: Town) -> None:
    """The full date, the place, the reminders; then "oui"."""
    assert (
        await town.says("roux", "!séance jeudi 12 mars à 18 h 30 à la mairie", room="EAU")
        == """Commission de l'eau : jeudi 12 mars 2026 à 18 h 30, à la mairie.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Nouvelle séance

Commission de l'eau : jeudi 12 mars 2026 à 18 h 30, à la mairie.

Déposez ici les documents à lire avant ; !agenda la retrouve."""
    )
    assert (
        await town.says("vidal", "agenda")
        == """Prochaines séances

1. Commission de l'eau : jeudi 12 mars 2026 à 18 h 30, à la mairie
2. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Répondez par un numéro pour voir l'ordre du jour."""
    )


async def test_a_session_fixed_in_private_is_announced_in_its_room(town: Town) -> None:
    """The room hears it; the chair is told so, and not twice the same thing."""
    assert (
        await town.says("roux", "séance eau demain à 20 h salle des fêtes")
        == """Commission de l'eau : mardi 3 mars 2026 à 20 h, salle des fêtes.

Je l'annoncerai dans le salon, avec un rappel 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert await town.says("roux", "oui") == "C'est fait, et annoncé dans le salon « Commission de l'eau »."
    assert (
        dict(town.heard)["!eau:sainte-colombe.fr"]
        == """Nouvelle séance

Commission de l'eau : mardi 3 mars 2026 à 20 h, salle des fêtes.

Déposez ici les documents à lire avant ; !agenda la retrouve."""
    )


async def test_what_is_missing_is_asked(town: Town) -> None:
    """The hour, the body: numbered, and each number goes on from there."""
    assert (
        await town.says("arnaud", "séance 13 mars")
        == """Pour quelle commission ?

1. Conseil municipal
2. Commission de l'eau
3. Commission voirie et bâtiments

Répondez par un numéro."""
    )
    assert (
        await town.says("arnaud", "3")
        == """Le vendredi 13 mars 2026, à quelle heure ?

1. vendredi 13 mars 2026 à 18 h
2. vendredi 13 mars 2026 à 18 h 30
3. vendredi 13 mars 2026 à 19 h
4. vendredi 13 mars 2026 à 20 h

Répondez par un numéro."""
    )
    assert (
        await town.says("arnaud", "2")
        == """Commission voirie et bâtiments : vendredi 13 mars 2026 à 18 h 30.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("arnaud", "oui") == "C'est fait, et annoncé dans le salon « Commission voirie et bâtiments »."
    )


async def test_a_chair_of_one_body_is_not_asked_which(town: Town) -> None:
    """M. Roux sits on the council too, but only chairs Eau."""
    assert (
        await town.says("roux", "séance 13 mars à 18 h")
        == """Commission de l'eau : vendredi 13 mars 2026 à 18 h.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "annuler")
        == """La séance Commission de l'eau (jeudi 26 mars 2026 à 18 h 30, mairie) sera annulée : je l'annoncerai dans le salon et ses rappels ne partiront pas. C'est bien cela ?

Répondez oui ou non."""
    )


async def test_a_doubtful_date_is_asked(town: Town) -> None:
    """A weekday that contradicts, and a past day."""
    assert (
        await town.says("roux", "!séance mardi 12 mars à 18 h à la mairie", room="EAU")
        == """Le 12 mars 2026 est un jeudi, pas un mardi.

1. jeudi 12 mars 2026 à 18 h
2. mardi 10 mars 2026 à 18 h
3. mardi 17 mars 2026 à 18 h

Répondez par un numéro."""
    )
    assert (
        await town.says("roux", "3", room="EAU")
        == """Commission de l'eau : mardi 17 mars 2026 à 18 h, à la mairie.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )


async def test_a_remote_session_has_its_link(town: Town) -> None:
    """Mode and link are said and shown."""
    assert (
        await town.says(
            "roux", "!séance lundi 9 mars 18h salle du conseil hybride https://visio.example/eau_1", room="EAU"
        )
        == """Commission de l'eau : lundi 9 mars 2026 à 18 h, salle du conseil, hybride : https://visio.example/eau_1.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Nouvelle séance

Commission de l'eau : lundi 9 mars 2026 à 18 h, salle du conseil, hybride : https://visio.example/eau_1.

Déposez ici les documents à lire avant ; !agenda la retrouve."""
    )


async def test_the_council_meets_in_person_and_its_convocation_has_a_deadline(town: Town) -> None:
    """CGCT, L. 2121-7 and L. 2121-11."""
    assert (
        await town.says("arnaud", "!séance mercredi 4 mars à 20 h à la mairie", room="CM")
        == """Conseil municipal : mercredi 4 mars 2026 à 20 h, à la mairie.

Il est trop tard pour convoquer dans les délais (3 jours francs, article L. 2121-11 du CGCT) : le dernier jour était le samedi 28 février 2026. En cas d'urgence, le maire peut abréger ce délai, sans descendre sous un jour franc ; le conseil en juge à l'ouverture.

Je l'annoncerai dans le salon, avec un rappel 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("arnaud", "!séance jeudi 12 mars à 20 h visio https://visio.example", room="CM")
        == "Le conseil municipal se réunit en présence de ses membres : la visioconférence, même partielle, n'y est pas permise (article L. 2121-7 du CGCT). Indiquez un lieu : !séance mardi 12 janvier à 18 h 30 à la mairie."
    )
    assert (
        await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie", room="CM")
        == """Conseil municipal : jeudi 12 mars 2026 à 20 h, à la mairie.

Dernier jour pour convoquer : dimanche 8 mars 2026 (3 jours francs, article L. 2121-11 du CGCT).

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )


async def test_two_sessions_on_one_day_are_refused(town: Town) -> None:
    """The same one, or another hour."""
    assert (
        await town.says("roux", "!séance 26 mars à 18 h 30", room="EAU")
        == "Cette séance est déjà prévue : jeudi 26 mars 2026 à 18 h 30. !reporter change sa date, !annuler l'annule."
    )
    assert (
        await town.says("roux", "!séance 26 mars à 20 h", room="EAU")
        == "Une séance est déjà prévue ce jour-là : jeudi 26 mars 2026 à 18 h 30, mairie. Pour changer son heure, écrivez !reporter suivi de la nouvelle date."
    )


async def test_only_those_who_act_for_the_chair_plan(town: Town) -> None:
    """A councillor is told who does."""
    for line in (
        "!séance 12 mars à 18 h",
        "!annuler",
        "!reporter 12 mars à 18 h",
        "!point X",
        "!annoncer X",
        "!retirer EAU-2026-001",
    ):
        assert "est réservée à la présidence, au maire et aux agents de « Commission de l'eau »." in await town.says(
            "vidal", line, room="EAU"
        )
    assert (
        await town.says("vidal", "!séance", room="EAU")
        == "La commande !séance est réservée à la présidence, au maire et aux agents de « Commission de l'eau ». !aide montre ce que vous pouvez faire."
    )


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

À lire avant :

1. Choix du prestataire
  - EAU-2026-002 Comparaison des offres"""
    )
    assert (
        await town.waits(timedelta(days=6))
        == """Rappel, demain : Commission de l'eau

jeudi 12 mars 2026 à 18 h 30, à la mairie

À lire avant :

1. Choix du prestataire
  - EAU-2026-002 Comparaison des offres"""
    )
    assert await town.waits(timedelta(hours=22)) == ""
    assert (
        await town.waits(timedelta(hours=1))
        == """Rappel, aujourd'hui : Commission de l'eau

jeudi 12 mars 2026 à 18 h 30, à la mairie

À lire avant :

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
        == """La séance Commission de l'eau du jeudi 12 mars 2026 passera au mardi 17 mars 2026 à 20 h, à la mairie. Je l'annoncerai dans le salon et referai les rappels. C'est bien cela ?

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
        == "Cette séance est déjà prévue : mardi 17 mars 2026 à 20 h. !reporter change sa date, !annuler l'annule."
    )
    assert (
        await town.says("roux", "!reporter 26 mars à 20 h", room="EAU")
        == "Une séance est déjà prévue ce jour-là : jeudi 26 mars 2026 à 18 h 30, mairie. Pour changer son heure, écrivez !reporter suivi de la nouvelle date."
    )


async def test_a_session_called_off_reminds_nobody(town: Town) -> None:
    """And is announced as such."""
    await town.says("roux", "!séance jeudi 12 mars à 18 h 30", room="EAU")
    await town.says("roux", "oui", room="EAU")
    assert (
        await town.says("roux", "!annuler 12 mars", room="EAU")
        == """La séance Commission de l'eau (jeudi 12 mars 2026 à 18 h 30) sera annulée : je l'annoncerai dans le salon et ses rappels ne partiront pas. C'est bien cela ?

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

Aucune séance n'est prévue."""
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


async def test_an_announcement_now_and_later(town: Town) -> None:
    """In the room or from a private conversation; the text is the text."""
    assert (
        await town.says("roux", "!annoncer Eau coupée jeudi matin.\nPrévoyez des bouteilles.", room="EAU")
        == """Annonce de Hugo Roux

Eau coupée jeudi matin.
Prévoyez des bouteilles."""
    )
    assert (
        await town.says("roux", "annoncer eau Le dossier est complet.")
        == "C'est fait, et annoncé dans le salon « Commission de l'eau »."
    )
    assert dict(town.heard)["!eau:sainte-colombe.fr"] == "Annonce de Hugo Roux\n\nLe dossier est complet."
    assert (
        await town.says("roux", "!annoncer vendredi 6 mars à 9 h : Pensez à lire le devis.", room="EAU")
        == "Ce sera annoncé dans le salon « Commission de l'eau » le vendredi 6 mars 2026 à 9 h : Pensez à lire le devis."
    )
    assert (
        await town.says("roux", "!rappels", room="EAU")
        == """Rappels et annonces à venir

1. vendredi 6 mars 2026 à 9 h (annonce) : Pensez à lire le devis.

Répondez 1 pour le retirer."""
    )
    assert (
        await town.waits(timedelta(days=4))
        == """Annonce de Hugo Roux

Pensez à lire le devis."""
    )
    assert (
        await town.says("roux", "!annoncer", room="EAU")
        == "Il manque le texte de l'annonce. Par exemple : !annoncer Le dossier est complet."
    )


async def test_a_reminder_of_ones_own(town: Town) -> None:
    """Said back, listed, taken back, told at its moment."""
    assert (
        await town.says("vidal", "rappel vendredi à 9 h relire le devis")
        == "C'est noté : « relire le devis ». Je vous le rappellerai le vendredi 6 mars 2026 à 9 h."
    )
    assert (
        await town.says("vidal", "rappelle-moi dans 2 heures d'appeler M. Petit")
        == "C'est noté : « appeler M. Petit ». Je vous le rappellerai le lundi 2 mars 2026 à 11 h."
    )
    assert (
        await town.says("vidal", "rappelle moi demain le pain")
        == "C'est noté : « le pain ». Je vous le rappellerai le mardi 3 mars 2026 à 9 h."
    )
    assert (
        await town.says("vidal", "rappels")
        == """Rappels et annonces à venir

1. lundi 2 mars 2026 à 11 h : appeler M. Petit
2. mardi 3 mars 2026 à 9 h : le pain
3. vendredi 6 mars 2026 à 9 h : relire le devis

Répondez par un numéro pour en retirer un."""
    )
    assert await town.says("vidal", "2") == "C'est retiré : le pain."
    assert (
        await town.says("petit", "rappels")
        == """Rappels et annonces à venir

Il n'y en a pas. !rappel demain à 9 h relire le devis en crée un."""
    )
    assert await town.waits(timedelta(hours=3)) == "Rappel : appeler M. Petit"
    assert await town.waits(timedelta(days=4)) == "Rappel : relire le devis"
    assert (
        await town.says("vidal", "rappels")
        == """Rappels et annonces à venir

Il n'y en a pas. !rappel demain à 9 h relire le devis en crée un."""
    )


async def test_a_reminder_in_a_room_is_everybodys(town: Town) -> None:
    """It says who asked; only that person takes it back."""
    assert (
        await town.says("vidal", "!rappel demain à 9 h apporter les plans", room="EAU")
        == "C'est noté : « apporter les plans ». Je le rappellerai ici, à tous, le mardi 3 mars 2026 à 9 h."
    )
    assert (
        await town.says("roux", "!rappels", room="EAU")
        == """Rappels et annonces à venir

1. mardi 3 mars 2026 à 9 h : apporter les plans

Répondez 1 pour le retirer."""
    )
    assert (
        await town.says("roux", "1", room="EAU")
        == "Ce rappel n'existe plus, ou il a été demandé par quelqu'un d'autre. !rappels les montre."
    )
    assert await town.waits(timedelta(days=1)) == "Rappel : apporter les plans (demandé par Lucie Vidal)"


async def test_a_late_reminder_of_ones_own_says_so(town: Town) -> None:
    """Late rather than never."""
    await town.says("vidal", "rappel demain à 9 h relire le devis")
    town.clock.set(datetime(2026, 3, 3, 11, tzinfo=ZONE))
    await town.wake()
    assert (
        town.heard[-1][1]
        == """Rappel : relire le devis

(Ce rappel part en retard : il était prévu le mardi 3 mars 2026 à 9 h.)"""
    )


async def test_a_reminder_needs_a_date_to_come_and_words(town: Town) -> None:
    """What is missing or gone is said."""
    assert (
        await town.says("vidal", "rappel relire le devis")
        == "Je ne lis pas de date dans « relire le devis ». Écrivez par exemple « demain à 9 h » ou « dans 3 semaines »."
    )
    assert (
        await town.says("vidal", "rappel demain à 9 h") == "Que dois-je rappeler ? !rappel demain à 9 h relire le devis"
    )
    assert (
        await town.says("vidal", "rappel")
        == "Il manque la date et le texte. Par exemple : !rappel vendredi 6 mars à 9 h relire le devis"
    )
    assert (
        await town.says("vidal", "rappel le 1er janvier 2020 relire")
        == "Le mercredi 1er janvier 2020 est passé. Indiquez une date à venir : nous sommes le lundi 2 mars 2026."
    )
    assert (
        await town.says("vidal", "rappel aujourd'hui à 8 h relire")
        == "Il est 9 h : 8 h est déjà passé aujourd'hui. Indiquez une heure à venir, ou « demain à 8 h »."
    )


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            "rappel dimanche 29 mars à 2 h 30 dormir",
            "Le dimanche 29 mars 2026, 2 h 30 n'existe pas : on passe à l'heure d'été cette nuit-là. Indiquez une autre heure.",
        ),
        (
            "rappel dimanche 29 mars à 3 h 30 dormir",
            "C'est noté : « dormir ». Je vous le rappellerai le dimanche 29 mars 2026 à 3 h 30.",
        ),
        (
            "rappel dimanche 25 octobre à 2 h 30 dormir",
            "C'est noté : « dormir ». Je vous le rappellerai le dimanche 25 octobre 2026 à 2 h 30.",
        ),
    ],
)
async def test_nights_when_clocks_change(town: Town, said: str, answer: str) -> None:
    """An hour that doesn't exist is refused; one that comes twice is its first."""
    assert await town.says("vidal", said) == answer


async def test_reminders_keep_the_wall_clock_across_summer_time(town: Town) -> None:
    """Seven days before a session at 20 h is 20 h, though the clocks changed in between."""
    await town.says("roux", "!séance mercredi 1er avril à 20 h", room="EAU")
    await town.says("roux", "oui", room="EAU")
    await town.waits(datetime(2026, 3, 25, 19, 59, tzinfo=ZONE) - town.clock.now())
    assert "mercredi 1er avril 2026 à 20 h" in await town.waits(timedelta(minutes=2))
