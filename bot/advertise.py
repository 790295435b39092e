"""The list of commands that clients may offer, as MSC4332 describes it; people who never see it lose nothing."""

from typing import Any

from commands import Role, registry


def advertised() -> dict[str, Any]:
    """The content of the state event ``org.matrix.msc4332.commands`` of the bot in each room."""
    return {
        "sigil": "!",
        "commands": [
            {
                "syntax": " ".join(
                    [each.word, *(f"{{{parameter.name}}}" for parameter in each.parameters if parameter.argument.label)]
                ),
                "variables": {
                    parameter.name: _text(parameter.argument.label.lower())
                    for parameter in each.parameters
                    if parameter.argument.label
                },
                "description": _text(each.summary),
            }
            for each in registry().commands
            if each.who is not Role.ADMIN
        ],
    }


def _text(body: str) -> dict[str, Any]:
    return {"m.text": [{"body": body}]}
