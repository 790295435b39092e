"""Errata: a paper of a convoked session changes; those who have the old version, and only they, hear of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.town import QUOTE, Town
from council.roles import Channel
from tests.commands.corrections import CHANGED, NEW, OLD, convoked, copy_event, corrected
from tests.commands.summons import council, reaches, told_to
from tests.storage.makers import paper


async def test_it_is_shown_then_sent_to_those_who_wereconvoked(town: Town) -> None:
    """Nothing leaves before "oui"; then each has the new version, once."""
    await convoked(town)
    before = len(town.heard)
    assert (
        await corrected(town)
        == f"""CM-2026-001 Note de budget : version 2 (3 pages), désormais en vigueur.

La séance du jeudi 12 mars 2026 à 20 h est déjà convoquée (CM-2026-01) : 4 personnes ont une version plus ancienne de CM-2026-001.

{CHANGED}

Chaque personne recevra en privé un erratum numéroté avec la version 2, ou par la mairie si elle est sur papier, et en accusera réception. Je l'envoie ?

Répondez oui ou non."""
    )
    assert await told_to(town, "vidal", before) == []
    assert (
        await town.says("arnaud", "oui", room="CM")
        == "L'erratum CM-2026-01-E1 part : 4 personnes. !accusés CM montre qui l'a reçu."
    )
    for who in ("arnaud", "petit", "roux", "vidal"):
        assert await told_to(town, who, before) == [
            f"""Erratum CM-2026-01-E1 : Conseil municipal, jeudi 12 mars 2026 à 20 h

CM-2026-001 Note de budget, point 1 : la version 2 remplace la version 1.

{CHANGED}

La nouvelle version suit. Pour dire que vous l'avez bien reçue, touchez ✅ sous ce message, ou répondez reçu ou 1."""
        ]
    assert [text for _, text in town.heard[before:]].count("[fichier : budget2.pdf]") == 4
    assert await told_to(town, "martin", before) == []
    assert await told_to(town, "blanc", before) == []
    assert (await town.says("arnaud", "!remplacer CM-2026-001 prévenir oui")).startswith("Personne n'est à prévenir")


async def test_its_receipt_is_its_own(town: Town) -> None:
    """By a word, with or without its reference; the chair sees who is silent, the journal tells each step."""
    await convoked(town)
    await corrected(town)
    await town.says("arnaud", "oui", room="CM")
    received = "Merci, c'est noté : vous avez reçu l'erratum CM-2026-01-E1, CM-2026-001 version 2."
    assert await town.says("vidal", "reçu") == received
    assert await town.says("petit", "!reçu CM-2026-01-E1") == received
    assert (await town.says("petit", "!reçu CM-2026-01-E1")).startswith(
        "C'était déjà noté, le lundi 2 mars 2026 à 10 h"
    )
    assert await town.taps("roux", "✅", event_id=await copy_event(town, "Roux")) == received
    assert (
        "Erratum CM-2026-01-E1 (CM-2026-001 version 2, lundi 2 mars 2026 à 10 h) : 3 accusés sur 4. Sans accusé : Blanche Arnaud ; "
        "relance le mardi 3 mars 2026 à 9 h." in await town.says("arnaud", "accusés CM")
    )
    journal = await town.says("martin", "!journal")
    assert "Blanche Arnaud a envoyé l'erratum CM-2026-01-E1 : CM-2026-001 version 2 (CM)" in journal
    assert "Lucie Vidal a accusé réception de CM-2026-01-E1 (CM)" in journal
    assert "envoi officiel CM-2026-01-E1 à Jean Petit" in journal
    assert (await town.says("petit", "!reçu CM-2026-01")).startswith(
        "Merci, c'est noté : vous avez reçu la convocation"
    )


async def test_those_who_asked_for_it_have_it_too(town: Town) -> None:
    """A paper filed after the convocation: only who was sent it, and only who may still see it."""
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    await town.waits(timedelta(hours=1))
    await town.drops("arnaud", OLD, "budget.pdf", caption="Note de budget, point 1", room="CM")
    await town.says("vidal", "envoyer CM-2026-001")
    await town.says("martin", "envoyer CM-2026-001")
    await town.says("petit", "envoyer CM-2026-001")
    await town.leaves("petit", "CM")
    before = len(town.heard)
    said = await town.drops("arnaud", NEW, "budget2.pdf", caption="remplacer CM-2026-001")
    assert "À qui : Paul Martin et Lucie Vidal" in said
    await town.says("arnaud", "oui")
    assert len(await told_to(town, "petit", before)) == 0
    assert len(await told_to(town, "roux", before)) == 0
    for who in ("vidal", "martin"):
        (told,) = await told_to(town, who, before)
        assert CHANGED in told


