"""A small Synapse of one's own, for the demonstration and the tests: loopback only, its data in one directory.

Synapse comes with the ``dev`` extra. Passwords are hashed cheaply and limits are off unless asked for: never for
real people.
"""

import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes, token_hex
from time import monotonic, sleep
from typing import Any

import aiohttp

from bot.matrix.coding import unpadded

SERVER_NAME = "ville.test"
_START_LIMIT = 60.0  # seconds for a first start on a busy machine; 3 to 6 are usual
_LIMITS = ("rc_message", "rc_joins_per_room", "rc_third_party_invite", "rc_key_requests", "rc_room_creation")


@dataclass(frozen=True)
class Running:
    """A homeserver that answers: its address and what it takes to register people on it."""

    url: str
    secret: str
    pid: int

    async def register(self, name: str, password: str, *, admin: bool = False) -> str:
        """Makes an account (Synapse's admin API, shared secret) and tells its Matrix id; does nothing if it exists."""
        register = f"{self.url}/_synapse/admin/v1/register"
        async with aiohttp.ClientSession() as session:
            async with session.get(register) as response:
                nonce: str = (await response.json())["nonce"]
            role = "admin" if admin else "notadmin"
            signed = "\0".join((nonce, name, password, role)).encode()
            mac = hmac.new(self.secret.encode(), signed, hashlib.sha1).hexdigest()
            body = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
            async with session.post(register, json=body) as response:
                answer: dict[str, Any] = await response.json()
        if response.status >= 400 and answer.get("errcode") != "M_USER_IN_USE":
            raise RuntimeError(f"registration of {name}: {answer}")
        return f"@{name}:{SERVER_NAME}"


def start(directory: Path, *, limits: bool = False, port: int | None = None) -> Running:
    """Starts a Synapse in ``directory`` and waits until it answers; end it with ``stop``.

    Args:
        limits: keep Synapse's own rate limits, low as they are.
        port: where it listened before, for one that is started again; a free port otherwise.
    """
    directory.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    secret = token_hex(16)
    config = directory / "homeserver.yaml"
    # JSON is YAML too, and needs no quoting rules.
    config.write_text(json.dumps(_config(directory, port, secret, limits=limits), indent=1))
    signing = directory / "signing.key"
    if not signing.exists():
        signing.write_text(f"ed25519 a_{token_hex(2)} {unpadded(token_bytes(32))}\n")
    command = [sys.executable, "-m", "synapse.app.homeserver", "--config-path", str(config)]
    with (directory / "console.log").open("ab") as console:
        process = subprocess.Popen(command, stdout=console, stderr=console, start_new_session=True)  # noqa: S603
    running = Running(f"http://127.0.0.1:{port}", secret, process.pid)
    _wait(process, port)
    return running


def stop(running: Running) -> None:
    """Ends a Synapse that ``start`` started, perhaps in another process."""
    try:
        os.kill(running.pid, 15)
        os.waitpid(running.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        return


def _config(directory: Path, port: int, secret: str, *, limits: bool) -> dict[str, Any]:
    listener = {
        "port": port,
        "bind_addresses": ["127.0.0.1"],
        "type": "http",
        "resources": [{"names": ["client", "federation", "openid"]}],
    }
    return {
        "server_name": SERVER_NAME,
        "public_baseurl": f"http://127.0.0.1:{port}/",
        "listeners": [listener],
        "database": {"name": "sqlite3", "args": {"database": str(directory / "homeserver.db")}},
        "media_store_path": str(directory / "media"),
        "signing_key_path": str(directory / "signing.key"),
        "log_config": _log_config(directory),
        "pid_file": str(directory / "homeserver.pid"),
        "registration_shared_secret": secret,
        "macaroon_secret_key": secret,
        "form_secret": secret,
        "trusted_key_servers": [],
        "report_stats": False,
        "presence": {"enabled": False},
        "bcrypt_rounds": 4,
        "max_upload_size": "100M",
        "ip_range_whitelist": ["127.0.0.1"],
        **({} if limits else _no_limits()),
    }


def _no_limits() -> dict[str, Any]:
    free = {"per_second": 10_000, "burst_count": 10_000}
    split = ("local", "remote")
    return {
        **dict.fromkeys(_LIMITS, free),
        "rc_login": {"address": free, "account": free, "failed_attempts": free},
        "rc_joins": dict.fromkeys(split, free),
        "rc_invites": {"per_room": free, "per_user": free, "per_issuer": free},
        "rc_registration": free,
        "rc_media_create": free,
    }


def _log_config(directory: Path) -> str:
    path = directory / "log.yaml"
    path.write_text(json.dumps({"version": 1, "root": {"level": "WARNING"}, "disable_existing_loggers": False}))
    return str(path)


def free_port() -> int:
    """A port of this machine that nothing uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Until it accepts connections; raises RuntimeError when it ends or takes too long."""
    end = monotonic() + _START_LIMIT
    while monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the homeserver ended with {process.returncode}: see console.log")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    process.terminate()
    raise RuntimeError("the homeserver did not start in time")
