"""Dates proposed to members: numbered, answered by words, reactions or Matrix's poll; then the session is made of one."""

from datetime import datetime, timedelta
from typing import Any

from bot.polls import RESPONSE
from bot.town import ZONE, Town, room_id
from storage.states import OutboxKind
from storage.store import Store
from storage.tables import Outgoing

LINE = "!dates mardi 17 mars ; jeudi 19 mars ; lundi 23 mars à 20 h"


async def _proposed(town: Town) -> None:
    await town.says("roux", LINE, room="EAU")
    await town.says("roux", "oui", room="EAU")


async def _rows(town: Town, kind: OutboxKind) -> list[Outgoing]:
    async with town.database.read() as session:
        sent = await Store(session, "", town.clock.now()).outbox.sent_in(room_id("", "EAU"))
    return [row for row in sent if row.kind is kind]


async def test_dates_are_read_back_then_proposed_to_all(town: Town) -> None:
    """A numbered message that rings, digits to touch, and Matrix's poll beside it."""
    assert (
        await town.says("roux", LINE, room="EAU")
        == """Commission de l'eau, dates à proposer :

1. mardi 17 mars 2026 à 20 h
2. jeudi 19 mars 2026 à 20 h
3. lundi 23 mars 2026 à 20 h

Chacun répondra jusqu'au jeudi 5 mars 2026 à 9 h, dans le salon ou en privé ; les réponses sont visibles de tous. Je relancerai la veille ceux qui n'auront pas répondu. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Quelles dates vous conviennent ? Commission de l'eau

1. mardi 17 mars 2026 à 20 h
2. jeudi 19 mars 2026 à 20 h
3. lundi 23 mars 2026 à 20 h

Répondez par vos numéros (« 1 et 3 »), ou aucune, ici ou en privé ; ou touchez les chiffres. Vous pouvez changer jusqu'au jeudi 5 mars 2026 à 9 h. Les réponses sont visibles de tous."""
    )
    assert town.sent[-1]["everyone"]
    assert [row.content["emoji"] for row in await _rows(town, OutboxKind.REACTION)][-3:] == ["1️⃣", "2️⃣", "3️⃣"]
    (poll,) = await _rows(town, OutboxKind.POLL)
    assert poll.content["answers"][1] == "jeudi 19 mars 2026 à 20 h"
    assert "visibles de tous" in poll.content["question"]


async def test_members_answer_in_words_in_the_room_or_in_private_and_change(town: Town) -> None:
    """The last answer counts; the chair sees who can come, the best date first."""
    await _proposed(town)
    assert (
        await town.says("vidal", "1 et 3", room="EAU")
        == "C'est noté : vous pouvez venir le mardi 17 mars 2026 à 20 h ou le lundi 23 mars 2026 à 20 h. Vous pouvez changer jusqu'au jeudi 5 mars 2026 à 9 h."
    )
    assert (
        await town.says("vidal", "la 3", room="EAU")
        == "C'est noté : vous pouvez venir le lundi 23 mars 2026 à 20 h. Vous pouvez changer jusqu'au jeudi 5 mars 2026 à 9 h."
    )
    assert (
        await town.says("blanc", "aucune")
        == "C'est noté : aucune de ces dates ne vous convient. Vous pouvez changer jusqu'au jeudi 5 mars 2026 à 9 h."
    )
    await town.says("arnaud", "2 et 3")
    assert (
        await town.says("roux", "!dates", room="EAU")
        == """Dates proposées : Commission de l'eau (réponses jusqu'au jeudi 5 mars 2026 à 9 h)

- mardi 17 mars 2026 à 20 h : personne
- jeudi 19 mars 2026 à 20 h : 1 disponible (Blanche Arnaud)
- lundi 23 mars 2026 à 20 h : 2 disponibles (Lucie Vidal et Blanche Arnaud)

Sans réponse : Hugo Roux.

Pour fixer la séance :

1. jeudi 19 mars 2026 à 20 h (date 2) : 1 disponible
2. lundi 23 mars 2026 à 20 h (date 3) : 2 disponibles

Répondez par un numéro."""
    )
    assert (await town.says("vidal", "!dates", room="EAU")).endswith("Sans réponse : Hugo Roux.")


