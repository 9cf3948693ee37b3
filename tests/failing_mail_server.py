"""An SMTP server that fails in every way, by chance: an aiosmtpd handler."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

_HANG_SECONDS = 12
# In hundredths of the messages.
_CHANCES = {"not now": 8, "busy recipient": 4, "drop": 4, "slow yes": 20, "hang": 1}


@dataclass
class Server:
    """What an SMTP server does, by chance, and what it said yes to: Message-ID, recipient, moment, and who sent it."""

    chance: random.Random
    hangs: int
    accepted: list[tuple[str, str, float]] = field(default_factory=list)
    # When it went away, with what it had not said yes to yet.
    away_at: list[float] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)

    def _choose(self) -> str:
        at = self.chance.uniform(0, 100)
        for name, share in _CHANCES.items():
            at -= share
            if at < 0 and not (name == "hang" and self.did["hang"] >= self.hangs):
                return name
        return "yes"

    async def handle_RCPT(self, _: Any, session: Any, envelope: Any, address: str, __: Any) -> str:
        if address.startswith("gone-"):
            self.did["never"] += 1
            return "550 No such mailbox"
        session.way = self._choose()
        if session.way == "busy recipient":
            self.did["busy recipient"] += 1
            return "450 Mailbox busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.did[session.way] += 1
        if session.way == "not now":
            return "451 Come back later"
        if session.way == "drop":
            server.transport.abort()
            return "451 Gone"
        if session.way == "hang":
            await asyncio.sleep(_HANG_SECONDS)
            server.transport.abort()
            return "451 Gone"
        name = str(message_from_bytes(envelope.content)["Message-ID"])
        self.accepted.append((name, envelope.rcpt_tos[0], time.time()))
        if session.way == "slow yes":
            # The message is in; the sender does not know it yet. Kills find this window.
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))
        return "250 OK"
