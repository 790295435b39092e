"""The bare bot that ours is measured against: matrix-nio as its documentation shows it, one answer a message.

Run as ``python -m tests.bench.echo HOMESERVER USER PASSWORD DIRECTORY``; it signs in once and resumes afterwards.
"""

import asyncio
import json
import sys
from pathlib import Path

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, MatrixRoom, RoomMessageText


async def sign_in(client: AsyncClient, password: str, session: Path) -> None:
    """By password the first time, then by what was kept of it."""
    if session.exists():
        client.restore_login(**json.loads(session.read_text()))
        return
    await client.login(password)
    kept = {"user_id": client.user_id, "device_id": client.device_id, "access_token": client.access_token}
    session.write_text(json.dumps(kept))


async def main(homeserver: str, user: str, password: str, directory: str) -> None:
    """Join what it is invited to and answer every message with itself."""
    config = AsyncClientConfig(store_sync_tokens=True, encryption_enabled=True)
    client = AsyncClient(homeserver, user, store_path=directory, config=config)

    async def join(room: MatrixRoom, _event: InviteMemberEvent) -> None:
        await client.join(room.room_id)

    async def echo(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != client.user_id:
            content = {"msgtype": "m.notice", "body": event.body}
            await client.room_send(room.room_id, "m.room.message", content, ignore_unverified_devices=True)

    client.add_event_callback(join, InviteMemberEvent)
    client.add_event_callback(echo, RoomMessageText)
    await sign_in(client, password, Path(directory) / "session.json")
    await client.sync_forever(timeout=30_000, full_state=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