async def test_on_paper_and_by_mail(town: Town) -> None:
    """The agents get the names and a sheet to print; an e-mail says how to read it."""
    town.commune = replace(town.commune, mail="mairie@sainte-colombe.fr")
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await reaches(town, "petit", Channel.MAIL, "jean.petit@example.fr")
    await convoked(town)
    await corrected(town)
    before = len(town.heard)
    assert (
        await town.says("arnaud", "oui", room="CM")
        == "L'erratum CM-2026-01-E1 part : 5 personnes. Il reste à remettre sur papier : Colette Morel. !accusés CM montre qui l'a reçu."
    )
    (sheets,) = await told_to(town, "martin", before)
    assert sheets.endswith(
        f"{CHANGED}\n\nÀ remettre sur papier\n\n- Colette Morel, 06 00 00 00 07\n\nLa feuille de remplacement arrive ici dès qu'elle "
        "est prête : une page qui dit quoi remplacer, puis les nouvelles pages. Imprimez-la pour chaque personne, sur une seule face.\n\n"
        "Après chaque remise, écrivez-moi remis Morel erratum (ajoutez la date si ce n'est pas aujourd'hui)."
    )
    (mail,) = [text for where, text in town.heard[before:] if where.startswith("courriel")]
    assert mail.startswith("Erratum CM-2026-01-E1\n\nErratum CM-2026-01-E1 : Conseil municipal")
    assert mail.endswith(
        f"{CHANGED}\n\nLa nouvelle version est jointe à ce courriel.\n\nPour en accuser réception, écrivez à l'appariteur, sur Element : "
        "reçu CM-2026-01-E1.\n\n[joint : budget2.pdf]"
    )
    assert await told_to(town, "petit", before) == []
    assert "À remettre sur papier : Colette Morel ; ensuite, remis NOM erratum." in await town.says(
        "arnaud", "accusés CM"
    )


async def test_nothing_is_said_of_a_session_that_is_notconvoked(town: Town) -> None:
    """Nor when the new version was in force before the convocation left, whenever it was filed."""
    await council(town)
    await town.drops("arnaud", OLD, "budget.pdf", caption="Note de budget, point 1", room="CM")
    await town.says("vidal", "envoyer CM-2026-001")
    replaced = "CM-2026-001 Note de budget : version 2 (3 pages), désormais en vigueur."
    assert await corrected(town) == replaced
    await town.says("arnaud", "!convoquer CM oui")
    assert (
        await town.says("arnaud", "!remplacer CM-2026-001 prévenir")
        == "Personne n'est à prévenir pour CM-2026-001 : sa séance n'est pas convoquée, ou personne n'a de version plus ancienne que "
        "celle qui a été envoyée ou annoncée. !versions CM-2026-001 montre ses versions."
    )


