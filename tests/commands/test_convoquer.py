"""Convocations: shown before they leave, counted by clear days, received by each, proved."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.town import ZONE, Town
from storage.store import Store
from storage.summons import Convocation

TEXT = """Convocation CM-2026-01 : Conseil municipal

Commune de Sainte-Colombe, le lundi 2 mars 2026

Madame, Monsieur, j'ai l'honneur de vous convoquer à la séance qui se tiendra le jeudi 12 mars 2026 à 20 h, à la mairie.

Ordre du jour

1. Budget primitif

En cas d'empêchement, vous pouvez donner par écrit pouvoir à un collègue ; chacun n'en porte qu'un (article L. 2121-20 du CGCT).

Blanche Arnaud, maire"""
ANSWERING = (
    "Pour dire que vous l'avez bien reçue, touchez ✅ sous ce message, ou répondez reçu ou 1.\n\nPour dire si vous viendrez, "
    "écrivez présent ou absent, ou pouvoir suivi d'un nom. Pour lire un document, envoyer suivi de sa référence."
)
RECEIVED = "Merci, c'est noté : vous avez reçu la convocation CM-2026-01, Conseil municipal, jeudi 12 mars 2026 à 20 h."


async def _council(town: Town, day: str = "jeudi 12 mars 2026") -> None:
    """A session of the council, with one point."""
    await town.says("arnaud", f"!séance {day} à 20 h à la mairie oui", room="CM")
    await town.says("arnaud", "!point Budget primitif", room="CM")


async def _told(town: Town, who: str, since: int = 0) -> list[str]:
    """What was said to somebody in private, wherever it reaches them."""
    async with town.database.read() as session:
        person = await Store(session, "", town.clock.now()).people.by_matrix_id(f"@{who}:sainte-colombe.fr")
    assert person
    return [text for where, text in town.heard[since:] if where == f"!dm{person.id}"]


async def _in_force(town: Town, code: str = "CM") -> list[Convocation]:
    """What convokes the next session of a body."""
    async with town.database.read() as session:
        store = Store(session, "", town.clock.now())
        body = next(body for body in await store.bodies.all() if body.code == code)
        latest = await store.convocations.latest(body.id)
        return list(await store.convocations.in_force(latest.meeting_id)) if latest else []


async def _event(town: Town, who: str) -> str:
    """The event of somebody's copy of the last convocation."""
    copies = (await _in_force(town))[-1].summonses
    return next(c.event_id or "" for c in copies if c.person.matrix_id == f"@{who}:sainte-colombe.fr")


async def test_it_is_shown_then_sent_to_each_in_private(town: Town) -> None:
    """To whom, how, until when; then the same numbered message to every elected member, ringing."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await _council(town)
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
    assert await _told(town, "vidal") == []
    assert (
        await town.says("arnaud", "oui")
        == "La convocation CM-2026-01 part : 5 personnes. Il reste à remettre sur papier : Colette Morel. !accusés CM montre qui l'a reçue."
    )
    for who in ("arnaud", "petit", "roux", "vidal"):
        assert await _told(town, who) == [f"{TEXT}\n\n{ANSWERING}"]
    assert await _told(town, "martin") == [
        """À remettre sur papier : convocation CM-2026-01, Conseil municipal, jeudi 12 mars 2026 à 20 h, à la mairie

- Colette Morel, 06 00 00 00 07

À remettre ou à poster au plus tard le dimanche 8 mars 2026 (3 jours francs, article L. 2121-11 du CGCT). Après chaque remise, écrivez-moi remis Morel (ajoutez la date si ce n'est pas aujourd'hui) : la convocation n'est complète qu'ensuite.

