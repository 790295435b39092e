"""Filing: what is dropped gets its reference, its title, its place; versions; taking away and bringing back."""

from datetime import timedelta

from bot.town import Town


async def test_a_caption_gives_the_title_and_the_place(town: Town) -> None:
    """A point's number, a session's date, an item's own words; without any, the coming session."""
    assert (
        await town.drops("vidal", b"un", "a.txt", caption="point 1", room="EAU")
        == "Classé : EAU-2026-002 A, pour le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"deux", "b.txt", caption="Plan du réservoir, point 1", room="EAU")
        == "Classé : EAU-2026-003 Plan du réservoir, pour le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"trois", "c.txt", caption="Note pour la séance du 26 mars", room="EAU")
        == "Classé : EAU-2026-004 Note, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"quatre", "d.txt", caption="Réservoir des Buttes : photos", room="EAU")
        == "Classé : EAU-2026-005 Réservoir des Buttes : photos, pour le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"cinq", "compte_rendu_de_visite.txt", room="EAU")
        == "Classé : EAU-2026-006 Compte rendu de visite, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"six", "e.txt", caption="point 9", room="EAU")
        == "Classé : EAU-2026-007 E, pour la séance du jeudi 26 mars 2026 (elle n'a pas de point 9)."
    )
    assert await town.drops("vidal", b"sept", "f.txt", caption="Rapport", room="CM") == "Classé : CM-2026-001 Rapport."


async def test_the_same_file_twice_is_told_where_it_is(town: Town) -> None:
    """Nothing is stored twice."""
    await town.drops("vidal", b"le meme", "a.txt", caption="Premier", room="EAU")
    assert (
        await town.drops("roux", b"le meme", "b.txt", caption="Second", room="EAU")
        == "Ce fichier est déjà classé : EAU-2026-002 Premier."
    )


async def test_an_empty_file_is_refused(town: Town) -> None:
    """And says what to do."""
    assert (
        await town.drops("vidal", b"", "vide.txt", room="EAU")
        == "Ce fichier est vide : je ne l'ai pas classé. Vérifiez-le, puis déposez-le de nouveau."
    )


async def test_a_file_by_no_member_is_refused(town: Town) -> None:
    """A stranger, and a councillor of other commissions."""
    assert (
        await town.drops("faure", b"x", "x.txt", room="EAU")
        == "Je ne vous trouve pas dans la liste des membres de la commune : je ne peux pas vous répondre. Si vous devriez y être, signalez-le à la mairie."
    )
    assert (
        await town.drops("petit", b"x", "x.txt", room="EAU")
        == "Vous ne siégez pas dans « Commission de l'eau » : je n'ai pas classé ce fichier."
    )


async def test_a_file_that_cannot_be_read_is_filed_all_the_same(town: Town) -> None:
    """It says so, and it is sent when asked for."""
    assert (
        await town.drops("vidal", bytes(range(256)) * 4, "photo.bin", caption="Photo", room="EAU")
        == "Classé : EAU-2026-002 Photo, pour la séance du jeudi 26 mars 2026. Je ne pourrai pas le chercher par son texte : je ne sais pas lire ce genre de fichier."
    )
    assert (
        await town.says("vidal", "envoyer EAU-2026-002")
        == """EAU-2026-002 Photo

[fichier : photo.bin]"""
    )


async def test_a_file_given_in_private_is_asked_whose_it_is(town: Town) -> None:
    """A number files it; a caption that names the body files at once; who sits in one body only is not asked."""
    assert (
        await town.drops("vidal", b"un", "plan.txt", caption="Plan")
        == """J'ai bien reçu plan.txt. Pour quelle commission ?

1. Conseil municipal
2. Commission de l'eau

Répondez par un numéro."""
    )
    assert await town.says("vidal", "2") == "Classé : EAU-2026-002 Plan, pour la séance du jeudi 26 mars 2026."
    assert (
        await town.says("vidal", "2")
        == "Je n'ai pas de fichier de vous en attente. Envoyez-moi le fichier ici, ou déposez-le dans le salon."
    )
    assert (
        await town.drops("vidal", b"deux", "devis.txt", caption="eau : devis de la pompe")
        == "Classé : EAU-2026-003 devis de la pompe, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"trois", "releve.txt", caption="Relevé des compteurs pour la commission de l'eau")
        == "Classé : EAU-2026-004 Relevé des compteurs, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"quatre", "releve_2.txt", caption="eau")
        == "Classé : EAU-2026-005 Releve 2, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("blanc", b"cinq", "avis.txt")
        == "Classé : EAU-2026-006 Avis, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"six", "n.txt", caption="Note voirie")
        == """J'ai bien reçu n.txt. Pour quelle commission ?

1. Conseil municipal
2. Commission de l'eau

Répondez par un numéro."""
    )


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
2. version 2 : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux
3. version 3, en vigueur : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux

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
        == """EAU-2026-001 Devis du réservoir ne sera plus ni montré ni trouvé. Son message reste dans le salon, et !rétablir EAU-2026-001 le fait revenir. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU") == "EAU-2026-001 est retiré. !rétablir EAU-2026-001 le fait revenir."
    )
    assert (
        await town.says("vidal", "documents")
        == """Derniers documents

