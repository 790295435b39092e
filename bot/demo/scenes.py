"""The scenes of the demonstration, in order: each waits for what it expects, and says which step failed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from time import monotonic

from bot.demo.papers import Paper, papers_given, town_papers
from bot.demo.stage import FINANCE, LIMIT, PRIVATE, Stage, StepFailed
from bot.demo.town import AUBRY, BODIES, CHARPENTIER, MERCIER, NAME, PEOPLE, VASSEUR
from bot.matrix.events import Event
from council.french import count

FILE_LIMIT = 50_000_000
QUESTIONS = ("!agenda", "!documents", "!qui")


async def opening(stage: Stage) -> None:
    """The rooms appear; people accept their invitations; each is welcomed in private."""
    stage.reader.title(f"{NAME} : {count(len(BODIES), 'instance')}, {count(len(PEOPLE), 'personne')}")
    async with stage.step("les salons se créent et chacun y est invité"):
        for resident in (MERCIER, AUBRY, VASSEUR):
            await stage.enter(resident)
        for resident in (MERCIER, AUBRY, VASSEUR):
            await stage.cast[resident].finds(FINANCE, LIMIT)
            stage.reader.note(f"{resident.name} accepte l'invitation du salon « {FINANCE} »")
    async with stage.step("chacun est accueilli en privé"):
        for resident in (MERCIER, AUBRY):
            await stage.cast[resident].finds(PRIVATE, LIMIT)
        await stage.hears(AUBRY, PRIVATE, "Bonjour Colette")


async def reminder(stage: Stage) -> None:
    """A reminder is asked for; it falls due for real, later in the show."""
    stage.reader.title("Se faire rappeler")
    async with stage.step("demander un rappel"):
        await stage.asks(AUBRY, PRIVATE, "rappelle-moi dans 1 minute de relire le devis de la toiture")


async def filing(stage: Stage) -> None:
    """Files dropped in a room are classed; a plain question finds one, and "1" sends it, byte for byte."""
    stage.reader.title("Déposer, retrouver")
    report, estimate, _ = _papers()
    async with stage.step("un document déposé est classé"):
        await _drop(stage, report)
        await _drop(stage, estimate)
    async with stage.step("un document est retrouvé par une question"):
        await stage.asks(AUBRY, PRIVATE, f"où est {_words_of(estimate)} ?")
        await stage.says(AUBRY, PRIVATE, "1")
        sent = await stage.hears(AUBRY, PRIVATE, kind="m.file")
        data = await stage.cast[AUBRY].client.fetch(sent.content, FILE_LIMIT)
        if data not in (report.data, estimate.data):
            raise StepFailed("Le document renvoyé n'est pas celui qui avait été déposé.")
        stage.reader.note(f"reçu, déchiffré, identique au fichier déposé ({len(data)} octets)")


async def planning(stage: Stage) -> None:
    """The vice-president plans a session; it is announced, gets an item, and a paper goes to the item by its caption."""
    stage.reader.title("Préparer une séance")
    async with stage.step("une séance est fixée et annoncée"):
        await stage.asks(MERCIER, FINANCE, "!séance dans 2 semaines à 18 h 30 à la mairie")
        await stage.says(MERCIER, FINANCE, "oui")
        await stage.hears(AUBRY, FINANCE, "Nouvelle séance")
    async with stage.step("un point reçoit un document par sa légende"):
        await stage.asks(MERCIER, FINANCE, "!point Toiture de l'école rapporteur Colette Aubry")
        await _drop(stage, _papers()[2], "Plan de financement, point 1")
        await stage.asks(MERCIER, FINANCE, "!odj")
    async with stage.step("une question simple donne la date"):
        await stage.asks(AUBRY, PRIVATE, "c'est quand la prochaine commission des finances ?")


async def moving(stage: Stage) -> None:
    """The members file is saved while the bot runs: one arrives and reads the past, one leaves the rooms."""
    stage.reader.title("Une arrivée, un départ")
    stage.reader.note(f"membres.csv est enregistré : {CHARPENTIER.name} arrive, le mandat de {VASSEUR.name} est fini")
    await stage.server.register(CHARPENTIER.login, stage.password)
    stage.roll.add(CHARPENTIER)
    stage.roll.end(VASSEUR, date.today() - timedelta(days=1))  # noqa: DTZ011 - the machine's own day, as a clerk types it
    stage.roll.save()
    async with stage.step("une nouvelle venue est invitée et accueillie"):
        newcomer = await stage.enter(CHARPENTIER)
        await newcomer.finds(FINANCE, LIMIT)
        await newcomer.finds(PRIVATE, LIMIT)
        await stage.hears(CHARPENTIER, PRIVATE, "Bonjour Inès")
    async with stage.step("elle lit ce qui a été dit avant elle"):
        past = await newcomer.client.recent(newcomer.places[FINANCE])
        read = [event for event in past if event.encrypted]
        if not any("Nouvelle séance" in str(event.content.get("body")) for event in read):
            raise StepFailed("La nouvelle venue ne lit pas ce qui a été dit avant elle.")
        stage.reader.note(f"{CHARPENTIER.name} lit les {len(read)} messages d'avant son arrivée")
    async with stage.step("une personne partie quitte les salons"):
        await _until(lambda: _gone(stage))
        stage.reader.note(f"{VASSEUR.name} n'est plus dans le salon")


async def killing(stage: Stage) -> None:
    """The bot is killed while it answers, then started again: each question has one answer, no more, no less."""
    stage.reader.title("Panne : kill -9 au milieu des réponses")
    async with stage.step("chaque question a sa réponse malgré l'arrêt"):
        asked = [await stage.says(MERCIER, FINANCE, question) for question in QUESTIONS]
        first = await stage.cast[MERCIER].hears_answer(asked[0], LIMIT)
        await stage.stop_bot(brutally=True)
        stage.tell(FINANCE, first)
        stage.reader.note("le robot est tué (kill -9), puis relancé")
        await stage.start_bot()
        for event_id in asked[1:]:
            await stage.answer(MERCIER, FINANCE, event_id)
        await stage.asks(MERCIER, FINANCE, "!rappels")
    answers = [len(stage.cast[MERCIER].replies_to(event_id)) for event_id in asked]
    if answers != [1] * len(asked):
        raise StepFailed(f"Après l'arrêt, les questions ont reçu {answers} réponses au lieu d'une chacune.")
    stage.reader.note("trois questions, trois réponses : rien n'est perdu, rien n'est doublé")


async def falling_due(stage: Stage) -> None:
    """The reminder of the beginning comes at its minute."""
    stage.reader.title("Le rappel demandé au début")
    async with stage.step("le rappel arrive à l'heure"):
        await stage.hears(AUBRY, PRIVATE, "Rappel")


SCENES: tuple[Callable[[Stage], Awaitable[None]], ...] = (
    opening,
    reminder,
    filing,
    planning,
    moving,
    killing,
    falling_due,
)


def _papers() -> tuple[Paper, Paper, Paper]:
    own, given = town_papers(), papers_given()
    return (given[0], given[1], given[2]) if len(given) >= 3 else own


def _words_of(paper: Paper) -> str:
    """How somebody asks for a paper: by what it is about, not by its file's name."""
    known = {town_papers()[1].name: "le devis pour les tuiles de l'école"}
    return known.get(paper.name, paper.name.removesuffix(".pdf").replace("_", " ").replace("-", " "))


async def _drop(stage: Stage, paper: Paper, caption: str = "") -> Event:
    person = stage.cast[MERCIER]
    stage.reader.line(FINANCE, MERCIER.name, f"(fichier) {paper.name}{f' — {caption}' if caption else ''}")
    event_id = await person.drops(person.places[FINANCE], paper.data, paper.name, caption)
    return await stage.answer(MERCIER, FINANCE, event_id)


async def _gone(stage: Stage) -> bool:
    members = await stage.cast[MERCIER].client.members(stage.cast[MERCIER].places[FINANCE])
    return members.get(VASSEUR.matrix_id) == "leave"


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    """Look again until it is true; raises TimeoutError past the limit."""
    end = monotonic() + LIMIT
    while not await true():
        if monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.3)
