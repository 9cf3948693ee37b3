"""A deployment by hand: a site whose settings name real servers, and the processes of the compose file."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller

from tests.services import servers
from tests.services.site import Site

QUEUES = "fetch,render,analyze,alert"
_POLL_SECONDS = 0.02


@dataclass
class Inbox:
    """Keeps what an SMTP server receives. While `is_open` is clear, it keeps a letter and says so, and then leaves
    the client waiting for its goodbye: the letter is out, and the client does not know how things stand."""

    letters: list[bytes] = field(default_factory=list)
    is_open: Event = field(default_factory=Event)
    waiting: Event = field(default_factory=Event)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.letters.append(envelope.content)
        return "250 kept"

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:

        while not self.is_open.is_set():
            self.waiting.set()
            await asyncio.sleep(_POLL_SECONDS)
        return "221 goodbye"

    def messages(self) -> list[EmailMessage]:
        """What was received, in order."""
        return [message_from_bytes(letter, policy=policy.default) for letter in self.letters]


@contextmanager
def smtp() -> Iterator[tuple[int, Inbox]]:
    """A real SMTP server on loopback: its port, and what it received."""
    inbox = Inbox()
    inbox.is_open.set()
    controller = Controller(inbox, hostname="127.0.0.1", port=servers.free_port())
    controller.start()
    try:
        yield controller.port, inbox
    finally:
        inbox.is_open.set()
        controller.stop()


@contextmanager
def deployment(folder: Path, **settings: str) -> Iterator[tuple[Site, Inbox]]:
    """A site whose settings name real servers, migrated, with no process of its own running yet."""
    with servers.postgres() as database, servers.redis() as broker, smtp() as (port, inbox):
        site = Site(folder, **deployed(database, broker, port), **settings)
        site.manage("migrate", "-v0")
        yield site, inbox


def deployed(database: str, broker: str, smtp_port: int) -> dict[str, str]:
    """The settings of a deployment."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": database,
        "REDIS_URL": broker,
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp_port),
        "EMAIL_USE_TLS": "0",
        "SECURE_COOKIES": "0",
    }


def worker(site: Site) -> Any:
    """A Celery worker of its own, as the compose file starts it."""
    return site.process("-m", "celery", "-A", "config", "worker", "-Q", QUEUES, "-c", "2", "-l", "info")


def beat(site: Site) -> Any:
    """Celery beat."""
    schedule = str(site.folder / "beat-schedule")
    return site.process("-m", "celery", "-A", "config", "beat", "-s", schedule, "-l", "info")
