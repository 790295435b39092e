"""What people say in their own words, and the line it stands for; or none, and two guesses follow."""

import pytest

from bot.town import BODIES, Town
from commands._courtesy import courtesy, without_courtesy
from commands._plain import is_question, understand
from council.roles import BodyKind
from storage.tables import Body

OWN = [
    Body(code="CM", name="Conseil municipal", kind=BodyKind.COUNCIL),
    Body(code="EAU", name="Commission de l'eau", kind=BodyKind.COMMISSION),
    Body(code="FIN", name="Commission des finances", kind=BodyKind.COMMISSION),
    Body(code="BAT", name="Commission voirie et bâtiments", kind=BodyKind.COMMISSION),
    Body(code="FDJ", name="Commission fêtes et jeunesse", kind=BodyKind.COMMISSION),
    Body(code="FDS", name="Commission fêtes et sport", kind=BodyKind.COMMISSION),
]
EVERYONE = [*OWN, Body(code="ECO", name="Commission écoles", kind=BodyKind.COMMISSION)]

SAID = {
    # when and where
    "c'est quand la prochaine commission finances ?": "agenda FIN",
    "Quand est la prochaine commission des finances ?": "agenda FIN",
    "elle est quand la prochaine réunion des finances": "agenda FIN",
    "c'est à quelle heure le conseil ?": "agenda CM",
    "C’est à quelle heure déjà le conseil municipal ?": "agenda CM",
    "le conseil c'est quel jour": "agenda CM",
    "on se réunit quand ?": "agenda",
    "quand est-ce qu'on se réunit pour l'eau ?": "agenda EAU",
    "la prochaine réunion ?": "agenda",
    "prochaine séance": "agenda",
    "où a lieu la réunion de l'eau ?": "agenda EAU",
    "c'est où la commission de l'eau ?": "agenda EAU",
    "où est la prochaine réunion ?": "agenda",
    "dans quelle salle ?": "agenda",
    "y a une réunion ce soir ?": "agenda aujourd'hui",
    "y a-t-il conseil jeudi ?": "agenda CM jeudi",
    "est-ce qu'il y a une réunion demain": "agenda demain",
    "qu'est-ce que j'ai cette semaine ?": "agenda cette semaine",
    "j'ai quoi la semaine prochaine ?": "agenda la semaine prochaine",
    "quoi de prévu en mars": "agenda en mars",
    "mes prochaines réunions": "agenda",
    "ai-je une réunion aujourd'hui ?": "agenda aujourd'hui",
    "quand est la commission écoles ?": "agenda ECO",
    "c'est quand la commission fêtes ?": "agenda la commission fetes",
    "quel est le programme de la semaine prochaine": "agenda la semaine prochaine",
    # what will be spoken of
    "c'est quoi l'ordre du jour du conseil ?": "odj CM",
    "c'est quoi l'ordre du jour ?": "odj",
    "de quoi on parle à la commission de l'eau ?": "odj EAU",
    "quels sont les points ?": "odj",
    # papers
    "où est le devis de l'agenda ?": "chercher devis de l'agenda",
    "Où est le devis ?": "chercher devis",
    "où est le devis pour les fuites de l'eau ?": "chercher devis pour les fuites de l'eau",
    "où est le plan de l'école ?": "chercher plan de l'école",
    "je retrouve plus le papier du devis": "chercher devis",
    "je ne trouve pas le compte rendu": "chercher compte rendu",
    "envoie moi le dernier PV": "chercher PV",
    "envoie-moi le PV du conseil": "chercher PV du conseil",
    "tu peux me renvoyer le budget ?": "chercher budget",
    "pourriez-vous m'envoyer la convocation": "chercher convocation",
    "il est où le plan du cimetière": "chercher plan du cimetière",
    "il me faudrait le rapport d'orientation budgétaire": "chercher rapport d'orientation budgétaire",
    "je cherche la délibération sur l'école": "chercher délibération sur l'école",
    "j'ai perdu le document sur la toiture": "chercher toiture",
    "vous n'auriez pas le règlement de la cantine ?": "chercher règlement de la cantine",
    "est-ce qu'on a un document sur les éoliennes": "chercher éoliennes",
    "je voudrais lire l'étude de l'agence de l'eau": "chercher étude de l'agence de l'eau",
    "t'as le devis de la chaudière ?": "chercher devis de la chaudière",
    "fais voir le plan": "chercher plan",
    "j'aurais besoin du relevé": "chercher relevé",
    "montrez-moi les papiers de la voirie": "chercher voirie",
    "qu'est-ce qu'il y a à lire ?": "documents",
    "qu'est-ce que j'ai à lire pour l'eau ?": "documents EAU",
    "quels documents pour les finances": "documents FIN",
    "est-ce qu'on a le plan du cimetière communal ?": "chercher plan du cimetière communal",
    "mes documents": "documents",
    "je veux voir mes documents": "documents",
    "quoi de neuf ?": "documents",
    # people
    "qui c'est qui préside l'eau": "qui EAU",
    "qui préside la commission des finances ?": "qui FIN",
    "qui est le président des finances ?": "qui FIN",
    "qui fait partie de la commission de l'eau ?": "qui EAU",
    "c'est qui la présidente de l'eau": "qui EAU",
    "qui siège au conseil ?": "qui CM",
    # words
    "c'est quoi un pouvoir ?": "définir pouvoir",
    "que veut dire DETR": "définir detr",
    "ça veut dire quoi quorum": "définir quorum",
    "DETR ça veut dire quoi ?": "définir detr",
    "qu'est-ce que le quorum ?": "définir quorum",
    "qui est le maire ?": "qui conseil municipal",
    # planning: read back before it is done
    "fixe une réunion de l'eau mardi 17 mars à 20h": "séance de l'eau mardi 17 mars à 20h",
    "je voudrais planifier une commission des finances": "séance des finances",
    "on peut prévoir un conseil le 12 mars ?": "séance conseil le 12 mars",
    "à quelle heure jeudi 26 mars ?": "agenda jeudi 26 mars",
    # who comes, said back
    "je serai là jeudi 26": "présent jeudi 26",
    "je serai absent à la réunion de demain": "absent demain",
    "je ne viendrai pas au conseil jeudi": "absent CM jeudi",
    "je peux pas venir demain à la séance": "absent demain",
    "je ne pourrai pas être là mardi": "absent mardi",
    "j'ai un empêchement ce soir": "absent aujourd'hui",
    "je serai là mardi": "présent mardi",
    "Je viendrai au conseil": "présent CM",
    "comptez sur moi": "présent",
    "je participerai en visio jeudi": "distance jeudi",
    "je donne pouvoir à M. Roux pour jeudi": "pouvoir M. Roux pour jeudi",
    "je donne ma procuration à Lucie": "pouvoir Lucie",
    # questions ahead: a name or not is asked
    "j'ai une question sur le point 2 : pourquoi trois devis ?": "question point 2 pourquoi trois devis ?",
    "Je voudrais poser une question : où sera la pompe": "question où sera la pompe",
    # reminders and help
    "annule mon rappel": "rappels",
    "comment je dépose un document ?": "aide",
    "rappelle-moi demain à 9 h d'appeler la mairie": "rappel demain à 9 h d'appeler la mairie",
    "fais-moi penser vendredi à relire le devis": "rappel vendredi à relire le devis",
    "mes rappels": "rappels",
    "comment ça marche ?": "aide",
    "je suis perdu": "aide",
}
LEFT = (
    "il fait beau",
    "je serai en retard à la réunion de demain",
    "je viens de déposer le devis",
    "je ne suis pas d'accord",
    "je ne viendrai pas la semaine prochaine",
    "je peux venir accompagné ?",
    "je serai là, c'est possible de venir en retard",
    "d'accord pour moi",
    "le réservoir fuit",
    "je voudrais parler à quelqu'un",
    "mon fils se marie samedi",
    "c'est quoi ce bazar",
    "qui est Paul Martin",
    "42",
    "a" * 10_000,
    "c'est quand " * 2_000,
)


