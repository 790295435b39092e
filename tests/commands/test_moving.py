"""Any session moves or is called off by its date, one of a series as well; the others stay."""

from datetime import datetime, timedelta

import pytest

from bot.town import ZONE, Town

SERIES = "!séance tous les premiers mardis du mois à 20 h sauf août à la mairie oui"


async def _fixed(town: Town) -> None:
    await town.says("roux", SERIES, room="EAU")
    town.heard.clear()


async def test_one_of_a_series_moves_and_the_others_stay(town: Town) -> None:
    """Told by its date, in words; read back whole, then announced."""
    await _fixed(town)
    assert (
        await town.says("roux", "!reporter la séance du 5 mai au 12 mai à 19 h", room="EAU")
        == """La séance de la Commission de l'eau du mardi 5 mai 2026 passera au mardi 12 mai 2026 à 19 h, à la mairie. Je l'annoncerai dans le salon et referai les rappels. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Séance reportée : Commission de l'eau

Elle était prévue le mardi 5 mai 2026. Nouvelle date : mardi 12 mai 2026 à 19 h, à la mairie."""
    )
    heard = await town.says("vidal", "!agenda eau")
    for shown in ("mardi 7 avril 2026 à 20 h", "mardi 12 mai 2026 à 19 h", "mardi 2 juin 2026 à 20 h"):
        assert shown in heard
    assert "5 mai" not in heard


@pytest.mark.parametrize(
    ("said", "moved"),
    [
        ("!reporter la séance du 5 mai au 12 mai à 19 h", "mardi 5 mai 2026 passera au mardi 12 mai 2026 à 19 h"),
        ("!reporter 5 mai au 12 mai", "mardi 5 mai 2026 passera au mardi 12 mai 2026 à 20 h"),
        ("!reporter la séance du 5 mai au 12", "mardi 5 mai 2026 passera au mardi 12 mai 2026 à 20 h"),
        ("!reporter celle du 5 mai au jeudi 14", "mardi 5 mai 2026 passera au jeudi 14 mai 2026 à 20 h"),
        ("!reporter la séance du 5 mai au 4 juin à 18h30", "mardi 5 mai 2026 passera au jeudi 4 juin 2026 à 18 h 30"),
        ("!reporter la séance du mardi 5 mai d'une semaine", "mardi 5 mai 2026 passera au mardi 12 mai 2026 à 20 h"),
        ("!reporter la séance du 5 mai de deux jours", "mardi 5 mai 2026 passera au jeudi 7 mai 2026 à 20 h"),
        ("!reporter la séance du 5 mai au lendemain", "mardi 5 mai 2026 passera au mercredi 6 mai 2026 à 20 h"),
        ("!reporter la séance du 5 mai à la semaine suivante", "mardi 5 mai 2026 passera au mardi 12 mai 2026 à 20 h"),
        ("!reporter la séance du 5 mai à 19 h", "mardi 5 mai 2026 passera au mardi 5 mai 2026 à 19 h"),
        ("!reporter 5 mai 20h -> 12 mai 19h", "mardi 5 mai 2026 passera au mardi 12 mai 2026 à 19 h"),
        ("!reporter la séance du 5 mai à demain", "mardi 5 mai 2026 passera au mardi 3 mars 2026 à 20 h"),
        ("!déplacer la réunion du 5 mai au 12 mai", "mardi 5 mai 2026 passera au mardi 12 mai 2026 à 20 h"),
        ("!reporter d'une semaine", "mardi 3 mars 2026 passera au mardi 10 mars 2026 à 20 h"),
        ("!reporter à 19 h", "mardi 3 mars 2026 passera au mardi 3 mars 2026 à 19 h"),
        ("!reporter mercredi 4 mars", "mardi 3 mars 2026 passera au mercredi 4 mars 2026 à 20 h"),
        ("!reporter la séance du 6 octobre au 13", "mardi 6 octobre 2026 passera au mardi 13 octobre 2026 à 20 h"),
    ],
)
async def test_the_words_in_which_people_move_a_session(town: Town, said: str, moved: str) -> None:
    """Two dates, one, a length, another hour; what isn't said stays as it was."""
    await _fixed(town)
    if said.endswith("demain"):
        await town.says("roux", "!annuler demain oui", room="EAU")
    assert f"du {moved}" in await town.says("roux", said, room="EAU")


async def test_a_weekday_alone_is_asked(town: Town) -> None:
    """Of the week of the session that moves, or of this one."""
    await _fixed(town)
    assert (
        await town.says("roux", "!reporter la séance du 5 mai au jeudi à 19 h", room="EAU")
        == """De quelle semaine parlez-vous ?

1. jeudi 7 mai 2026 à 19 h
2. jeudi 5 mars 2026 à 19 h

Répondez par un numéro."""
    )
    assert "du mardi 5 mai 2026 passera au jeudi 7 mai 2026 à 19 h" in await town.says("roux", "1", room="EAU")


