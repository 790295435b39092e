"""Convocations: shown before they leave, whole, sent to each in private, completed or ended."""

from datetime import datetime

from bot.town import ZONE, Town
from storage.store import Store
from tests.commands.summons import ANSWERING, TEXT, council, told_to


async def test_it_is_shown_then_sent_to_each_in_private(town: Town) -> None:
    """To whom, how, until when; then the same numbered message to every elected member, ringing."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await council(town)
    assert (
        await town.says("arnaud", "convoquer le conseil")
        == """Convocation : Conseil municipal, jeudi 12 mars 2026 à 20 h, à la mairie

Délai : envoyée aujourd'hui, elle laisse 9 jours francs ; il en faut 3 (article L. 2121-11 du CGCT). Dernier jour légal : dimanche 8 mars 2026 ; dernier jour d'ouverture : vendredi 6 mars 2026.

À qui : 5 personnes

- Sur Element, en conversation privée : Blanche Arnaud, Jean Petit, Hugo Roux et Lucie Vidal
- Sur papier, à remettre par la mairie : Colette Morel

Ordre du jour

1. Budget primitif

Chacun devra accuser réception ; je relancerai ceux qui ne l'ont pas fait. Un envoi ne se reprend pas. Je l'envoie ?

Répondez oui ou non."""
    )
    assert await told_to(town, "vidal") == []
    assert (
        await town.says("arnaud", "oui")
        == "La convocation CM-2026-01 part : 5 personnes. Il reste à remettre sur papier : Colette Morel. !accusés CM montre qui l'a reçue."
    )
    for who in ("arnaud", "petit", "roux", "vidal"):
        assert await told_to(town, who) == [f"{TEXT}\n\n{ANSWERING}"]
    assert await told_to(town, "martin") == [
        """À remettre sur papier : convocation CM-2026-01, Conseil municipal, jeudi 12 mars 2026 à 20 h

- Colette Morel, 06 00 00 00 07

À remettre ou à poster au plus tard le dimanche 8 mars 2026 (3 jours francs, article L. 2121-11 du CGCT). Après chaque remise, écrivez-moi remis Morel (ajoutez la date si ce n'est pas aujourd'hui) : la convocation n'est complète qu'ensuite.

Le fichier qui suit est à imprimer : la liste d'émargement, puis chaque lettre."""
    ]
    assert next(said["mentions"] for said in town.sent if said.get("official")) == ["@arnaud:sainte-colombe.fr"]


async def test_only_who_has_the_power_convokes(town: Town) -> None:
    """The mayor for the council; who presides for a commission; an agent for none."""
    await council(town)
    assert (
        await town.says("martin", "!convoquer CM")
        == "La convocation du conseil municipal est faite par le maire (article L. 2121-10 du CGCT), ou par qui le supplée s'il est empêché (article L. 2122-17 du CGCT). Demandez-lui de m'écrire !convoquer CM."
    )
    assert (
        await town.says("martin", "!convoquer EAU")
        == "La convocation de « Commission de l'eau » est faite par qui préside, ou par la vice-présidence. Demandez-leur de m'écrire !convoquer EAU."
    )
    assert "réservée" in await town.says("roux", "!convoquer CM")
    assert "réservée" in await town.says("vidal", "!accusés EAU")


async def test_a_convocation_is_whole_before_it_leaves(town: Town) -> None:
    """An agenda, a place (CGCT, L. 2121-10)."""
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h oui", room="CM")
    assert (
        await town.says("arnaud", "!convoquer CM")
        == "L'ordre du jour est vide : la convocation doit indiquer les questions qui y sont portées (article L. 2121-10 du CGCT). Ajoutez chaque point : !point CM Titre du point."
    )
    await town.says("arnaud", "!point Budget primitif", room="CM")
    assert (await town.says("arnaud", "!convoquer CM")).startswith("Le lieu de la séance n'est pas dit")


async def test_a_commission_is_convoked_by_its_vice_president_at_any_time(town: Town) -> None:
    """The delay is advice: said, never imposed; guests are convoked, agents are not."""
    town.clock.set(datetime(2026, 3, 24, 10, tzinfo=ZONE))
    assert (
        "Délai : aucun texte n'en fixe pour cet organe ; 3 jours francs sont conseillés, soit un envoi avant le dimanche 22 mars 2026 au soir. Envoyée aujourd'hui, elle laisse 1 jour franc."
        in await town.says("roux", "!convoquer", room="EAU")
    )
    await town.says("roux", "oui", room="EAU")
    assert (await told_to(town, "blanc"))[0].startswith("Convocation EAU-2026-01 : Commission de l'eau\n\n")
    assert "Hugo Roux, pour la présidence" in (await told_to(town, "blanc"))[0]
    assert "pouvoir à un collègue" not in (await told_to(town, "blanc"))[0]
    assert await told_to(town, "martin") == []


