"""Sessions that come back: read back whole, fixed three months ahead, then one by one; one moves or leaves alone."""

from datetime import datetime, timedelta

from bot.town import ZONE, Town

LINE = "!séance tous les premiers mardis du mois à 20 h sauf août à la mairie"


async def test_what_comes_back_is_read_back_with_its_dates_then_announced(town: Town) -> None:
    """The rule in full and the next days; on "oui", those of three months."""
    assert (
        await town.says("roux", LINE, room="EAU")
        == """Commission de l'eau : chaque premier mardi du mois à 20 h, sauf en août, à la mairie.

Prochaines dates : mardi 3 mars 2026, mardi 7 avril 2026, mardi 5 mai 2026, mardi 2 juin 2026, mardi 7 juillet 2026 et mardi 1er septembre 2026.

Je fixe dès maintenant celles des trois mois à venir, puis chacune trois mois avant ; elles sont annoncées dans le salon et rappelées comme les autres. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Nouvelles séances

Commission de l'eau : chaque premier mardi du mois à 20 h, sauf en août, à la mairie.

- mardi 3 mars 2026 à 20 h, à la mairie
- mardi 7 avril 2026 à 20 h, à la mairie
- mardi 5 mai 2026 à 20 h, à la mairie
- mardi 2 juin 2026 à 20 h, à la mairie

Les suivantes s'ajouteront trois mois avant."""
    )


async def _fixed(town: Town) -> None:
    await town.says("roux", f"{LINE} oui", room="EAU")
    town.heard.clear()


async def test_the_next_ones_are_added_three_months_before(town: Town) -> None:
    """Quietly, once, never in August; each has its reminders."""
    await _fixed(town)
    heard = await town.waits(datetime(2026, 7, 1, 12, tzinfo=ZONE) - town.clock.now())
    added = [text for text in heard.split("\n\n") if "juillet" in text or "septembre" in text or "août" in text]
    assert "- mardi 7 juillet 2026 à 20 h, à la mairie" in added
    assert "- mardi 1er septembre 2026 à 20 h, à la mairie" in added
    assert "août" not in heard
    assert heard.count("Ajouté à l'agenda : Commission de l'eau") == 2
    assert heard.count("Rappel, dans 7 jours : Commission de l'eau\n\nmardi 7 juillet 2026 à 20 h") == 1


async def test_after_a_long_stop_what_is_due_is_added_at_once(town: Town) -> None:
    """Those that are gone meanwhile are not fixed in the past."""
    await _fixed(town)
    town.clock.set(datetime(2026, 10, 20, 9, tzinfo=ZONE))
    town.heard.clear()
    await town.wake()
    added = [text for _, text in town.heard if text.startswith("Ajouté")]
    assert added == [
        """Ajouté à l'agenda : Commission de l'eau

- mardi 3 novembre 2026 à 20 h, à la mairie
- mardi 1er décembre 2026 à 20 h, à la mairie
- mardi 5 janvier 2027 à 20 h, à la mairie"""
    ]


async def test_one_is_moved_or_called_off_without_the_others(town: Town) -> None:
    """What was decided of one stays so when the next are added."""
    await _fixed(town)
    await town.says("roux", "!annuler 7 avril oui", room="EAU")
    assert (await town.says("roux", "!reporter mercredi 4 mars à 18 h oui", room="EAU")).startswith("Séance reportée")
    await town.waits(timedelta(days=90))
    heard = await town.says("vidal", "!agenda eau en juin")
    assert "mardi 2 juin 2026 à 20 h" in heard
    town.heard.clear()
    assert "mardi 7 avril" not in await town.says("vidal", "!agenda eau")


