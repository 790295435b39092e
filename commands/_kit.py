"""Declaring what people can ask. One file is one thing; it is found by being in this folder.

A command's signature is its usage: the parameters' types eat the line. Help, the page of the commands, the guesses and
the tests of the examples are all made from the declaration.
"""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from commands._arguments import Argument
from commands._context import Handler
from commands._events import Happening
from council.french import fold
from council.roles import Role
from storage.states import NoticeKind


@dataclass(frozen=True)
class Parameter:
    """One parameter of a handler: how it is read, and whether it may be left out."""

    name: str
    argument: Argument[Any]
    required: bool
    default: Any


@dataclass(frozen=True)
class Command:
    """A thing people can ask."""

    word: str
    aliases: tuple[str, ...]
    summary: str
    who: Role
    examples: dict[str, str]
    handler: Handler
    parameters: tuple[Parameter, ...]
    private: bool

    @property
    def usage(self) -> str:
        """How it is typed, what may be left out in brackets: ``!séance [COMMISSION] DATE [à LIEU]``."""
        parts = [
            each.argument.label if each.required and not each.argument.implied else f"[{each.argument.label}]"
            for each in self.parameters
            if each.argument.label
        ]
        return " ".join([f"!{self.word}", *parts])

    @property
    def takes_text(self) -> bool:
        """Whether any words must follow its own: a question that begins with it is then its text."""
        return any(each.required and each.argument.free for each in self.parameters)

    @property
    def details(self) -> str:
        """The handler's docstring, in French, for the person who asks for help on it."""
        return " ".join((self.handler.__doc__ or "").split())


@dataclass
class Registry:
    """All that the folder declares, by folded word, by happening and by kind of notice."""

    commands: list[Command]
    by_word: dict[str, Command]
    happenings: dict[type[Happening], Handler]
    notices: dict[NoticeKind, Handler]


_DECLARED = Registry([], {}, {}, {})


def command(
    word: str,
    *aliases: str,
    summary: str,
    examples: dict[str, str],
    who: Role = Role.MEMBER,
    private: bool = False,
) -> Callable[[Handler], Handler]:
    """Declare a command.

    Args:
        word: what is typed, in French with its accents; unaccented works as well.
        aliases: other words that people use for it.
        summary: one line for the list.
        examples: line -> answer (Markdown) in the sample town, shown as help and run as a test;
            an empty answer is an example whose answer is tested elsewhere.
        who: the right it asks for, in the body it acts on.
        private: whether its answer lists people, and is only given in a direct conversation.
    """

    def declare(handler: Handler) -> Handler:
        made = Command(word, aliases, summary, who, examples, handler, _parameters(handler), private)
        for name in (word, *aliases):
            if _DECLARED.by_word.setdefault(fold(name), made) is not made:
                raise ValueError(f"two commands answer to {name}")
        _DECLARED.commands.append(made)
        return handler

    return declare


def when(happening: type[Happening]) -> Callable[[Handler], Handler]:
    """Declare what is done when something happens in a known room."""

    def declare(handler: Handler) -> Handler:
        _DECLARED.happenings[happening] = handler
        return handler

    return declare


def due(kind: NoticeKind) -> Callable[[Handler], Handler]:
    """Declare how a notice of this kind is told when it falls due."""

    def declare(handler: Handler) -> Handler:
        _DECLARED.notices[kind] = handler
        return handler

    return declare


@cache
def registry() -> Registry:
    """Everything declared in this folder, in the alphabetical order of the words."""
    package = importlib.import_module("commands")
    for module in pkgutil.iter_modules(package.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"commands.{module.name}")
    _DECLARED.commands.sort(key=lambda each: fold(each.word))
    return _DECLARED


def _parameters(handler: Handler) -> tuple[Parameter, ...]:
    hints = typing.get_type_hints(handler, include_extras=True)
    found = []
    for name, parameter in list(inspect.signature(handler).parameters.items())[1:]:
        arguments = [each for each in getattr(hints[name], "__metadata__", ()) if isinstance(each, Argument)]
        if arguments:
            required = parameter.default is inspect.Parameter.empty
            found.append(Parameter(name, arguments[0], required, None if required else parameter.default))
    return tuple(found)
