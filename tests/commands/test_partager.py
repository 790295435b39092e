"""One paper in many rooms: shared, read there as theirs, taken back; behind closed doors; what guests see of it."""

from datetime import timedelta

from bot.town import Town
from tests.storage.makers import letter

KEPT = "1 document plus ancien ne se montre pas ici, où siège un externe : demandez-le-moi en conversation privée."
UNKNOWN = (
    "Je ne trouve pas de document EAU-2026-001 que vous puissiez voir ici. !documents montre ceux qui existent, "
    "!chercher les retrouve par leurs mots."
)


async def test_a_shared_paper_is_read_elsewhere_as_theirs(town: Town) -> None:
    """M. Petit sits on Voirie, not on Eau; once it is taken back he learns nothing more."""
    await town.says("arnaud", "!séance vendredi 20 mars à 18 h oui", room="VOI")
    assert await town.says("petit", "envoyer EAU-2026-001") == UNKNOWN
    assert (
        await town.says("roux", "!partager EAU-2026-001 VOI", room="EAU")
        == """EAU-2026-001 Devis du réservoir est partagé.

- « Commission voirie et bâtiments » : 3 personnes le verront dès maintenant, avec les documents de la séance du vendredi 20 mars 2026"""
    )
    told = (
        "Partagé par « Commission de l'eau » : EAU-2026-001 Devis du réservoir, avec les documents de la séance du vendredi "
        "20 mars 2026. !envoyer EAU-2026-001 l'envoie ici."
    )
    assert ("!voi:sainte-colombe.fr", told) in town.heard
    for asked in ("documents", "documents voirie", "documents du 20 mars", "chercher hydra", "odj voirie"):
        assert "EAU-2026-001" in await town.says("petit", asked), asked
    assert "EAU-2026-001" in await town.says("petit", "chercher hydra commission:VOI")
    assert "[fichier : devis-reservoir.txt]" in await town.says("petit", "!envoyer EAU-2026-001", room="VOI")
    assert (await town.says("petit", "versions EAU-2026-001")).startswith("EAU-2026-001 Devis du réservoir")
    assert (
        await town.says("roux", "!partager EAU-2026-001 retirer voirie", room="EAU")
        == "EAU-2026-001 Devis du réservoir n'est plus partagé avec « Commission voirie et bâtiments » : il n'y est plus ni "
        "montré ni trouvé. Ce qui a déjà été envoyé reste chez ceux qui l'ont reçu."
    )
    assert await town.says("petit", "envoyer EAU-2026-001") == UNKNOWN
    assert "EAU-2026-001" not in await town.says("petit", "odj voirie")


async def test_only_the_chair_of_its_own_body_shares_a_paper(town: Town) -> None:
    """Not a member of it, nor who only reads it because it was shared."""
    refused = "La commande !partager est réservée à la présidence, au maire et aux agents de « Commission de l'eau ». "
    assert (await town.says("vidal", "partager EAU-2026-001 CM")).startswith(refused)
    await town.says("roux", "partager EAU-2026-001 CM, voirie")
    assert (await town.says("petit", "partager EAU-2026-001 retirer")).startswith(refused)
    assert (await town.says("petit", "retirer EAU-2026-001 oui")).startswith("Seuls la présidence, le maire")
    assert "peuvent le modifier" in await town.says("petit", "classer EAU-2026-001 Autre titre")