Le texte à imprimer suit.""",
        TEXT,
    ]
    assert next(said["mentions"] for said in town.sent if said.get("official")) == ["@arnaud:sainte-colombe.fr"]


async def test_each_says_they_have_it_by_a_word_a_number_or_a_sign(town: Town) -> None:
    """Whatever was asked in between, and once."""
    await _council(town)
    await town.says("arnaud", "!convoquer CM oui")
    assert await town.says("roux", "1") == RECEIVED
    await town.says("vidal", "agenda")
    assert await town.says("vidal", "bien reçu", reply_to=await _event(town, "vidal")) == RECEIVED
    assert (
        await town.says("vidal", "reçu")
        == "C'était déjà noté, le lundi 2 mars 2026 à 9 h : convocation CM-2026-01, Conseil municipal, jeudi 12 mars 2026 à 20 h."
    )
    await town.says("petit", "agenda")
    town.clock.push(timedelta(hours=1))
    assert await town.taps("petit", "✅", event_id=await _event(town, "petit")) == RECEIVED
    assert (
        await town.says("martin", "accusés CM")
        == """Convocation CM-2026-01 : Conseil municipal, jeudi 12 mars 2026 à 20 h

Envoyée par Blanche Arnaud le lundi 2 mars 2026 à 9 h. Elle est complète. Délai tenu : le dernier a été atteint le lundi 2 mars 2026. Dernier jour : dimanche 8 mars 2026 (3 jours francs, article L. 2121-11 du CGCT).

- Blanche Arnaud : Element, envoyée le lundi 2 mars 2026 à 9 h, pas d'accusé
- Jean Petit : Element, envoyée le lundi 2 mars 2026 à 9 h, accusé le lundi 2 mars 2026 à 10 h
- Hugo Roux : Element, envoyée le lundi 2 mars 2026 à 9 h, accusé le lundi 2 mars 2026 à 9 h
- Lucie Vidal : Element, envoyée le lundi 2 mars 2026 à 9 h, accusé le lundi 2 mars 2026 à 9 h"""
    )


@pytest.mark.parametrize(
    "said",
    ["bien reçu", "C'est bien reçu.", "j'ai bien reçu la convocation", "Bonjour, j'ai reçu votre convocation, merci"],
)
async def test_a_receipt_is_understood_as_it_is_said(town: Town, said: str) -> None:
    """Even when the last thing shown was another list."""
    await _council(town)
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("vidal", "agenda")
    assert await town.says("vidal", said) == RECEIVED


async def test_somebody_elses_copy_is_not_theirs_to_acknowledge(town: Town) -> None:
    """A reaction counts for who was written to; a guest of a commission has nothing to acknowledge."""
    await _council(town)
    await town.says("arnaud", "!convoquer CM oui")
    assert await town.taps("roux", "✅", event_id=await _event(town, "vidal")) == ""
    assert (
        await town.says("blanc", "reçu")
        == "Aucune convocation n'attend votre accusé de réception. !agenda montre les séances à venir."
    )


async def test_paper_is_complete_only_when_an_agent_says_so(town: Town) -> None:
    """By name and date, within the days that can be; the last one reached is the day that counts."""
    await town.arrives("Colette", "Morel", "CM")
    await _council(town)
    await town.says("arnaud", "!convoquer CM oui")
    assert "Incomplète : il manque Colette Morel. Dernier jour : dimanche 8 mars 2026" in await town.says(
        "arnaud", "accusés CM"
    )
    town.clock.push(timedelta(days=2))
    assert (
        await town.says("martin", "remis Morel 1er mars")
        == "Le dimanche 1er mars 2026 ne peut pas être le jour de la remise : la convocation CM-2026-01 est du lundi 2 mars 2026, et nous sommes le mercredi 4 mars 2026. !remis Colette Morel suivi de la date."
    )
    assert (
        await town.says("martin", "remis Roux")
        == "Aucune convocation n'est à remettre à « Roux ». Il reste : Colette Morel."
    )
    assert (
        await town.says("martin", "remis Mme Morel hier")
        == "C'est noté : CM-2026-01 remise à Colette Morel le mardi 3 mars 2026. Elle est complète. Délai tenu : le dernier a été atteint le mardi 3 mars 2026."
    )
    assert (
        await town.says("martin", "remis Morel")
        == "Aucune convocation sur papier n'attend d'être remise. !accusés montre l'état des envois."
    )
    assert "réservée" in await town.says("vidal", "remis Morel")


async def test_paper_handed_over_too_late_is_said_late(town: Town) -> None:
    """Though all the others had theirs in time."""
    await town.arrives("Colette", "Morel", "CM")
    await _council(town)
    await town.says("arnaud", "!convoquer CM oui")
    town.clock.push(timedelta(days=7))
    assert (
        await town.says("martin", "remis Morel")
        == "C'est noté : CM-2026-01 remise à Colette Morel le lundi 9 mars 2026. Elle est complète. Hors délai : le dernier a été atteint le lundi 9 mars 2026."
    )


WORKED = [
    (640, "2026-11-20", "2026-11-24", 3, True),
    (640, "2026-11-20", "2026-11-23", 2, False),
    (640, "2028-12-21", "2028-12-26", 4, True),  # the days of d'André, another year
    (640, "2026-12-24", "2026-12-28", 3, True),
    (640, "2026-12-28", "2027-01-01", 3, True),
    (3500, "2026-12-29", "2027-01-04", 5, True),
    (3500, "2026-12-30", "2027-01-04", 4, False),
    (640, "2027-03-26", "2027-03-30", 3, True),
    (640, "2027-03-27", "2027-03-30", 2, False),
    (3500, "2027-03-24", "2027-03-30", 5, True),
    (640, "2027-04-30", "2027-05-04", 3, True),
    (3500, "2027-05-04", "2027-05-10", 5, True),
    (3500, "2027-05-05", "2027-05-10", 4, False),
    (640, "2027-07-12", "2027-07-16", 3, True),
    (640, "2027-07-13", "2027-07-16", 2, False),
    (3500, "2027-07-09", "2027-07-15", 5, True),
    (640, "2028-02-26", "2028-03-01", 3, True),
    (640, "2027-02-26", "2027-03-02", 3, True),
    (640, "2026-10-23", "2026-10-27", 3, True),
    (3500, "2026-11-10", "2026-11-16", 5, True),
    (3500, "2026-10-30", "2026-11-05", 5, True),
    (640, "2026-11-24", "2026-11-24", -1, False),
]


async def _on(town: Town, sent: datetime, meeting: str, population: int = 640) -> None:
    """The council's session was fixed a month ahead; now is the moment of sending."""
    town.commune = replace(town.commune, population=population)
    town.clock.set(sent - timedelta(days=40))
    await _council(town, f"{date.fromisoformat(meeting):%d/%m/%Y}")
    town.clock.set(sent)


