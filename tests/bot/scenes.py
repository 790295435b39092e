"""The scenes of the preparation, in order: what people say, what must be answered."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.papers import make_pdf
from tests.bot.playing import Play

ROOM = "Conseil municipal"
OUI = "oui"
PARIS = ZoneInfo("Europe/Paris")
SILENT = "dasilva"
WORKS = (
    "Devis de la société Hydra pour la réfection du réservoir des Buttes\n\nÉtanchéité de la cuve : 31 400,00 €\n"
    "Peinture et échelles : 9 300,00 €\nClôture : 7 500,00 €\n\nTotal hors taxes : 48 200,00 €"
)
CLAUSE = (
    "Article {}. L'entreprise remet le site en état, évacue les gravats et fournit les plans de ce qu'elle a fait. "
)
CLAUSES = tuple("\n\n".join(CLAUSE.format(n) * 3 for n in range(first, first + 6)) for first in (1, 7, 13))
ACCOUNTS = (
    "Les Amis du Lavoir, association\n\nComptes de l'année 2026\nRecettes : 6 210 €\nDépenses : 5 870 €\nDemande : 800 €",
)


def _january(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=PARIS)


async def finding_a_date(play: Play) -> None:
    """Dates are proposed; some answer by numbers, one refuses all, one must be asked again; the best is fixed."""
    play.chapter("Trouver une date", "La maire propose trois soirs.")
    await play.asks("garnier", "!dates mardi 19 janvier ; jeudi 21 janvier ; vendredi 22 janvier à 20 h", ROOM)
    await play.says("garnier", OUI, ROOM)
    await play.hears("aubry", "Quelles dates vous conviennent ?", ROOM)
    await play.asks("aubry", "2 et 3", ROOM)
    await play.asks("delcourt", "aucune", expect="aucune de ces dates ne vous convient")
    play.aside(
        "Les autres répondent de même, sauf deux. Le surlendemain, ceux qui n'ont rien dit sont relancés en privé."
    )
    for who in (
        "mercier",
        "perrin",
        "benali",
        "lambert",
        "noel",
        "thibault",
        "collard",
        "lemaitre",
        "haddad",
        "roussel",
    ):
        await play.asks(who, "2", aside=True)
    for who in ("vanhove", "guyot", "garnier"):
        await play.asks(who, "1 et 2", aside=True)
    await play.until(_january(6, 9))
    await play.hears("fournier", "Vous n'avez pas encore répondu")
    await play.asks("fournier", "2")
    await play.until(_january(7, 9))
    play.aside("Trois jours après la proposition, la maire reçoit le résultat et choisit.")
    await play.hears("garnier", "Fin des réponses")
    await play.asks("garnier", "séance 2 à la mairie", expect="Dernier jour pour convoquer : dimanche 17 janvier 2027")
    await play.asks("garnier", OUI)
    await play.hears("aubry", "Nouvelle séance", ROOM)


async def making_the_agenda(play: Play) -> None:
    """Points with their kinds, what the law forbids under the last of them, papers and the time to read them."""
    await play.until(_january(8, 10))
    play.chapter("Faire l'ordre du jour", "Les points, puis les documents.")
    await play.asks("garnier", "!point Procès-verbal de la séance du 10 décembre 2026 pour décision", ROOM)
    await play.asks("garnier", "!point Réfection du réservoir des Buttes pour décision rapporteur Alain Delcourt", ROOM)
    await play.asks("garnier", "!point Subvention aux Amis du Lavoir pour décision rapporteur Odile Roussel", ROOM)
    await play.asks(
        "garnier",
        "!point Questions diverses pour décision",
        ROOM,
        expect="Rien ne se décide sous les « questions diverses »",
    )
    await play.asks("garnier", "!point Questions diverses", ROOM)
    await play.drops(
        "delcourt", make_pdf((WORKS, *CLAUSES)), "devis_hydra.pdf", "Devis de la société Hydra, point 2", ROOM
    )
    await play.until(_january(14, 9))
    play.aside("Une semaine avant, Odile Roussel n'a rien déposé pour le point dont elle est rapporteure.")
    await play.hears("roussel", "À déposer")
    await play.until(_january(14, 20))
    play.aside("Le soir, à l'heure de la séance, tout le salon reçoit un rappel.")
    await play.hears("aubry", "Rappel", ROOM)
    await play.until(_january(15, 18))
    await play.drops("roussel", make_pdf(ACCOUNTS), "comptes_lavoir.pdf", "Comptes de l'association, point 3", ROOM)
    await play.asks("garnier", "!odj", ROOM)


async def convoking(play: Play) -> None:
    """Too late for the day that was fixed: it is said, the first lawful date is taken, and the convocation leaves."""
    await play.until(_january(18, 9))
    play.chapter("Convoquer", "La maire s'y prend trop tard ; l'appariteur propose la première date permise.")
    await play.asks("garnier", "!convoquer", ROOM, expect="Trop tard")
    await play.asks("garnier", "1", ROOM, expect="passera au vendredi 22 janvier 2027 à 20 h")
    await play.says("garnier", OUI, ROOM)
    await play.hears("aubry", "Séance reportée", ROOM)
    await play.asks("garnier", "!convoquer", ROOM)
    await play.asks("garnier", OUI, ROOM)
    await play.hears("aubry", "Convocation CM-2027-01")
    await play.hears("aubry", "séance CM-2027-01")
    await play.hears("lefort", "À remettre sur papier")
    await play.hears("lefort", "CM-2027-01")


async def receipts(play: Play) -> None:
    """✅, a word or a digit say that one has it; the agent hands the paper over; who is silent is asked again."""
    play.chapter("Accuser réception, remettre sur papier", "Chacun répond comme il veut.")
    await play.touches("aubry", "Convocation CM-2027-01", "✅")
    await play.hears("aubry", "Merci, c'est noté")
    await play.asks("noel", "reçu")
    await play.asks("delcourt", "1")
    for who in sorted(play.apps.keys() - {"aubry", "noel", "delcourt", "lefort", SILENT}):
        await play.asks(who, "reçu", aside=True)
    await play.asks("lefort", "remis Mme Malherbe", expect="Il manque encore : Marcel Hautecœur")
    await play.until(_january(18, 14))
    play.aside("Le dernier jour légal, à 14 h, la secrétaire générale reçoit la liste de ce qui reste à faire.")
    await play.hears("lefort", "Convocation CM-2027-01")
    await play.asks("lefort", "remis M. Hautecœur", expect="Délai tenu")
    await play.until(_january(19, 9))
    play.aside("Le lendemain, qui n'a pas accusé réception est relancé, et figure dans la liste à appeler.")
    await play.hears(SILENT, "Avez-vous bien reçu")
    await play.hears("lefort", "Convocation CM-2027-01")


async def answering(play: Play) -> None:
    """Who comes and who doesn't; a pouvoir accepted, one refused since its bearer has one already; one stays out of a point."""
    play.chapter("Dire si l'on viendra, donner pouvoir", "En privé, d'un mot.")
    await play.asks("aubry", "présente")
    for who in ("garnier", "mercier", "perrin", "delcourt", "benali", "thibault", "collard", "roussel"):
        await play.asks(who, "présent", aside=True)
    await play.asks("noel", "pouvoir Mme Benali")
    await play.hears("benali", "Sylvie Noël vous donne pouvoir")
    await play.asks("benali", OUI)
    await play.hears("noel", "Nadia Benali")
    await play.asks("vanhove", "pouvoir Mme Benali", expect="un conseiller n'en porte qu'un seul")
    await play.asks("vanhove", "absent")
    play.aside("La secrétaire générale note les réponses de ceux qui l'ont appelée.")
    await play.asks("lefort", "présent M. Hautecœur")
    await play.asks("lefort", "absent Mme Malherbe")
    await play.asks("thibault", "déport 3")
    await play.asks("thibault", "1")
    await play.asks("garnier", "quorum", expect="Il faut 10 présents")


