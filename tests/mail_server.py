"""A real SMTP server on loopback that keeps what it is given and answers as a test says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

ACCEPTED = "250 OK"


@dataclass
class Inbox:
    """What arrived. `answers` are given to the next messages, one each; then every message is accepted."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    recipient_answer: str = ACCEPTED

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:
        if self.recipient_answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:
        answer = self.answers.pop(0) if self.answers else ACCEPTED
        if answer == ACCEPTED:
            self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer


@contextmanager
def smtp_inbox() -> Iterator[Inbox]:
    """A running server, to which the site sends its mail as long as the block lasts."""
    inbox = Inbox(port=_free_port())
    controller = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=inbox.port,
            EMAIL_USE_TLS=False,
        ):
            yield inbox
    finally:
        controller.stop()


def _free_port() -> int:
    # The controller connects to the port it was given, so it cannot be asked to pick one itself.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def parts(message: EmailMessage) -> tuple[str, str]:
    """The text and the HTML of a message."""
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return str(text.get_content()), str(html.get_content())