async def test_one_that_is_not_fixed_yet_is_excepted_ahead(town: Town) -> None:
    """Past three months it moves as well; it isn't added a second time, and the following ones are."""
    await _fixed(town)
    heard = await town.says("roux", "!reporter la séance du 6 octobre au jeudi 15 octobre à 18 h oui", room="EAU")
    assert heard.startswith("Séance reportée : Commission de l'eau\n\nElle était prévue le mardi 6 octobre 2026.")
    assert "Aucune séance n'est prévue" in await town.says("roux", "!annuler 6 octobre", room="EAU")
    assert (
        await town.says("roux", "!annuler la séance du 3 novembre", room="EAU")
        == """La séance de la Commission de l'eau (mardi 3 novembre 2026 à 20 h, à la mairie) sera annulée : je l'annoncerai dans le salon et ses rappels ne partiront pas. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (await town.says("roux", "oui", room="EAU")).startswith("Séance annulée : Commission de l'eau")
    town.heard.clear()
    heard = await town.waits(datetime(2026, 12, 20, 12, tzinfo=ZONE) - town.clock.now())
    assert "Rappel, dans 7 jours : Commission de l'eau\n\njeudi 15 octobre 2026 à 18 h, à la mairie" in heard
    assert "mardi 1er décembre 2026 à 20 h" in heard
    for gone in ("6 octobre", "3 novembre"):
        assert gone not in heard


async def test_one_by_one_is_shown_with_the_rule(town: Town) -> None:
    """What moved, where to; what was called off."""
    await _fixed(town)
    await town.says("roux", "!reporter la séance du 7 avril au 8 avril à 18 h oui", room="EAU")
    await town.says("roux", "!annuler la séance du 2 juin oui", room="EAU")
    await town.says("roux", "!reporter la séance du 6 octobre au 13 octobre oui", room="EAU")
    assert (
        await town.says("roux", "!récurrences", room="EAU")
        == """Commission de l'eau se réunit :

- chaque premier mardi du mois à 20 h, sauf en août, à la mairie. Prochaines dates : mardi 3 mars 2026, mardi 5 mai 2026 et mardi 7 juillet 2026.
  - mardi 7 avril 2026 : reportée au mercredi 8 avril 2026 à 18 h
  - mardi 2 juin 2026 : annulée
  - mardi 6 octobre 2026 : reportée au mardi 13 octobre 2026 à 20 h

1. Ne plus ajouter de séances : chaque premier mardi du mois à 20 h, sauf en août

Répondez 1."""
    )


async def test_what_cannot_move_is_told(town: Town) -> None:
    """No such session, no new date, a day that is taken, a past one."""
    await _fixed(town)
    for said, answer in {
        "!reporter la séance du 6 mai au 13 mai": "Aucune séance n'est prévue le mercredi 6 mai 2026 pour « Commission de l'eau ». !agenda montre celles qui le sont.",
        "!reporter la séance du 5 mai": "À quelle date faut-il reporter la séance du mardi 5 mai 2026 ? Écrivez !reporter EAU mardi 5 mai 2026 au suivi de la nouvelle date.",
        "!reporter la séance du 5 mai au 2 juin à 20 h": "Cette séance est déjà prévue : mardi 2 juin 2026 à 20 h. !reporter change sa date, !séance lieu : … son lieu, !annuler l'annule.",
        "!reporter la séance du 5 mai au 2 juin à 19 h": "Une séance est déjà prévue ce jour-là : mardi 2 juin 2026 à 20 h, à la mairie. Pour changer son heure, écrivez !reporter suivi de la nouvelle date.",
        "!reporter la séance du 5 mai au 1er mars 2026": "Le dimanche 1er mars 2026 est passé. Indiquez une date à venir : nous sommes le lundi 2 mars 2026.",
    }.items():
        assert await town.says("roux", said, room="EAU") == answer


async def test_a_session_of_no_series_is_named_by_its_date_too(town: Town) -> None:
    """In private, with its body's name; its reminders go along."""
    await town.says("roux", "!séance jeudi 12 mars à 18 h 30 à la mairie oui", room="EAU")
    await town.says("roux", "!séance jeudi 9 avril à 18 h 30 à la mairie oui", room="EAU")
    assert "du jeudi 9 avril 2026 passera au vendredi 10 avril 2026 à 18 h 30" in await town.says(
        "roux", "reporter la séance de la commission de l'eau du 9 avril au 10 avril"
    )
    await town.says("roux", "oui")
    town.heard.clear()
    await town.waits(timedelta(days=33))
    assert [text.split("\n")[2] for _, text in town.heard if "dans 7 jours" in text] == [
        "jeudi 12 mars 2026 à 18 h 30, à la mairie",
        "vendredi 10 avril 2026 à 18 h 30, à la mairie",
    ]