async def test_one_is_left_out_ahead(town: Town) -> None:
    """A day past three months is excepted; one that is fixed is called off as any other."""
    await _fixed(town)
    assert (
        await town.says("roux", "!récurrences sauf 6 octobre", room="EAU")
        == "C'est noté : chaque premier mardi du mois à 20 h, sauf en août, sauf le mardi 6 octobre 2026. Prochaines dates : mardi 3 mars 2026, mardi 7 avril 2026 et mardi 5 mai 2026."
    )
    assert (
        await town.says("roux", "!récurrences sauf 7 avril", room="EAU")
        == """Cette séance est déjà fixée : mardi 7 avril 2026 à 20 h, à la mairie. Les autres ne changent pas :

1. L'annuler
2. Voir son ordre du jour

Répondez par un numéro."""
    )
    assert (await town.says("roux", "1", room="EAU")).startswith(
        "La séance de la Commission de l'eau (mardi 7 avril 2026"
    )
    assert (
        await town.says("roux", "!récurrences sauf le 8 avril", room="EAU")
        == "Le mercredi 8 avril 2026 n'est pas une de ces dates. !récurrences les montre."
    )


async def test_they_are_shown_and_ended(town: Town) -> None:
    """What is fixed stays; nothing more is added."""
    assert (
        await town.says("roux", "!récurrences", room="EAU")
        == "Aucune séance ne revient régulièrement pour « Commission de l'eau ». !séance tous les premiers mardis du mois à 20 h sauf août en fixe."
    )
    await _fixed(town)
    assert (await town.says("roux", "!récurrences", room="EAU")).startswith(
        "Commission de l'eau se réunit :\n\n- chaque premier mardi du mois à 20 h, sauf en août"
    )
    assert (await town.says("roux", "1", room="EAU")).startswith(
        "Je n'ajouterai plus de séances : chaque premier mardi"
    )
    assert (await town.says("roux", "oui", room="EAU")).startswith("C'est fait : plus aucune séance ne s'ajoute")
    town.heard.clear()
    assert "Ajouté" not in await town.waits(timedelta(days=200))


async def test_the_hour_is_asked_and_what_is_wrong_is_told(town: Town) -> None:
    """With the whole rule in each choice; the council never meets by video."""
    assert (
        await town.says("roux", "!séance tous les jeudis", room="EAU")
        == """Chaque jeudi, à quelle heure ?

1. chaque jeudi à 18 h
2. chaque jeudi à 18 h 30
3. chaque jeudi à 19 h
4. chaque jeudi à 20 h

Répondez par un numéro."""
    )
    assert (await town.says("roux", "4", room="EAU")).startswith("Commission de l'eau : chaque jeudi à 20 h.")
    assert (
        await town.says("roux", "!séance tous les jeudis à 20 h sauf vacances scolaires", room="EAU")
        == "Je ne sais pas ce qu'il faut excepter. Dites des mois ou des jours : « sauf en août », « sauf le 3 mars »."
    )
    assert (await town.says("arnaud", "!séance chaque jeudi à 20 h visio https://x.example", room="CM")).startswith(
        "Le conseil municipal se réunit en présence de ses membres"
    )
    assert (await town.says("vidal", LINE, room="EAU")).startswith("La commande !séance est réservée")


async def test_another_hour_from_a_day_on_takes_the_place_of_the_first(town: Town) -> None:
    """The rule ends the day before; what is fixed stays; no day has two sessions."""
    await _fixed(town)
    heard = await town.says(
        "roux", "!séance tous les premiers mardis du mois à 19 h à partir de septembre à la mairie", room="EAU"
    )
    assert (
        "À partir du mardi 1er septembre 2026, cela remplace : chaque premier mardi du mois à 20 h, sauf en août. Les séances "
        "déjà fixées restent comme elles sont ; !reporter change leur heure." in heard
    )
    await town.says("roux", "oui", room="EAU")
    town.heard.clear()
    heard = await town.waits(datetime(2026, 9, 20, 12, tzinfo=ZONE) - town.clock.now())
    assert "- mardi 7 juillet 2026 à 20 h, à la mairie" in heard
    assert "- mardi 1er septembre 2026 à 19 h, à la mairie" in heard
    assert "septembre 2026 à 20 h" not in heard
    assert (await town.says("roux", "!récurrences", room="EAU")).count("- chaque premier mardi du mois") == 2
