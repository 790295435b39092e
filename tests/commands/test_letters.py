"""What is made on paper: the letters and their list, the certificate; their words, whatever people wrote in them."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest

from bot.town import ZONE, Town
from commands.letters._blocks import blocks
from commands.letters._press import Unmade, pdf
from council.roles import Channel
from storage.states import DocumentKind
from tests.commands.summons import council, in_force, opens, reaches
from tests.storage.makers import paper

TRICKY = "Vente du \"presbytère\" #let x = 1 $a$ *gras* @nom \\ <b> l'œuvre d'Éluard"


def _pages(data: bytes) -> list[str]:
    """The text of each page, spaces made plain."""
    document = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


async def _made(town: Town, kind: DocumentKind) -> list[str]:
    """The pages of the last document of a kind."""
    row = [row for row in town.documents if row.content["document"] == kind.value][-1]
    return _pages(await opens(town, row))


async def test_the_agents_print_a_list_and_a_letter_each(town: Town) -> None:
    """The list first, one line to sign for each; then the very words of the convocation, to each by name."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await council(town)
    await town.says("arnaud", f"!point CM {TRICKY}")
    await town.says("arnaud", "!convoquer CM oui")
    round_list, letter = await _made(town, DocumentKind.LETTERS)
    assert round_list == (
        "RÉPUBLIQUE FRANÇAISE Commune de Sainte-Colombe Liste d'émargement Convocation CM-2026-01 : Conseil municipal "
        "jeudi 12 mars 2026 à 20 h À remettre ou à poster au plus tard le dimanche 8 mars 2026 (3 jours francs, article "
        "L. 2121-11 du CGCT). Nom Adresse, téléphone Date Signature Colette Morel 06 00 00 00 07 Convocation CM-2026-01 page 1"
    )
    assert letter == (
        "RÉPUBLIQUE FRANÇAISE Commune de Sainte-Colombe Colette Morel Commune de Sainte-Colombe, le lundi 2 mars 2026 "
        "Convocation CM-2026-01 : Conseil municipal Madame, Monsieur, j'ai l'honneur de vous convoquer à la séance qui se "
        "tiendra le jeudi 12 mars 2026 à 20 h, à la mairie. Ordre du jour 1. Budget primitif "
        f"2. {TRICKY} En cas d'empêchement, vous pouvez donner par écrit pouvoir à un collègue ; chacun n'en porte qu'un "
        "(article L. 2121-20 du CGCT). Blanche Arnaud, maire Signature Convocation CM-2026-01 page 1"
    )


async def test_who_reads_large_print_has_a_large_letter(town: Town) -> None:
    """The same words, in letters half as large again, on sheets of the same size: it takes more of them."""
    await council(town)
    for number in range(12):
        await town.says("arnaud", f"!point CM Délibération {number} {'sur un sujet ' * 8}")
    said = []
    for large in (False, True):
        await town.arrives("Colette", "Morel", "CM", large=large)
        await town.says("arnaud", "!convoquer CM oui")
        said.append((await _made(town, DocumentKind.LETTERS))[1:])
        await town.says("arnaud", "!reporter CM vendredi 20 mars à 20 h oui")
    small, big = said
    assert len(big) > len(small)
    assert all(f"Délibération {number} sur" in " ".join(big) for number in range(12))


async def test_a_long_agenda_keeps_all_its_points_and_its_signature(town: Town) -> None:
    """Forty points of two lines: nothing is lost at a page's foot, and nobody signs an empty sheet."""
    await town.arrives("Colette", "Morel", "CM")
    await council(town)
    for number in range(40):
        await town.says("arnaud", f"!point CM Délibération {number} {'sur un sujet ' * 10}")
    await town.says("arnaud", "!convoquer CM oui")
    pages = (await _made(town, DocumentKind.LETTERS))[1:]
    assert len(pages) == 3
    assert all(f"Délibération {number} sur" in " ".join(pages) for number in range(40))
    assert "En cas d'empêchement" in pages[-1]
    assert "Signature" in pages[-1]


async def test_the_certificate_tells_each_step_with_the_journals_own_marks(town: Town) -> None:
    """By whom it was made and asked for; what is missing shows as such, and it is never said to be regular."""
    await town.arrives("Colette", "Morel", "CM")
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("roux", "reçu")
    await town.says("martin", "remis Morel")
    assert (await town.says("arnaud", "accusés CM")).endswith("2. L'attestation en PDF\n\nRépondez par un numéro.")
    assert (
        await town.says("arnaud", "2")
        == "Attestation d'envoi et de réception de CM-2026-01, d'après le journal de cet instant. Le fichier suit.\n\n"
        "[fichier : attestation CM-2026-01]"
    )
    text = " ".join(await _made(town, DocumentKind.CERTIFICATE))
    for said in (
        "Attestation d'envoi et de réception Le journal de l'appariteur",
        "Séance : jeudi 12 mars 2026 à 20 h. Faite par Blanche Arnaud le lundi 2 mars 2026 à 9 h.",
        "Délai tenu : le dernier a été atteint le lundi 2 mars 2026. Dernier jour : dimanche 8 mars 2026 (3 jours francs",
        "Entre le jour où le dernier a été atteint et la séance : 9 jours francs.",
        "Jean Petit Element lundi 2 mars 2026 à 9 h aucun",
        "Hugo Roux Element lundi 2 mars 2026 à 9 h lundi 2 mars 2026 à 9 h",
        "Colette Morel Papier remise le lundi 2 mars 2026",
        "Convocation faite par Blanche Arnaud, le lundi 2 mars 2026 à 9 h",
        "Accusé de réception de Hugo Roux",
    ):
        assert said in text
    assert "régulière" not in text
    head = (await town.says("martin", "!journal")).splitlines()[0]
    mark = head.split("empreinte ")[1].rstrip(")")
    assert f"Son empreinte : {mark}" in text
    assert len((await in_force(town))[0].summonses) == 5


