"""Cross-signing: the account's identity signs its devices, so that people's apps trust and read them.

Three Ed25519 keys (specification, 11.12.2.4): master signs self-signing, which signs our devices, and user-signing.
Without them the bot is deaf and mute to strict clients (MSC4153). Everything here can be run again at each start.
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.matrix.coding import canonical, unpadded
from bot.matrix.errors import IdentityLost, KeysLost
from bot.matrix.machine import Json, Machine
from bot.matrix.signin import Account, password_auth
from bot.matrix.transport import Transport, refuse, v3
from bot.matrix.vault import Identity


class SigningKey:
    """One Ed25519 key, from its seed."""

    def __init__(self, seed: str) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
        self.public = unpadded(self._private.public_key().public_bytes_raw())

    def sign(self, value: Json) -> str:
        """The signature of an object, leaving out its ``signatures`` and ``unsigned``."""
        return unpadded(self._private.sign(canonical(value)))


async def published_master(transport: Transport, user_id: str) -> str | None:
    """The public master key that the homeserver has for a person, if any."""
    answer = await transport.call("POST", v3("keys", "query"), {"device_keys": {user_id: []}})
    keys: Json = answer.get("master_keys", {}).get(user_id, {}).get("keys", {})
    return next((str(key) for key in keys.values()), None)


async def publish_identity(
    transport: Transport, account: Account, machine: Machine, identity: Identity, master: str | None
) -> None:
    """Uploads the identity where the homeserver has none; ``master`` is what it has.

    Raises IdentityLost when that is another identity: replacing it would tell everybody that the account was
    taken over, which only an administrator may decide. Raises Rejected when a password is asked for and not known.
    """
    mine = SigningKey(identity.master).public
    if master == mine:
        return
    if master is not None:
        raise IdentityLost(f"{account.user_id} has another cross-signing identity than the one kept here")
    body = _identity_body(account.user_id, machine, identity)
    status, answer = await transport.request("POST", v3("keys", "device_signing", "upload"), body)
    if status == 401 and "flows" in answer and account.password is not None:
        body["auth"] = password_auth(account.user_id, account.password, answer)
        status, answer = await transport.request("POST", v3("keys", "device_signing", "upload"), body)
    refuse(status, answer)


def _identity_body(user_id: str, machine: Machine, identity: Identity) -> Json:
    by_master = SigningKey(identity.master)
    master = _key_object(user_id, "master", by_master.public)
    device_signature = machine.account.sign(canonical(master).decode())
    master["signatures"] = {user_id: {f"ed25519:{machine.device_id}": device_signature}}
    body: Json = {"master_key": master}
    for usage, seed in (("self_signing", identity.self_signing), ("user_signing", identity.user_signing)):
        key = _key_object(user_id, usage, SigningKey(seed).public)
        key["signatures"] = {user_id: {f"ed25519:{by_master.public}": by_master.sign(key)}}
        body[f"{usage}_key"] = key
    return body


def _key_object(user_id: str, usage: str, public: str) -> Json:
    return {"user_id": user_id, "usage": [usage], "keys": {f"ed25519:{public}": public}}


async def sign_device(transport: Transport, machine: Machine, identity: Identity) -> None:
    """Signs this device with the self-signing key, once; the machine then shows the signed keys to others.

    Raises KeysLost when the homeserver does not have this device's keys.
    """
    user_id, device_id, signer = machine.user_id, machine.device_id, SigningKey(identity.self_signing)
    answer = await transport.call("POST", v3("keys", "query"), {"device_keys": {user_id: []}})
    published: Json = answer.get("device_keys", {}).get(user_id, {}).get(device_id, {})
    if published.get("keys", {}).get(f"ed25519:{device_id}") != machine.account.identity_keys["ed25519"]:
        raise KeysLost(f"the keys of device {device_id} are not the published ones")
    keys: Json = {part: published[part] for part in ("algorithms", "device_id", "keys", "user_id")}
    signatures: Json = dict(published.get("signatures", {}).get(user_id, {}))
    if f"ed25519:{signer.public}" not in signatures:
        signature = signer.sign(keys)
        upload = {**keys, "signatures": {user_id: {f"ed25519:{signer.public}": signature}}}
        answer = await transport.call("POST", v3("keys", "signatures", "upload"), {user_id: {device_id: upload}})
        if answer.get("failures"):
            raise KeysLost(f"the homeserver refuses the signature of device {device_id}")
        signatures[f"ed25519:{signer.public}"] = signature
    machine.own_device_keys = {**keys, "signatures": {user_id: signatures}}
