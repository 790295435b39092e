"""Plain questions become lines: "c'est quand la prochaine commission finances ?" is ``agenda FIN``.

Only shapes that can be told apart with confidence; whatever else is said gets two numbered guesses, never a wrong act:
the lines made here read and show, ``rappel`` and the answers for a session apart, and those are said back.
"""

import re
from collections.abc import Sequence

from commands._bodies import match_body
from commands._sentences import (
    AFAR,
    AGENDA,
    ARTICLES,
    ASK,
    ASKED,
    COME,
    COMING,
    COUNT,
    DEFINE,
    DOSSIER,
    ENTRUST,
    EXPLAIN,
    FIND,
    HELP,
    HINTS,
    HOUR,
    KINDS,
    LIKE,
    MAYOR,
    MEETING,
    NEWS,
    NO_QUORUM,
    OF_A_POINT,
    OF_ANOTHER,
    OF_BODY,
    OFF,
    ORDER,
    PAPERS,
    PERIOD,
    PERSONAL,
    PLAN,
    POINT,
    QUESTION,
    RECEIPT,
    RECUSE,
    REMIND,
    REMINDERS,
    STAY,
    TAKE_BACK,
    TO_ASK,
    UNRECUSE,
    VAGUE,
    WHEN,
    WHERE,
    WHO,
)
from council import glossary
from council.french import fold
from council.papers import names_of_kind
from storage.tables import Body

LONGEST = 300
"""Characters beyond which a message is no question to the bot."""


def is_question(line: str) -> bool:
    """Whether a sentence asks, though it may begin with a command's word: "réunion de l'eau, c'est quand ?"."""
    return len(line) <= LONGEST and bool(QUESTION.search(fold(line)))


def asked_about(line: str) -> str | None:
    """The line of a question about a point, though it begins with a command's word: "point 1 : pourquoi ce prix ?"."""
    found = OF_A_POINT.match(line)
    return f"question point {found['point']} {found['what']}" if found else None


def understand(line: str, own: Sequence[Body], everyone: Sequence[Body]) -> str | None:
    """The command line that a plain sentence stands for, or None when it isn't clear.

    Args:
        line: what was said, without the bot's name.
        own: the bodies that the person may ask about here.
        everyone: all the town's: the command says why it doesn't answer about another.
    """
    if len(line) > LONGEST:
        return None
    said = fold(line).strip(" ?!.")
    body = _body_said(said, own) or _body_said(said, everyone)
    return (
        _of_acts(line, said)
        or _of_questions(line, said)
        or _of_points(line, said)
        or _of_words(line, said)
        or _of_presence(line, said, body)
        or _of_sessions(said, body)
        or _of_papers(line, said, body)
    )


def hinted(line: str) -> tuple[str, str] | None:
    """What a sentence that isn't clear may be about, to offer (label, line); or None."""
    return next((way for shape, way in HINTS if shape.search(fold(line))), None)


def _of_acts(line: str, said: str) -> str | None:
    """What the bot is asked to do: help, remind, plan, ask, change an agenda."""
    if HELP.search(said):
        return "aide"
    if found := REMIND.match(said):
        return f"rappel {_tail(line, found['what'])}"
    if REMINDERS.search(said):
        return "rappels"
    if RECEIPT.match(said):
        return "reçu"
    if found := PLAN.match(said):
        return _line("séance", _tail(line, found["what"]).strip(" ?!."))
    if found := OFF.match(said):
        return f"point retirer {found['what']}"
    if found := POINT.match(said):
        return f"point {found['what']}"
    if found := LIKE.search(said):
        return f"chercher comme {found['what']}"
    return None


def _of_questions(line: str, said: str) -> str | None:
    """A question to ask ahead of a session, the wish to ask one, those that were asked."""
    if found := ASK.match(said):
        number = found["point"] or found["number"]
        return _line(
            "question",
            f"point {number}" if number else "",
            line.split(maxsplit=len(said[: found.start("what")].split()))[-1],
        )
    if TO_ASK.match(said):
        return "aide question"
    return "questions" if ASKED.match(said) else None


def _of_points(line: str, said: str) -> str | None:
    """Who stays out of a point, or takes part after all; a quorum that failed."""
    if found := RECUSE.match(said):
        return f"déport {_tail(line, found['what'])}"
    if found := UNRECUSE.match(said):
        return f"déport retirer {_tail(line, found['what'])}"
    return "quorum non atteint" if NO_QUORUM.match(said) else None


