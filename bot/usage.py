"""The command line's own words, in French: its help, and what is said of a mistake in one line."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

HELP = "Dire ceci."
_WRONG_WORD = re.compile(r"No such command '(.*?)'")
_TOO_MUCH = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)")


def _speak_french() -> None:
    """The titles of the help's panels; loaded only when help is shown."""
    from typer import rich_utils  # noqa: PLC0415 - it loads a tenth of a second of other things

    rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
    rich_utils.ARGUMENTS_PANEL_TITLE = "À donner"
    rich_utils.DEFAULT_STRING = "[sinon : {}]"
    rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"


class Command(TyperCommand):
    """A command whose help is in French."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option, explained in French."""
        return _in_french(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """All of it."""
        _speak_french()
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """The commands together, their help in French."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option, explained in French."""
        return _in_french(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """All of it."""
        _speak_french()
        super().format_help(ctx, formatter)


def _in_french(option: Any) -> Any:
    if option is not None:
        option.help = HELP
    return option


def explain(error: TyperException, commands: list[str]) -> str:
    """A mistake in the command line as one line: what is wrong, where to look.

    Args:
        commands: those that exist.
    """
    context = getattr(error, "ctx", None)
    where = f"{context.command_path} --help" if context else "appariteur --help"
    return f"{_what(error, commands)} Pour savoir ce qui existe : {where}"


def _what(error: Any, commands: list[str]) -> str:
    kind, message = type(error).__name__, str(error)
    given = getattr(error, "param", None)
    parameter = getattr(given, "metavar", None) or getattr(given, "name", None) or ""
    if kind == "NoSuchOption":
        return f"L'option {error.option_name} n'existe pas.{_perhaps(error.possibilities)}"
    if kind == "BadOptionUsage":
        return f"L'option {error.option_name} demande une valeur."
    if kind == "MissingParameter":
        return f"Il manque {parameter}."
    if wrong := _WRONG_WORD.match(message):
        return f"La commande {wrong[1]} n'existe pas.{_perhaps(get_close_matches(wrong[1], commands, 1))}"
    if extra := _TOO_MUCH.fullmatch(message):
        return f"De trop : {extra[1]}."
    return f"La valeur donnée à {parameter} ne convient pas." if parameter else "Cette ligne ne se lit pas."


def _perhaps(near: Sequence[str] | None) -> str:
    return f" Vouliez-vous {near[0]} ?" if near else ""
