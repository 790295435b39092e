"""A tour of bad input: each answer says why and what to do, and what people wrote is shown to the letter."""

import pytest

from bot.render import to_html
from bot.town import Town

TOUR = {
    "!séance": "Il manque la date. Par exemple : !séance jeudi 12 mars à 18 h 30 à la mairie",
    "!séance jeudi": "Le jeudi 5 mars 2026, à quelle heure ?\n\n1. jeudi 5 mars 2026 à 18 h\n2. jeudi 5 mars 2026 à 18 h 30\n3. jeudi 5 mars 2026 à 19 h\n4. jeudi 5 mars 2026 à 20 h\n\nRépondez par un numéro.",
    "!séance 31 février à 18 h": "Le 31 février n'existe pas : février 2027 a 28 jours. Indiquez un jour du 1er au 28.",
    "!séance 1er janvier 2020 à 18 h": "Le mercredi 1er janvier 2020 est passé. Indiquez une date à venir : nous sommes le lundi 2 mars 2026.",
    "!séance hier à 18 h": "Le dimanche 1er mars 2026 est passé. Indiquez une date à venir : nous sommes le lundi 2 mars 2026.",
    "!séance le 12/13/2026 à 18 h": "Le mois 13 n'existe pas. Écrivez le jour, puis le mois : 12/01 est le 12 janvier.",
    "!séance 12 mars à 25 h": "25 h n'est pas une heure. Indiquez une heure entre 0 h et 23 h 59.",
    "!séance 12 mars 2126 à 18 h": "Le mardi 12 mars 2126 est dans plus de 3 ans. Vérifiez l'année.",
    "!séance blabla": "Je ne lis pas de date dans « blabla ». Écrivez par exemple « mardi 12 janvier à 18 h 30 » ou « dans 3 semaines à 20 h ».",
    "!séance vendredi en huit à 18 h": "Commission de l'eau : vendredi 13 mars 2026 à 18 h.\n\nJe l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?\n\nRépondez oui ou non.",
    "!reporter": "Il manque la date. Par exemple : !reporter jeudi 2 avril à 20 h",
    "!reporter blabla": "Je ne lis pas de date dans « blabla ». Écrivez par exemple « mardi 12 janvier à 18 h 30 » ou « dans 3 semaines à 20 h ».",
    "!annuler 30 février": "Le 30 février n'existe pas : février 2027 a 28 jours. Indiquez un jour du 1er au 28.",
    "!annuler pour demain": "Aucune séance n'est prévue le mardi 3 mars 2026 pour « Commission de l'eau ». !agenda montre celles qui le sont.",
    "!envoyer": "Il manque la référence du document. Par exemple : !envoyer EAU-2026-001",
    "!envoyer EAU-2026-999": "Je ne trouve pas de document EAU-2026-999 que vous puissiez voir ici. !documents montre ceux qui existent, !chercher les retrouve par leurs mots.",
    "!envoyer 12": "« 12 » n'est pas une référence de document. Une référence s'écrit comme FIN-2027-003.\n\n1. Chercher « 12 » dans les documents\n2. Voir les derniers documents\n\nRépondez par un numéro.",
    "!envoyer facture": "« facture » n'est pas une référence de document. Une référence s'écrit comme FIN-2027-003.\n\n1. Chercher « facture » dans les documents\n2. Voir les derniers documents\n\nRépondez par un numéro.",
    "!envoyer EAU 2026 1": "EAU-2026-001 Devis du réservoir\n\n[fichier : devis-reservoir.txt]",
    "!versions": "Il manque la référence du document. Par exemple : !versions EAU-2026-001",
    "!retirer": "Il manque la référence du document. Par exemple : !retirer EAU-2026-001",
    "!retirer tout": "« tout » n'est pas une référence de document. Une référence s'écrit comme FIN-2027-003.\n\n1. Chercher « tout » dans les documents\n2. Voir les derniers documents\n\nRépondez par un numéro.",
    "!rétablir": "Il manque la référence du document. Par exemple : !rétablir EAU-2026-001",
    "!remplacer": "Il manque la référence du document. Par exemple : !remplacer EAU-2026-001",
    "!remplacer EAU-2026-001 avec ça": "Je n'ai pas compris « avec ça » à la fin. Cela s'écrit !remplacer RÉFÉRENCE [par RÉFÉRENCE] [prévenir].",
    "!point": "Il manque le titre du point. Par exemple : !point Choix du prestataire rapporteur Blanche Arnaud",
    "!point Titre rapporteur": "Point 2 ajouté à la séance du jeudi 26 mars 2026 : Titre rapporteur.",
    "!odj blabla": "Je ne lis pas de date dans « blabla ». Écrivez par exemple « mardi 12 janvier à 18 h 30 » ou « dans 3 semaines à 20 h ».",
    "!qui blabla": "Je n'ai pas compris « blabla » à la fin. Cela s'écrit !qui [COMMISSION].",
    "!qui voirie": "Vous ne siégez pas dans « Commission voirie et bâtiments » : je ne peux pas vous en parler.",
    "!rappels retirer 99": "Ce rappel n'existe plus, ou il a été demandé par quelqu'un d'autre. !rappels les montre.",
    "!rappels retirer": "Je n'ai pas compris « retirer » à la fin. Cela s'écrit !rappels [retirer NUMÉRO].",
    "!définir": "Il manque le mot à expliquer. Par exemple : !définir quorum",
    "!définir xyzzy": "Je n'ai pas de définition pour « xyzzy ». !chercher le retrouve dans les documents.",
    "!définir quorom": "Je n'ai pas de définition pour « quorom ». Pensiez-vous à :\n\n1. quorum\n\nRépondez 1.",
    "!annoncer hier à 9 h : trop tard": "Le dimanche 1er mars 2026 est passé. Indiquez une date à venir : nous sommes le lundi 2 mars 2026.",
    "!aide blabla": "Je ne connais pas de commande « blabla ». Vouliez-vous :\n\n1. Le chercher dans les documents\n2. Tout ce que je sais faire\n\nRépondez par un numéro.",
    "!déposer": "Je n'ai pas de fichier de vous en attente. Envoyez-moi le fichier ici, ou déposez-le dans le salon.",
    "!": "",
    "!!!": "",
    "!zorglub 12": "Je n'ai pas compris « zorglub 12 ». Vouliez-vous :\n\n1. Chercher « zorglub 12 » dans les documents\n2. Voir ce que je sais faire\n\nRépondez par un numéro.",
}


