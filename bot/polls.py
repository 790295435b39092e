"""Polls as Matrix shows them, beside our numbered messages: MSC3381, under the names that clients use today."""

from typing import Any

RESPONSE = "org.matrix.msc3381.poll.response"
_START = "org.matrix.msc3381.poll.start"
_END = "org.matrix.msc3381.poll.end"
_TEXT = "org.matrix.msc1767.text"
MANY = 20
"""Answers beyond which a vote is no vote (MSC3381 allows no more)."""


def start(question: str, answers: list[str]) -> tuple[str, dict[str, Any]]:
    """The event of a poll whose votes everybody sees, several answers allowed; an answer's id is its number."""
    poll = {
        "question": {_TEXT: question},
        "kind": "org.matrix.msc3381.poll.disclosed",
        "max_selections": len(answers),
        "answers": [{"id": str(n), _TEXT: answer} for n, answer in enumerate(answers, start=1)],
    }
    fallback = "\n".join([question, *(f"{n}. {answer}" for n, answer in enumerate(answers, start=1))])
    return _START, {_START: poll, _TEXT: fallback}


def end(event_id: str, text: str) -> tuple[str, dict[str, Any]]:
    """The event that closes a poll."""
    return _END, {"m.relates_to": {"rel_type": "m.reference", "event_id": event_id}, _END: {}, _TEXT: text}


def chosen(content: dict[str, Any]) -> tuple[int, ...]:
    """The numbers that a vote names; whatever else it holds counts for nothing."""
    said = content.get(RESPONSE)
    answers = said.get("answers") if isinstance(said, dict) else None
    ids = answers[:MANY] if isinstance(answers, list) else []
    return tuple(sorted({int(each) for each in ids if isinstance(each, str) and each.isdecimal() and len(each) <= 2}))
