"""Being spoken to: every way in, answers by number, word and sign, and talk that is left alone."""

from datetime import timedelta

import pytest

from bot.town import BOT, HOST, Town

AGENDA = """Prochaines séances

1. jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
IN_ROOM = (
    "!agenda",
    "! agenda",
    "/agenda",
    "//agenda",
    "!AGENDA",
    "!Agenda",
    "!agénda",
    "!agenda\u00a0",
    "!agneda",
    "@appariteur agenda",
    f"{BOT} agenda",
    f"{BOT}: agenda",
    "Appariteur, agenda",
    "Appariteur : agenda",
    "appariteur agenda",
    "APPARITEUR, !agenda",
    "agenda, appariteur ?",
    "Agenda, Appariteur",
    f"[@appariteur](https://matrix.to/#/{BOT}) agenda",
    "> <@roux:sainte-colombe.fr> bonjour\n\n!agenda",
)


@pytest.mark.parametrize("said", IN_ROOM)
async def test_every_way_in_works_in_a_room(town: Town, said: str) -> None:
    """Prefixes, names, capitals, accents and a slip of the finger."""
    assert await town.says("vidal", said, room="EAU") == AGENDA


async def test_a_mention_is_a_way_in(town: Town) -> None:
    """Clients name the bot in m.mentions, wherever its name stands in the text."""
    assert await town.says("vidal", "agenda", room="EAU", mention=True) == AGENDA
    assert await town.says("vidal", "Appariteur: agenda", room="EAU", mention=True) == AGENDA
    assert await town.says("vidal", f"dis {BOT} c'est quand la réunion ?", room="EAU", mention=True) == AGENDA


@pytest.mark.parametrize(
    "said", ["agenda", "Agenda", "AGENDA !", "agneda", "!agenda", "/agenda", "appariteur, agenda", "agenda ?"]
)
async def test_a_bare_word_does_in_private(town: Town, said: str) -> None:
    """In a direct conversation everything is said to the bot."""
    assert await town.says("vidal", said) == AGENDA.replace("1. jeudi", "1. Commission de l'eau : jeudi")


TALK = (
    "2",
    "oui",
    "non",
    "ok",
    "👍",
    "agenda",
    "c'est quand la réunion ?",
    "merci",
    "d'accord",
    "demande à l'appariteur",
    "… !",
)


@pytest.mark.parametrize("said", TALK)
async def test_talk_in_a_room_is_left_alone(town: Town, said: str) -> None:
    """People speak to each other; the bot is silent."""
    assert await town.says("vidal", said, room="EAU") == ""


async def test_typography_is_undone(town: Town) -> None:
    """Curly quotes, long dashes, spaces that don't break: what phones put in."""
    assert (
        await town.says("roux", "!séance jeudi\u00a012 mars à 18\u202fh\u00a030 à l’école – grande salle", room="EAU")
        == """Commission de l'eau : jeudi 12 mars 2026 à 18 h 30, à l'école - grande salle.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )


async def test_a_number_chooses_as_often_as_one_likes(town: Town) -> None:
    """A list stays a list."""
    assert (
        await town.says("vidal", "documents")
        == """Derniers documents

1. EAU-2026-001 Devis du réservoir

Répondez 1 : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "1")
        == """EAU-2026-001 Devis du réservoir

[fichier : devis-reservoir.txt]"""
    )
    for said in ("n°1", "le 1", "numéro 1", "1.", "1️⃣", "!1"):
        assert await town.says("vidal", said) == "EAU-2026-001 Devis du réservoir\n\n[fichier : devis-reservoir.txt]"


async def test_a_wrong_number_is_told_the_right_ones(town: Town) -> None:
    """Never silent in private."""
    assert await town.says("vidal", "aide") != ""
    assert await town.says("vidal", "7") == "Répondez par un numéro, de 1 à 2."
    assert await town.says("vidal", "oui") == "Répondez par un numéro, de 1 à 2."
    await town.says("vidal", "documents")
    assert await town.says("vidal", "3") == "Il n'y a qu'un choix : répondez 1."


