"""Errata: a paper of a convoked session changes; those who have the old version, and only they, hear of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.town import QUOTE, ZONE, Town
from council.roles import Channel
from storage.tables import Outgoing, Person
from tests.commands.summons import council, reaches, told_to
from tests.storage.makers import paper

OLD = paper("Le montant proposé est de 48 200 euros par an.", "Conditions")
NEW = paper("Le montant proposé est de 51 000 euros par an.", "Conditions", "Annexe")
CHANGED = "- page 1 : « est de 48 200 euros par » devient « est de 51 000 euros par »\n- page 3 ajoutée"


async def _convoked(town: Town) -> None:
    """A session of the council, convoked with one paper."""
    await council(town)
    await town.drops("arnaud", OLD, "budget.pdf", caption="Note de budget, point 1", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    await town.waits(timedelta(hours=1))


async def _corrected(town: Town, who: str = "arnaud", room: str = "CM") -> str:
    return await town.drops(who, NEW, "budget2.pdf", caption="remplacer CM-2026-001", room=room)


async def _event(town: Town, last_name: str) -> str:
    """The event of somebody's copy of the erratum."""
    async with town.database.read() as session:
        query = select(Outgoing).join(Person, Person.id == Outgoing.person_id).where(Person.last_name == last_name)
        rows = (await session.scalars(query.order_by(Outgoing.id))).all()
    return next(row.event_id or "" for row in rows if row.content.get("official") == "CM-2026-01-E1")


