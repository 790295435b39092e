"""The account's secrets on disk: one directory per account, each file sealed under the town's key, mode 0600.

``account.sealed`` is this device (token, key of the crypto store); ``identity.sealed`` the cross-signing seeds and
the recovery key, which outlive any device. A crypto store of the past is only ever read: its device is not used again.
"""

import fcntl
import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from io import FileIO
from pathlib import Path
from secrets import token_bytes

from bot.matrix.errors import InUse
from bot.matrix.machine import Machine
from bot.matrix.store import Store
from storage.sealing import read_sealed, write_sealed

_DEVICE, _IDENTITY, _FORMER = "account.sealed", "identity.sealed", "former.sealed"


@dataclass(frozen=True)
class Device:
    """One device of the account: who it is, its access token, and the key that closes its crypto store."""

    user_id: str
    device_id: str
    access_token: str
    pickle_key: str


@dataclass(frozen=True)
class Identity:
    """The three cross-signing seeds (32 bytes each, hexadecimal) and the recovery key once it is made."""

    master: str
    self_signing: str
    user_signing: str
    recovery_key: str | None = None

    @classmethod
    def new(cls) -> "Identity":
        """Three fresh seeds."""
        return cls(token_bytes(32).hex(), token_bytes(32).hex(), token_bytes(32).hex())

    def with_recovery_key(self, key: str) -> "Identity":
        """The same identity, with the key that an administrator may keep on paper."""
        return replace(self, recovery_key=key)


class Vault:
    """The directory of one account, held by one process at a time."""

    def __init__(self, directory: Path, key: bytes) -> None:
        self._directory = directory
        self._key = key
        self._lock: FileIO | None = None

    def open(self) -> None:
        """Makes the directory and takes it; raises InUse when another process has it."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileIO(self._directory / "lock", "w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise InUse(f"{self._directory} is used by another process") from None
        self._lock = lock

    def close(self) -> None:
        """Lets go of the directory."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def device(self) -> Device | None:
        """The device that this directory holds, or None at the very first start; raises SealBroken."""
        raw = read_sealed(self._directory / _DEVICE, self._key)
        return None if raw is None else Device(**json.loads(raw))

    def keep_device(self, device: Device) -> None:
        """Remembers a device before anything is done with it."""
        write_sealed(self._directory / _DEVICE, self._key, json.dumps(asdict(device)).encode())

    def identity(self) -> Identity | None:
        """The seeds, or None while there are none here; raises SealBroken."""
        raw = read_sealed(self._directory / _IDENTITY, self._key)
        return None if raw is None else Identity(**json.loads(raw))

    def keep_identity(self, identity: Identity) -> None:
        """Remembers the seeds before they are published: a second identity would frighten everybody."""
        write_sealed(self._directory / _IDENTITY, self._key, json.dumps(asdict(identity)).encode())

    def machine(self, device: Device) -> Machine:
        """Opens, or makes, the crypto store of a device."""
        file = self._store_file(device.device_id)
        file.touch(mode=0o600)  # SQLite gives its companion files the mode of this one
        store = Store(device.user_id, device.device_id, str(self._directory), device.pickle_key, file.name)
        store.prepare()
        return Machine(device.user_id, device.device_id, store)

    def drop_store(self, device_id: str) -> None:
        """Deletes the crypto store of a device that is no more."""
        file = self._store_file(device_id)
        for each in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
            each.unlink(missing_ok=True)

    def copy_to(self, directory: Path) -> None:
        """Copy what a backup keeps, while the bot may be at work: device, seeds, and the keys that read the past."""
        for name in (_DEVICE, _IDENTITY):
            if (self._directory / name).exists():
                (directory / name).write_bytes((self._directory / name).read_bytes())
        device = self.device()
        if device is not None and self._store_file(device.device_id).exists():
            file = self._store_file(device.device_id)
            with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(directory / file.name)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")

    def set_device_aside(self) -> None:
        """The device of a restored backup is never used again: its ratchets went on after the backup was made."""
        device = self.device()
        if device is not None:
            write_sealed(self._directory / _FORMER, self._key, json.dumps(asdict(device)).encode())
            (self._directory / _DEVICE).unlink()

    def former_device(self) -> Device | None:
        """The device that a restored backup came with, until its keys were taken over; raises SealBroken."""
        raw = read_sealed(self._directory / _FORMER, self._key)
        return None if raw is None else Device(**json.loads(raw))

    def inherit(self, machine: Machine, former: Device) -> None:
        """Take over the room keys of the former device, which read the past, then forget it."""
        if self._store_file(former.device_id).exists():
            older = self.machine(former)
            try:
                for session in older.inbound_group_store:
                    machine.keep(session)
                machine.store.inherit(older.store)
            finally:
                older.store.close()
        self.drop_store(former.device_id)
        (self._directory / _FORMER).unlink()

    def _store_file(self, device_id: str) -> Path:
        safe = "".join(letter if letter.isalnum() else "-" for letter in device_id)
        return self._directory / f"keys-{safe}.db"
