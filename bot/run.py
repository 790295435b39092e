"""Running one or more towns in one process; what stops a town is said in one French line."""

import asyncio
import os
from collections.abc import Sequence
from itertools import chain, repeat

import structlog

from bot.app import open_bot
from bot.matrix.errors import IdentityLost, InUse, KeysLost, MatrixError, Rejected, SignedOut
from bot.settings import Settings, SettingsError
from bot.system import why
from storage.database import DatabaseUnavailable
from storage.files import KeyFileError
from storage.migrations import NewerSchema

log = structlog.get_logger(__name__)
FAULTS = (MatrixError, SettingsError, DatabaseUnavailable, NewerSchema, KeyFileError, OSError)
RESTS = (2, 5, 15, 60)
"""Seconds before a town is opened again, the n-th time."""
PRIVATE = 0o077
"""What the bot writes is for its own account only."""


async def run_towns(towns: Sequence[Settings]) -> str | None:
    """Run towns side by side until cancelled; one that can't go on leaves the others alone.

    Returns the first fault, when every town has stopped.
    """
    os.umask(PRIVATE)
    faults = await asyncio.gather(*(_run_town(town) for town in towns))
    return faults[0] if faults else None


async def _run_town(settings: Settings) -> str:
    """Run a town until a fault that a person has to mend, which is told; whatever else fails, it is opened again."""
    name = settings.commune.name
    structlog.contextvars.bind_contextvars(town=name)
    for pause in chain(RESTS, repeat(RESTS[-1])):
        try:
            async with open_bot(settings) as bot:
                await bot.run()
        except Exception as error:
            cause = _first(error)
            if isinstance(cause, FAULTS):
                fault = f"{name} : {in_french(cause)}"
                log.warning("town stopped", why=fault)
                return fault
            log.exception("town failed, it is opened again", error=type(cause).__name__, again_in=pause)
        await asyncio.sleep(pause)
    raise AssertionError("the pauses have no end")


def _first(error: BaseException) -> BaseException:
    """The cause inside the groups that tasks side by side raise."""
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


def in_french(error: BaseException) -> str:
    """What stopped a town, and what to do."""
    match error:
        case SignedOut():
            return "le compte a été déconnecté par le serveur. Vérifiez le mot de passe ou le jeton, puis relancez."
        case InUse():
            return "un autre Appariteur utilise déjà ce dossier de données : arrêtez-le d'abord."
        case KeysLost():
            return "les clés de chiffrement de ce compte ont disparu. Restaurez la sauvegarde, ou relancez avec le mot de passe."
        case IdentityLost():
            return "l'identité chiffrée de ce compte existe déjà ailleurs : restaurez la sauvegarde, ou mettez la clé de récupération dans le fichier [matrix] recovery_key_file."
        case Rejected(code="M_FORBIDDEN"):
            return "le serveur Matrix refuse le mot de passe ou le compte : vérifiez [matrix] user et password."
        case Rejected():
            return f"le serveur Matrix a refusé ({error.code})."
        case OSError():
            return f"{error.filename} : {why(error)}." if error.filename else f"{why(error)}."
        case _:
            return str(error)
