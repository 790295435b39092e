"""The configuration of the towns that tests and measures live in."""

import json
from collections.abc import Mapping

BODIES = {"CM": "Conseil municipal", "EAU": "Commission de l'eau"}
PASSWORD = "secret"


def configuration(
    url: str,
    bot: str,
    admins: tuple[str, ...] = (),
    *,
    bodies: Mapping[str, str] = BODIES,
    storage: Mapping[str, str | int] | None = None,
) -> str:
    """The text of an ``appariteur.toml``: the body named CM is the council, the others are commissions."""
    lines = ["[commune]", 'name = "Sainte-Colombe"', "population = 640"]
    lines += ["[matrix]", *_set(homeserver=url, user=bot, password=PASSWORD, admins=list(admins))]
    lines += ["[storage]", *_set(**storage)] if storage else []
    for code, name in bodies.items():
        kind = "council" if code == "CM" else "commission"
        lines += ["[[bodies]]", *_set(code=code, name=name, kind=kind)]
    return "\n".join(lines) + "\n"


def _set(**values: object) -> list[str]:
    """TOML's texts, whole numbers and lists of texts are written as JSON's."""
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