@pytest.mark.parametrize(("population", "sent", "meeting", "clear", "lawful"), WORKED)
async def test_the_worked_examples_of_the_law(  # noqa: PLR0917 - the columns of the table above
    town: Town, population: int, sent: str, meeting: str, clear: int, lawful: bool
) -> None:
    """Through the command, with the clock at the day of sending."""
    await _on(town, datetime.fromisoformat(f"{sent}T10:00").replace(tzinfo=ZONE), meeting, population)
    said = await town.says("arnaud", "!convoquer CM")
    left = f"{clear} jours francs" if clear > 0 else "aucun jour franc"
    if lawful:
        assert f"Délai : envoyée aujourd'hui, elle laisse {left} ; il en faut" in said
        assert "Trop tard" not in said
    else:
        assert said.startswith("Trop tard : Conseil municipal")
        assert f"elle laisserait {left} ; il en faut" in said


@pytest.mark.parametrize(
    ("moment", "lawful"),
    [("2026-11-19T23:30:00", True), ("2026-11-20T22:59:59", True), ("2026-11-20T23:00:00", False)],
)
async def test_the_day_of_sending_is_the_towns(town: Town, moment: str, lawful: bool) -> None:
    """Universal time is an hour late on Paris in winter."""
    await _on(town, datetime.fromisoformat(f"{moment}+00:00").astimezone(ZONE), "2026-11-24")
    assert (await town.says("arnaud", "!convoquer CM")).startswith("Convocation") is lawful