async def test_what_is_added_is_convoked_by_a_rectifying_one(town: Town) -> None:
    """With its own delay; without anything new, there is nothing to send."""
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    assert (
        await town.says("arnaud", "!convoquer CM")
        == "Cette séance est déjà convoquée : chacun a reçu sa convocation, et aucun point n'a été ajouté depuis. !accusés montre qui l'a reçue."
    )
    await town.says("arnaud", "!point CM Emprunt")
    await town.says("arnaud", "!convoquer CM oui")
    assert (await told_to(town, "vidal"))[-1].startswith(
        "Convocation rectificative CM-2026-02, qui complète CM-2026-01 : Conseil municipal\n\n"
    )
    assert "1. Budget primitif\n2. Emprunt (ajouté)" in (await told_to(town, "vidal"))[-1]
    town.clock.set(datetime(2026, 3, 9, 10, tzinfo=ZONE))
    await town.says("arnaud", "!point CM Vente du presbytère")
    late = await town.says("arnaud", "!convoquer CM")
    assert "Les points ajoutés sont hors délai" in late
    await town.says("arnaud", "!convoquer CM hors délai : le notaire attend")
    await town.says("arnaud", "oui")
    told = await town.says("arnaud", "accusés CM")
    assert told.count("Délai tenu") == 2
    assert (
        told.count("Hors délai : le dernier a été atteint le lundi 9 mars 2026. Raison donnée : le notaire attend.")
        == 1
    )
    assert "Points convoqués hors délai : 3. Les autres gardent le délai de leur propre envoi." in told


async def test_who_came_since_is_convoked_as_the_others_were(town: Town) -> None:
    """One left out spoils the session: it is said, and mended by the same word."""
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    await town.arrives("Colette", "Morel", "CM")
    assert (
        "Non convoqué depuis son arrivée : Colette Morel. !convoquer CM envoie la convocation à qui ne l'a pas eue."
        in await town.says("arnaud", "accusés CM")
    )
    assert "À qui : 1 personne\n\n- Sur papier, à remettre par la mairie : Colette Morel" in await town.says(
        "arnaud", "!convoquer CM"
    )
    await town.says("arnaud", "oui")
    assert len(await told_to(town, "vidal")) == 1
    assert "Non convoqué" not in await town.says("arnaud", "accusés CM")


async def test_a_session_that_moves_or_ends_tells_each_in_private(town: Town) -> None:
    """Its convocation is worth nothing any more, nor are the buttons under it; those on paper are for the agents."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    assert (
        "referai les rappels. La convocation CM-2026-01 ne vaudra plus : chaque personne convoquée en sera avertie en privé, ou par la mairie si elle l'a sur papier. C'est bien cela ?"
        in await town.says("arnaud", "!reporter CM vendredi 20 mars à 20 h")
    )
    await town.says("arnaud", "oui")
    moved = """Séance reportée : Conseil municipal

Elle était prévue le jeudi 12 mars 2026. Nouvelle date : vendredi 20 mars 2026 à 20 h, à la mairie.

Une nouvelle convocation vous sera envoyée.

La convocation CM-2026-01 ne vaut plus."""
    assert (await told_to(town, "vidal"))[-1] == moved
    assert (await told_to(town, "martin"))[-1] == (
        f"{moved}\n\nÀ prévenir par la mairie :\n\n- Colette Morel, 06 00 00 00 07"
    )
    assert "n'attend plus" in await town.says("vidal", "1")
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("arnaud", "!annuler CM 20/03/2026 oui")
    assert (await told_to(town, "vidal"))[-1] == (
        "Séance annulée : Conseil municipal\n\nElle était prévue le vendredi 20 mars 2026 à 20 h, à la mairie.\n\n"
        "La convocation CM-2026-02 ne vaut plus."
    )
    assert "Elle ne vaut plus depuis le lundi 2 mars 2026 à 9 h." in await town.says("arnaud", "accusés CM")


async def test_a_removed_member_still_gets_what_is_official(town: Town) -> None:
    """Out of every room: their copy waits for a conversation of their own, and the seat is what counts."""
    await council(town)
    async with town.database.begin() as session:
        await Store(session, "", town.clock.now()).rooms.close("!vidal:sainte-colombe.fr")
    await town.says("arnaud", "!convoquer CM oui")
    assert await told_to(town, "vidal") == [f"{TEXT}\n\n{ANSWERING}"]


async def test_a_long_agenda_is_never_cut(town: Town) -> None:
    """Its messages follow one another; the last one carries the button."""
    await council(town)
    for number in range(80):
        await town.says("arnaud", f"!point CM Délibération {number} {'sur un sujet ' * 10}")
    await town.says("arnaud", "!convoquer CM oui")
    told = await told_to(town, "vidal")
    assert len(told) == 2
    assert all(f"Délibération {number} " in "\n".join(told) for number in range(80))
    assert told[-1].endswith(ANSWERING)
    assert "vous avez reçu la convocation CM-2026-01" in await town.says("vidal", "1")
