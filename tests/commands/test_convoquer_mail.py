"""Convocations by e-mail: for who asked for it, beside the message for the others, on paper when it is refused."""

from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from bot.town import Town
from council.roles import Channel
from tests.commands.summons import ANSWERING, RECEIVED, TEXT, council, opens, reaches, told_to

MAIL = "mairie@sainte-colombe.fr"


@pytest.fixture
async def posted(town: Town) -> Town:
    """A town with a relay: M. Petit wants e-mails, Mme Morel too and has no account, M. Roux has an address."""
    town.commune = replace(town.commune, mail=MAIL)
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await reaches(town, "morel", Channel.MAIL, "colette.morel@example.fr")
    await reaches(town, "petit", Channel.MAIL, "jean.petit@example.fr")
    await reaches(town, "roux", Channel.ELEMENT, "hugo.roux@example.fr")
    await council(town)
    return town


def _mails(town: Town) -> list[str]:
    """The e-mails so far, subject first."""
    return [text for where, text in town.heard if where.startswith("courriel")]


async def test_each_is_reached_as_they_asked(posted: Town) -> None:
    """It is shown first; the e-mail says how to answer, and a copy that it is one."""
    assert (
        """À qui : 5 personnes

- Sur Element, en conversation privée : Blanche Arnaud, Hugo Roux et Lucie Vidal
- Par courriel : Colette Morel et Jean Petit
- Avec une copie par courriel : 1 personne"""
        in await posted.says("arnaud", "!convoquer CM")
    )
    await posted.says("arnaud", "oui")
    subject = "Convocation CM-2026-01 : Conseil municipal, jeudi 12 mars 2026 à 20 h"
    assert _mails(posted) == [
        f"{subject}\n\n{TEXT}\n\nPour dire si vous viendrez, appelez la mairie.",
        (
            f"{subject}\n\n{TEXT}\n\nPour en accuser réception et dire si vous viendrez, écrivez à l'appariteur, sur Element : reçu, puis "
            "présent ou absent."
        ),
        (
            f"{subject}\n\n{TEXT}\n\nCe courriel double la convocation qui vous attend dans votre conversation avec l'appariteur, sur "
            "Element : c'est là que vous en accusez réception et que vous dites si vous viendrez."
        ),
    ]
    assert await told_to(posted, "petit") == []
    assert await told_to(posted, "roux") == [f"{TEXT}\n\n{ANSWERING}"]


async def test_the_proofs_tell_the_channel_and_when_the_relay_took_it(posted: Town) -> None:
    """A receipt is asked of who can give it; the journal and the certificate say the same."""
    await posted.says("arnaud", "!convoquer CM oui")
    assert await posted.says("petit", "reçu") == RECEIVED
    lines = (await posted.says("arnaud", "accusés CM détail")).splitlines()
    at = "le lundi 2 mars 2026 à 9 h"
    assert lines[4:9] == [
        f"- Blanche Arnaud : Element, envoyée {at}, pas d'accusé",
        f"- Colette Morel : courriel, pris par le relais {at}",
        f"- Jean Petit : courriel, pris par le relais {at}, accusé {at}",
        f"- Hugo Roux : Element, envoyée {at}, copie par courriel {at}, pas d'accusé",
        f"- Lucie Vidal : Element, envoyée {at}, pas d'accusé",
    ]
    assert "Elle est complète. Délai tenu" in lines[2]
    journal = await posted.says("martin", "!journal")
    assert f"- {at[3:]} : envoi officiel CM-2026-01 à Colette Morel par courriel" in journal
    await posted.says("arnaud", "accusés CM attestation")
    document = pypdfium2.PdfDocument(await opens(posted, posted.documents[-1]))
    text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    assert f"Colette Morel Courriel {at[3:]} aucun" in text
    assert f"Hugo Roux Element {at[3:]} ; copie par courriel {at} aucun" in text
    assert f"Envoi à Colette Morel par courriel, {at}" in text


async def test_a_session_that_moves_is_told_by_e_mail_too(posted: Town) -> None:
    """To those who were convoked so, beside the message for the others."""
    await posted.says("arnaud", "!convoquer CM oui")
    before = len(_mails(posted))
    await posted.says("arnaud", "!reporter CM vendredi 20 mars à 20 h oui")
    told = _mails(posted)[before:]
    assert len(told) == 3
    assert all(
        text.startswith("Convocation CM-2026-01 : du nouveau\n\nSéance reportée : Conseil municipal") for text in told
    )
    assert await told_to(posted, "petit") == []


async def test_only_those_who_can_answer_are_called(posted: Town) -> None:
    """By telephone: an e-mail can't be acknowledged without an account."""
    await posted.says("arnaud", "!convoquer CM oui")
    for who in ("arnaud", "roux", "vidal"):
        await posted.says(who, "reçu")
    before = len(posted.heard)
    await posted.waits(timedelta(days=1))
    assert [text.split("\n\n")[1:] for _, text in posted.heard[before:]] == [
        ["Sans accusé de réception, à appeler (1 personne)", "- Jean Petit, téléphone inconnu"]
    ]


async def test_without_an_address_or_a_relay_it_is_said_and_done_otherwise(posted: Town) -> None:
    """On Element with an account, on paper without."""
    await reaches(posted, "morel", Channel.MAIL, "")
    said = await posted.says("arnaud", "!convoquer CM")
    assert "- Sur papier, à remettre par la mairie : Colette Morel" in said
    assert "- Le courriel était demandé, mais l'adresse manque : Colette Morel" in said
    posted.commune = replace(posted.commune, mail="")
    said = await posted.says("arnaud", "!convoquer CM")
    assert "- Sur Element, en conversation privée : Blanche Arnaud, Jean Petit, Hugo Roux et Lucie Vidal" in said
    assert "- L'envoi par courriel n'est pas configuré ici ; il était demandé pour Colette Morel et Jean Petit" in said