async def test_what_is_wrong_is_said(town: Town) -> None:
    """A body that isn't one, its own, one where it is already, one where it isn't."""
    assert (
        await town.says("roux", "partager EAU-2026-001 piscine")
        == "Je ne connais pas de commission « piscine ». Les codes sont CM, EAU et VOI."
    )
    assert (
        await town.says("roux", "partager EAU-2026-001 EAU")
        == "EAU-2026-001 est déjà un document de « Commission de l'eau »."
    )
    assert (
        await town.says("roux", "partager EAU-2026-001 retirer CM")
        == "EAU-2026-001 n'est pas partagé avec « Conseil municipal ». !partager EAU-2026-001 montre où il l'est."
    )
    assert (
        await town.says("roux", "partager EAU-2026-001")
        == "EAU-2026-001 Devis du réservoir n'est partagé avec aucune autre commission. !partager EAU-2026-001 CM le montre au "
        "conseil municipal, par exemple."
    )
    await town.says("roux", "partager EAU-2026-001 au conseil municipal")
    assert "c'était déjà fait" in await town.says("roux", "partager EAU-2026-001 CM")
    assert "1. Le retirer de « Conseil municipal »" in await town.says("roux", "partager EAU-2026-001")
    assert (await town.says("roux", "1")).startswith("EAU-2026-001 Devis du réservoir n'est plus partagé")


async def test_a_closed_paper_does_not_go_where_a_guest_sits(town: Town) -> None:
    """Mme Blanc is a guest of Eau; the councillors there still read it, in private."""
    await town.drops("arnaud", b"Ressources humaines", "rh.txt", caption="Dossier du personnel, huis clos", room="CM")
    assert (
        await town.says("arnaud", "partager CM-2026-001 EAU")
        == "CM-2026-001 est à huis clos, et 1 externe (Odile Blanc) siège dans « Commission de l'eau » : je ne le partage pas. "
        "Partagez-le avec une commission sans externe."
    )
    assert (await town.says("arnaud", "partager CM-2026-001 VOI")).startswith(
        "CM-2026-001 Dossier du personnel est partagé"
    )
    assert (
        await town.says("roux", "classer EAU-2026-001 huis clos")
        == "EAU-2026-001 Devis du réservoir est à huis clos : aucun externe ne le voit plus, nulle part."
    )
    for asked in ("documents", "chercher hydra", "odj eau"):
        assert "EAU-2026-001" not in await town.says("blanc", asked), asked
    for asked in ("envoyer EAU-2026-001", "versions EAU-2026-001"):
        assert await town.says("blanc", asked) == UNKNOWN
    assert "EAU-2026-001" not in await town.says("vidal", "!documents", room="EAU")
    assert "EAU-2026-001" in await town.says("vidal", "documents")
    await town.says("roux", "classer EAU-2026-001 sans huis clos")
    assert "EAU-2026-001" in await town.says("blanc", "documents")


async def test_a_closed_paper_is_not_filed_in_a_room_that_a_guest_reads(town: Town) -> None:
    """They have just read it: in private it is filed."""
    assert (
        await town.drops("roux", b"secret", "s.txt", caption="Litige, à huis clos", room="EAU")
        == "Ce salon est lu par Odile Blanc (externe) : ce fichier ne peut pas y être à huis clos, et je ne l'ai pas classé. "
        "Supprimez votre message, puis donnez-moi le fichier en conversation privée."
    )
    said = await town.drops("roux", b"secret", "s.txt", caption="eau Litige, à huis clos")
    assert said.startswith("Classé : EAU-2026-002 Litige, pour la séance du jeudi 26 mars 2026, à huis clos.")
    assert "Litige" not in await town.says("blanc", "documents")


async def test_a_guest_sees_nothing_from_before_their_seat(town: Town) -> None:
    """Out and in again two days later: what came meanwhile stays unseen, also its older versions."""
    await town.leaves("blanc", "EAU")
    await town.waits(timedelta(days=2))
    await town.leaves("nobody")
    assert await town.says("blanc", "envoyer EAU-2026-001") == UNKNOWN
    assert (
        await town.says("roux", "!documents", room="EAU")  # she reads that room
        == f"Derniers documents\n\nAucun document. Déposez un fichier dans le salon : je le classe.\n\n{KEPT}"
    )
    for asked in ("!documents devis", "!chercher réservoir", "!odj"):
        said = await town.says("roux", asked, room="EAU")
        assert KEPT in said, asked
        assert "EAU-2026-001" not in said, asked
    assert KEPT not in await town.says("blanc", "!documents", room="EAU")
    assert KEPT not in await town.says("roux", "documents")
    await town.drops("roux", b"v2", "devis2.txt", caption="remplacer EAU-2026-001")
    assert "version 2" in await town.says("blanc", "documents")
    assert "version 1" not in await town.says("blanc", "versions EAU-2026-001")
    assert "je ne trouve pas" in await town.says("blanc", "envoyer EAU-2026-001 version 1")
    assert "version 1" in await town.says("vidal", "versions EAU-2026-001")