def _of_words(line: str, said: str) -> str | None:
    """A word of the field to explain."""
    if found := EXPLAIN.search(said):
        return f"définir {_word(found['what'] or found['before'])}"
    found = None if ORDER.search(said) and "un ordre" not in said else DEFINE.match(said)
    return f"définir {_word(found['what'])}" if found and glossary.define(_word(found["what"])) else None


def _of_presence(line: str, said: str, body: str) -> str | None:
    """Who says that they come or not; not a question, nor a hint at a time that is no day, nor at a delay."""
    if "?" in line or "en retard" in said or "plus tard" in said:
        return None
    if found := ENTRUST.match(said):
        return f"pouvoir {_tail(line, found['who'])}"
    if found := OF_ANOTHER.match(said):
        day = PERIOD.search(said)
        return _line("présent" if found["here"] else "absent", found["who"], body, day[0] if day else "")
    word = next(
        (word for shape, word in ((STAY, "absent"), (AFAR, "distance"), (COME, "présent")) if shape.match(said)), ""
    )
    period = PERIOD.search(said)
    if not word or (period and VAGUE.search(period[0])):
        return None
    return _line(word, body, "aujourd'hui" if period and period[0] == "ce soir" else period[0] if period else "")


def _of_sessions(said: str, body: str) -> str | None:
    """Who sits, when and where one meets, what will be spoken of."""
    if MAYOR.search(said):
        return "qui conseil municipal"
    if COUNT.match(said):
        found = PERIOD.search(said)
        return _line("quorum", body, found[0] if found and not VAGUE.search(found[0]) else "")
    if WHO.search(said):
        return _line("qui", body)
    if PERSONAL.search(said):
        return None
    if ORDER.search(said):
        return _line("odj", body)
    found = PERIOD.search(said)
    period = "aujourd'hui" if found and found[0] == "ce soir" else found[0] if found else ""
    about = bool(MEETING.search(said) or body)
    if (HOUR.search(said) and period) or AGENDA.search(said) or WHERE.search(said) or COMING.search(said):
        return _line("agenda", body, period)
    return _line("agenda", body, period) if about and (WHEN.search(said) or (period and MEETING.search(said))) else None


def _of_papers(line: str, said: str, body: str) -> str | None:
    """What there is to read, or one paper by its words."""
    if TAKE_BACK.match(said):
        return "retirer le dernier"
    if DOSSIER.search(said):
        return _line("dossier", body)
    if PAPERS.search(said) or NEWS.search(said) or (body and OF_BODY.search(said)):
        return _line("documents", body)
    if not (found := FIND.search(said)):
        return f"chercher {line.strip(' ?!.')}" if _begins_with_a_kind(said) else None
    what = _tail(line, found["what"]).strip(" ?!.,")
    while (shorter := ARTICLES.sub("", KINDS.sub("", ARTICLES.sub("", what)))) != what:
        what = shorter.strip(" ?!.,")
    return f"chercher {what}" if what else None


def _begins_with_a_kind(said: str) -> bool:
    """Whether a sentence is what a paper is called: "les devis de mars", "le PV du 24 mars 2026"."""
    bare = ARTICLES.sub("", said)
    words = bare.split()
    return bare != said and any(names_of_kind(" ".join(words[:taken])) for taken in range(1, min(len(words), 4)))


def _line(*words: str) -> str:
    return " ".join(filter(None, words))


def _word(text: str) -> str:
    return re.sub(r"^(?:le mot|le terme|l'expression|le sigle)\s+", "", text).strip(" \"'?!.,")


def _tail(line: str, folded_tail: str) -> str:
    """The end of the original line that matches a folded end: as many words, with their accents.

    A tail may begin within a word ("d'envoyer"): what stands before it goes.
    """
    if not folded_tail.strip():
        return ""
    words = line.strip(" ?!.").split()
    kept = words[-len(folded_tail.split()) :]
    first = folded_tail.split(maxsplit=1)[0]
    bare = kept[0].rstrip(" ?!.,")
    if fold(bare) != first.rstrip(" ?!.,") and fold(bare).endswith(first.rstrip(" ?!.,")):
        kept[0] = re.split(r"['’]", kept[0])[-1]
    return " ".join(kept)


def _body_said(said: str, bodies: Sequence[Body]) -> str:
    """The code of the body named anywhere in a sentence; where its name fits several, that name: it will be asked."""
    words = said.split()
    for start in range(len(words)):
        text = " ".join(words[start:])
        found = match_body(text, bodies)
        if found.body is not None:
            return found.body.code
        if found.several:
            return text.removesuffix(found.rest).strip(" ,:;")
    return ""