async def test_an_answer_without_a_question_is_told_so(town: Town) -> None:
    """Nothing waits for it."""
    assert (
        await town.says("vidal", "oui")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )
    assert (
        await town.says("vidal", "2")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )


async def test_reactions_choose(town: Town) -> None:
    """1️⃣ on a list, ✅ and 👍 (of any skin) or ❌ on a question; any other sign says nothing."""
    await town.says("vidal", "!documents", room="EAU")
    assert (
        await town.taps("vidal", "1️⃣", room="EAU")
        == "EAU-2026-001 Devis du réservoir\n\n[fichier : devis-reservoir.txt]"
    )
    await town.says("roux", "!annuler", room="EAU")
    assert await town.taps("roux", "🎉", room="EAU") == ""
    assert await town.taps("roux", "2️⃣", room="EAU") == ""
    assert await town.taps("roux", "❌", room="EAU") == "C'est entendu, rien n'a été changé."
    await town.says("roux", "!annuler", room="EAU")
    assert (
        await town.taps("roux", "👍🏽", room="EAU")
        == """Séance annulée : Commission de l'eau

Elle était prévue le jeudi 26 mars 2026 à 18 h 30, mairie."""
    )


async def test_an_offer_is_its_askers(town: Town) -> None:
    """Somebody else's word, number or sign says nothing in a room."""
    await town.says("roux", "!annuler", room="EAU")
    assert await town.says("vidal", "oui", room="EAU") == ""
    assert await town.taps("vidal", "✅", room="EAU") == ""
    assert await town.says("roux", "oui", room="CM") == ""
    assert (
        await town.says("roux", "oui")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Séance annulée : Commission de l'eau

Elle était prévue le jeudi 26 mars 2026 à 18 h 30, mairie."""
    )


async def test_a_confirmation_is_answered_once(town: Town) -> None:
    """The second "oui" finds nothing to confirm."""
    await town.says("roux", "annuler eau")
    assert await town.says("roux", "oui") == "C'est fait, et annoncé dans le salon « Commission de l'eau »."
    assert (
        await town.says("roux", "oui")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )
    assert await town.taps("roux", "✅") == ""


async def test_an_offer_expires_after_two_days(town: Town) -> None:
    """Later, "oui" means something else."""
    await town.says("roux", "annuler eau")
    await town.waits(timedelta(days=2, minutes=1))
    assert (
        await town.says("roux", "oui")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )


async def test_a_late_word_in_a_room_is_said_to_somebody_else(town: Town) -> None:
    """Ten minutes later "oui" answers a colleague; a reply to the bot's message, or its name, still answers the bot."""
    await town.says("roux", "!annuler", room="EAU")
    await town.waits(timedelta(minutes=11))
    assert await town.says("roux", "oui", room="EAU") == ""
    assert await town.says("roux", "Appariteur, non", room="EAU") == "C'est entendu, rien n'a été changé."


async def test_a_reply_to_a_colleague_is_not_an_answer(town: Town) -> None:
    """What a message answers to tells whom it is said to."""
    await town.says("roux", "!annuler", room="EAU")
    assert await town.says("roux", "oui", room="EAU", reply_to="$of-vidal") == ""


@pytest.mark.parametrize("said", ["oui merci", "Oui, c'est bien cela.", "ok", "D’accord", "OUI !", "✅", "👍"])
async def test_people_say_yes_in_many_ways(town: Town, said: str) -> None:
    """All of them confirm."""
    await town.says("roux", "annuler eau")
    assert await town.says("roux", said) == "C'est fait, et annoncé dans le salon « Commission de l'eau »."


@pytest.mark.parametrize("said", ["non merci", "Non.", "surtout pas", "laisse tomber", "❌", "👎"])
async def test_people_say_no_in_many_ways(town: Town, said: str) -> None:
    """All of them leave things as they are."""
    await town.says("roux", "annuler eau")
    assert await town.says("roux", said) == "C'est entendu, rien n'a été changé."


async def test_another_command_may_come_between(town: Town) -> None:
    """A question that isn't answered gives way."""
    await town.says("roux", "annuler eau")
    assert await town.says("roux", "merci") == "Avec plaisir."
    await town.says("roux", "documents")
    assert await town.says("roux", "oui") == "Il n'y a qu'un choix : répondez 1."


async def test_what_is_not_understood_gets_two_guesses(town: Town) -> None:
    """Repeated back, with two numbered ways on."""
    assert (
        await town.says("vidal", "flurb")
        == """Je n'ai pas compris « flurb ». Vouliez-vous :

1. Chercher « flurb » dans les documents
2. Voir ce que je sais faire

Répondez par un numéro."""
    )
    assert (
        await town.says("vidal", "!agemda 3000", room="EAU")
        == "Je ne lis ni commission ni date dans « 3000 ». Essayez !agenda, !agenda finances ou !agenda cette semaine."
    )
    assert (
        await town.says("vidal", "!budjet", room="EAU")
        == """Je n'ai pas compris « budjet ». Vouliez-vous :

1. Chercher « budjet » dans les documents
2. Voir ce que je sais faire

Répondez par un numéro."""
    )
    assert (
        await town.says("vidal", "1", room="EAU")
        == "Je ne trouve rien pour « budjet » parmi les documents que tout ce salon peut voir. Essayez un seul mot, ou demandez-le-moi en conversation privée."
    )
    assert (
        await town.says("vidal", "!retir", room="EAU")
        == "La commande !retirer est réservée à la présidence, au maire et aux agents de « Commission de l'eau ». !aide montre ce que vous pouvez faire."
    )


async def test_a_call_alone_gets_help(town: Town) -> None:
    """The name by itself asks what the bot can do."""
    assert (
        await town.says("vidal", "Appariteur ?", room="EAU")
        == """Je suis l'appariteur. Commencez par « ! », ou écrivez-moi en conversation privée.

- !agenda : les prochaines séances
- !documents : les derniers documents
- !chercher budget : retrouver un document
- !rappel demain 9 h … : vous rappeler quelque chose
- un fichier envoyé ici : je le classe

1. Tout ce que je sais faire
2. Les prochaines séances

Répondez par un numéro."""
    )


async def test_help_fits_a_phone_and_leads_further(town: Town) -> None:
    """In private, for a councillor, for a chair, for who keeps the tool."""
    assert (
        await town.says("vidal", "aide")
        == """Je suis l'appariteur. Écrivez-moi comme à une personne : « c'est quand la prochaine réunion ? », « où est le devis ? ».

- agenda : les prochaines séances
- documents : les derniers documents
- chercher budget : retrouver un document
- rappel demain 9 h … : vous rappeler quelque chose
- un fichier envoyé ici : je le classe

1. Tout ce que je sais faire
2. Les prochaines séances

Répondez par un numéro."""
    )
    assert (
        await town.says("roux", "aide")
        == """Je suis l'appariteur. Écrivez-moi comme à une personne : « c'est quand la prochaine réunion ? », « où est le devis ? ».

- agenda : les prochaines séances
- documents : les derniers documents
- chercher budget : retrouver un document
- rappel demain 9 h … : vous rappeler quelque chose
- séance mardi 20 h : fixer une séance
- point … : ajouter un point à l'ordre du jour
- un fichier envoyé ici : je le classe

1. Tout ce que je sais faire
2. Les prochaines séances

Répondez par un numéro."""
    )
    assert (
        await town.says("martin", "aide")
        == """Je suis l'appariteur. Écrivez-moi comme à une personne : « c'est quand la prochaine réunion ? », « où est le devis ? ».

- agenda : les prochaines séances
- documents : les derniers documents
- chercher budget : retrouver un document
- rappel demain 9 h … : vous rappeler quelque chose
- séance mardi 20 h : fixer une séance
- point … : ajouter un point à l'ordre du jour
- état : ce qui attend, ce qui a échoué
- un fichier envoyé ici : je le classe

1. Tout ce que je sais faire
2. Les prochaines séances

Répondez par un numéro."""
    )
    assert await town.says("blanc", "1") != ""
    assert (
        await town.says("vidal", "1")
        == """Voici ce que vous pouvez me demander :

- !agenda : voir les prochaines séances
- !aide : voir ce que je sais faire
- !chercher : retrouver un document par ses mots
- !classer : donner un titre à un document, le rattacher à un point
- !définir : comprendre un mot du conseil
- !déposer : classer le fichier que vous m'avez envoyé en conversation privée
- !documents : voir les derniers documents
- !envoyer : recevoir un document ici
- !odj : voir l'ordre du jour d'une séance et ses documents
- !qui : voir qui siège dans une commission
- !rappel : être rappelé à une date
- !rappels : voir vos rappels et vos annonces à venir
- !remplacer : remplacer un document par une nouvelle version
- !versions : voir les versions d'un document

!aide agenda explique !agenda."""
    )
    assert (
        await town.says("vidal", "aide séance")
        == """!séance : fixer la date d'une séance

S'écrit : !séance [COMMISSION] DATE [à LIEU] [visio LIEN|hybride LIEN]

La date est relue en entier avant d'être retenue. Elle est ensuite annoncée dans le salon, et rappelée à chacun avant la séance. Dans le salon de la commission, son nom n'a pas à être dit. Réservée à la présidence, au maire et aux agents.

Exemples :

- !séance jeudi 12 mars à 18 h 30 à la mairie
- !séance dans 3 semaines à 20 h visio https://visio.example/eau"""
    )
    assert (
        await town.says("vidal", "aide machin")
        == """Je ne connais pas de commande « machin ». Vouliez-vous :

1. Le chercher dans les documents
2. Tout ce que je sais faire

Répondez par un numéro."""
    )
    assert (
        await town.says("vidal", "aide état")
        == """!état : voir ce qui attend et ce qui a échoué

S'écrit : !état

Les messages en attente partent seuls dès que possible ; ceux qui ont échoué sont nommés avec leur raison. Réservée à l'administrateur. En conversation privée seulement.

Exemples :

- !état"""
    )


async def test_strangers_are_told_why(town: Town) -> None:
    """In private and when they speak to the bot; their talk in a room is talk."""
    assert (
        await town.says("faure", "bonjour")
        == "Je ne vous trouve pas dans la liste des membres de la commune : je ne peux pas vous répondre. Si vous devriez y être, signalez-le à la mairie."
    )
    assert (
        await town.says("faure", "!agenda", room="EAU")
        == "Je ne vous trouve pas dans la liste des membres de la commune : je ne peux pas vous répondre. Si vous devriez y être, signalez-le à la mairie."
    )
    assert await town.says("faure", "bonjour à tous", room="EAU") == ""
    assert HOST in BOT


async def test_the_same_list_is_not_told_in_a_room(town: Town) -> None:
    """What lists people is told in private."""
    assert (
        await town.says("martin", "!membres", room="CM")
        == "Je ne réponds à !membres qu'en conversation privée. Écrivez-le-moi là-bas."
    )
    assert (
        await town.says("martin", "membres")
        == """6 membres

- Blanche Arnaud (maire), @arnaud:sainte-colombe.fr : CM EAU VOI
- Odile Blanc (externe), @blanc:sainte-colombe.fr : EAU
- Paul Martin (agent), @martin:sainte-colombe.fr : CM EAU VOI
- Jean Petit (conseiller), @petit:sainte-colombe.fr : CM VOI
- Hugo Roux (adjoint), @roux:sainte-colombe.fr : CM EAU
- Lucie Vidal (conseiller), @vidal:sainte-colombe.fr : CM EAU"""
    )
    assert (
        await town.says("martin", "état")
        == """État

- 0 message en attente
- 0 envoi refusé
- 0 message reçu mis de côté"""
    )
    assert (
        await town.says("vidal", "membres")
        == "La commande !membres est réservée à l'administrateur. !aide montre ce que vous pouvez faire."
    )