@pytest.mark.parametrize(("said", "answer"), TOUR.items())
async def test_bad_input_is_answered(town: Town, said: str, answer: str) -> None:
    """By a chair, in their commission's room."""
    assert await town.says("roux", said, room="EAU") == answer


async def test_a_doubtful_name_is_asked(town: Town) -> None:
    """The number goes on from there."""
    await town.arrives("Jeanne", "Roux", "EAU")
    assert (
        await town.says("roux", "!point Devis rapporteur Roux", room="EAU")
        == """Qui est « Roux » ?

1. Hugo Roux
2. Jeanne Roux

Répondez par un numéro."""
    )
    assert (
        await town.says("roux", "2", room="EAU")
        == "Point 2 ajouté à la séance du jeudi 26 mars 2026 : Devis (rapporteur : Jeanne Roux)."
    )


async def test_a_doubtful_body_is_asked(town: Town) -> None:
    """Several bodies answer to "commission": they are numbered."""
    assert (
        await town.says("arnaud", "qui commission")
        == """Pour quelle commission ?

1. Conseil municipal
2. Commission de l'eau
3. Commission voirie et bâtiments

Répondez par un numéro."""
    )
    assert (
        await town.says("arnaud", "annuler")
        == """Pour quelle commission ?

1. Conseil municipal
2. Commission de l'eau
3. Commission voirie et bâtiments

Répondez par un numéro."""
    )
    assert (
        await town.says("arnaud", "2")
        == """La séance de la Commission de l'eau (jeudi 26 mars 2026 à 18 h 30, mairie) sera annulée : je l'annoncerai dans le salon et ses rappels ne partiront pas. C'est bien cela ?

Répondez oui ou non."""
    )