async def asking(play: Play) -> None:
    """A question without a name: shown with the others at a fixed hour, answered in the room, read by its code."""
    await play.until(_january(19, 10))
    play.chapter("Poser une question sans son nom", "Céline Fournier écrit en privé.")
    await play.asks("fournier", "question point 2 Le devis comprend-il la clôture du captage ?")
    receipt = await play.asks("fournier", "sans")
    found = re.search(r"questions (\S+-\S+-\w+)", receipt)
    assert found
    play.hidden[found[1]] = "XXXX-XXXX-XXXX"
    await play.until(_january(19, 13))
    await play.hears("aubry", "Question 1 sur le point 2", ROOM)
    await play.asks("delcourt", "!répondre 1 Non, seulement celle du réservoir. Je demande le prix de l'autre.", ROOM)
    await play.asks("fournier", f"questions {found[1]}")


async def mending(play: Play) -> None:
    """A paper of a convoked session is replaced: who has the older one is told what changed, and only they."""
    await play.until(_january(20, 10))
    play.chapter("Corriger un document", "Le devis contenait une erreur ; la nouvelle version remplace l'ancienne.")
    works = WORKS.replace("7 500,00", "5 700,00").replace("48 200,00", "46 400,00")
    await play.drops("delcourt", make_pdf((works, *CLAUSES)), "devis_hydra_v2.pdf", "remplacer CM-2027-001", ROOM)
    await play.hears("garnier", "Nouvelle version")
    await play.asks("garnier", "remplacer CM-2027-001 prévenir", expect="devient")
    await play.asks("garnier", OUI, expect="CM-2027-01-E1 part")
    await play.hears("aubry", "Erratum CM-2027-01-E1")
    await play.asks("aubry", "reçu", expect="E1")
    await play.hears("lefort", "Erratum CM-2027-01-E1")
    await play.hears("lefort", "CM-2027-01-E1 feuille de remplacement")
    await play.asks("lefort", "remis M. Hautecœur erratum", expect="Il reste à le remettre à Yvette Malherbe")
    for who in sorted(play.apps.keys() - {"aubry", "lefort", SILENT}):
        await play.asks(who, "reçu", aside=True)