async def test_what_is_kept_back_is_counted_without_the_closed_ones(town: Town) -> None:
    """That there are any behind closed doors is nothing for who reads the room; nothing is said where no guest sits."""
    await town.drops("roux", b"Devis de la pompe", "pompe.txt", caption="Pompe", room="EAU")
    await town.drops("roux", b"secret", "s.txt", caption="eau Litige, à huis clos")
    listed = await town.says("roux", "!documents", room="EAU")
    assert "conversation privée" not in listed
    await town.leaves("blanc", "EAU")
    assert "conversation privée" not in await town.says("roux", "!documents", room="EAU")
    await town.waits(timedelta(days=2))
    await town.leaves("nobody")
    await town.drops("vidal", b"Note sur la pompe", "note.txt", caption="Note", room="EAU")
    assert (await town.says("roux", "!chercher pompe", room="EAU")).endswith(
        """Répondez 1 : je vous l'envoie.

2 documents plus anciens ne se montrent pas ici, où siège un externe : demandez-les-moi en conversation privée."""
    )


async def test_a_new_version_goes_behind_closed_doors(town: Town) -> None:
    """By its caption, in private: the guest has not read it; with what came with it."""
    refused = await town.drops("roux", b"v2", "v2.txt", caption="remplace EAU-2026-001 huis clos", room="EAU")
    assert refused.startswith("Ce salon est lu par Odile Blanc (externe) : ce fichier ne peut pas y être à huis clos")
    assert "version" not in await town.says("blanc", "documents")
    data = letter("Voici.", ("expertise.txt", b"Expertise confidentielle"), subject="Litige").as_bytes()
    said = await town.drops("roux", data, "v2.eml", caption="remplace EAU-2026-001 huis clos")
    assert said.startswith(
        "EAU-2026-001 Devis du réservoir : version 2, désormais en vigueur, à huis clos : aucun externe ne voit plus ce document, "
        "nulle part."
    )
    assert "EAU-2026-00" not in await town.says("blanc", "documents")
    assert await town.says("blanc", "envoyer EAU-2026-001") == UNKNOWN
    assert "version 2" in await town.says("vidal", "documents")


async def test_a_closed_paper_taken_into_another_closes_it(town: Town) -> None:
    """Or its bytes would be sent to a guest under another reference."""
    await town.drops("roux", b"secret", "s.txt", caption="eau Litige, à huis clos")
    assert (
        await town.says("roux", "remplacer EAU-2026-001 par EAU-2026-002 oui")
        == "EAU-2026-001 Devis du réservoir : version 2, désormais en vigueur (1 version plus ancienne), à huis clos comme elle "
        "l'était : aucun externe ne voit plus ce document, nulle part."
    )
    assert await town.says("blanc", "envoyer EAU-2026-001") == UNKNOWN


async def test_what_came_with_a_closed_letter_is_closed_too(town: Town) -> None:
    """Each attachment is a paper of its own, behind the same doors."""
    data = letter("Voici le dossier.", ("expertise.txt", b"Expertise confidentielle"), subject="Litige").as_bytes()
    said = await town.drops("roux", data, "litige.eml", caption="eau Litige, huis clos")
    assert "EAU-2026-003" in said
    assert "EAU-2026-003" in await town.says("vidal", "documents")
    for asked in ("documents", "chercher expertise", "chercher litige"):
        assert "EAU-2026-00" not in (await town.says("blanc", asked)).replace("EAU-2026-001", ""), asked
    assert (await town.says("blanc", "envoyer EAU-2026-003")) == UNKNOWN.replace("001", "003")