@pytest.mark.parametrize(("sent", "lawful"), [("2026-11-22", True), ("2026-11-23", False)])
async def test_urgency_needs_one_clear_day_and_a_reason(town: Town, sent: str, lawful: bool) -> None:
    """The reason is in the message; the council rules first of all."""
    await _on(town, datetime.fromisoformat(f"{sent}T10:00").replace(tzinfo=ZONE), "2026-11-24")
    said = await town.says("arnaud", "!convoquer CM urgence : rupture de la conduite")
    if not lawful:
        assert said.startswith("Trop tard")
        assert "En cas d'urgence" not in said
        return
    assert (
        "Délai : abrégé pour urgence (article L. 2121-11 du CGCT) : 1 jour franc au lieu de 3. Motif : rupture de la conduite. Vous en rendrez compte à l'ouverture ; le conseil se prononcera et peut renvoyer les points à une autre séance."
        in said
    )
    await town.says("arnaud", "oui")
    assert """Urgence : en application de l'article L. 2121-11 du CGCT, le délai est abrégé au motif suivant : rupture de la conduite. Il en sera rendu compte à l'ouverture de la séance ; le conseil se prononcera.

Ordre du jour

- Avant tout autre point : appréciation de l'urgence par le conseil

1. Budget primitif""" in (await _told(town, "vidal"))[-1]
    assert (
        "Délai abrégé pour urgence : le dernier a été atteint le dimanche 22 novembre 2026. Raison donnée : rupture de la conduite. Dernier jour : dimanche 22 novembre 2026 (1 jour franc en urgence, article L. 2121-11 du CGCT)."
        in await town.says("arnaud", "accusés CM")
    )


async def test_too_late_offers_the_first_lawful_date(town: Town) -> None:
    """A number moves the session there; nothing was sent meanwhile."""
    await _on(town, datetime(2026, 11, 20, 10, tzinfo=ZONE), "2026-11-23")
    assert (
        await town.says("arnaud", "!convoquer CM")
        == """Trop tard : Conseil municipal, lundi 23 novembre 2026 à 20 h, à la mairie

La convocation est hors délai : envoyée aujourd'hui, elle laisserait 2 jours francs ; il en faut 3 (article L. 2121-11 du CGCT). Le dernier jour légal était le jeudi 19 novembre 2026. Les décisions prises pourraient être annulées.

1. Reporter la séance au mardi 24 novembre 2026 à 20 h, première date possible

Répondez 1.

En cas d'urgence, écrivez !convoquer CM urgence suivi du motif : le délai descend à 1 jour franc, et le conseil se prononce à l'ouverture.

Pour l'envoyer quand même : !convoquer CM hors délai suivi de votre raison, qui sera conservée."""
    )
    await town.says("arnaud", "1")
    await town.says("arnaud", "oui")
    assert await _in_force(town) == []
    assert "elle laisse 3 jours francs" in await town.says("arnaud", "!convoquer CM")


async def test_the_mayor_may_override_and_it_is_never_called_regular(town: Town) -> None:
    """The message says it is late; the reason is kept, and shown to who keeps count."""
    await _on(town, datetime(2026, 11, 20, 10, tzinfo=ZONE), "2026-11-23")
    said = await town.says("arnaud", "!convoquer CM hors délai : la préfecture attend")
    assert (
        "Délai : hors délai : 2 jours francs au lieu de 3 (article L. 2121-11 du CGCT) ; le dernier jour légal était le jeudi 19 novembre 2026. Les décisions prises pourront être annulées. Votre raison sera conservée : la préfecture attend."
        in said
    )
    await town.says("arnaud", "oui")
    message = (await _told(town, "vidal"))[-1]
    assert (
        "Cette convocation est envoyée hors délai : le dernier jour légal était le jeudi 19 novembre 2026 (3 jours francs, article L. 2121-11 du CGCT)."
        in message
    )
    assert "préfecture" not in message
    assert (
        "Hors délai : le dernier a été atteint le vendredi 20 novembre 2026. Raison donnée : la préfecture attend."
        in await town.says("arnaud", "accusés CM")
    )


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("urgence", "Il manque le motif de l'urgence. Écrivez !convoquer urgence : …"),
        ("hors délai :", "Il manque la raison de passer outre. Écrivez !convoquer hors délai : …"),
    ],
)
async def test_a_reason_is_never_left_out(town: Town, said: str, answer: str) -> None:
    """It is what the council, or a judge, will read."""
    await _council(town)
    assert await town.says("arnaud", f"!convoquer CM {said}") == answer