async def urgency(play: Play) -> None:
    """A point is added two days before: too late, unless it is urgent, which the convocation says."""
    await play.until(_january(20, 16))
    play.chapter("Ajouter un point en urgence", "Une conduite d'eau s'est rompue dans la nuit.")
    await play.asks("garnier", "!point Réparation de la conduite de la rue du Moulin pour décision", ROOM)
    await play.asks("garnier", "!convoquer", ROOM)
    await play.asks("garnier", "!convoquer urgence la conduite d'eau s'est rompue, la rue du Moulin est sans eau", ROOM)
    await play.asks("garnier", OUI, ROOM)
    await play.hears("noel", "Convocation rectificative CM-2027-02")
    await play.asks("noel", "reçu")
    for who in sorted(play.apps.keys() - {"noel", "lefort", SILENT}):
        await play.asks(who, "reçu", aside=True)
    await play.asks("lefort", "remis M. Hautecœur")
    await play.asks("lefort", "remis Mme Malherbe", expect="Qu'est-ce qui a été remis")
    await play.asks("lefort", "3", expect="Tous ceux qui sont sur papier l'ont")


async def the_eve(play: Play) -> None:
    """The last reminders, the forecast, and the proof of what was sent and received."""
    await play.until(_january(21, 9))
    play.chapter("La veille", "Derniers rappels, dernier compte, et la preuve des envois.")
    await play.hears(SILENT, "Avez-vous bien reçu ces 3 envois")
    await play.until(_january(21, 20))
    await play.hears("aubry", "Rappel", ROOM)
    await play.asks("garnier", "quorum")
    await play.asks("perrin", "dossier", expect="Je le prépare")
    await play.hears("perrin", "dossier CM")
    await play.asks("garnier", "accusés", expect="Délai abrégé pour urgence")
    await play.asks("garnier", "2")
    await play.hears("garnier", "attestation CM-2027-01")


ALL: tuple[Callable[[Play], Awaitable[None]], ...] = (
    finding_a_date,
    making_the_agenda,
    convoking,
    receipts,
    answering,
    asking,
    mending,
    urgency,
    the_eve,
)
