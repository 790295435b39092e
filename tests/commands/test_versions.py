"""A paper's life: its versions, its title and place, taken away and brought back."""

from datetime import timedelta

from bot.town import QUOTE, Town
from tests.commands.summons import council


async def test_a_new_version_by_its_caption(town: Town) -> None:
    """Its filer may, and the chair; another councillor may not."""
    assert (
        await town.drops("roux", b"v2", "devis2.txt", caption="remplacer EAU-2026-001", room="EAU")
        == "EAU-2026-001 Devis du réservoir : version 2, désormais en vigueur."
    )
    assert (
        await town.drops("vidal", b"v3", "devis3.txt", caption="remplacer EAU-2026-001", room="EAU")
        == "Seuls la présidence, le maire, les agents et la personne qui a déposé ce document peuvent le modifier."
    )
    assert (
        await town.drops("roux", b"v3", "devis3.txt", caption="Remplace eau-2026-1")
        == "EAU-2026-001 Devis du réservoir : version 3, désormais en vigueur."
    )
    assert (
        await town.drops("roux", b"v4", "d.txt", caption="remplacer EAU-2026-099", room="EAU")
        == "Je ne trouve pas de document EAU-2026-099 que vous puissiez voir ici ; rien n'a été classé."
    )
    assert (
        await town.says("vidal", "versions EAU-2026-001")
        == """EAU-2026-001 Devis du réservoir

1. version 1 : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux
2. version 2 : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux ; page 1 changée
3. version 3, en vigueur : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux ; page 1 changée

Répondez par un numéro : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "1")
        == """EAU-2026-001 Devis du réservoir (version 1, remplacée depuis)

[fichier : devis-reservoir.txt]"""
    )
    assert (
        await town.says("vidal", "envoyer EAU-2026-001")
        == """EAU-2026-001 Devis du réservoir (version 3)

[fichier : devis3.txt]"""
    )
    assert (
        await town.says("vidal", "envoyer EAU-2026-001 version 2")
        == """EAU-2026-001 Devis du réservoir (version 2, remplacée depuis)

[fichier : devis2.txt]"""
    )
    assert (
        await town.says("vidal", "envoyer EAU-2026-001 version 7")
        == "EAU-2026-001 a 3 versions ; je ne trouve pas « version 7 ». !versions EAU-2026-001 les montre."
    )


async def test_a_file_that_answers_a_paper_offers_to_replace_it(town: Town) -> None:
    """The chair is asked; a councillor who could not is not."""
    assert (
        await town.drops("vidal", b"avis", "avis.txt", caption="Avis", room="EAU", reply_to="$devis")
        == "Classé : EAU-2026-002 Avis, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("roux", b"v2", "v2.txt", caption="Nouveau devis", room="EAU", reply_to="$devis")
        == """Classé : EAU-2026-003 Nouveau devis, pour la séance du jeudi 26 mars 2026.

Est-ce une nouvelle version de EAU-2026-001 Devis du réservoir ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == "EAU-2026-001 Devis du réservoir : version 2, désormais en vigueur (1 version plus ancienne)."
    )
    assert (
        await town.says("roux", "!documents", room="EAU")
        == """Derniers documents

1. EAU-2026-002 Avis
2. EAU-2026-001 Devis du réservoir (version 2)

Répondez par un numéro : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "envoyer EAU-2026-003")
        == "Je ne trouve pas de document EAU-2026-003 que vous puissiez voir ici. !documents montre ceux qui existent, !chercher les retrouve par leurs mots."
    )
    assert (
        await town.says("roux", "!rétablir EAU-2026-003", room="EAU")
        == "Je ne trouve pas de document retiré « EAU-2026-003 » ici. La référence s'écrit comme FIN-2027-003."
    )
    assert (
        await town.says("vidal", "chercher nouveau devis")
        == """1 document pour « nouveau devis »

Aucun ne contient tous ces mots ; voici les plus proches.

1. EAU-2026-001 Devis du réservoir, 02/03/2026

Répondez 1 : je vous l'envoie."""
    )


