"""An SMTP server, a process of its own, that fails in every way by chance, and writes down what became of each message.

    var/environment/bin/python -m bench.failing_mail_server PORT LOG SEED HANGS

LOG gets a line of JSON for each event: `kept` (a message is in the server, with its session), `quit` (the client said
goodbye in that session), `cut` (the server itself dropped the line) and `did` (how it treated a client). A session
with neither `quit` nor `cut` is one whose client died. On SIGUSR1 it drops all lines and listens to nobody for a while.
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys
import time
from email import message_from_bytes
from pathlib import Path
from typing import IO, Any

from aiosmtpd.smtp import SMTP

_HANG_SECONDS = 12
_AWAY_SECONDS = (0.2, 1.0)
# In hundredths of the messages.
_CHANCES = {
    "451 to the message": 6,
    "450 to the recipient": 4,
    "550 5.7.1 to us": 2,
    "dropped after DATA, not kept": 4,
    "dropped after DATA, kept": 0.5,
    "a late yes": 20,
    "hung": 1,
}
_BUSY_PERCENT = 2
_BUSY = "421 at the greeting"
_KEPT = ("a late yes", "dropped after DATA, kept", "yes")
# Mailboxes that begin so are refused for ever, at the recipient or at the message.
GONE = ("gone-", "full-")


class Log:
    """What happened, a line each; whoever reads it sees a line as soon as it happened."""

    def __init__(self, path: Path) -> None:
        self._file: IO[str] = path.open("a", buffering=1)

    def note(self, event: str, **values: Any) -> None:
        """Write one line."""
        self._file.write(json.dumps({"event": event, **values}) + "\n")


class Server:
    """How clients are treated: an aiosmtpd handler."""

    def __init__(self, chance: random.Random, hangs: int, log: Log) -> None:
        self.chance, self.log = chance, log
        self._hangs = hangs
        self.sessions: set[Session] = set()

    def greet(self) -> asyncio.Protocol:
        """Who talks to the next client."""
        if self.chance.uniform(0, 100) < _BUSY_PERCENT:
            self.log.note("did", what=_BUSY)
            return Busy()
        return Session(self)

    def leave(self) -> None:
        """Drop all lines."""
        for session in list(self.sessions):
            session.cut()

    async def handle_RCPT(self, session: Session, _: Any, envelope: Any, address: str, __: Any) -> str:
        if address.startswith("gone-"):
            return self._did("550 to the recipient")
        session.way = self._choose(address)
        if session.way == "450 to the recipient":
            return self._did(session.way)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, session: Session, _: Any, envelope: Any) -> str:
        way = session.way
        if way in _KEPT:
            name = str(message_from_bytes(envelope.content)["Message-ID"])
            self.log.note("kept", id=name, session=session.number, at=time.time())
        answer = self._did(way)
        if way == "a late yes":
            # The message is in; the sender does not know it yet. Kills find this window.
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))
        if way == "hung":
            await asyncio.sleep(_HANG_SECONDS)
        if way == "hung" or way.startswith("dropped"):
            session.cut()
        return answer

    async def handle_QUIT(self, session: Session, _: Any, __: Any) -> str:
        self.log.note("quit", session=session.number)
        return "221 Bye"

    def _choose(self, address: str) -> str:
        if address.startswith("full-"):
            return "554 to the message"
        at = self.chance.uniform(0, 100)
        for name, share in _CHANCES.items():
            at -= share
            if at < 0 and (name != "hung" or self._hangs):
                self._hangs -= name == "hung"
                return name
        return "yes"

    def _did(self, way: str) -> str:
        self.log.note("did", what=way)
        return f"{way[:3]} {'5.7.1 ' if '5.7.1' in way else ''}No" if way[0].isdigit() else "250 OK"


class Busy(asyncio.Protocol):
    """Says that there is no time, and hangs up."""

    def connection_made(self, transport: Any) -> None:
        transport.write(b"421 Too busy\r\n")
        transport.close()


class Session(SMTP):
    """One client, with a number."""

    _count = 0

    def __init__(self, server: Server) -> None:
        super().__init__(server, hostname="localhost")
        self._server, self.way = server, ""
        Session._count += 1
        self.number = Session._count

    def connection_made(self, transport: Any) -> None:
        self._server.sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Any) -> None:
        self._server.sessions.discard(self)
        super().connection_lost(error)

    def cut(self) -> None:
        """Drop the line."""
        if self.transport and not self.transport.is_closing():
            self._server.log.note("cut", session=self.number)
            self.transport.abort()


async def serve(port: int, server: Server) -> None:
    """Listen until the process is ended."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, asked.set)
    while True:
        listening = await loop.create_server(server.greet, "127.0.0.1", port)
        await asked.wait()
        asked.clear()
        server.log.note("did", what="away: connections refused")
        listening.close()
        server.leave()
        await asyncio.sleep(server.chance.uniform(*_AWAY_SECONDS))


def main() -> None:
    """Run with the arguments of the command line."""
    port, log, seed, hangs = sys.argv[1:]
    asyncio.run(serve(int(port), Server(random.Random(int(seed)), int(hangs), Log(Path(log)))))


if __name__ == "__main__":
    main()
