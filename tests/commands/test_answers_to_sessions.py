"""Saying whether one comes: by a word, a number, a sentence; for oneself or for somebody on paper; and the quorum."""

import pytest

from bot.town import Town

COUNCIL = "Conseil municipal, jeudi 12 mars 2026 à 20 h, à la mairie"
EAU = "Commission de l'eau, jeudi 26 mars 2026 à 18 h 30, mairie"


@pytest.fixture
async def council(town: Town) -> Town:
    """A session of the council is planned, beside that of the water."""
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
    return town


async def test_one_word_in_the_room_is_enough(council: Town) -> None:
    """The room says which session; the last word counts."""
    assert (
        await council.says("vidal", "!présente", room="CM")
        == f"Votre présence est notée : {COUNCIL}. Vous pouvez changer d'avis jusqu'à la séance."
    )
    assert (
        await council.says("vidal", "!absent", room="CM")
        == f"Votre absence est notée : {COUNCIL}. !pouvoir NOM donne pouvoir à un collègue (article L. 2121-20 du CGCT)."
    )
    assert await council.says("vidal", "!absent", room="EAU") == f"Votre absence est notée : {EAU}."


async def test_in_private_the_session_is_asked_when_there_are_several(council: Town) -> None:
    """A number, a body or a day settles it."""
    assert (
        await council.says("vidal", "présente")
        == """Pour quelle séance ?

1. Conseil municipal : jeudi 12 mars 2026 à 20 h, à la mairie
2. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Répondez par un numéro."""
    )
    kept = "Vous pouvez changer d'avis jusqu'à la séance."
    assert await council.says("vidal", "2") == f"Votre présence est notée : {EAU}. {kept}"
    for line in (
        "présent eau",
        "présente jeudi 26 mars",
        "présente à la commission de l'eau du 26 mars",
        "présente le 26 mars",
    ):
        assert await council.says("vidal", line) == f"Votre présence est notée : {EAU}. {kept}"
    assert await council.says("vidal", "présente au conseil") == f"Votre présence est notée : {COUNCIL}. {kept}"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            "je serai là jeudi 12 mars",
            f"Votre présence est notée : {COUNCIL}. Vous pouvez changer d'avis jusqu'à la séance.",
        ),
        (
            "Bonjour, je viendrai au conseil",
            f"Votre présence est notée : {COUNCIL}. Vous pouvez changer d'avis jusqu'à la séance.",
        ),
        ("je ne pourrai pas venir à l'eau", f"Votre absence est notée : {EAU}."),
        ("je serai absente jeudi 26 mars", f"Votre absence est notée : {EAU}."),
        ("Je ne viens pas le 26 mars, merci", f"Votre absence est notée : {EAU}."),
        ("excusez-moi pour la réunion de l'eau", f"Votre absence est notée : {EAU}."),
    ],
)
async def test_a_sentence_is_understood_in_private(council: Town, said: str, answer: str) -> None:
    """As people say it, said back whole."""
    assert await council.says("vidal", said) == answer


async def test_absent_from_the_council_one_chooses_who_votes(council: Town) -> None:
    """Those who said that they come, then those who said nothing; a number gives the pouvoir, that its bearer is asked about."""
    await council.says("roux", "présent conseil")
    assert (
        await council.says("vidal", "je ne pourrai pas venir au conseil")
        == f"""Votre absence est notée : {COUNCIL}.

1. Donner pouvoir à Hugo Roux
2. Donner pouvoir à Blanche Arnaud (n'a pas encore répondu)
3. Donner pouvoir à Jean Petit (n'a pas encore répondu)

Répondez par un numéro pour donner pouvoir."""
    )
    assert (await council.says("vidal", "1")).startswith(f"C'est noté. Vous donnez pouvoir à Hugo Roux : {COUNCIL}.")
    assert any(text.startswith("Lucie Vidal vous donne pouvoir") for _, text in council.heard)


async def test_who_is_away_or_bears_a_pouvoir_already_is_offered_to_nobody(council: Town) -> None:
    """Nor who gave theirs."""
    await council.says("roux", "présent conseil")
    await council.says("arnaud", "pouvoir Roux conseil")
    assert (
        await council.says("vidal", "absente conseil")
        == f"""Votre absence est notée : {COUNCIL}.

1. Donner pouvoir à Jean Petit (n'a pas encore répondu)

Répondez 1 pour donner pouvoir."""
    )
    await council.says("petit", "absent conseil")
    assert await council.says("vidal", "absente conseil") == f"Votre absence est notée : {COUNCIL}."


async def test_the_town_hall_answers_for_those_on_paper(council: Town) -> None:
    """An agent or the chair, never a colleague."""
    await council.arrives("Marcel", "Bonnet", "CM")
    assert (
        await council.says("martin", "!présent M. Bonnet", room="CM")
        == f"La présence de Marcel Bonnet est notée : {COUNCIL}."
    )
    assert (
        await council.says("vidal", "!absent Bonnet", room="CM")
        == "Seuls la présidence, le maire et les agents répondent à la place d'un autre."
    )
    assert (
        await council.says("martin", "!présent", room="CM")
        == "Paul Martin n'a pas de siège aujourd'hui dans « Conseil municipal ». Pour répondre à la place d'un membre, ajoutez son nom ; !qui les montre."
    )