async def test_replacing_by_a_paper_already_filed(town: Town) -> None:
    """Confirmed first; never by itself."""
    await town.drops("roux", b"v2", "v2.txt", caption="Devis corrigé", room="EAU")
    assert (
        await town.says("roux", "!remplacer EAU-2026-001 par EAU-2026-002", room="EAU")
        == """EAU-2026-002 Devis corrigé deviendra la version 2 de EAU-2026-001 Devis du réservoir, et sa propre référence ne servira plus. C'est bien cela ?

Répondez oui ou non."""
    )
    assert await town.says("roux", "non", room="EAU") == "C'est entendu, rien n'a été changé."
    assert (
        await town.says("roux", "!remplacer EAU-2026-001 par EAU-2026-001", room="EAU")
        == "Les deux documents doivent être différents et de la même commission."
    )
    assert (
        await town.says("roux", "!remplacer EAU-2026-001", room="EAU")
        == "Pour remplacer EAU-2026-001 Devis du réservoir, déposez le nouveau fichier en répondant à son message, ou avec la légende « remplacer EAU-2026-001 »."
    )
    assert (
        await town.says("vidal", "!remplacer EAU-2026-001 par EAU-2026-002", room="EAU")
        == "Seuls la présidence, le maire, les agents et la personne qui a déposé ce document peuvent le modifier."
    )