async def test_a_paper_taken_into_another_after_the_convocation(town: Town) -> None:
    """What counts is when the version came into force, not when it was filed; the next one is compared with what was told."""
    await council(town)
    await town.drops("arnaud", OLD, "budget.pdf", caption="Note de budget, point 1", room="CM")
    await town.drops("arnaud", NEW, "budget2.pdf", caption="Note corrigée", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("arnaud", "!remplacer CM-2026-001 par CM-2026-002", room="CM")
    assert CHANGED in await town.says("arnaud", "oui", room="CM")
    await town.says("arnaud", "oui", room="CM")
    third = paper("Le montant proposé est de 51 000 euros par an.", "Conditions", "Annexe 1")
    said = await town.drops("arnaud", third, "budget3.pdf", caption="remplacer CM-2026-001", room="CM")
    assert "- page 3 : « Annexe » devient « Annexe 1 »" in said
    assert "page 1" not in said
    assert (await town.says("arnaud", "oui", room="CM")).startswith("L'erratum CM-2026-01-E2 part")


@pytest.mark.parametrize(("days", "late"), [(1, False), (8, True)])
async def test_what_is_decided_needs_its_delay(town: Town, days: int, late: bool) -> None:
    """Past the last day, the chair is told that a change of substance needs a new sending, and what to do."""
    await convoked(town)
    await town.waits(timedelta(days=days))
    said = await corrected(town)
    delay = (
        "Délai : le point 1 est à décider, et le dernier jour pour l'envoyer était le dimanche 8 mars 2026 (3 jours francs, article "
        "L. 2121-11 du CGCT). Une erreur de forme se corrige ainsi. Si ce que le conseil doit voter change sur le fond, le point "
        "demande un nouvel envoi dans ce délai : un erratum n'y suffit pas. Retirez alors le point (!point CM retirer 1) et "
        "inscrivez-le à une séance du lundi 16 mars 2026 au plus tôt, ou reportez celle-ci (!reporter CM)."
    )
    assert (delay in said) is late
    assert ("Délai" in said) is late


async def test_a_commission_is_only_told(town: Town) -> None:
    """No text binds it; who filed the paper and doesn't chair has the chair told, and can't send."""
    await town.drops("vidal", b"Note sur les pompes", "note.txt", caption="Note, point 1", room="EAU")
    await town.says("roux", "!convoquer EAU oui")
    await town.waits(timedelta(days=22))
    before = len(town.heard)
    assert (
        await town.drops("vidal", b"Note sur les vannes", "note2.txt", caption="remplacer EAU-2026-002", room="EAU")
        == "EAU-2026-002 Note : version 2, désormais en vigueur. La séance est déjà convoquée : la présidence est avertie, et "
        "peut envoyer un erratum."
    )
    assert await told_to(town, "roux", before) == [
        """Nouvelle version, donnée par Lucie Vidal : La séance du jeudi 26 mars 2026 à 18 h 30 est déjà convoquée (EAU-2026-01) : 4 personnes ont une version plus ancienne de EAU-2026-002.

- page 1 : « sur les pompes » devient « sur les vannes »

!remplacer EAU-2026-002 prévenir montre l'erratum, puis l'envoie."""
    ]
    assert (
        await town.says("vidal", "remplacer EAU-2026-002 prévenir oui")
        == "Seuls la présidence, le maire et les agents peuvent envoyer un erratum."
    )
    assert "À qui : Blanche Arnaud, Odile Blanc, Hugo Roux et Lucie Vidal" in await town.says(
        "roux", "remplacer EAU-2026-002 prévenir"
    )
    assert (await town.says("roux", "oui")).startswith("L'erratum EAU-2026-01-E1 part : 4 personnes.")


async def test_what_can_not_be_compared_is_said(town: Town) -> None:
    """A scan without text; or the same text under another shape."""
    await town.says("roux", "!convoquer EAU oui")
    same = "\f".join(QUOTE).replace("Conditions", "CONDITIONS").encode()
    said = await town.drops("roux", same, "devis2.txt", caption="remplacer EAU-2026-001", room="EAU")
    assert "\n\n- même texte\n\n" in said
    said = await town.drops("roux", b"%PDF-1.4 rien", "devis3.pdf", caption="remplacer EAU-2026-001", room="EAU")
    assert "- Les pages ne peuvent pas être comparées : leur texte n'est pas lu." in said


async def test_every_changed_page_is_quoted_up_to_five(town: Town) -> None:
    """Each with its old and new words, several on a page; the pages beyond are named."""
    line = "Le lot {n} coûte {price} euros par an, livraison comprise, à régler en {month} au plus tard."
    before = paper(*[line.format(n=n, price=10 * n, month="mars") for n in range(1, 9)])
    after = paper(*[line.format(n=n, price=10 * n + 1, month="mai") for n in range(1, 9)], "Annexe")
    await council(town)
    await town.drops("arnaud", before, "lots.pdf", caption="Lots, point 1", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    await town.waits(timedelta(hours=1))
    said = await town.drops("arnaud", after, "lots2.pdf", caption="remplacer CM-2026-001", room="CM")
    quoted = "\n".join(
        f"- page {n} : « {n} coûte {10 * n} euros par » devient « {n} coûte {10 * n + 1} euros par » ; "
        "« régler en mars au plus » devient « régler en mai au plus »"
        for n in range(1, 6)
    )
    assert f"\n\n{quoted}\n- et 3 autres pages : 6, 7 et 8\n- page 9 ajoutée\n\n" in said
