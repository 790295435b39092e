"""A paper taken away: thirty days to come back, then erased unless a rule keeps it; its message removed in the room."""

from datetime import timedelta

from bot.erasing import erase_expired
from bot.town import Town
from storage.files import Files
from storage.store import Store
from storage.verify import verify
from tests.commands.summons import council, told_to

LAW = (
    "!rétablir CM-2026-001 le fera revenir ; il ne sera pas effacé : il a été envoyé avec la convocation CM-2026-01, et le dossier "
    "d'une séance est une archive publique, qui ne se détruit pas sans le visa du directeur des archives départementales "
    "(articles L. 211-1 et L. 211-4 du code du patrimoine)."
)


class Still(Files):
    """The town's files, where every blob has been left alone for long."""

    async def delete_idle(self, name: str, seconds: float) -> bool:
        """An hour ago is now."""
        return await super().delete_idle(name, 0)


async def _night(town: Town, after: int) -> int:
    """The erasing of a night, so many days later; how many papers it erased."""
    await town.waits(timedelta(days=after))
    return await erase_expired(town.database, Still(town.files.path(""), b"k" * 32), town.clock)


async def _blobs(town: Town) -> int:
    return len(await town.files.names())


async def _sound(town: Town) -> bool:
    return all(each.well for each in await verify(town.database, town.files))


async def test_what_was_taken_away_is_erased_after_thirty_days(town: Town) -> None:
    """Not a day before; its reference isn't given again, and the town's memory is still whole."""
    await town.says("roux", "!retirer EAU-2026-001 oui", room="EAU")
    assert await _night(town, 30) == 0
    assert await _blobs(town) == 1
    assert await _night(town, 1) == 1
    assert await _blobs(town) == 0
    assert await _sound(town)
    assert await _night(town, 1) == 0
    assert (
        await town.says("roux", "rétablir EAU-2026-001")
        == "Le contenu de EAU-2026-001 a été effacé, trente jours après son retrait. Si quelqu'un a gardé le fichier, déposez-le de "
        "nouveau."
    )
    said = await town.drops("roux", b"autre", "autre.txt", caption="Autre devis", room="EAU")
    assert said.startswith("Classé : EAU-2026-002")


async def test_what_came_back_is_not_erased(town: Town) -> None:
    """Taken away again, it has thirty days once more."""
    await town.says("roux", "!retirer EAU-2026-001 oui", room="EAU")
    await town.waits(timedelta(days=20))
    await town.says("roux", "!rétablir EAU-2026-001", room="EAU")
    assert await _night(town, 40) == 0
    await town.says("roux", "!retirer EAU-2026-001 oui", room="EAU")
    assert await _night(town, 29) == 0
    await town.says("roux", "!rétablir EAU-2026-001", room="EAU")
    assert "[fichier : devis-reservoir.txt]" in await town.says("vidal", "envoyer EAU-2026-001")


async def test_bytes_that_another_paper_holds_stay(town: Town) -> None:
    """Two papers of the same bytes, in bodies whose members don't see each other's."""
    data = b"Plan de la place"
    await town.drops("petit", data, "plan.txt", caption="Plan", room="VOI")
    await town.drops("vidal", data, "plan.txt", caption="Plan", room="EAU")
    await town.says("arnaud", "!retirer VOI-2026-001 oui", room="VOI")
    assert await _night(town, 31) == 1
    assert await _sound(town)
    assert "[fichier : plan.txt]" in await town.says("vidal", "envoyer EAU-2026-002")


async def test_official_papers_are_never_erased_and_the_rule_is_said(town: Town) -> None:
    """Minutes by their title, and what a convocation took along."""
    await town.drops("arnaud", b"pv", "pv.txt", caption="PV du 2 mars", room="CM")
    assert (
        await town.says("arnaud", "!retirer CM-2026-001 oui", room="CM")
        == "CM-2026-001 est retiré. !rétablir CM-2026-001 le fera revenir ; il ne sera pas effacé : un procès-verbal se garde sans "
        "limite (article L. 2121-15 du CGCT)."
    )
    assert await _night(town, 60) == 0
    assert (await town.says("arnaud", "!rétablir CM-2026-001", room="CM")).endswith("est de nouveau classé.")


