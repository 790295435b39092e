"""Whether a homeserver's rate limits are too low for a town, found by trying: nothing tells them to a client."""

from bot.matrix.errors import Limited
from bot.matrix.signin import Account
from bot.matrix.transport import Transport, v3

ENOUGH = 15
"""Messages in a row that a bot must be able to send; Synapse's default allows ten, then one every five seconds."""


async def probe(account: Account) -> bool:
    """Sign in for a moment, talk in a room of our own, leave it; whether the homeserver asked to slow down.

    The device made for this is signed out: it never held a key.

    Raises:
        Rejected, Unreachable: the account can't be used.
    """
    transport = Transport(account.homeserver)
    try:
        made = await _sign_in(transport, account)
        try:
            return await _talk(transport)
        finally:
            if made:
                await transport.call("POST", v3("logout"), {})
    finally:
        await transport.close()


async def _sign_in(transport: Transport, account: Account) -> bool:
    """Take the token, or a new one by password (then to be signed out)."""
    if account.access_token is not None:
        transport.token = account.access_token
        await transport.call("GET", v3("account", "whoami"))
        return False
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": account.user_id},
        "password": account.password,
        "initial_device_display_name": "Appariteur (vérification)",
    }
    transport.token = str((await transport.call("POST", v3("login"), body))["access_token"])
    return True


async def _talk(transport: Transport) -> bool:
    room: str | None = None
    try:
        body = {"preset": "private_chat", "visibility": "private", "name": "Appariteur : vérification"}
        room = str((await transport.call("POST", v3("createRoom"), body))["room_id"])
        for number in range(ENOUGH):
            content = {"msgtype": "m.notice", "body": "essai"}
            await transport.call("PUT", v3("rooms", room, "send", "m.room.message", f"probe{number}"), content)
    except Limited:
        return True
    else:
        return False
    finally:
        if room is not None:
            await transport.call("POST", v3("rooms", room, "leave"), {})
            await transport.call("POST", v3("rooms", room, "forget"), {})
