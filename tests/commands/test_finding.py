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