async def test_it_is_shown_then_sent_to_those_who_were_convoked(town: Town) -> None:
    """Nothing leaves before "oui"; then each has the new version, once."""
    await _convoked(town)
    before = len(town.heard)
    assert (
        await _corrected(town)
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
    await _convoked(town)
    await _corrected(town)
    await town.says("arnaud", "oui", room="CM")
    received = "Merci, c'est noté : vous avez reçu l'erratum CM-2026-01-E1, CM-2026-001 version 2."
    assert await town.says("vidal", "reçu") == received
    assert await town.says("petit", "!reçu CM-2026-01-E1") == received
    assert (await town.says("petit", "!reçu CM-2026-01-E1")).startswith(
        "C'était déjà noté, le lundi 2 mars 2026 à 10 h"
    )
    assert await town.taps("roux", "✅", event_id=await _event(town, "Roux")) == received
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
    await _convoked(town)
    await _corrected(town)
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


async def test_nothing_is_said_of_a_session_that_is_not_convoked(town: Town) -> None:
    """Nor when the new version was in force before the convocation left, whenever it was filed."""
    await council(town)
    await town.drops("arnaud", OLD, "budget.pdf", caption="Note de budget, point 1", room="CM")
    await town.says("vidal", "envoyer CM-2026-001")
    replaced = "CM-2026-001 Note de budget : version 2 (3 pages), désormais en vigueur."
    assert await _corrected(town) == replaced
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
    await _convoked(town)
    await town.waits(timedelta(days=days))
    said = await _corrected(town)
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


async def test_the_silent_are_asked_again_and_the_agents_told_whom_to_call(town: Town) -> None:
    """A day later for the erratum alone; on the eve in one message with the convocation, if that is silent too."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await _convoked(town)
    for who in ("arnaud", "roux", "vidal", "petit"):
        await town.says(who, "reçu")
    await town.waits(timedelta(days=2))
    await _corrected(town)
    await town.says("arnaud", "oui", room="CM")
    for who in ("arnaud", "roux", "vidal"):
        await town.says(who, "reçu")
    before = len(town.heard)
    await town.waits(timedelta(days=1))
    again = """Avez-vous bien reçu l'erratum CM-2026-01-E1 ?

CM-2026-001 version 2, Conseil municipal, jeudi 12 mars 2026 à 20 h. Il est plus haut dans cette conversation. Touchez ✅ sous ce message, ou répondez reçu ou 1."""
    calls = """Erratum CM-2026-01-E1 : CM-2026-001 version 2, Conseil municipal, jeudi 12 mars 2026 à 20 h.

Sans accusé de réception, à appeler (1 personne)

- Jean Petit, téléphone inconnu

Sur papier, à remettre (1 personne)

- Colette Morel, 06 00 00 00 07"""
    assert await told_to(town, "petit", before) == [again]
    assert await told_to(town, "martin", before) == [calls]
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 11, 10, tzinfo=ZONE) - town.clock.now())
    assert await told_to(town, "petit", before) == [again]
    (round_of_calls,) = [said for said in await told_to(town, "martin", before) if "Petit" in said]
    assert calls in round_of_calls
    assert (
        await town.says("petit", "1")
        == "Merci, c'est noté : vous avez reçu l'erratum CM-2026-01-E1, CM-2026-001 version 2."
    )
    assert "4 accusés sur 4, papier : 0 remise sur 1" in await town.says("arnaud", "accusés CM")


async def test_the_eve_s_morning_is_enough_when_a_day_later_is_the_eve(town: Town) -> None:
    """Two days before the session: one reminder, not two within hours."""
    await _convoked(town)
    for who in ("arnaud", "roux", "vidal", "petit"):
        await town.says(who, "reçu")
    await town.waits(datetime(2026, 3, 10, 8, tzinfo=ZONE) - town.clock.now())
    await _corrected(town)
    await town.says("arnaud", "oui", room="CM")
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 11, 18, tzinfo=ZONE) - town.clock.now())
    assert len([said for said in await told_to(town, "petit", before) if "Avez-vous" in said]) == 1


async def test_an_agent_says_that_the_sheet_was_handed_over(town: Town) -> None:
    """Asked which one when the convocation waits too; by its kind, its reference or both; it shows, and the journal tells it."""
    await town.arrives("Colette", "Morel", "CM")
    await _convoked(town)
    await town.waits(timedelta(days=1))
    await _corrected(town)
    await town.says("arnaud", "oui", room="CM")
    assert (
        await town.says("martin", "remis Mme Morel")
        == """Qu'est-ce qui a été remis à Colette Morel le mardi 3 mars 2026 ?

1. La convocation CM-2026-01
2. L'erratum CM-2026-01-E1 (CM-2026-001 version 2)
3. Les deux

Répondez par un numéro."""
    )
    assert await town.says("martin", "remis Morel, erratum, hier") == (
        "Le lundi 2 mars 2026 ne peut pas être le jour de la remise : l'erratum CM-2026-01-E1 (CM-2026-001 version 2) est du mardi 3 mars "
        "2026, et nous sommes le mardi 3 mars 2026. !remis Colette Morel suivi de la date."
    )
    assert await town.says("martin", "remis Morel erratum") == (
        "C'est noté : erratum CM-2026-01-E1 remis à Colette Morel le mardi 3 mars 2026. Tous ceux qui sont sur papier l'ont."
    )
    assert (await town.says("martin", "remis Morel hier")).startswith(
        "C'est noté : CM-2026-01 remise à Colette Morel le lundi 2 mars 2026. Elle est complète."
    )
    assert (
        "(CM-2026-001 version 2, mardi 3 mars 2026 à 10 h) : 0 accusé sur 4, papier : 1 remise sur 1."
        in await town.says("arnaud", "accusés CM")
    )
    assert "- Colette Morel : papier, remis le mardi 3 mars 2026" in await town.says("arnaud", "accusés CM détail")
    assert "remise sur papier de CM-2026-01-E1 à Colette Morel le mardi 3 mars 2026 (CM)" in await town.says(
        "martin", "!journal"
    )


async def test_both_are_handed_over_at_once_and_after_the_session_it_is_said(town: Town) -> None:
    """The last choice notes the two; a day that is the session's or later is too late for what was wrong."""
    await town.arrives("Colette", "Morel", "CM")
    await _convoked(town)
    await _corrected(town)
    await town.says("arnaud", "oui", room="CM")
    town.clock.set(datetime(2026, 3, 13, 9, tzinfo=ZONE))
    await town.says("martin", "remis Morel hier")
    said = await town.says("martin", "3")
    assert "C'est noté : CM-2026-01 remise à Colette Morel le jeudi 12 mars 2026. Après la séance" in said
    assert (
        "erratum CM-2026-01-E1 remis à Colette Morel le jeudi 12 mars 2026. Après la séance du jeudi 12 mars 2026 : cette personne y avait "
        "l'ancienne version."
    ) in said


async def test_a_copy_by_mail_has_the_new_version_unless_it_is_too_heavy(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the message it says where to acknowledge; what no relay would take is said, with where to read it."""
    town.commune = replace(town.commune, mail="mairie@sainte-colombe.fr")
    await reaches(town, "petit", Channel.ELEMENT, "jean.petit@example.fr")
    await _convoked(town)
    await _corrected(town)
    before = len(town.heard)
    await town.says("arnaud", "oui", room="CM")
    beside = (
        "Ce courriel double l'erratum qui vous attend dans votre conversation avec l'appariteur, sur Element : c'est là que vous en "
        "accusez réception."
    )
    (mail,) = [text for where, text in town.heard[before:] if where.startswith("courriel")]
    assert mail.endswith(f"La nouvelle version est jointe à ce courriel.\n\n{beside}\n\n[joint : budget2.pdf]")
    monkeypatch.setattr("commands._issuing.MOST_ATTACHED", 100)
    third = paper("Le montant proposé est de 52 000 euros par an.", "Conditions", "Annexe")
    await town.drops("arnaud", third, "budget3.pdf", caption="remplacer CM-2026-001", room="CM")
    before = len(town.heard)
    await town.says("arnaud", "oui", room="CM")
    (mail,) = [text for where, text in town.heard[before:] if where.startswith("courriel")]
    heavy = "est trop lourde pour un courriel. Pour la lire, écrivez à l'appariteur, sur Element : envoyer CM-2026-001."
    assert mail.endswith(f"{heavy}\n\n{beside}")