async def test_talk_with_numbers_is_left_alone(town: Town) -> None:
    """And nothing is heard where no date is proposed, nor from who isn't a member."""
    assert await town.says("vidal", "1 et 3", room="EAU") == ""
    await _proposed(town)
    assert await town.says("vidal", "4 et 5", room="EAU") == ""
    assert await town.says("vidal", "il en reste 2", room="EAU") == ""
    assert (await town.says("petit", "1 et 3")).startswith("Je n'ai pas compris")
    assert (
        await town.says("martin", "1 et 3", room="EAU") == "Seuls les membres de la commission répondent à ces dates."
    )


async def _votes(town: Town) -> dict[str, list[Any]]:
    async with town.database.read() as session:
        store = Store(session, "", town.clock.now())
        return {vote.person.last_name: vote.numbers for vote in await store.polls.votes(1)}


async def test_a_touch_and_matrix_s_own_poll_count(town: Town) -> None:
    """Quietly: everybody sees them there. What is no answer of the poll counts for nothing."""
    await _proposed(town)
    (poll,) = await _rows(town, OutboxKind.POLL)
    assert await town.taps("vidal", "3️⃣", room="EAU") == ""
    assert await town.taps("vidal", "1️⃣", room="EAU") == ""
    relation = {"rel_type": "m.reference", "event_id": poll.event_id}

    async def vote(who: str, answers: object) -> None:
        content = {"m.relates_to": relation, RESPONSE: {"answers": answers}}
        assert await town.happens(who, "EAU", RESPONSE, content) == ""

    await vote("blanc", ["2"])
    await vote("arnaud", ["3", "9", "1; DROP", 4])
    await vote("roux", {"1": 2})
    await vote("martin", ["1"])
    assert await _votes(town) == {"Vidal": [1, 3], "Blanc": [2], "Arnaud": [3], "Roux": []}
    await town.taps("vidal", "❌", room="EAU")
    await vote("blanc", [])
    assert await _votes(town) == {"Vidal": [], "Blanc": [], "Arnaud": [3], "Roux": []}


async def test_only_the_silent_are_asked_again(town: Town) -> None:
    """A day before the end, in private; "1 et 3", a number or "aucune" answers there."""
    await _proposed(town)
    for who in ("vidal", "roux", "arnaud"):
        await town.says(who, "2", room="EAU")
    town.heard.clear()
    await town.waits(timedelta(days=2, minutes=1))
    assert [text.split("\n")[0] for _, text in town.heard] == [
        "Vous n'avez pas encore répondu : quelles dates vous conviennent ? Commission de l'eau"
    ]
    assert (await town.says("blanc", "1 et 3")).startswith("C'est noté : vous pouvez venir le mardi 17 mars")
    assert (await town.says("blanc", "2")).startswith("C'est noté : vous pouvez venir le jeudi 19 mars")
    assert (await town.says("blanc", "aucune")).startswith("C'est noté : aucune")


