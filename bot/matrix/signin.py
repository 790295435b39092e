"""Who we are on the homeserver: the device of last time when its keys are whole, else a new one.

A device lives as long as its crypto store. When either is lost, the password opens a new device, which the kept
identity signs: nobody sees a change. With a mere access token that can't be done, and is said.
"""

from contextlib import suppress
from dataclasses import dataclass
from secrets import token_urlsafe

import structlog

from bot.matrix.errors import KeysLost, MatrixError, Rejected, SignedOut
from bot.matrix.machine import Json, Machine
from bot.matrix.transport import Transport, v3
from bot.matrix.vault import Device, Vault

_log = structlog.get_logger(__name__)

NAME = "Appariteur"
"""What people see: beside a message, as the name of their conversation, in the list of the account's devices."""


@dataclass(frozen=True)
class Account:
    """How to sign in: with a password, or with an access token that belongs to a device of its own.

    Attributes:
        homeserver: the address of its client-server API, with its scheme.
        user_id: the whole Matrix id.
        device_id: the device that ``access_token`` belongs to, checked when given.
    """

    homeserver: str
    user_id: str
    password: str | None = None
    access_token: str | None = None
    device_id: str | None = None


async def sign_in(transport: Transport, account: Account, vault: Vault) -> tuple[Device, Machine]:
    """Opens the device to work with, its token given to ``transport``.

    Raises Unreachable; Rejected (wrong password, unknown user); SignedOut and KeysLost when only a password could
    help and there is none.
    """
    saved = vault.device()
    if saved is not None and saved.user_id != account.user_id:
        raise KeysLost(f"this directory belongs to {saved.user_id}")
    if saved is not None:
        try:
            return await _resume(transport, saved, vault)
        except (SignedOut, KeysLost) as error:
            if account.password is None:
                raise
            _log.warning("device given up", device=saved.device_id, reason=type(error).__name__)
            await _retire(transport, saved, vault)
    return await _enter(transport, account, vault)


async def _resume(transport: Transport, saved: Device, vault: Vault) -> tuple[Device, Machine]:
    transport.token = saved.access_token
    await _whoami(transport, saved.user_id, saved.device_id)
    return saved, await _checked(transport, vault, saved)


async def _retire(transport: Transport, saved: Device, vault: Vault) -> None:
    """Signs the unusable device out, so that nobody goes on encrypting for it."""
    try:
        await transport.call("POST", v3("logout"), {})
    except Rejected:
        _log.info("device already signed out", device=saved.device_id)
    transport.token = None
    vault.drop_store(saved.device_id)


async def _enter(transport: Transport, account: Account, vault: Vault) -> tuple[Device, Machine]:
    """A device that this directory has never held."""
    former = await _succeed(transport, account, vault)
    if account.password is not None:
        device = await _log_in(transport, account.user_id, account.password)
    elif account.access_token is not None:
        transport.token = account.access_token
        device_id = await _whoami(transport, account.user_id, account.device_id)
        device = Device(account.user_id, device_id, account.access_token, token_urlsafe(32))
    else:
        raise Rejected(401, "M_MISSING_TOKEN", "neither a password nor an access token is set")
    vault.keep_device(device)
    machine = await _checked(transport, vault, device)
    if former is not None:
        vault.inherit(machine, former)
    return device, machine


async def _succeed(transport: Transport, account: Account, vault: Vault) -> Device | None:
    """The device of a restored backup is signed out: wherever it may still run, two bots never answer side by side."""
    former = vault.former_device()
    if former is not None and former.access_token != account.access_token:
        transport.token = former.access_token
        with suppress(Rejected):
            await transport.call("POST", v3("logout"), {})
        transport.token = None
    return former


async def _log_in(transport: Transport, user_id: str, password: str) -> Device:
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user_id},
        "password": password,
        "initial_device_display_name": NAME,
    }
    transport.token = None
    answer = await transport.call("POST", v3("login"), body)
    transport.token = str(answer["access_token"])
    return Device(user_id, str(answer["device_id"]), transport.token, token_urlsafe(32))


async def _whoami(transport: Transport, user_id: str, device_id: str | None) -> str:
    """The device of the current token; raises KeysLost when it is not the expected one, or is none."""
    answer = await transport.call("GET", v3("account", "whoami"))
    found = answer.get("device_id")
    if answer.get("user_id") != user_id or not isinstance(found, str) or (device_id or found) != found:
        raise KeysLost(f"the access token is not for device {device_id or '(any)'} of {user_id}")
    return found


async def _checked(transport: Transport, vault: Vault, device: Device) -> Machine:
    """The device's machine, once its keys are known to be the published ones; raises KeysLost.

    A crypto store that is gone is noticed here too: the fresh one has keys that were never published.
    """
    machine = vault.machine(device)
    try:
        published = await _published_key(transport, device)
        if published is None:
            machine.account.shared = False  # whatever the store believes, they have to be uploaded
        elif published != machine.account.identity_keys["ed25519"]:
            raise KeysLost(f"the keys of device {device.device_id} are lost: it takes a password or a new access token")
    except MatrixError:
        machine.store.close()
        raise
    return machine


async def _published_key(transport: Transport, device: Device) -> str | None:
    answer = await transport.call("POST", v3("keys", "query"), {"device_keys": {device.user_id: []}})
    keys: Json = answer.get("device_keys", {}).get(device.user_id, {}).get(device.device_id, {})
    found = keys.get("keys", {}).get(f"ed25519:{device.device_id}")
    return found if isinstance(found, str) else None


def password_auth(user_id: str, password: str, answer: Json) -> Json:
    """The ``auth`` that repeats a password where the homeserver asks for it again (user-interactive authentication)."""
    return {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user_id},
        "password": password,
        "session": answer.get("session"),
    }