LONG = "très long " * 1000


async def test_ten_thousand_characters_are_answered(town: Town) -> None:
    """Wherever they are typed, shortly."""
    for line in (
        LONG,
        "mot" * 3000,
        f"chercher {LONG}",
        f"aide {LONG}",
        f"rappel demain {LONG}",
        f"agenda {LONG}",
        f"définir {LONG}",
    ):
        assert 0 < len(await town.says("vidal", line)) < 1500, line[:20]
    assert (
        await town.says("roux", f"!annoncer {LONG}", room="EAU")
        == "Cette annonce est trop longue : 9 999 caractères au lieu de 3 000 caractères. Déposez le texte dans le salon, et annoncez-le en quelques mots."
    )
    await town.says("roux", f"!point {LONG}", room="EAU")
    await town.says("roux", f"!classer EAU-2026-001 {LONG}", room="EAU")
    assert len(await town.says("roux", "!odj", room="EAU")) < 600


MARKUP = "**gras** <b>x</b> [lien](https://mal.example) ![i](https://mal.example/p.png) @room 'code' ~~a~~ &lt;i&gt; 1. a_b_c"


async def test_markup_is_shown_to_the_letter(town: Town) -> None:
    """In titles, points, announcements, reminders, searches, refusals: nothing people write is markup."""
    await town.drops("vidal", b"x1", "x.txt", caption=MARKUP, room="EAU")
    for said in ("!documents", "!versions EAU-2026-002", "!odj", "!retirer EAU-2026-002"):
        assert MARKUP[:80] in await town.says("roux", said, room="EAU"), said
    for said in (f"!point {MARKUP}", f"!annoncer {MARKUP}", f"!rappel demain {MARKUP}"):
        assert MARKUP in await town.says("roux", said, room="EAU"), said
    for said in (
        f"!chercher {MARKUP}",
        f"!aide {MARKUP}",
        f"!définir {MARKUP}",
        f"!envoyer {MARKUP}",
        f"!odj {MARKUP}",
    ):
        assert "**gras** <b>" in await town.says("roux", said, room="EAU"), said
    for content in town.sent:
        html = to_html(content["markdown"])
        for bad in ("<b>", 'mal.example"', "<img", "<i>", "<s>"):
            assert bad not in html


async def test_nobody_rings_the_room_by_a_title(town: Town) -> None:
    """@room in what people write mentions nobody."""
    await town.drops("vidal", b"x1", "x.txt", caption="@room", room="EAU")
    await town.says("roux", "!documents", room="EAU")
    assert [content["everyone"] for content in town.sent] == [False, False]
    await town.says("roux", "!annoncer Bonjour", room="EAU")
    assert town.sent[-1]["everyone"]


async def test_names_cannot_hide_what_they_are(town: Town) -> None:
    """Right-to-left tricks, line breaks and invisible signs in names and titles are gone."""
    assert (
        await town.drops("vidal", b"x1", "devis\u202efdp.exe", room="EAU")
        == "Classé : EAU-2026-002 Devisfdp, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"x2", "x.txt", caption="Un\n\n2. Faux choix\u200b\n---\n# Titre", room="EAU")
        == "Classé : EAU-2026-003 Un 2. Faux choix --- # Titre, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.says("vidal", "documents")
        == """Derniers documents

1. EAU-2026-003 Un 2. Faux choix --- # Titre
2. EAU-2026-002 Devisfdp
3. EAU-2026-001 Devis du réservoir

Répondez par un numéro : je vous l'envoie."""
    )
    assert (
        await town.drops("vidal", b"x3", "..", room="EAU")
        == "Classé : EAU-2026-004 Document sans titre, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"x4", "12. liste.txt", room="EAU")
        == "Classé : EAU-2026-005 12. liste, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"x5", "a" * 400 + ".txt", room="EAU")
        == "Classé : EAU-2026-006 Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…, pour la séance du jeudi 26 mars 2026."
    )
