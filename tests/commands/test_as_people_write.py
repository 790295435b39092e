"""What was found by playing the people: typed on a phone, in haste, several wishes at once, and what isn't the bot's business."""

import pytest

from bot.town import Town
from commands._haste import written_out

PRESENT = (
    "Votre présence est notée : Commission de l'eau, jeudi 26 mars 2026 à 18 h 30, mairie. "
    "Vous pouvez changer d'avis jusqu'à la séance."
)
ABSENT = "Votre absence est notée : Commission de l'eau, jeudi 26 mars 2026 à 18 h 30, mairie."
AGENDA = """Prochaines séances

1. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
OF_EAU = """Prochaines séances : Commission de l'eau

1. jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
NEXT = """

Aucune séance n'est prévue. Voici les prochaines :

1. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
SAID = {
    # in haste, without accents
    "c kan la reunion": AGENDA,
    "c'est quand déjà": AGENDA,
    "prochaine reunion eau cest koi la date": OF_EAU,
    "je vien le 26": PRESENT,
    "finalement je viens": PRESENT,
    "bon finalement je serais pas la jeudi 26": ABSENT,
    "non absente": ABSENT,
    "je peux pas le 26": ABSENT,
    "jpeu pas jeudi 26 désolée": ABSENT,
    # a day of no session: who has the wrong day must not believe that all is off
    "est ce que la réunion de mardi est maintenue ?": f"Prochaines séances (mardi 3 mars 2026){NEXT}",
    "je serai pas là mardi": """Aucune séance n'est prévue le mardi 3 mars 2026. De laquelle parlez-vous ?

1. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1.""",
    # politeness and assent
    "ok": "Très bien.",
    "👍": "Avec plaisir.",
    "salut l'appariteur ça va ?": "Bonjour ! Dites-moi ce que vous cherchez, ou écrivez aide pour voir ce que je sais faire.",
    "merci bien bonne journée": "À bientôt !",
    "merci pour tout": "Avec plaisir.",
    # beyond
    "comment je change mon mot de passe": "Cela se règle dans Element, l'application, que je ne tiens pas : demandez à la mairie.",
    "c'est quoi le numéro de téléphone de M. Roux ?": "Je ne cherche pas les coordonnées des gens : demandez-les à la mairie.",
    "je serai un peu en retard": "Je ne préviens pas d'un retard : écrivez-le dans le salon de la commission.",
    "je demissionne": "Une démission s'écrit au maire (article L. 2121-4 du CGCT) : je ne peux pas la recevoir.",
    "tu peux m'imprimer le devis ?": "Je n'imprime pas : demandez-le à la mairie, avec la référence du document ; documents les montre.",
    "résume moi le devis": "Je ne résume pas les documents : je les retrouve et je les envoie, tels quels. "
    "Écrivez par exemple « où est le devis ? ».",
    # guesses
    "je suis malade": """Je n'ai pas compris « je suis malade ». Vouliez-vous :

1. Noter votre absence à la prochaine séance
2. Chercher « je suis malade » dans les documents

Répondez par un numéro.""",
    "rappelle moi la réunion": "Chaque séance est déjà rappelée dans son salon. Je ne lis pas de date dans « la réunion ». "
    "Écrivez par exemple « rappel demain à 9 h relire le devis ».",
    "rappelle moi dans 2h d'appeler hugo": "C'est noté : « appeler hugo ». Je vous le rappellerai le lundi 2 mars 2026 à 11 h.",
    "mes questions": """Questions : Commission de l'eau, jeudi 26 mars 2026 à 18 h 30, mairie

Aucune question n'est posée. !question point 1 … en pose une.""",
}


@pytest.mark.parametrize(("said", "answer"), SAID.items())
async def test_it_is_answered_as_it_is_written(town: Town, said: str, answer: str) -> None:
    """By a councillor of seventy, on a phone."""
    assert await town.says("vidal", said) == answer


@pytest.mark.parametrize(
    "said",
    ["il fait beau", "le plan C", "ce quartier", "non mais quel bazar", "je pourrais avoir le devis ?", "oui", "j"],
)
def test_what_is_written_in_full_stays(said: str) -> None:
    """Only what has one meaning is written out."""
    assert written_out(said) in (said, said.removeprefix("non mais "))


async def test_several_wishes_are_taken_one_by_one(town: Town) -> None:
    """What one says of oneself first, whatever its place; the rest is a number away, nothing is lost."""
    for said in ("présente, et envoie moi le devis", "envoie moi le devis et je serai là le 26"):
        answer = await town.says("vidal", said)
        assert answer == f"{PRESENT}\n\n1. Vous disiez aussi : « envoie moi le devis »\n\nRépondez 1."
        assert (await town.says("vidal", "1")).startswith("1 document pour « devis »")


async def test_a_text_to_keep_is_not_cut(town: Town) -> None:
    """A reminder of two things is one reminder; a title with commas is one title."""
    assert (
        await town.says("vidal", "rappelle-moi demain de lire le devis et chercher le plan")
        == "C'est noté : « lire le devis et chercher le plan ». Je vous le rappellerai le mardi 3 mars 2026 à 9 h."
    )
    assert (await town.says("vidal", "où est le devis de la pompe, du réservoir et de la clôture ?")).startswith(
        "1 doc"
    )


async def test_a_wish_before_a_question_is_told_to_wait(town: Town) -> None:
    """A plain "oui" must mean one thing."""
    said = await town.says("roux", "annuler eau, et envoie moi le devis")
    assert said.endswith(
        "C'est bien cela ? Une chose à la fois : redites-moi ensuite « envoie moi le devis ».\n\nRépondez oui ou non."
    )