@pytest.mark.parametrize(("said", "line"), SAID.items())
def test_a_plain_sentence_becomes_a_line(said: str, line: str) -> None:
    """What people say every day."""
    assert understand(said, OWN, EVERYONE) == line


@pytest.mark.parametrize("said", LEFT)
def test_what_is_not_clear_becomes_nothing(said: str) -> None:
    """Never a wrong act: these get two guesses."""
    assert understand(said, OWN, EVERYONE) is None


def test_greetings_and_thanks_are_returned() -> None:
    """Politeness is answered, and doesn't hide a question."""
    assert (
        courtesy("Bonjour !")
        == "Bonjour ! Dites-moi ce que vous cherchez, ou écrivez **aide** pour voir ce que je sais faire."
    )
    assert courtesy("merci beaucoup") == "Avec plaisir."
    assert courtesy("bonjour, où est le devis ?") is None
    assert without_courtesy("Bonjour, où est le devis s'il vous plaît ? Merci") == "où est le devis"
    assert without_courtesy("où est le devis svp ?") == "où est le devis"
    assert without_courtesy("Merci") == "Merci"


def test_a_question_is_told_from_an_order() -> None:
    """A command's word may begin a question."""
    assert is_question("réunion de l'eau, c'est quand")
    assert not is_question("réunion jeudi 12 mars à 20 h")


