"""What was promised and not filed is chased: its author at 7 and 3 days, the chair at 2; a filing or a word ends it."""

from datetime import datetime, timedelta

from bot.town import ZONE, Town


async def _session(town: Town) -> None:
    """A session on Thursday 12 March at 18 h 30."""
    await town.says("roux", "!séance jeudi 12 mars à 18 h 30 à la mairie oui", room="EAU")
    town.heard.clear()


def _to(town: Town, who: str) -> list[str]:
    """What somebody heard in their own conversation."""
    order = ("arnaud", "roux", "vidal", "petit", "blanc", "martin")
    mine = (f"!{who}:sainte-colombe.fr", f"!dm{order.index(who) + 1}")
    return [text for where, text in town.heard if where in mine]


async def _until(town: Town, day: int, hour: int = 9, minute: int = 1) -> str:
    return await town.waits(datetime(2026, 3, day, hour, minute, tzinfo=ZONE) - town.clock.now())


async def test_a_promise_is_heard_confirmed_reminded_and_ended_by_a_filing(town: Town) -> None:
    """Nothing is said in the room."""
    await _session(town)
    assert await town.says("vidal", "D'accord, j'enverrai le devis avant mardi 10 mars", room="EAU") == ""
    assert _to(town, "vidal") == [
        "J'ai compris que vous déposerez le devis pour la séance du jeudi 12 mars 2026 (Commission de l'eau), d'ici le mardi 10 mars 2026. Tant qu'il ne l'est pas, je vous le rappellerai 7 et 3 jours avant la séance. Répondez c'est fait quand ce le sera, ou non si je me trompe."
    ]
    town.heard.clear()
    await _until(town, 5)
    assert _to(town, "vidal") == [
        """À déposer : le devis, pour la séance du jeudi 12 mars 2026 (Commission de l'eau), d'ici le mardi 10 mars 2026.

Déposez-le dans le salon, ou envoyez-le-moi ici ; répondez c'est fait si c'est déjà le cas, ou non s'il n'y en aura pas."""
    ]
    await town.drops("vidal", b"Devis de la pompe", "devis.txt", caption="Devis de la pompe", room="EAU")
    town.heard.clear()
    await _until(town, 10)
    assert _to(town, "vidal") == []
    assert not [text for text in _to(town, "roux") if text.startswith("Promis")]


async def test_a_word_ends_it(town: Town) -> None:
    """Its author's "c'est fait", or "non" when the bot was wrong; said again, it is one promise."""
    await _session(town)
    await town.says("vidal", "je vous enverrai la note de synthèse", room="EAU")
    await town.says("vidal", "je vous enverrai la note de synthèse", room="EAU")
    assert len(_to(town, "vidal")) == 1
    assert (
        await town.says("vidal", "c'est fait") == "Merci, c'est noté : la note de synthèse. Je ne le rappellerai plus."
    )
    await town.says("blanc", "j'enverrai les photos", room="EAU")
    assert await town.says("blanc", "non") == "C'est entendu, je ne l'attends plus : les photos."
    town.heard.clear()
    await _until(town, 10)
    assert _to(town, "vidal") == _to(town, "blanc") == []


async def test_an_unclear_promise_is_asked_and_chased_only_when_confirmed(town: Town) -> None:
    """A wrong chase is worse than none."""
    await _session(town)
    assert await town.says("vidal", "je vous l'envoie demain", room="EAU") == ""
    assert _to(town, "vidal") == [
        """Dans le salon, vous avez dit que vous enverriez quelque chose. Est-ce un document pour la séance du jeudi 12 mars 2026 (Commission de l'eau), d'ici le mardi 3 mars 2026 ? Si oui : tant qu'il ne l'est pas, je vous le rappellerai 7 et 3 jours avant la séance.

Répondez oui ou non."""
    ]
    await town.says("blanc", "je les déposerai avant vendredi", room="EAU")
    assert (
        await town.says("vidal", "oui")
        == "C'est noté. Je vous le rappellerai 7 et 3 jours avant la séance, tant qu'il n'est pas déposé."
    )
    town.heard.clear()
    await _until(town, 5)
    assert len(_to(town, "vidal")) == 1
    assert _to(town, "blanc") == []


async def test_a_rapporteur_owes_a_paper_and_the_chair_is_told(town: Town) -> None:
    """At 7 and 3 days the rapporteur; at 2 the chair, who can drop it."""
    await _session(town)
    await town.says("roux", "!point Choix du prestataire rapporteur Lucie Vidal", room="EAU")
    await town.says("roux", "!point Tarifs", room="EAU")
    town.heard.clear()
    await _until(town, 9)
    said = "À déposer : un document pour le point 1, Choix du prestataire, pour la séance du jeudi 12 mars 2026 (Commission de l'eau)."
    assert [text.split("\n")[0] for text in _to(town, "vidal")] == [said, said]
    town.heard.clear()
    await _until(town, 10)
    assert _to(town, "vidal") == []
    assert _to(town, "roux") == [
        """Promis, pas encore déposé : Commission de l'eau, jeudi 12 mars 2026 à 18 h 30, à la mairie

1. un document pour le point 1, Choix du prestataire, de Lucie Vidal

Répondez par un numéro pour ne plus attendre un document."""
    ]
    assert (
        await town.says("roux", "1")
        == "C'est entendu, je ne l'attends plus : un document pour le point 1, Choix du prestataire."
    )
    assert (
        await town.says("roux", "promesses eau")
        == "Rien n'est attendu pour Commission de l'eau, jeudi 12 mars 2026 à 18 h 30, à la mairie."
    )


async def test_after_a_stop_each_is_told_once_and_late(town: Town) -> None:
    """Slept through both mornings: one reminder, which says that it is late; done twice, it is said once."""
    await _session(town)
    await town.says("roux", "!point Choix du prestataire rapporteur Lucie Vidal", room="EAU")
    town.heard.clear()
    town.clock.set(datetime(2026, 3, 9, 11, tzinfo=ZONE))
    await town.wake()
    await town.wake()
    assert len(_to(town, "vidal")) == 1
    assert _to(town, "vidal")[0].endswith("(Ce rappel part en retard : il était prévu le lundi 9 mars 2026 à 9 h.)")


async def test_it_moves_and_ends_with_its_session(town: Town) -> None:
    """A session moved by two weeks is chased two weeks later; one called off isn't."""
    await _session(town)
    await town.says("roux", "!point Choix du prestataire rapporteur Lucie Vidal", room="EAU")
    await town.says("roux", "!reporter jeudi 19 mars à 18 h 30 oui", room="EAU")
    town.heard.clear()
    await _until(town, 10)
    assert _to(town, "vidal") == []
    await _until(town, 12)
    assert len(_to(town, "vidal")) == 1
    await town.says("roux", "!annuler 19 mars oui", room="EAU")
    town.heard.clear()
    await town.waits(timedelta(days=6))
    assert _to(town, "vidal") == []


async def test_only_its_author_and_the_chair_decide(town: Town) -> None:
    """Others are told so, and talk that is no promise is left alone."""
    await _session(town)
    await town.says("vidal", "j'enverrai le devis", room="EAU")
    assert (
        await town.says("blanc", "!promesses oublier 1", room="EAU")
        == "Seules la présidence et la personne qui l'a promis peuvent en décider."
    )
    assert await town.says("vidal", "il faudrait le devis", room="EAU") == ""
    assert "- le devis, de Lucie Vidal" in await town.says("blanc", "!promesses", room="EAU")
    assert (
        await town.says("roux", "!promesses oublier 99", room="EAU")
        == "Ce document n'est plus attendu. !promesses montre ceux qui le sont."
    )
