"""Messages changed in an app (specification: "Event replacements"): answered, never carried out: the first one already was."""

from typing import Any

from commands import Reply

EDITED = Reply(
    "Vous avez modifié un message : je ne tiens compte que du premier, pour ne rien faire deux fois. "
    "Si vous vouliez dire autre chose, écrivez-le de nouveau."
)
WORDS = frozenset({"m.text", "m.emote"})


def is_edit(content: dict[str, Any]) -> bool:
    """Whether a message takes the place of an earlier one."""
    relation = content.get("m.relates_to")
    return isinstance(relation, dict) and relation.get("rel_type") == "m.replace"


def words_of(content: dict[str, Any]) -> str:
    """What a message says; of an edit, its new words, without the star that stands before them for old apps."""
    new = content.get("m.new_content") if is_edit(content) else None
    return str((new if isinstance(new, dict) else content).get("body", ""))