async def test_a_list_is_answered_by_its_words(town: Town) -> None:
    """By "eau" for the committee, "18h30" for the hour, "le premier", and "oui" where there is one; "non" drops it."""
    await town.drops("vidal", b"Note sur les compteurs", "note.txt")
    assert (await town.says("vidal", "eau")).startswith("Classé : EAU-2026-002")
    await town.says("roux", "!séance eau jeudi 12 mars", room="EAU")
    assert (await town.says("roux", "!18h30", room="EAU")).startswith(
        "Commission de l'eau : jeudi 12 mars 2026 à 18 h 30"
    )
    await town.says("vidal", "chercher devis")
    assert (await town.says("vidal", "oui")).startswith("EAU-2026-001 Devis du réservoir")
    await town.says("vidal", "flurb")
    assert await town.says("vidal", "non") == "C'est entendu, rien n'a été changé."
    assert await town.says("vidal", "suite") == "C'est tout : il n'y a pas de suite."


async def test_yes_is_for_the_question_that_waits(town: Town) -> None:
    """A list that came in between takes no "oui"; "ok" alone is too little to vote for somebody else."""
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h", room="CM")
    await town.says("arnaud", "oui", room="CM")
    await town.says("petit", "je peux pas jeudi 12, je donne mon pouvoir à Lucie")
    await town.says("vidal", "flurb")
    assert (
        await town.says("vidal", "ok") == "Très bien. Si c'est pour une question posée plus haut, écrivez oui ou non."
    )
    assert (await town.says("vidal", "oui bien sûr")).startswith("C'est noté : Lucie Vidal votera au nom de Jean Petit")


async def test_who_comes_is_the_count(town: Town) -> None:
    """Not the list of the members."""
    for said in ("qui vient", "qui n'a pas répondu ?", "on aura le quorum ?", "combien de présents le 26"):
        assert (await town.says("roux", said)).startswith("Présences : Commission de l'eau, jeudi 26 mars 2026")


async def test_an_agent_repeats_what_was_said_to_them(town: Town) -> None:
    """By telephone, of somebody on paper."""
    assert (
        await town.says("martin", "Mme Vidal sera là le 26")
        == "La présence de Lucie Vidal est notée : Commission de l'eau, jeudi 26 mars 2026 à 18 h 30, mairie."
    )
    assert (await town.says("martin", "M. Roux ne viendra pas")).startswith("L'absence de Hugo Roux est notée")
    assert await town.says("martin", "remis") == "Il manque le nom de la personne. Par exemple : !remis Jeanne Petit"


async def test_only_what_has_a_session_is_offered(town: Town) -> None:
    """A councillor of two bodies isn't asked which, when one alone meets."""
    assert (await town.says("vidal", "ordre du jour")).startswith("Ordre du jour : Commission de l'eau")
    await town.says("roux", "!convoquer", room="EAU")
    await town.says("roux", "oui", room="EAU")
    assert (await town.says("martin", "accusés")).startswith("Convocation EAU-2026-01")


@pytest.mark.parametrize("said", ["retirer ça", "je me suis trompée de fichier", "supprime le dernier document"])
async def test_the_wrong_paper_is_taken_away(town: Town, said: str) -> None:
    """Without its reference: the last that one filed, read back first."""
    await town.drops("vidal", b"Photos de vacances", "vacances.txt", room="EAU")
    assert (await town.says("vidal", said)).startswith(
        "EAU-2026-002 Photos de vacances ne sera plus ni montré ni trouvé."
    )
    assert (await town.says("vidal", "oui")).startswith("EAU-2026-002 est retiré.")
    assert (
        await town.says("petit", "retirer ça")
        == "De quel document parlez-vous ? Vous n'en avez pas encore déposé. Donnez sa référence : !retirer EAU-2026-001."
    )


async def test_a_word_that_a_question_waits_for_finds_it(town: Town) -> None:
    """The words "c fait" are for what was promised, though a list came in between; never for a choice that repeats one's own words."""
    await town.says("vidal", "j'enverrai le plan demain", room="EAU")
    await town.says("vidal", "flurb")
    assert await town.says("vidal", "c fait") == "Merci, c'est noté : le plan. Je ne le rappellerai plus."
    await town.says("vidal", "turlututu fait")
    assert "Je n'ai pas compris « turlututu »" in await town.says("vidal", "turlututu")


async def test_a_point_is_shown_and_asked_about(town: Town) -> None:
    """By its number, as people name it."""
    for said in ("c'est quoi le point 1 ?", "envoie moi le point 1", "le document du point 1"):
        assert (await town.says("vidal", said)).startswith("Ordre du jour : Commission de l'eau")
    assert (await town.says("vidal", "j'ai une question sur le point 1 pourquoi trois devis ?")).startswith(
        "Votre question ira"
    )
    assert (await town.says("vidal", "ok reçu")) == (
        "Aucune convocation n'attend votre accusé de réception. !agenda montre les séances à venir."
    )


async def test_a_message_that_is_changed_is_answered(town: Town) -> None:
    """Silence after a correction would pass for its being heard; carried out, it would be done twice."""

    async def edits(text: str, room: str = "") -> str:
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": "$1"}
        content = {"msgtype": "m.text", "body": f"* {text}", "m.new_content": new, "m.relates_to": relation}
        return await town.happens("vidal", room, "m.room.message", content)

    await town.says("vidal", "absent")
    assert await edits("présent") == (
        "Vous avez modifié un message : je ne tiens compte que du premier, pour ne rien faire deux fois. "
        "Si vous vouliez dire autre chose, écrivez-le de nouveau."
    )
    assert (await edits("!présent", "EAU")).startswith("Vous avez modifié un message")
    assert await edits("je serai là jeudi", "EAU") == ""
    assert "Absents (1) : Lucie Vidal" in await town.says("roux", "quorum eau")
