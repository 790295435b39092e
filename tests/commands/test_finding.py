"""Finding again: by body, session and word, and by search; lists that go on."""

from datetime import timedelta

from bot.town import Town


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

1. EAU-2026-009 Procès-verbal de mars, 02/03/2026

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


async def test_filters_are_said_back(town: Town) -> None:
    """What was understood is shown when it hides something, and also when nothing is left."""
    assert (
        await town.says("vidal", 'chercher "société hydra" -lavoir commission:eau type:devis avant:"3 mars 2026"')
        == """1 document pour « "société hydra" -lavoir commission:eau type:devis avant:"3 mars 2026" »

Seulement : classés avant le mardi 3 mars 2026, de EAU, « devis » dans le titre, avec « société hydra », sans « lavoir ».

1. EAU-2026-001 Devis du réservoir, 02/03/2026, page 1
  …des Buttes : étanchéité, peinture, clôture. Société Hydra, montant 48 200,00 € hors taxes. Conditions : les travaux commenceront en juin. Pénalités de…

Répondez 1 : je vous l'envoie."""
    )
    assert (await town.says("vidal", "chercher réservoir séance:26/03/2026")).splitlines()[
        2
    ] == "Seulement : de la séance du jeudi 26 mars 2026."
    assert await town.says("vidal", "chercher réservoir depuis:2026 -buttes") == (
        "Je ne trouve rien pour « réservoir depuis:2026 -buttes » parmi les documents que vous pouvez voir. Seulement : "
        "classés depuis le jeudi 1er janvier 2026, sans « buttes ». Essayez sans filtre."
    )


async def test_a_filter_that_does_not_exist_is_said(town: Town) -> None:
    """With those that do; a body that isn't the asker's isn't known here, whoever's it is."""
    these = "depuis:2026, avant:mars, commission:FIN, type:devis et séance:12/01 existent."
    assert (
        await town.says("vidal", "chercher devis couleur:bleu") == f"Je ne connais pas le filtre « couleur: ». {these}"
    )
    assert (
        await town.says("vidal", "chercher devis depuis:bientôt")
        == f"Je ne lis pas de date dans « depuis:bientôt ». {these}"
    )
    assert (
        await town.says("vidal", "chercher devis commission:voirie")
        == "Je ne connais pas ici de commission « voirie ». Essayez commission:CM ou commission:EAU."
    )


async def test_a_paper_is_asked_for_by_what_it_is(town: Town) -> None:
    """A kind and a date in plain words find it, and hide nothing else."""
    await town.drops("roux", b"Seance", "a.txt", caption="Compte rendu du 24 mars 2025", room="EAU")
    await town.drops("roux", b"La seance", "b.txt", caption="Compte rendu du 8 juin 2025", room="EAU")
    assert (
        await town.says("vidal", "le PV du 8 juin 2025")
        == """2 documents pour « le PV du 8 juin 2025 »

1. EAU-2026-003 Compte rendu du 8 juin 2025, 02/03/2026
2. EAU-2026-002 Compte rendu du 24 mars 2025, 02/03/2026

Répondez par un numéro : je vous l'envoie."""
    )
    assert (await town.says("vidal", "les devis de mars")).splitlines()[2].startswith("1. EAU-2026-001 Devis du")


async def test_other_papers_on_the_same_subject(town: Town) -> None:
    """By a reference, typed or said; only those that the asker may see."""
    for number in range(1, 8):
        await town.drops(
            "vidal", f"La pompe {number} du réservoir".encode(), f"p{number}.txt", caption=f"Note {number}", room="EAU"
        )
    answer = await town.says("vidal", "chercher comme eau-2026-1")
    assert answer.splitlines()[0] == "7 documents sur le même sujet que EAU-2026-001 Devis du réservoir"
    assert answer.splitlines()[-1] == "Répondez par un numéro : je vous l'envoie."
    assert (await town.says("vidal", "suite")).splitlines()[2].startswith("1. EAU-2026-003 Note 2, 02/03/2026, page 1")
    said = await town.says("vidal", "d'autres papiers sur le même sujet que EAU-2026-001 ?")
    assert said == answer
    assert (
        await town.says("petit", "chercher comme EAU-2026-001")
        == "Je ne trouve pas de document EAU-2026-001 que vous puissiez voir ici. !documents montre ceux qui existent."
    )
