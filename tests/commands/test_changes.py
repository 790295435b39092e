"""What changes around a session: its place, who convokes it, a commission's own delay, a hand-over noted late."""

from dataclasses import replace
from datetime import timedelta

from bot.town import Town
from tests.commands.summons import council, in_force, told_to


async def test_a_planned_session_is_held_elsewhere(town: Town) -> None:
    """By its date, or by "lieu" for the next one; asked, then announced. The reminders say the new place."""
    assert await town.says("roux", "!séance 26 mars à 18 h 30 à la salle des fêtes", room="EAU") == (
        "La séance de la Commission de l'eau du jeudi 26 mars 2026 à 18 h 30 change de lieu : à la salle des fêtes, au lieu de « mairie ». Je "
        "l'annoncerai dans le salon. C'est bien cela ?\n\nRépondez oui ou non."
    )
    assert await town.says("roux", "oui", room="EAU") == (
        "Changement de lieu : Commission de l'eau\n\njeudi 26 mars 2026 à 18 h 30, à la salle des fêtes. Elle était prévue : mairie."
    )
    assert "change de lieu : visio https://visio.example/eau, au lieu de « à la salle des fêtes »" in await town.says(
        "roux", "séance eau lieu : visio https://visio.example/eau"
    )
    await town.says("roux", "oui")
    assert "jeudi 26 mars 2026 à 18 h 30, visio : https://visio.example/eau" in await town.says(
        "vidal", "!agenda", room="EAU"
    )


async def test_those_who_were_convoked_are_told_and_the_convocation_stays(town: Town) -> None:
    """Officially, each in private, with the calendar made again; the agents tell who has it on paper."""
    await town.arrives("Marcel", "Bonnet", "CM")
    await council(town)
    await town.says("arnaud", "!convoquer oui", room="CM")
    asked = await town.says("arnaud", "!séance lieu : salle des fêtes", room="CM")
    assert asked.endswith(
        "La convocation CM-2026-01 vaudra toujours : chaque personne convoquée sera avertie en privé du nouveau lieu, ou par la mairie si elle "
        "l'a sur papier. Le conseil se réunit à la mairie ; un autre lieu est dans la commune, neutre, accessible et sûr (article L. 2121-7 du "
        "CGCT). C'est bien cela ?\n\nRépondez oui ou non."
    )
    since = len(town.heard)
    await town.says("arnaud", "oui", room="CM")
    said = (
        "Changement de lieu : Conseil municipal\n\njeudi 12 mars 2026 à 20 h, salle des fêtes. Elle était prévue : à la mairie.\n\n"
        "La convocation CM-2026-01 vaut toujours : seul le lieu change."
    )
    assert await told_to(town, "vidal", since) == [said]
    assert "[fichier : séance CM-2026-01]" in [text for _, text in town.heard[since:]]
    assert (await told_to(town, "martin", since))[-1].startswith(
        f"{said}\n\nÀ prévenir par la mairie :\n\n- Marcel Bonnet"
    )
    assert len(await in_force(town)) == 1
    assert "Blanche Arnaud a changé le lieu de la séance du jeudi 12 mars 2026 à 20 h (CM)" in await town.says(
        "martin", "!journal"
    )


async def test_the_council_is_never_held_from_afar(town: Town) -> None:
    """Nor by a change of place; and the same place changes nothing."""
    await council(town)
    assert "(article L. 2121-7 du CGCT)" in await town.says(
        "arnaud", "!séance lieu : visio https://visio.example/cm", room="CM"
    )
    assert (await town.says("arnaud", "!séance lieu : à la mairie", room="CM")).startswith(
        "Cette séance est déjà prévue"
    )


async def test_a_commission_s_own_delay_is_said_and_never_blocks(town: Town) -> None:
    """What the house rules ask for, with what binds the council to them; late, it goes all the same, and says so."""
    town.commune = replace(town.commune, delays={"EAU": 5})
    said = await town.says("roux", "!convoquer", room="EAU")
    assert (
        "Délai : le règlement intérieur demande 5 jours francs, et le conseil est tenu de le respecter (Conseil d'État, 31 juillet 1996, Tête, n° "
        "132541), soit un envoi avant le vendredi 20 mars 2026 au soir. Envoyée aujourd'hui, elle en laisse 23."
    ) in said
    town.clock.push(timedelta(days=21))
    await town.says("roux", "!convoquer oui", room="EAU")
    assert "Délai du règlement intérieur dépassé : le dernier a été atteint le lundi 23 mars 2026." in await town.says(
        "roux", "accusés eau"
    )