async def test_who_filed_a_paper_by_mistake_takes_it_away(town: Town) -> None:
    """For two hours; those who may bring it back are named, for they can't."""
    await town.drops("vidal", b"erreur", "erreur.txt", caption="Photo de famille", room="EAU", event_id="$erreur")
    assert (
        await town.says("vidal", "retirer EAU-2026-002")
        == """EAU-2026-002 Photo de famille ne sera plus ni montré ni trouvé. Son message reste dans le salon. !rétablir EAU-2026-002 le fera revenir (par la présidence, le maire et les agents) jusqu'au mercredi 1er avril 2026 ; son contenu sera ensuite effacé. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (await town.says("vidal", "oui")).startswith("EAU-2026-002 est retiré.")
    assert "est réservée" in await town.says("vidal", "rétablir EAU-2026-002")
    assert (await town.says("roux", "!rétablir EAU-2026-002", room="EAU")).endswith("est de nouveau classé.")
    [asked] = await _removes(town, "vidal", "$erreur")
    assert "Faut-il le retirer aussi ?" in asked
    await town.waits(timedelta(hours=2, minutes=1))
    late = "Vous pouviez le retirer pendant deux heures ; désormais, seuls la présidence, le maire et les agents le peuvent."
    assert await town.says("vidal", "retirer EAU-2026-002 oui") == late
    assert await town.says("vidal", "oui") == late


async def test_what_others_did_with_a_paper_holds_it(town: Town) -> None:
    """Another councillor never may; nor its filer once it was replaced, shared, or sent with a convocation."""
    held = "Il est déjà convoqué, remplacé ou partagé : seuls la présidence, le maire et les agents peuvent le retirer."
    await town.drops("vidal", b"note", "note.txt", caption="Note", room="EAU")
    assert await town.says("blanc", "retirer EAU-2026-002") == (
        "Seuls la présidence, le maire et les agents peuvent le retirer, et qui l'a déposé, pendant deux heures."
    )
    await town.says("arnaud", "!partager EAU-2026-002 CM", room="EAU")
    assert await town.says("vidal", "retirer EAU-2026-002") == held
    await town.drops("vidal", b"avis", "avis.txt", caption="Avis", room="EAU")
    await town.drops("vidal", b"avis 2", "avis2.txt", caption="remplacer EAU-2026-003", room="EAU")
    assert await town.says("vidal", "retirer EAU-2026-003 oui") == held
    await council(town)
    await town.drops("vidal", b"budget", "budget.txt", caption="Note, point 1", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    assert await town.says("vidal", "retirer CM-2026-001") == held


async def test_what_was_sent_with_a_convocation_is_kept(town: Town) -> None:
    """The file of a session is a public archive."""
    await council(town)
    await town.drops("arnaud", b"budget", "budget.txt", caption="Note budgétaire", room="CM", event_id="$budget")
    await town.says("arnaud", "!convoquer CM oui")
    assert LAW in await town.says("arnaud", "retirer CM-2026-001")
    await town.says("arnaud", "!retirer CM-2026-001 oui")
    assert await _night(town, 365) == 0


async def _removes(town: Town, who: str, event_id: str, room: str = "EAU") -> list[str]:
    """What somebody hears in private after removing a message."""
    since = len(town.heard)
    assert await town.happens(who, room, "m.room.redaction", {"redacts": event_id}) == ""
    return await told_to(town, who, since)


async def test_removing_the_message_asks_whether_the_paper_goes_too(town: Town) -> None:
    """In private, of the chair; nothing happens without an answer."""
    assert await _removes(town, "roux", "$devis") == [
        """Vous avez supprimé le message qui portait EAU-2026-001 Devis du réservoir ; le document, lui, reste classé. Faut-il le retirer aussi ? !rétablir EAU-2026-001 le fera revenir jusqu'au mercredi 1er avril 2026 ; son contenu sera ensuite effacé.

Répondez oui ou non."""
    ]
    assert "EAU-2026-001" in await town.says("vidal", "documents")
    assert (await town.says("roux", "oui")).startswith("EAU-2026-001 est retiré.")
    assert "EAU-2026-001" not in await town.says("vidal", "documents")


async def test_saying_no_leaves_the_paper(town: Town) -> None:
    """And who may not take it away is told who may; another message, or an older version, asks nothing."""
    await _removes(town, "roux", "$devis")
    assert await town.says("roux", "non") == "C'est entendu, rien n'a été changé."
    [told] = await _removes(town, "vidal", "$devis")
    assert told == (
        "Vous avez supprimé le message qui portait EAU-2026-001 Devis du réservoir ; le document, lui, reste classé. Seuls la "
        "présidence, le maire et les agents peuvent le retirer, et qui l'a déposé, pendant deux heures."
    )
    assert await _removes(town, "petit", "$devis", "VOI") == []
    assert await _removes(town, "roux", "$unknown") == []
    await town.drops("roux", b"v2", "v2.txt", caption="remplacer EAU-2026-001", room="EAU")
    assert await _removes(town, "roux", "$devis") == []
    async with town.database.read() as session:
        paper = await Store(session, "", town.clock.now()).withdrawals.find("EAU-2026-001", [2])
    assert paper is None
