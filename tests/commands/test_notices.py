"""Announcements and reminders of one's own: said back, listed, taken back, told at their moment."""

from datetime import datetime, timedelta

import pytest

from bot.town import ZONE, Town


async def test_an_announcement_now_and_later(town: Town) -> None:
    """In the room or from a private conversation; the text is the text."""
    assert (
        await town.says("roux", "!annoncer Eau coupée jeudi matin.\nPrévoyez des bouteilles.", room="EAU")
        == """Annonce de Hugo Roux

Eau coupée jeudi matin.
Prévoyez des bouteilles."""
    )
    assert (
        await town.says("roux", "annonce a tous que le dossier est complet")
        == """Ce sera annoncé aussitôt dans le salon « Commission de l'eau », en votre nom, et les téléphones sonneront :

le dossier est complet

C'est bien cela ?

Répondez oui ou non."""
    )
    assert dict(town.heard).get("!eau:sainte-colombe.fr", "").startswith("Annonce de Hugo Roux\n\nEau")
    await town.says("roux", "non")
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
        == "Je ne lis pas de date dans « relire le devis ». Écrivez par exemple « rappel demain à 9 h relire le devis »."
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