async def test_the_substitute_acts_for_the_mayor(town: Town) -> None:
    """Named by the administrator, journalled, told to both; the convocation says as what it is signed."""
    await council(town)
    assert "réservée" in await town.says("roux", "!convoquer", room="CM")
    await town.says("martin", "!suppléance Hugo Roux")
    assert (
        await town.says("martin", "oui")
        == "C'est noté : Hugo Roux supplée le maire empêché. !suppléance fin y met fin."
    )
    assert (await told_to(town, "roux"))[-1] == (
        "Vous suppléez le maire empêché à partir d'aujourd'hui (article L. 2122-17 du CGCT), jusqu'à son retour."
    )
    assert (await told_to(town, "arnaud"))[
        -1
    ] == "Hugo Roux vous supplée à partir d'aujourd'hui (article L. 2122-17 du CGCT)."
    assert (
        await town.says("martin", "!suppléance") == "Hugo Roux supplée le maire empêché (article L. 2122-17 du CGCT)."
    )
    await town.says("roux", "!convoquer oui", room="CM")
    (sent,) = await in_force(town)
    assert sent.text.endswith("Hugo Roux, adjoint au maire, suppléant le maire empêché (article L. 2122-17 du CGCT)")
    assert await town.says("martin", "!suppléance fin") == "C'est noté : Hugo Roux ne supplée plus le maire."
    assert "réservée" in await town.says("roux", "!convoquer", room="CM")
    journal = await town.says("martin", "!journal")
    assert "la suppléance du maire par Hugo Roux commence" in journal
    assert "la suppléance du maire par Hugo Roux prend fin" in journal


async def test_only_the_administrator_names_an_elected_substitute(town: Town) -> None:
    """Not the mayor, not an agent; there is no one to end while there is none."""
    assert "réservée à l'administrateur" in await town.says("roux", "!suppléance Hugo Roux")
    for who in ("Blanche Arnaud", "Paul Martin"):
        assert f"{who} ne l'est pas." in await town.says("martin", f"!suppléance {who}")
    assert (await town.says("martin", "!suppléance fin")).startswith("Personne ne supplée le maire aujourd'hui.")
    assert await town.says("martin", "!suppléance") == "Personne ne supplée le maire (article L. 2122-17 du CGCT)."


async def test_a_hand_over_noted_after_the_session_says_so(town: Town) -> None:
    """Wherever it is shown; handed over too late, it convoked nobody."""
    await town.arrives("Marcel", "Bonnet", "CM")
    await council(town)
    await town.says("arnaud", "!convoquer oui", room="CM")
    town.clock.push(timedelta(days=11))
    assert (await town.says("martin", "!remis Bonnet hier", room="CM")).startswith(
        "C'est noté : CM-2026-01 remise à Marcel Bonnet le jeudi 12 mars 2026. Après la séance du jeudi 12 mars 2026 : cette personne n'a pas été "
        "convoquée à temps, et les décisions peuvent être annulées. Elle est complète. Hors délai :"
    )
    assert (
        "- Marcel Bonnet : papier, remise le jeudi 12 mars 2026, noté après la séance, le vendredi 13 mars 2026 à 9 h"
        in (await town.says("martin", "accusés CM détail"))
    )
    assert "remise sur papier de CM-2026-01 à Marcel Bonnet le jeudi 12 mars 2026, noté après la séance (CM)" in (
        await town.says("martin", "!journal")
    )


async def test_a_timely_hand_over_noted_late_is_a_late_note(town: Town) -> None:
    """The delay was kept; the proof is worth less."""
    await town.arrives("Marcel", "Bonnet", "CM")
    await council(town)
    await town.says("arnaud", "!convoquer oui", room="CM")
    town.clock.push(timedelta(days=11))
    said = await town.says("martin", "!remis Bonnet 4 mars", room="CM")
    assert (
        "Note tardive, écrite après la séance du jeudi 12 mars 2026 : gardez la preuve de la remise. Elle est complète. Délai tenu"
        in said
    )
    town.clock.push(timedelta(days=80))
    assert "Aucune convocation sur papier n'attend" in await town.says("martin", "!remis Bonnet", room="CM")