async def test_the_certificate_tells_the_errata_too(town: Town) -> None:
    """Which version replaced which, and for each how, when, the receipt, the hand-over, from the journal; who isn't reached yet."""
    town.commune = replace(town.commune, mail="mairie@sainte-colombe.fr")
    await town.arrives("Colette", "Morel", "CM")
    await reaches(town, "petit", Channel.MAIL, "jean.petit@example.fr")
    await reaches(town, "roux", Channel.ELEMENT, "hugo.roux@example.fr")
    await council(town)
    await town.drops("arnaud", paper("Un"), "note.pdf", caption="Note de l'œuvre, point 1", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("martin", "remis Morel")
    await town.waits(timedelta(hours=1))
    await town.drops("arnaud", paper("Deux"), "note2.pdf", caption="remplacer CM-2026-001", room="CM")
    await town.says("arnaud", "oui", room="CM")
    await town.says("petit", "reçu CM-2026-01-E1")
    await town.says("arnaud", "accusés CM attestation")
    at = "lundi 2 mars 2026 à 10 h"
    waiting = " ".join(await _made(town, DocumentKind.CERTIFICATE))
    assert "Il reste à atteindre Colette Morel." in waiting
    assert "Colette Morel Papier à remettre" in waiting
    assert "de CM-2026-01 et CM-2026-01-E1, d'après le journal" in town.heard[-2][1]
    town.clock.set(datetime(2026, 3, 13, 9, tzinfo=ZONE))
    await town.says("martin", "remis Morel erratum hier")
    await town.says("arnaud", "accusés CM attestation")
    text = " ".join(await _made(town, DocumentKind.CERTIFICATE)).split("Erratum CM-2026-01-E1 :")[1]
    for said in (
        f"CM-2026-001 Note de l'œuvre Séance : jeudi 12 mars 2026 à 20 h, convocation CM-2026-01. Fait par Blanche Arnaud le {at}.",
        "La version 2 du document remplace la version 1. Chacun a été atteint.",
        "Empreinte SHA-256 du texte envoyé : ",
        "Colette Morel Papier remis le jeudi 12 mars 2026, noté après la séance, le vendredi 13 mars 2026 à 9 h",
        f"Jean Petit Courriel {at} {at}",
        f"Hugo Roux Element {at} ; copie par courriel le {at} aucun",
        f"Erratum fait par Blanche Arnaud, le {at}",
        f"Envoi à Jean Petit par courriel, le {at}",
        f"Accusé de réception de Jean Petit, le {at}",
        "Remise sur papier à Colette Morel, le vendredi 13 mars 2026 à 9 h",
    ):
        assert said in text


async def test_a_certificate_can_be_asked_for_by_its_words(town: Town) -> None:
    """With or without a day; by who may see the receipts only."""
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    for said in ("accusés CM attestation", "accusés CM l'attestation du 12 mars", "!accusés CM attestation 12/03/2026"):
        assert (await town.says("martin", said)).startswith("Attestation d'envoi et de réception de CM-2026-01")
    assert "réservée" in await town.says("vidal", "!accusés CM attestation")


async def test_a_document_that_cant_be_set_is_said_so() -> None:
    """Whatever broke in the process: it may be tried again."""
    with pytest.raises(Unmade):
        await pdf("letters", {"town": "Cormicy"})


async def test_several_are_set_side_by_side() -> None:
    """Each in its own process."""
    data: dict[str, Any] = {
        "town": "Cormicy",
        "made": "",
        "day": "",
        "head": {"number": "1", "hash": "0" * 64},
        "sendings": [],
    }
    made = await asyncio.gather(*(pdf("certificate", {**data, "day": f"jour {number}"}) for number in range(4)))
    assert [f"le jour {number}" in _pages(each)[0] for number, each in enumerate(made)] == [True] * 4


def test_a_message_becomes_blocks_in_its_own_order() -> None:
    """Marks and depth are kept, links become their words."""
    found = blocks(
        "**Titre** \\#1\n\n- avant\n\n3. Point (x)\n   - [EAU-2026-001](https://matrix.to/#/x) Devis\n4. Suite"
    )
    said = [(each["mark"], each["depth"], "".join(run["text"] for run in each["runs"])) for each in found]
    assert said == [
        ("", 0, "Titre #1"),
        ("-", 1, "avant"),
        ("3.", 1, "Point (x)"),
        ("-", 2, "EAU-2026-001 Devis"),
        ("4.", 1, "Suite"),
    ]
    assert found[0]["runs"][0] == {"text": "Titre", "bold": True}