@pytest.mark.parametrize(
    "line",
    [
        "!absents Bonnet et Mme Petit conseil",
        "M. Bonnet et Mme Petit seront absents au conseil",
        "absents Petit, M. Bonnet CM",
    ],
)
async def test_the_town_hall_answers_for_several_at_once(council: Town, line: str) -> None:
    """Who telephoned the town hall is noted in one line; each answer is said by its name."""
    await council.arrives("Marcel", "Bonnet", "CM")
    said = await council.says("martin", line)
    first, last = said.split("\n\n")
    assert {first, last.partition(". ")[0] + "."} == {
        f"L'absence de Jean Petit est notée : {COUNCIL}.",
        f"L'absence de Marcel Bonnet est notée : {COUNCIL}.",
    }
    assert last.endswith("!pouvoir NOM donne pouvoir à un collègue (article L. 2121-20 du CGCT).")


async def test_naming_oneself_or_the_day_after_a_comma_changes_nothing(council: Town) -> None:
    """A comma also stands before the day; who names themselves speaks for themselves."""
    said = await council.says("martin", "!absent M. Petit conseil, jeudi 12 mars")
    assert said.startswith(f"L'absence de Jean Petit est notée : {COUNCIL}.")
    assert (await council.says("martin", "!absent M. Petit, conseil")).startswith("L'absence de Jean Petit")
    assert "Donner pouvoir à" in await council.says("vidal", "absente Vidal conseil")
    assert "Vous pouvez changer d'avis" in await council.says("vidal", "présente Vidal conseil")


async def test_of_several_answers_all_are_noted_or_none(council: Town) -> None:
    """A name without a seat there stops the line before anything is kept."""
    await council.arrives("Marcel", "Bonnet", "CM")
    assert "n'a pas de siège" in await council.says("martin", "!absents Bonnet et Martin", room="CM")
    assert (
        "Bonnet" not in (await council.says("martin", "!quorum", room="CM")).partition("Absents")[2].partition("\n")[0]
    )


async def test_from_afar_only_where_it_is_lawful(council: Town) -> None:
    """Never the council (L. 2121-7); a commission when its session has a link."""
    assert (
        await council.says("vidal", "!distance", room="CM")
        == "Au conseil municipal, on ne participe pas à distance (article L. 2121-7 du CGCT) : qui n'est pas dans la salle est absent. !absent le dit, !pouvoir NOM donne votre voix à un collègue."
    )
    await council.says("roux", "!séance lundi 9 mars à 18 h hybride https://visio.example oui", room="EAU")
    assert (
        await council.says("vidal", "je serai en visio lundi 9 mars")
        == "Votre participation à distance est notée : Commission de l'eau, lundi 9 mars 2026 à 18 h, hybride : https://visio.example."
    )


async def test_a_session_that_is_over_or_of_others_is_not_found(council: Town) -> None:
    """What isn't ahead can't be answered."""
    assert (
        await council.says("petit", "présent eau")
        == "Je ne reconnais ni personne, ni commission, ni date dans « eau ». Écrivez le nom en entier, ou la date de la séance."
    )
    assert (
        await council.says("petit", "présent voirie")
        == "Je ne trouve pas de séance à venir qui corresponde. !agenda montre les prochaines."
    )


async def test_the_quorum_is_forecast(council: Town) -> None:
    """Four members: three must come; a pouvoir counts for nothing; telephones only in private."""
    await council.says("arnaud", "!présent", room="CM")
    await council.says("vidal", "!pouvoir M. Roux", room="CM")
    assert (
        await council.says("martin", "quorum conseil")
        == f"""Quorum : {COUNCIL}

Membres en exercice : 4. Il faut 3 présents, plus de la moitié (article L. 2121-17 du CGCT). Le quorum n'est pas encore acquis : il manque 2 présents.

- Présents (1) : Blanche Arnaud
- Absents (1) : Lucie Vidal (pouvoir à Hugo Roux, à accepter)
- Sans réponse : Jean Petit, Hugo Roux

Les pouvoirs ne comptent pas dans le quorum.

À appeler :

- Jean Petit
- Hugo Roux"""
    )
    await council.says("petit", "!absent", room="CM")
    assert "Le quorum ne sera pas atteint, même si" in await council.says("arnaud", "!quorum", room="CM")
    await council.says("petit", "!présent", room="CM")
    await council.says("roux", "!présent", room="CM")
    told = await council.says("arnaud", "!quorum", room="CM")
    assert "Le quorum est acquis si chacun vient comme annoncé." in told
    assert "À appeler" not in told


async def test_a_vacant_seat_changes_the_quorum(council: Town) -> None:
    """Members in exercise are those who sit today: 3 of 4 seats need 2."""
    await council.leaves("petit", "CM")
    assert "Membres en exercice : 3. Il faut 2 présents" in await council.says("arnaud", "!quorum", room="CM")


async def test_a_commission_has_no_quorum_by_law(town: Town) -> None:
    """Its answers are shown all the same; a member has no right to them."""
    await town.says("blanc", "!présente", room="EAU")
    assert (
        await town.says("roux", "!quorum", room="EAU")
        == f"""Présences : {EAU}

- Présents (1) : Odile Blanc
- Sans réponse : Blanche Arnaud, Hugo Roux, Lucie Vidal

La loi ne fixe pas de quorum à une commission : seul le règlement intérieur peut le faire."""
    )
    assert "réservée" in await town.says("vidal", "!quorum", room="EAU")
