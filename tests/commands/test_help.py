"""Help on one screen, guesses when nothing was understood, what strangers are told."""

from bot.town import BOT, HOST, Town


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
        == "Je ne trouve rien pour « budjet » parmi les documents que tout ce salon peut voir. Essayez un autre mot, ou demandez-le-moi en conversation privée."
    )
    assert (
        await town.says("vidal", "!convoqer", room="EAU")
        == "La commande !convoquer est réservée à la présidence, au maire et aux agents de « Commission de l'eau ». !aide montre ce que vous pouvez faire."
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

- !absent : dire que vous ne serez pas à la séance
- !agenda : voir les prochaines séances
- !aide : voir ce que je sais faire
- !calendrier : recevoir les séances pour votre calendrier
- !chercher : retrouver un document par ses mots
- !classer : donner un titre à un document, le rattacher à un point
- !dates : proposer des dates, y répondre, voir qui peut venir
- !définir : comprendre un mot du conseil
- !déport : dire que vous ne prendrez pas part à un point
- !déposer : classer le fichier que vous m'avez envoyé en conversation privée
- !distance : dire que vous participerez à distance
- !documents : voir les derniers documents
- !dossier : recevoir tout d'une séance en un seul PDF
- !envoyer : recevoir un document ici
- !extraire : classer les fichiers d'une archive ZIP
- !odj : voir l'ordre du jour d'une séance et ses documents
- !pouvoir : donner pouvoir à un collègue pour le conseil
- !présent : dire que vous serez à la séance
- !promesses : voir les documents promis et pas encore déposés
- !question : poser une question avant une séance, avec ou sans votre nom
- !questions : voir les questions posées avant une séance
- !qui : voir qui siège dans une commission
- !rappel : être rappelé à une date
- !rappels : voir vos rappels et vos annonces à venir
- !reçu : dire que vous avez bien reçu une convocation
- !remplacer : remplacer un document par une nouvelle version
- !répondre : répondre à une question posée avant une séance
- !retirer : retirer un document
- !sobriété : compter les pages déposées, lues, et non réimprimées
- !versions : voir les versions d'un document

!aide agenda explique !agenda."""
    )
    assert (
        await town.says("vidal", "aide séance")
        == """!séance : fixer la date d'une séance

S'écrit : !séance [COMMISSION] DATE [à LIEU] [visio LIEN|hybride LIEN]

La date est relue en entier avant d'être retenue. Elle est ensuite annoncée dans le salon, et rappelée à chacun avant la séance. Dans le salon de la commission, son nom n'a pas à être dit. Après !dates, !séance 2 prend la date 2 ; !séance tous les premiers mardis du mois à 20 h sauf août fixe celles qui reviennent. !séance lieu : salle des fêtes change le lieu de la prochaine, et chacun en est averti. Réservée à la présidence, au maire et aux agents.

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

Les messages en attente partent seuls dès que possible ; ceux qui ont échoué sont nommés avec leur raison. Je vous écris de moi-même quand quelque chose attend plus d'un quart d'heure ou échoue, et une fois quand tout va de nouveau bien. Réservée à l'administrateur. En conversation privée seulement.

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
- 0 message reçu mis de côté
- 0 rappel mis de côté
- dernière sauvegarde : aucune"""
    )
    assert (
        await town.says("vidal", "membres")
        == "La commande !membres est réservée à l'administrateur. !aide montre ce que vous pouvez faire."
    )