async def test_the_local_law_goes_down_to_the_day_before(town: Town) -> None:
    """Alsace-Moselle, under 3,500 inhabitants."""
    town.commune = replace(town.commune, alsace_moselle=True)
    await _on(town, datetime(2026, 11, 23, 10, tzinfo=ZONE), "2026-11-24")
    said = await town.says("arnaud", "!convoquer CM urgence rupture de la conduite")
    assert "Délai : abrégé pour urgence (article L. 2541-2 du CGCT) : aucun jour franc au lieu de 3." in said


async def test_a_large_town_is_told_of_the_explanatory_note(town: Town) -> None:
    """Each decision has one, sent with the convocation."""
    await _on(town, datetime(2026, 11, 10, 10, tzinfo=ZONE), "2026-11-24", 3500)
    assert (
        "Note de synthèse : elle est jointe à la convocation pour chaque décision (article L. 2121-12 du CGCT). Le point 1 n'a aucun document."
        in await town.says("arnaud", "!convoquer CM")
    )


async def test_only_who_has_the_power_convokes(town: Town) -> None:
    """The mayor for the council; who presides for a commission; an agent for none."""
    await _council(town)
    assert (
        await town.says("martin", "!convoquer CM")
        == "La convocation du conseil municipal est faite par le maire (article L. 2121-10 du CGCT). Demandez-lui de m'écrire !convoquer CM."
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
    assert (await _told(town, "blanc"))[0].startswith("Convocation EAU-2026-01 : Commission de l'eau\n\n")
    assert "Hugo Roux, pour la présidence" in (await _told(town, "blanc"))[0]
    assert "pouvoir à un collègue" not in (await _told(town, "blanc"))[0]
    assert await _told(town, "martin") == []


async def test_what_is_added_is_convoked_by_a_rectifying_one(town: Town) -> None:
    """With its own delay; without anything new, there is nothing to send."""
    await _council(town)
    await town.says("arnaud", "!convoquer CM oui")
    assert (
        await town.says("arnaud", "!convoquer CM")
        == "Cette séance est déjà convoquée : chacun a reçu sa convocation, et aucun point n'a été ajouté depuis. !accusés montre qui l'a reçue."
    )
    await town.says("arnaud", "!point CM Emprunt")
    await town.says("arnaud", "!convoquer CM oui")
    assert (await _told(town, "vidal"))[-1].startswith(
        "Convocation rectificative CM-2026-02, qui complète CM-2026-01 : Conseil municipal\n\n"
    )
    assert "1. Budget primitif\n2. Emprunt (ajouté)" in (await _told(town, "vidal"))[-1]
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
    assert told.endswith("Points convoqués hors délai : 3. Les autres gardent le délai de leur propre envoi.")


async def test_who_came_since_is_convoked_as_the_others_were(town: Town) -> None:
    """One left out spoils the session: it is said, and mended by the same word."""
    await _council(town)
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
    assert len(await _told(town, "vidal")) == 1
    assert "Non convoqué" not in await town.says("arnaud", "accusés CM")


async def test_a_session_that_moves_or_ends_tells_each_in_private(town: Town) -> None:
    """Its convocation is worth nothing any more, nor are the buttons under it; those on paper are for the agents."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await _council(town)
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
    assert (await _told(town, "vidal"))[-1] == moved
    assert (await _told(town, "martin"))[-1] == (
        f"{moved}\n\nÀ prévenir par la mairie :\n\n- Colette Morel, 06 00 00 00 07"
    )
    assert "n'attend plus" in await town.says("vidal", "1")
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("arnaud", "!annuler CM 20/03/2026 oui")
    assert (await _told(town, "vidal"))[-1] == (
        "Séance annulée : Conseil municipal\n\nElle était prévue le vendredi 20 mars 2026 à 20 h, à la mairie.\n\n"
        "La convocation CM-2026-02 ne vaut plus."
    )
    assert "Elle ne vaut plus depuis le lundi 2 mars 2026 à 9 h." in await town.says("arnaud", "accusés CM")


async def test_the_silent_are_asked_again_and_the_agents_told_whom_to_call(town: Town) -> None:
    """A day later, on the last lawful day (the agents alone), the day before."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await _council(town)
    await town.says("arnaud", "!convoquer CM oui")
    for who in ("arnaud", "roux", "vidal"):
        await town.says(who, "reçu")
    before = len(town.heard)
    await town.waits(timedelta(days=1))
    again = """Avez-vous bien reçu la convocation CM-2026-01 ?

Conseil municipal, jeudi 12 mars 2026 à 20 h. Elle est plus haut dans cette conversation. Touchez ✅ sous ce message, ou répondez reçu ou 1."""
    calls = """Convocation CM-2026-01 : Conseil municipal, jeudi 12 mars 2026 à 20 h. Dernier jour : dimanche 8 mars 2026 (3 jours francs, article L. 2121-11 du CGCT).

Sans accusé de réception, à appeler (1 personne)

- Jean Petit, téléphone inconnu

Sur papier, à remettre (1 personne)

- Colette Morel, 06 00 00 00 07"""
    assert [text for _, text in town.heard[before:]] == [again, calls]
    assert await _told(town, "petit", before) == [again]
    assert await _told(town, "martin", before) == [calls]
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 8, 15, tzinfo=ZONE) - town.clock.now())
    assert (await _told(town, "martin", before), await _told(town, "petit", before)) == ([calls], [])
    assert await town.says("petit", "reçu") == RECEIVED
    await town.says("martin", "remis Morel 3 mars")
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 11, 10, tzinfo=ZONE) - town.clock.now())
    assert [text for where, text in town.heard[before:] if where.startswith("!dm")] == []


