"""What comes within a paper: a letter's attachments, an archive's files; each is a paper of the same body."""

import pytest

from bot.town import Town
from storage.store import Store
from tests.storage.makers import letter, zipped

QUOTE = b"Devis de la pompe\nMontant : 1 200 euros"
TO_ROOM = "Classé : EAU-2026-002 Devis de la pompe, pour la séance du jeudi 26 mars 2026."


async def test_the_attachments_of_a_letter_are_filed_with_it(town: Town) -> None:
    """Each under its own reference, found and sent by itself, with the letter named as where it comes from."""
    message = letter("Bonjour.", ("../devis.txt", QUOTE), ("vide.bin", b"\x00\x01\xff"), subject="Devis de la pompe")
    assert await town.drops("vidal", message.as_bytes(), "m.eml", room="EAU") == (
        f"{TO_ROOM}\n\nJointes au courriel EAU-2026-002 :\n\n- EAU-2026-003 Devis de la pompe\n"
        "- EAU-2026-004 Vide. Je ne pourrai pas le chercher par son texte : je ne sais pas lire ce genre de fichier."
    )
    assert await town.says("roux", "envoyer EAU-2026-003") == (
        "EAU-2026-003 Devis de la pompe, joint au courriel EAU-2026-002\n\n[fichier : devis.txt]"
    )
    assert "EAU-2026-003" in await town.says("roux", "chercher montant 1200 euros")
    assert "Je ne trouve pas" in await town.says("petit", "envoyer EAU-2026-003")


async def test_an_attachment_that_is_already_filed_is_told_where(town: Town) -> None:
    """The same bytes are one paper, in two letters as in one."""
    await town.drops("roux", QUOTE, "devis.txt", room="EAU")
    message = letter("Encore.", ("copie.txt", QUOTE), subject="Rappel")
    assert await town.drops("vidal", message.as_bytes(), "m.eml", room="EAU") == (
        "Classé : EAU-2026-003 Rappel, pour la séance du jeudi 26 mars 2026.\n\nJointe au courriel EAU-2026-003 :\n\n"
        "- copie.txt : déjà classé, EAU-2026-002 Devis de la pompe"
    )


async def test_a_letter_within_a_letter_keeps_its_own_files(town: Town) -> None:
    """It is a paper, whose attachments name it; beyond three, letters are filed closed."""
    message = letter("Au fond.", ("note.txt", b"Une note au fond"), subject="Courriel 5")
    for depth in range(4, 0, -1):
        outer = letter("Plus haut.", subject=f"Courriel {depth}")
        outer.add_attachment(message, filename=f"{depth + 1}.eml")
        message = outer
    assert await town.drops("vidal", message.as_bytes(), "m.eml", room="EAU") == (
        "Classé : EAU-2026-002 Courriel 1, pour la séance du jeudi 26 mars 2026.\n\nJointe au courriel EAU-2026-002 :\n\n"
        "- EAU-2026-003 Courriel 2\n  - EAU-2026-004 Courriel 3\n    - EAU-2026-005 Courriel 4\n"
        "      - 1 pièce jointe reste dans le courriel"
    )


async def test_a_letter_given_in_private_files_its_attachments_once_read(town: Town) -> None:
    """They follow the letter in the body that its giver chose."""
    message = letter("Bonjour à tous.", ("x.txt", b"Une note"), subject="Objet")
    await town.drops("vidal", message.as_bytes(), "lettre.eml")
    assert await town.says("vidal", "2") == (
        "Classé : EAU-2026-002 Lettre, pour la séance du jeudi 26 mars 2026.\n\n"
        "Avec le courriel EAU-2026-002 Lettre :\n\n- EAU-2026-003 Une note"
    )


async def test_a_reply_to_a_letter_speaks_of_the_letter(town: Town) -> None:
    """Not of its attachments, which came in the same message."""
    message = letter("Bonjour.", ("devis.txt", QUOTE), subject="Devis de la pompe")
    await town.drops("vidal", message.as_bytes(), "m.eml", room="EAU", event_id="$lettre")
    assert (await town.says("roux", "!envoyer", room="EAU", reply_to="$lettre")).startswith("EAU-2026-002")


ARCHIVE = {f"devis/{n}.txt": f"Devis numéro {n} de toiture" for n in range(1, 7)}