def test_the_town_has_no_council_of_another_name() -> None:
    """The bodies above stand for those of the town."""
    assert {body.code for body in BODIES} <= {"CM", "EAU", "VOI"}


AGENDA_EAU = """Prochaines séances : Commission de l'eau

1. jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
FOUND = """1 document pour « {words} »

1. EAU-2026-001 Devis du réservoir, 02/03/2026, page 1
  Devis du réservoir Devis pour la réfection du réservoir des Buttes : étanchéité, peinture, clôture. Société Hydra, montant 48 200,00 € hors taxes. Conditions :…

Répondez 1 : je vous l'envoie."""
END_TO_END = {
    "c'est quand la prochaine commission de l'eau ?": AGENDA_EAU,
    "Bonjour, elle est quand la prochaine réunion de l’eau svp ?": AGENDA_EAU,
    "réunion de l'eau c'est quand ?": AGENDA_EAU,
    "prochaine réunion de l'eau c'est quand": AGENDA_EAU,
    "Appariteur, où a lieu la séance de l'eau ?": AGENDA_EAU,
    "c'est à quelle heure le conseil ?": "Prochaines séances : Conseil municipal\n\nAucune séance n'est prévue.",
    "qu'est-ce que j'ai cette semaine ?": "Prochaines séances (du lundi 2 mars 2026 au dimanche 8 mars 2026)\n\n"
    "Aucune séance n'est prévue. Voici les prochaines :\n\n1. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie\n\nRépondez 1 pour voir l'ordre du jour.",
    "je retrouve plus le papier du devis": FOUND.format(words="devis"),
    "envoie moi le dernier devis": FOUND.format(words="devis"),
    "où est le réservoir ?": FOUND.format(words="réservoir"),
    "envoie moi le dernier PV": "Je ne trouve rien pour « PV » parmi les documents que vous pouvez voir. Essayez un autre mot.",
    "qui c'est qui préside l'eau": """Commission de l'eau (5 membres)

- Blanche Arnaud (maire, préside de droit)
- Hugo Roux (adjoint, vice-présidence)
- Odile Blanc (membre extérieur)
- Paul Martin (agent)
- Lucie Vidal""",
    "c'est quand la commission voirie ?": "Vous ne siégez pas dans « Commission voirie et bâtiments » : je ne peux pas vous en parler.",
    "c'est quoi l'ordre du jour de l'eau ?": """Ordre du jour : Commission de l'eau

jeudi 26 mars 2026 à 18 h 30, mairie

1. Réservoir des Buttes (rapporteur : Hugo Roux)
  - EAU-2026-001 Devis du réservoir""",
    "c'est quoi un pouvoir ?": """pouvoir : L'écrit par lequel un conseiller empêché, le mandant, charge un collègue, le mandataire, de voter pour lui. Chacun ne peut en porter qu'un, il est toujours révocable et vaut au plus pour trois séances de suite, sauf maladie.

(CGCT, art. L2121-20)""",
    "rappelle-moi demain à 9 h d'appeler la mairie": "C'est noté : « appeler la mairie ». Je vous le rappellerai le mardi 3 mars 2026 à 9 h.",
    "il fait beau": """Je n'ai pas compris « il fait beau ». Vouliez-vous :

1. Chercher « il fait beau » dans les documents
2. Voir ce que je sais faire

Répondez par un numéro.""",
    "merci beaucoup": "Avec plaisir.",
    "rapporteur svp": """Je n'ai pas compris « rapporteur svp ». Vouliez-vous :

1. Savoir ce que veut dire « rapporteur »
2. Chercher « rapporteur » dans les documents

Répondez par un numéro.""",
}


@pytest.mark.parametrize(("said", "answer"), END_TO_END.items())
async def test_a_plain_sentence_is_answered(town: Town, said: str, answer: str) -> None:
    """From what a councillor says in private to what they read."""
    assert await town.says("vidal", said) == answer