Aucun document. Déposez un fichier dans le salon : je le classe."""
    )
    assert (
        await town.says("vidal", "chercher réservoir")
        == "Je ne trouve rien pour « réservoir » parmi les documents que vous pouvez voir. Essayez un seul mot."
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


async def test_documents_by_body_session_and_word(town: Town) -> None:
    """Newest first; more than nine go on by "suite"."""
    for number in range(1, 12):
        await town.drops("vidal", f"piece {number}".encode(), f"p{number}.txt", caption=f"Pièce {number}", room="EAU")
    assert (
        await town.says("vidal", "documents")
        == """Derniers documents

1. EAU-2026-012 Pièce 11
2. EAU-2026-011 Pièce 10
3. EAU-2026-010 Pièce 9
4. EAU-2026-009 Pièce 8
5. EAU-2026-008 Pièce 7
6. EAU-2026-007 Pièce 6
7. EAU-2026-006 Pièce 5
8. EAU-2026-005 Pièce 4
9. EAU-2026-004 Pièce 3
10. Voir la suite (3 autres)

Répondez par un numéro : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "suite")
        == """Derniers documents

1. EAU-2026-003 Pièce 2
2. EAU-2026-002 Pièce 1
3. EAU-2026-001 Devis du réservoir

Répondez par un numéro : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "documents pièce 11")
        == """Documents : « pièce 11 »

1. EAU-2026-012 Pièce 11
2. EAU-2026-011 Pièce 10

Répondez par un numéro : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "documents du 26 mars devis")
        == """Documents de la séance du jeudi 26 mars 2026

1. EAU-2026-001 Devis du réservoir

Répondez 1 : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "documents du 27 mars")
        == "Je ne connais pas de séance le vendredi 27 mars 2026. !documents montre les derniers classés."
    )
    assert (
        await town.says("vidal", "documents conseil")
        == """Derniers documents : Conseil municipal

Aucun document. Déposez un fichier dans le salon : je le classe."""
    )
    assert (
        await town.says("roux", "!documents", room="CM")
        == """Derniers documents

Aucun document. Déposez un fichier dans le salon : je le classe."""
    )


async def test_the_papers_of_a_past_session(town: Town) -> None:
    """A day of last month is that day, not next year's."""
    await town.waits(timedelta(days=40))
    assert (
        await town.says("vidal", "documents du 26 mars")
        == """Documents de la séance du jeudi 26 mars 2026

1. EAU-2026-001 Devis du réservoir

Répondez 1 : je vous l'envoie."""
    )


async def test_search_goes_on_and_knows_other_names(town: Town) -> None:
    """Five at a time; "PV" finds the procès-verbal."""
    for number in range(1, 8):
        await town.drops(
            "vidal", f"piece {number} sur la pompe".encode(), f"p{number}.txt", caption=f"Pièce {number}", room="EAU"
        )
    await town.drops("roux", b"Proces", "x.txt", caption="Procès-verbal de mars", room="EAU")
    assert (
        await town.says("vidal", "chercher pompe")
        == """7 documents pour « pompe »

1. EAU-2026-008 Pièce 7, 02/03/2026, page 1
  piece 7 sur la pompe
2. EAU-2026-007 Pièce 6, 02/03/2026, page 1
  piece 6 sur la pompe
3. EAU-2026-006 Pièce 5, 02/03/2026, page 1
  piece 5 sur la pompe
4. EAU-2026-005 Pièce 4, 02/03/2026, page 1
  piece 4 sur la pompe
5. EAU-2026-004 Pièce 3, 02/03/2026, page 1
  piece 3 sur la pompe
6. Voir la suite (2 autres)

Répondez par un numéro : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "suite")
        == """7 documents pour « pompe »

1. EAU-2026-003 Pièce 2, 02/03/2026, page 1
  piece 2 sur la pompe
2. EAU-2026-002 Pièce 1, 02/03/2026, page 1
  piece 1 sur la pompe

Répondez par un numéro : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "2")
        == """EAU-2026-002 Pièce 1

[fichier : p1.txt]"""
    )
    assert (
        await town.says("vidal", "envoie moi le dernier PV")
        == """1 document pour « PV »

1. EAU-2026-009 Procès-verbal de mars, 02/03/2026, page 1
  Proces

Répondez 1 : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "chercher reservoire")
        == """1 document pour « reservoire »

1. EAU-2026-001 Devis du réservoir, 02/03/2026, page 1
  Devis du réservoir Devis pour la réfection du réservoir des Buttes : étanchéité, peinture, clôture. Société Hydra, montant 48 200,00 € hors taxes. Conditions :…

Répondez 1 : je vous l'envoie."""
    )
    assert await town.says("vidal", "chercher") == "Il manque les mots à chercher. Par exemple : !chercher réservoirs"
