"""Papers behind closed doors, and e-mail: none goes that way, neither whole nor in quotes; it is said how to read it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.town import Town
from council.roles import Channel
from tests.commands.summons import council, reaches, told_to
from tests.storage.makers import paper

OLD, NEW = paper("Le montant proposé est de 48 200 euros."), paper("Le montant proposé est de 51 000 euros.")
ONE = "CM-2026-001 est à huis clos : il n'est joint à aucun courriel, qui n'est pas chiffré. Pour le lire, "
ON_ELEMENT = "écrivez à l'appariteur, sur Element : envoyer CM-2026-001 ; ou demandez-le sur papier à la mairie."


@pytest.fixture(autouse=True)
async def posted(town: Town) -> None:
    """A town with a relay: M. Petit wants e-mails, Mme Morel too and has no account, M. Roux has an address."""
    town.commune = replace(town.commune, mail="mairie@sainte-colombe.fr")
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await reaches(town, "morel", Channel.MAIL, "colette.morel@example.fr")
    await reaches(town, "petit", Channel.MAIL, "jean.petit@example.fr")
    await reaches(town, "roux", Channel.ELEMENT, "hugo.roux@example.fr")
    await council(town)
    await town.drops("arnaud", OLD, "litige.pdf", caption="Litige Durand, point 1, huis clos", room="CM")


def _mails(town: Town, since: int = 0) -> list[str]:
    """The e-mails, subject first: to Mme Morel, to M. Petit, beside the message to M. Roux."""
    return [text for where, text in town.heard[since:] if where.startswith("courriel")]


async def test_a_convocation_says_how_to_read_it_instead(town: Town) -> None:
    """In one line of each e-mail, by its reference; on Element for who has it; the agents are told once who may ask."""
    await town.says("arnaud", "!convoquer CM oui")
    morel, petit, roux = _mails(town)
    assert f"\n\n{ONE}demandez-le sur papier à la mairie.\n\n" in morel
    assert f"\n\n{ONE}{ON_ELEMENT}\n\n" in petit
    assert f"\n\n{ONE}{ON_ELEMENT}\n\n" in roux
    assert [said for said in await told_to(town, "martin") if "Huis clos" in said] == [
        """Huis clos : convocation CM-2026-01

- CM-2026-001 Litige Durand (1 page)

Ce document n'est joint à aucun courriel, qui n'est pas chiffré. Ceux dont le courriel est le canal peuvent vous le demander sur papier :

- Colette Morel, 06 00 00 00 07
- Jean Petit, téléphone inconnu"""
    ]
    assert "huis clos" not in " ".join(await told_to(town, "vidal"))


async def test_several_are_named_together(town: Town) -> None:
    """And those that aren't closed aren't."""
    await town.drops("arnaud", NEW, "autre.pdf", caption="Autre litige, point 1, huis clos", room="CM")
    await town.drops("arnaud", paper("Un plan"), "plan.pdf", caption="Plan, point 1", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    assert (
        "CM-2026-001 et CM-2026-002 sont à huis clos : ils ne sont joints à aucun courriel, qui n'est pas chiffré. Pour les lire, demandez-les "
        "sur papier à la mairie."
    ) in _mails(town)[0]


async def test_an_erratum_neither_holds_it_nor_quotes_it(town: Town) -> None:
    """On Element it does, as for anyone; the agents are told once."""
    await town.says("arnaud", "!convoquer CM oui")
    await town.waits(timedelta(hours=1))
    await town.drops("arnaud", NEW, "litige2.pdf", caption="remplacer CM-2026-001", room="CM")
    before = len(town.heard)
    await town.says("arnaud", "oui", room="CM")
    morel, petit, roux = _mails(town, before)
    what = (
        "Erratum CM-2026-01-E1\n\nErratum CM-2026-01-E1 : Conseil municipal, jeudi 12 mars 2026 à 20 h\n\nCM-2026-001, point 1 : la version 2 "
        f"remplace la version 1.\n\n{ONE}"
    )
    assert morel == f"{what}demandez-le sur papier à la mairie."
    assert (
        petit
        == f"{what}{ON_ELEMENT}\n\nPour en accuser réception, écrivez à l'appariteur, sur Element : reçu CM-2026-01-E1."
    )
    assert roux.startswith(f"{what}{ON_ELEMENT}\n\nCe courriel double l'erratum")
    assert not [mail for mail in (morel, petit, roux) if "joint :" in mail or "euros" in mail or "Durand" in mail]
    (vidal,) = await told_to(town, "vidal", before)
    assert "« est de 48 200 euros. » devient « est de 51 000 euros. »" in vidal
    (told,) = [said for said in await told_to(town, "martin", before) if "Huis clos" in said]
    assert told.startswith("Huis clos : erratum CM-2026-01-E1\n\n- CM-2026-001 Litige Durand (1 page, version 2)")


async def test_without_anybody_reached_by_e_mail_alone_nothing_more_is_said(town: Town) -> None:
    """A copy beside the message says it; the agents have nothing to do."""
    await reaches(town, "morel", Channel.PAPER, "")
    await reaches(town, "petit", Channel.ELEMENT, "")
    await town.says("arnaud", "!convoquer CM oui")
    (beside,) = _mails(town)
    assert ON_ELEMENT in beside
    assert not [said for said in await told_to(town, "martin") if "Huis clos" in said]
