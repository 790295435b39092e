"""A small real IMAP server on this machine (RFC 9051, as far as the bot speaks it), with IDLE, that fails as it is told."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime

_LOGIN = re.compile(r'LOGIN "?(?P<user>[^" ]+)"? "(?P<password>[^"]*)"', re.IGNORECASE)
_SEARCH = re.compile(r"UID SEARCH UID (?P<first>\d+):\*(?: SINCE (?P<since>\S+))?", re.IGNORECASE)
_FETCH = re.compile(r"UID FETCH (?P<uid>\d+) \((?P<parts>.*)\)", re.IGNORECASE)
_STORE = re.compile(r"UID STORE (?P<uid>\d+) \+FLAGS \((?P<flags>.*)\)", re.IGNORECASE)
_PART = re.compile(r"BODY\.PEEK\[(?P<what>HEADER)?\](?:<(?P<first>\d+)\.(?P<most>\d+)>)?")


@dataclass
class Kept:
    """A mail in the mailbox."""

    data: bytes
    received: date
    flags: set[str] = field(default_factory=set)


@dataclass
class MailServer:
    """What it has, and what was asked of it.

    Attributes:
        idles: whether it offers IDLE.
        waiting: set while a client idles.
        hasty: a mail that comes in the very breath in which a client is let wait.
        said: every command, passwords apart.
    """

    password: str = "s3cret-boîte"
    idles: bool = True
    validity: int = 7
    port: int = 0
    mails: dict[int, Kept] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    hasty: bytes = b""
    _next: int = 1
    _idlers: set[asyncio.StreamWriter] = field(default_factory=set)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    def receive(self, data: bytes, received: date = date(2026, 3, 2)) -> int:
        """A mail comes: who idles is told. Returns its UID."""
        uid, self._next = self._next, self._next + 1
        self.mails[uid] = Kept(data, received)
        for writer in self._idlers:
            writer.write(f"* {len(self.mails)} EXISTS\r\n".encode())
        return uid

    def renumber(self) -> None:
        """Its folder is rebuilt: other UIDs under another UIDVALIDITY."""
        self.validity += 1
        self.mails = {uid + 100: kept for uid, kept in self.mails.items()}
        self._next += 100

    def hang_up(self) -> None:
        """Cut every connection."""
        for writer in self._writers:
            writer.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client, until it leaves."""
        self._writers.add(writer)
        writer.write(b"* OK hello\r\n")
        try:
            while line := (await reader.readline()).decode():
                tag, _, command = line.strip().partition(" ")
                self.said.append(command.partition(" ")[0] if "LOGIN" in command.upper() else command)
                if command.upper() == "IDLE":
                    await self._idle(tag, reader, writer)
                else:
                    writer.write(self._answer(tag, command))
                await writer.drain()
                if command.upper() == "LOGOUT":
                    break
        except ConnectionError:
            pass
        finally:
            self._writers.discard(writer)
            self._idlers.discard(writer)
            writer.close()

    async def _idle(self, tag: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said, hasty, self.hasty = b"+ idling\r\n", self.hasty, b""
        if hasty:
            self.receive(hasty)
            said += f"* {len(self.mails)} EXISTS\r\n".encode()
        writer.write(said)
        self._idlers.add(writer)
        self.waiting.set()
        with suppress(ConnectionError):
            await reader.readline()  # DONE
        self.waiting.clear()
        self._idlers.discard(writer)
        writer.write(f"{tag} OK IDLE ends\r\n".encode())

    def _answer(self, tag: str, command: str) -> bytes:
        done = f"{tag} OK done\r\n".encode()
        if found := _LOGIN.match(command):
            return done if found["password"] == self.password else f"{tag} NO refused\r\n".encode()
        if command.upper() == "CAPABILITY":
            return f"* CAPABILITY IMAP4rev1{' IDLE' if self.idles else ''}\r\n".encode() + done
        if command.upper().startswith("SELECT"):
            return f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] valid\r\n".encode() + done
        if found := _SEARCH.match(command):
            return self._found(int(found["first"]), found["since"]) + done
        if found := _FETCH.match(command):
            return self._fetched(int(found["uid"]), found["parts"]) + done
        if found := _STORE.match(command):
            self.mails[int(found["uid"])].flags |= set(found["flags"].split())
            return done
        if command.upper() in ("NOOP", "LOGOUT"):
            return (b"* BYE\r\n" if command.upper() == "LOGOUT" else b"") + done
        return f"{tag} BAD {command.split(' ', maxsplit=1)[0]}\r\n".encode()

    def _found(self, first: int, since: str | None) -> bytes:
        """UIDs from one on, the last one in any case (RFC 9051, 9: a range may be given backwards)."""
        day = datetime.strptime(since, "%d-%b-%Y").date() if since else date.min  # noqa: DTZ007 - a day, no moment
        last = max(self.mails, default=0)
        found = [uid for uid, kept in self.mails.items() if (uid >= first or uid == last) and kept.received >= day]
        return f"* SEARCH {' '.join(map(str, found))}\r\n".encode()

    def _fetched(self, uid: int, parts: str) -> bytes:
        kept, part = self.mails.get(uid), _PART.search(parts)
        if kept is None or part is None:
            return b""
        data = kept.data.partition(b"\n\n")[0] + b"\n\n" if part["what"] else kept.data
        if part["most"]:
            data = data[: int(part["most"])]
        size = f"RFC822.SIZE {len(kept.data)} " if "RFC822.SIZE" in parts else ""
        return f"* 1 FETCH (UID {uid} {size}BODY[] {{{len(data)}}}\r\n".encode() + data + b")\r\n"


@asynccontextmanager
async def mail_server(server: MailServer) -> AsyncIterator[MailServer]:
    """The server at work, on a free port or on the one it had."""
    listening = await asyncio.start_server(server.serve, "127.0.0.1", server.port)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        server.hang_up()