async def test_the_end_is_told_and_what_everyone_refused_is_not_offered(town: Town) -> None:
    """The room sees the count; who proposed is offered the dates; "1" begins the usual confirmation."""
    await _proposed(town)
    await town.says("vidal", "2", room="EAU")
    town.heard.clear()
    await town.waits(timedelta(days=3, minutes=1))
    room = [text for where, text in town.heard if where == "!eau:sainte-colombe.fr"]
    assert room[0].startswith("Fin des réponses : Commission de l'eau\n\n1. mardi 17 mars 2026 à 20 h : personne\n2. ")
    assert len(await _rows(town, OutboxKind.POLL)) == 2
    mine = [text for _, text in town.heard if "Pour fixer la séance" in text]
    assert mine[0].endswith(
        "Pour fixer la séance :\n\n1. jeudi 19 mars 2026 à 20 h (date 2) : 1 disponible\n\nRépondez 1."
    )
    assert (
        await town.says("roux", "1")
        == """Commission de l'eau : jeudi 19 mars 2026 à 20 h.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "!séance 1", room="EAU")
        == "Personne n'est disponible le mardi 17 mars 2026 à 20 h. Pour la fixer quand même : !séance EAU mardi 17 mars 2026 à 20 h."
    )
    assert (await town.says("vidal", "2", room="EAU")) == ""


async def test_a_number_makes_the_session_and_ends_the_poll(town: Town) -> None:
    """With a place; nobody is asked again."""
    await _proposed(town)
    assert (
        await town.says("roux", "!séance 2 à la mairie", room="EAU")
        == """Commission de l'eau : jeudi 19 mars 2026 à 20 h, à la mairie.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (await town.says("roux", "oui", room="EAU")).startswith("Nouvelle séance\n\nCommission de l'eau : jeudi 19")
    beginning, end = await _rows(town, OutboxKind.POLL)
    assert end.content["to"] == beginning.key
    town.heard.clear()
    await town.waits(timedelta(days=4))
    assert town.heard == []
    assert await town.says("vidal", "1 et 3", room="EAU") == ""
    assert await town.says("roux", "!séance 7", room="EAU") == "Il n'y a que 3 dates proposées. !dates les montre."


async def test_what_is_wrong_is_told(town: Town) -> None:
    """Past, twice, alone, contradictory, without hour, too late, not the chair's."""
    for said, answer in {
        "!dates mardi 12 janvier 2021 ; 17 mars à 20 h": "Le mardi 12 janvier 2021 est passé. Indiquez une date à venir : nous sommes le lundi 2 mars 2026.",
        "!dates 17 mars à 20 h ; mardi 17 mars 20h": "Cette date est proposée deux fois : mardi 17 mars 2026 à 20 h.",
        "!dates 17 mars à 20 h": "Proposez au moins deux dates. Pour une seule : !séance mardi 17 mars 2026 à 20 h.",
        "!dates 17 mars à 20 h ; peut-être": "Je ne lis pas de date dans « peut-être ». Séparez les dates par un point-virgule : !dates mardi 12 mars ; jeudi 14 mars à 20 h.",
        "!dates 17 mars ; 19 mars à 20 h jusqu'à la fin": "Je ne lis pas de date dans « la fin ». Par exemple : « jusqu'à vendredi à 20 h ».",
        "!dates 4 mars ; 19 mars à 20 h jusqu'au 5 mars": "Les réponses doivent arriver avant la première date, mercredi 4 mars 2026 à 20 h. Par exemple : « jusqu'à demain à 18 h ».",
        "!dates lundi 17 mars ; 19 mars à 20 h": """Le 17 mars 2026 est un mardi, pas un lundi.

1. mardi 17 mars 2026 ; 19 mars à 20 h
2. lundi 16 mars 2026 ; 19 mars à 20 h
3. lundi 23 mars 2026 ; 19 mars à 20 h

Répondez par un numéro.""",
    }.items():
        heard = await town.says("roux", said, room="EAU")
        assert heard.split("\n")[0] == answer.split("\n")[0]
    assert (await town.says("roux", "!dates 17 mars ; 19 mars", room="EAU")).startswith("À quelle heure ?\n\n1. à 18 h")
    assert (await town.says("roux", "4", room="EAU")).startswith(
        "Commission de l'eau, dates à proposer :\n\n1. mardi 17 mars 2026 à 20 h"
    )
    assert (
        await town.says("vidal", LINE, room="EAU") == "Seuls la présidence, le maire et les agents proposent des dates."
    )
    assert (
        await town.says("roux", "!séance 2", room="EAU")
        == "Aucune date n'est proposée pour « Commission de l'eau ». !dates 12 mars ; 14 mars à 20 h en propose ; ou donnez la date : !séance 12 mars à 20 h."
    )


async def test_a_longer_delay_and_an_early_end(town: Town) -> None:
    """A delay that is said ends in its evening; the chair may end it at once."""
    assert "jusqu'au vendredi 6 mars 2026 à 20 h" in await town.says("roux", f"{LINE} jusqu'à vendredi", room="EAU")
    await town.says("roux", "oui", room="EAU")
    assert (await town.says("roux", "!dates clore", room="EAU")).startswith(
        "Dates proposées : Commission de l'eau (clos)"
    )
    assert await town.says("vidal", "1", room="EAU") == ""
    town.clock.set(datetime(2026, 3, 6, 20, 1, tzinfo=ZONE))
    town.heard.clear()
    await town.wake()
    assert town.heard == []


async def test_a_day_answers_as_well_as_its_number(town: Town) -> None:
    """In private, or answering the dates; in a room people name days to each other."""
    await _proposed(town)
    until = "Vous pouvez changer jusqu'au jeudi 5 mars 2026 à 9 h."
    tuesday, thursday, monday = ("mardi 17 mars 2026 à 20 h", "jeudi 19 mars 2026 à 20 h", "lundi 23 mars 2026 à 20 h")
    for said, able in {
        "mardi": f"le {tuesday}",
        "mardi et jeudi": f"le {tuesday} ou le {thursday}",
        "le 23": f"le {monday}",
        "je peux le 17 mars": f"le {tuesday}",
        "plutôt jeudi 19 ou lundi": f"le {thursday} ou le {monday}",
        "ok pour mradi": f"le {tuesday}",
    }.items():
        assert await town.says("vidal", said) == f"C'est noté : vous pouvez venir {able}. {until}", said
    assert await town.says("vidal", "jeudi", room="EAU") == ""
    async with town.database.read() as session:
        sent = await Store(session, "", town.clock.now()).outbox.sent_in(room_id("", "EAU"))
    dates = next(row for row in sent if "Quelles dates" in str(row.content.get("markdown")))
    assert (await town.says("vidal", "jeudi", room="EAU", reply_to=dates.event_id or "")).startswith("C'est noté")
    assert (await town.says("vidal", "mercredi")).startswith("Je n'ai pas compris")


async def test_a_day_that_two_dates_share_is_asked(town: Town) -> None:
    """And a number that is also a day of the month."""
    await town.says("roux", "!dates mardi 3 mars à 20 h ; mardi 10 mars à 20 h ; jeudi 12 mars à 20 h oui", room="EAU")
    assert (
        await town.says("vidal", "mardi et jeudi")
        == """De quelle date parlez-vous ?

1. mardi 3 mars 2026 à 20 h et jeudi 12 mars 2026 à 20 h
2. mardi 10 mars 2026 à 20 h et jeudi 12 mars 2026 à 20 h

Répondez par un numéro."""
    )
    assert (await town.says("vidal", "2")).startswith(
        "C'est noté : vous pouvez venir le mardi 10 mars 2026 à 20 h ou le jeudi 12 mars 2026 à 20 h."
    )
    assert (await town.says("blanc", "le 3")).startswith(
        "De quelle date parlez-vous ?\n\n1. jeudi 12 mars 2026 à 20 h\n2. mardi 3 mars 2026 à 20 h"
    )


async def test_an_agent_answers_for_who_is_on_paper(town: Town) -> None:
    """As for attendance: the name, then the numbers; nobody else does, nor for who doesn't sit there."""
    await town.arrives("Jeanne", "Weber", "EAU")
    await _proposed(town)
    for said in ("!dates Mme Weber : 1 et 3", "!dates Weber 1 et 3", "!dates pour Jeanne Weber : la 1 et la 3"):
        assert (
            await town.says("martin", said, room="EAU")
            == "C'est noté pour Jeanne Weber, qui peut venir le mardi 17 mars 2026 à 20 h ou le lundi 23 mars 2026 à 20 h. La réponse peut changer jusqu'au jeudi 5 mars 2026 à 9 h."
        )
    assert (await _votes(town))["Weber"] == [1, 3]
    assert (
        await town.says("martin", "!dates Mme Weber : aucune", room="EAU")
        == "C'est noté pour Jeanne Weber, à qui aucune de ces dates ne convient. La réponse peut changer jusqu'au jeudi 5 mars 2026 à 9 h."
    )
    assert (
        await town.says("vidal", "!dates Mme Weber : 1", room="EAU")
        == "Seuls la présidence, le maire et les agents répondent à la place d'un autre."
    )
    assert (
        await town.says("martin", "!dates Petit : 1", room="EAU")
        == "Jean Petit n'a pas de siège aujourd'hui dans « Commission de l'eau »."
    )