async def test_an_archive_shows_its_files_and_files_those_asked_for(town: Town) -> None:
    """Five at a time, then "suite"; a number files one, and says where it is when it is filed already."""
    data = zipped({**ARCHIVE, "dedans.zip": zipped({"a.txt": "Rien"})})
    assert await town.drops("vidal", data, "toiture.zip", room="EAU") == (
        "Classé : EAU-2026-002 Toiture, pour la séance du jeudi 26 mars 2026. C'est une archive de 7 fichiers : lesquels "
        "classer ?\n\n1. devis/1.txt\n2. devis/2.txt\n3. devis/3.txt\n4. devis/4.txt\n5. devis/5.txt\n"
        "6. Tout classer (7 fichiers)\n7. Voir la suite (2 autres)\n\nRépondez par un numéro, ou tout."
    )
    one = "Tiré de l'archive EAU-2026-002 Toiture :\n\n- EAU-2026-003 Devis numéro 2 de toiture"
    assert await town.says("vidal", "2", room="EAU") == one
    assert await town.says("vidal", "suite", room="EAU") == (
        "EAU-2026-002 Toiture : 7 fichiers. Lesquels classer ?\n\n1. devis/6.txt\n2. dedans.zip\n"
        "3. Tout classer (7 fichiers)\n\nRépondez par un numéro, ou tout."
    )
    assert await town.says("roux", "!extraire EAU-2026-002 2, 6 à 7", room="EAU") == (
        "Tiré de l'archive EAU-2026-002 Toiture :\n\n- 2.txt : déjà classé, EAU-2026-003 Devis numéro 2 de toiture\n"
        "- EAU-2026-004 Devis numéro 6 de toiture\n"
        "- EAU-2026-005 Dedans : une archive, que je n'ai pas ouverte (!extraire EAU-2026-005)"
    )
    assert await town.says("roux", "envoyer EAU-2026-004") == (
        "EAU-2026-004 Devis numéro 6 de toiture, tiré de l'archive EAU-2026-002\n\n[fichier : 6.txt]"
    )


async def test_all_of_an_archive_is_filed(town: Town) -> None:
    """By one word."""
    await town.drops("vidal", zipped(dict(ARCHIVE)), "toiture.zip", room="EAU")
    assert (await town.says("vidal", "tout", room="EAU")).count("Devis numéro") == len(ARCHIVE)
    assert (await town.says("vidal", "tout", room="EAU")).count("déjà classé") == len(ARCHIVE)


async def test_an_archive_given_in_private_is_offered_once_read(town: Town) -> None:
    """The number files the file in the body that its giver chose."""
    await town.drops("vidal", zipped({"a.txt": "Premier", "b.txt": "Second"}), "deux.zip")
    assert await town.says("vidal", "2") == (
        "Classé : EAU-2026-002 Deux, pour la séance du jeudi 26 mars 2026.\n\nEAU-2026-002 Deux est une archive de "
        "2 fichiers : lesquels classer ?\n\n1. a.txt\n2. b.txt\n3. Tout classer (2 fichiers)\n\n"
        "Répondez par un numéro, ou tout."
    )
    assert await town.says("vidal", "2") == "Tiré de l'archive EAU-2026-002 Deux :\n\n- EAU-2026-003 Second"


@pytest.mark.parametrize("said", ["9", "0", "1 et 9", "le budget", "2 à 99", "-1"])
async def test_files_that_an_archive_does_not_have_are_refused(town: Town, said: str) -> None:
    """Whatever is typed after the reference."""
    await town.drops("vidal", zipped({"a.txt": "Premier", "b.txt": "Second"}), "deux.zip", room="EAU")
    assert await town.says("vidal", f"!extraire EAU-2026-002 {said}", room="EAU") == (
        f"L'archive EAU-2026-002 a 2 fichiers : je ne trouve pas « {said} ». `!extraire EAU-2026-002` les montre avec "
        "leurs numéros."
    ).replace("`", "")


async def test_what_is_no_archive_is_said(town: Town) -> None:
    """And what to ask instead."""
    assert await town.says("vidal", "extraire EAU-2026-001") == (
        "EAU-2026-001 n'est pas une archive dont je puisse sortir des fichiers. !envoyer EAU-2026-001 l'envoie tel qu'il est."
    )


async def test_only_who_sees_the_archive_takes_files_out_of_it(town: Town) -> None:
    """Another commission's councillor is told nothing, and somebody who left meanwhile either."""
    await town.drops("vidal", zipped({"a.txt": "Premier"}), "un.zip", room="EAU")
    assert "Je ne trouve pas de document EAU-2026-002" in await town.says("petit", "extraire EAU-2026-002 1")


async def test_a_bomb_in_an_archive_stays_in_it(town: Town) -> None:
    """A file that unpacks to more than a paper may weigh is refused by its name; the others are filed."""
    data = zipped({"bombe.txt": b"0" * 60_000_000, "../../etc/note.txt": b"Une note utile"})
    await town.drops("vidal", data, "b.zip", room="EAU")
    assert await town.says("vidal", "tout", room="EAU") == (
        "Tiré de l'archive EAU-2026-002 B :\n\n- EAU-2026-003 Une note utile\n"
        "- bombe.txt reste dans l'archive : il est trop volumineux pour être lu en entier"
    )


async def test_nothing_is_wanted_twice(town: Town) -> None:
    """Once answered, the wish is gone: what a crash left is done once more only if it wasn't kept."""
    await town.drops("vidal", zipped({"a.txt": "Premier"}), "un.zip", room="EAU")
    await town.says("vidal", "1", room="EAU")
    async with town.database.begin() as session:
        archives = Store(session, "", town.clock.now()).archives
        assert await archives.asked() is None
        assert not await archives.answered(1)