async def test_taking_away_and_bringing_back(town: Town) -> None:
    """Nothing is destroyed."""
    assert (
        await town.says("roux", "!retirer EAU-2026-001", room="EAU")
        == """EAU-2026-001 Devis du réservoir ne sera plus ni montré ni trouvé. Son message reste dans le salon. !rétablir EAU-2026-001 le fera revenir jusqu'au mercredi 1er avril 2026 ; son contenu sera ensuite effacé. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == "EAU-2026-001 est retiré. !rétablir EAU-2026-001 le fera revenir jusqu'au mercredi 1er avril 2026 ; son contenu sera "
        "ensuite effacé."
    )
    assert (
        await town.says("vidal", "documents")
        == """Derniers documents

Aucun document. Déposez un fichier dans le salon : je le classe."""
    )
    assert (
        await town.says("vidal", "chercher réservoir")
        == "Je ne trouve rien pour « réservoir » parmi les documents que vous pouvez voir. Essayez un autre mot."
    )
    assert (
        await town.says("vidal", "rétablir EAU-2026-001")
        == "La commande !rétablir est réservée à la présidence, au maire et aux agents. !aide montre ce que vous pouvez faire."
    )
    assert (
        await town.says("roux", "!rétablir eau-2026-001", room="EAU")
        == "EAU-2026-001 Devis du réservoir est de nouveau classé."
    )
    assert (
        await town.says("roux", "!rétablir EAU-2026-001", room="EAU")
        == "Je ne trouve pas de document retiré « EAU-2026-001 » ici. La référence s'écrit comme FIN-2027-003."
    )


async def test_naming_and_placing_a_paper(town: Town) -> None:
    """With its reference, in answer to it, or one's last; "pour" may be part of the title."""
    assert (
        await town.says("roux", "!classer EAU-2026-001 Devis de la société Hydra pour 1", room="EAU")
        == "EAU-2026-001 Devis de la société Hydra, pour le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.says("roux", "!classer Devis pour la réfection", room="EAU", reply_to="$devis")
        == "EAU-2026-001 Devis pour la réfection."
    )
    assert (
        await town.says("roux", "!classer EAU-2026-001 pour le point 9", room="EAU")
        == "Je ne trouve pas le point 9 dans la prochaine séance. !odj montre les points et leurs numéros."
    )
    assert (
        await town.says("roux", "!classer EAU-2026-001 Devis pour réservoir des buttes", room="EAU")
        == "EAU-2026-001 Devis, pour le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.says("roux", "!classer EAU-2026-001", room="EAU")
        == "Je ne sais pas quoi changer. !classer EAU-2026-001 Nouveau titre pour 2"
    )
    assert (
        await town.says("vidal", "classer Mon titre")
        == "De quel document parlez-vous ? Vous n'en avez pas encore déposé. Donnez sa référence : !classer EAU-2026-001 Nouveau titre."
    )
    assert (
        await town.says("vidal", "classer EAU-2026-001 Mon titre")
        == "Seuls la présidence, le maire, les agents et la personne qui a déposé ce document peuvent le modifier."
    )
    await town.drops("vidal", b"note", "note.txt", caption="Note", room="EAU")
    assert await town.says("vidal", "!classer Note sur les pompes", room="EAU") == "EAU-2026-002 Note sur les pompes."
    assert (
        await town.says("blanc", "chercher pompes")
        == """1 document pour « pompes »

1. EAU-2026-002 Note sur les pompes, 02/03/2026

Répondez 1 : je vous l'envoie."""
    )


async def test_the_index_follows_a_new_title(town: Town) -> None:
    """The new title is found, the old one is not, the text still is."""
    await town.says("roux", "!classer EAU-2026-001 Étude Véolia", room="EAU")
    assert (await town.says("vidal", "chercher véolia")).startswith(
        "1 document pour « véolia »\n\n1. EAU-2026-001 Étude Véolia"
    )
    assert "EAU-2026-001 Étude Véolia, 02/03/2026, page 1" in await town.says("vidal", "chercher étanchéité")


async def test_what_changed_and_who_had_which(town: Town) -> None:
    """Pages by their text for everyone; who received which for the chair, in private only."""
    await town.says("vidal", "envoyer EAU-2026-001")
    newer = "\f".join(["Devis du réservoir, montant 51 000 euros", QUOTE[1]]).encode()
    await town.drops("roux", newer, "devis2.txt", caption="remplacer EAU-2026-001", room="EAU")
    await town.says("vidal", "envoyer EAU-2026-001")
    await town.says("martin", "envoyer EAU-2026-001")
    lines = """EAU-2026-001 Devis du réservoir

1. version 1 : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux
2. version 2, en vigueur : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux ; page 1 changée

Répondez par un numéro : je vous l'envoie."""
    assert await town.says("vidal", "versions EAU-2026-001") == lines
    assert await town.says("roux", "!versions EAU-2026-001", room="EAU") == lines
    assert (
        await town.says("roux", "versions EAU-2026-001")
        == lines
        + """

- version 1, à leur demande : Lucie Vidal
- version 2, à leur demande : Paul Martin et Lucie Vidal"""
    )


async def test_what_a_convocation_reached_is_told(town: Town) -> None:
    """The version in force when it left, and how many people it reached."""
    await council(town)
    await town.drops("arnaud", b"Budget", "budget.txt", caption="Note", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    await town.waits(timedelta(hours=1))
    await town.drops("arnaud", b"Budget bis", "budget2.txt", caption="remplacer CM-2026-001", room="CM")
    said = await town.says("arnaud", "versions CM-2026-001")
    assert "- version 1, en vigueur quand la convocation CM-2026-01 est partie : 4 personnes" in said
    assert "version 2, en vigueur quand" not in said
    assert "convocation" not in await town.says("petit", "versions CM-2026-001")


async def test_a_convocation_carried_what_was_in_force_when_it_left(town: Town) -> None:
    """Not a paper of its own that was taken into this one afterwards, though it was filed before."""
    await council(town)
    await town.drops("arnaud", b"v1", "budget.txt", caption="Note, point 1", room="CM")
    await town.drops("arnaud", b"v2", "budget2.txt", caption="Note corrigée", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    town.clock.push(timedelta(hours=1))
    await town.says("arnaud", "!remplacer CM-2026-001 par CM-2026-002", room="CM")
    await town.says("arnaud", "oui", room="CM")
    said = await town.says("arnaud", "versions CM-2026-001")
    assert "- version 1, en vigueur quand la convocation CM-2026-01 est partie : 4 personnes" in said
    assert "version 2, en vigueur quand" not in said