async def test_a_removed_member_still_gets_what_is_official(town: Town) -> None:
    """Out of every room: their copy waits for a conversation of their own, and the seat is what counts."""
    await _council(town)
    async with town.database.begin() as session:
        await Store(session, "", town.clock.now()).rooms.close("!vidal:sainte-colombe.fr")
    await town.says("arnaud", "!convoquer CM oui")
    assert await _told(town, "vidal") == [f"{TEXT}\n\n{ANSWERING}"]


async def test_a_long_agenda_is_never_cut(town: Town) -> None:
    """Its messages follow one another; the last one carries the button."""
    await _council(town)
    for number in range(80):
        await town.says("arnaud", f"!point CM Délibération {number} {'sur un sujet ' * 10}")
    await town.says("arnaud", "!convoquer CM oui")
    told = await _told(town, "vidal")
    assert len(told) == 2
    assert all(f"Délibération {number} " in "\n".join(told) for number in range(80))
    assert told[-1].endswith(ANSWERING)
    assert "vous avez reçu la convocation CM-2026-01" in await town.says("vidal", "1")


async def test_the_journal_proves_each_step(town: Town) -> None:
    """Convoked, sent to each, acknowledged, handed over; never a word of anybody's."""
    await town.arrives("Colette", "Morel", "CM")
    await _council(town)
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("roux", "reçu")
    await town.says("martin", "remis Morel")
    lines = (await town.says("martin", "!journal")).splitlines()
    at = "- lundi 2 mars 2026 à 9 h : "
    assert lines[2:9] == [
        f"{at}CM-2026-01 remise sur papier à Colette Morel le lundi 2 mars 2026 (CM)",
        f"{at}Hugo Roux a accusé réception de CM-2026-01 (CM)",
        f"{at}envoi officiel CM-2026-01 à Lucie Vidal",
        f"{at}envoi officiel CM-2026-01 à Hugo Roux",
        f"{at}envoi officiel CM-2026-01 à Jean Petit",
        f"{at}envoi officiel CM-2026-01 à Blanche Arnaud",
        f"{at}Blanche Arnaud a convoqué la séance du jeudi 12 mars 2026 à 20 h : CM-2026-01 (CM)",
    ]
