"""The account's identity at each start: found or made once, published, and this device signed by it.

Before anything is sent: what an unsigned device sends stays unreadable to strict apps, even once it is signed.
"""

from bot.matrix import crosssigning, secretstorage
from bot.matrix.errors import IdentityLost
from bot.matrix.machine import Machine
from bot.matrix.signin import Account
from bot.matrix.transport import Transport
from bot.matrix.vault import Identity, Vault


async def ensure(
    transport: Transport, account: Account, vault: Vault, machine: Machine, recovery_key: str | None
) -> Identity:
    """Leaves the device signed and the identity's recovery key made; can be run again, and stopped anywhere.

    Raises IdentityLost when the account has an identity whose seeds are not here, and no recovery key opens it.
    """
    master = await crosssigning.published_master(transport, account.user_id)
    identity = vault.identity()
    if identity is None:
        identity = await _found(transport, account.user_id, master, recovery_key)
        vault.keep_identity(identity)
    await crosssigning.publish_identity(transport, account, machine, identity, master)
    await crosssigning.sign_device(transport, machine, identity)
    if identity.recovery_key is None:
        identity = identity.with_recovery_key(secretstorage.new_recovery_key())
        await secretstorage.store_identity(transport, account.user_id, identity)
        vault.keep_identity(identity)
    return identity


async def _found(transport: Transport, user_id: str, master: str | None, recovery_key: str | None) -> Identity:
    """The seeds when this directory has none: from the recovery key, or new for an account without identity."""
    if master is None:
        return Identity.new()
    if recovery_key is None:
        raise IdentityLost(f"{user_id} has an identity whose seeds are not here: give the recovery key")
    return await secretstorage.recover_identity(transport, user_id, recovery_key)
