"""A program that webhooks call, a process of its own: it fails in every way by chance, and writes down each call.

    var/environment/bin/python -m bench.failing_receiver PORT LOG SEED HANGS

LOG gets a line of JSON for each call that came whole: `way` (how it was treated), `path`, `delivery` (the ID it came
with), `digest` (of its body), `is_signed`. On SIGUSR1 it stops listening for a while.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
import signal
import sys
import time
from pathlib import Path

SECRET = "whsec_of_the_soak"
# A receiver below this path is gone, one below the other says no to what it is told.
GONE, NO = "/gone/", "/no/"
_HANG_SECONDS = 12
_AWAY_SECONDS = (0.2, 1.0)
# In hundredths of the calls.
_CHANCES = {
    "500": 5,
    "503": 3,
    "429": 3,
    "408": 2,
    "cut before an answer": 4,
    "cut within the answer": 3,
    "a late 200": 20,
    "hung": 0.7,
}
TAKEN = ("200", "a late 200", "cut within the answer")


class Receiver:
    """How calls are answered."""

    def __init__(self, chance: random.Random, hangs: int, log: Path) -> None:
        self.chance, self._hangs = chance, hangs
        self._log = log.open("a", buffering=1)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one call, write it down, and answer it in some way."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ", 2)[1]
            headers = _headers(head)
            body = await reader.readexactly(int(headers["content-length"]))
            way = self._choose(path)
            self._note(way, path, headers, body)
            await self._act(way, writer)
        except (OSError, asyncio.IncompleteReadError):
            # Whoever called was killed.
            return
        finally:
            writer.transport.abort() if writer.transport.get_write_buffer_size() else writer.close()

    def _choose(self, path: str) -> str:
        if path.startswith(GONE):
            return "410"
        if path.startswith(NO):
            return "403"
        at = self.chance.uniform(0, 100)
        for name, share in _CHANCES.items():
            at -= share
            if at < 0 and (name != "hung" or self._hangs):
                self._hangs -= name == "hung"
                return name
        return "200"

    def _note(self, way: str, path: str, headers: dict[str, str], body: bytes) -> None:
        signed = headers["proviso-timestamp"].encode() + b"." + body
        expected = "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        found = {
            "way": way,
            "path": path,
            "delivery": headers["proviso-delivery"],
            "digest": hashlib.sha256(body).hexdigest(),
            "is_signed": hmac.compare_digest(expected, headers["proviso-signature"]),
            "at": time.time(),
        }
        self._log.write(json.dumps(found) + "\n")

    async def _act(self, way: str, writer: asyncio.StreamWriter) -> None:
        if way == "hung":
            await asyncio.sleep(_HANG_SECONDS)
        if way in ("hung", "cut before an answer"):
            return
        if way == "a late 200":
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))
        if way == "cut within the answer":
            # More is promised than comes: that the call was taken is said all the same.
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        else:
            status = way[-3:]
            writer.write(f"HTTP/1.1 {status} So\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".encode())
        await writer.drain()


def _headers(head: str) -> dict[str, str]:
    lines = (line.partition(":") for line in head.split("\r\n")[1:] if line)
    return {name.lower(): value.strip() for name, _, value in lines}


async def serve(port: int, receiver: Receiver) -> None:
    """Listen until the process is ended."""
    asked = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, asked.set)
    while True:
        listening = await asyncio.start_server(receiver.answer, "127.0.0.1", port)
        await asked.wait()
        asked.clear()
        listening.close()
        await asyncio.sleep(receiver.chance.uniform(*_AWAY_SECONDS))


def main() -> None:
    """Run with the arguments of the command line."""
    port, log, seed, hangs = sys.argv[1:]
    asyncio.run(serve(int(port), Receiver(random.Random(int(seed)), int(hangs), Path(log))))


if __name__ == "__main__":
    main()
