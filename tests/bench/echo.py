"""The bare bot that ours is measured against: matrix-nio as its documentation shows it, one answer a message.

Run as ``python -m tests.bench.echo HOMESERVER USER PASSWORD DIRECTORY``.
"""

import asyncio
import sys

from nio import AsyncClient, AsyncClientConfig, MatrixRoom, RoomMessageText


async def main(homeserver: str, user: str, password: str, directory: str) -> None:
    """Answer every message of encrypted rooms with itself."""
    config = AsyncClientConfig(store_sync_tokens=True, encryption_enabled=True)
    client = AsyncClient(homeserver, user, store_path=directory, config=config)

    async def echo(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != client.user_id:
            content = {"msgtype": "m.notice", "body": event.body}
            await client.room_send(room.room_id, "m.room.message", content, ignore_unverified_devices=True)

    await client.login(password)
    await client.sync(timeout=0, full_state=True)
    for room_id in list(client.invited_rooms):
        await client.join(room_id)
    client.add_event_callback(echo, RoomMessageText)
    await client.sync_forever(timeout=30_000)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
