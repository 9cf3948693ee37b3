"""The mails that the embedded site wrote to its folder instead of sending them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

# Django's file backend ends each message with a line of dashes.
_END = re.compile(rb"^-{79}\r?\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One message. `text` is its plain text part; the HTML part is never shown."""

    subject: str
    to: str
    at: datetime | None
    message_id: str
    text: str


def latest_mails(folder: Path, count: int = 50) -> list[StoredMail]:
    """The newest messages of a folder, newest first; none where the folder does not exist."""
    files = sorted(folder.glob("*.log"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    return list(islice((mail for file in files for mail in _mails(file)), count))


def linked(text: str, site_url: str) -> list[tuple[bool, str]]:
    """The text in stretches: addresses of this site, which may become links, and what stands between them.

    `site_url` is scheme, host and port without a path; no other address is ever told apart.
    """
    # Split by a pattern with one group: every second stretch is an address.
    address = re.compile(rf"({re.escape(site_url)}/(?:[^\s<>\"]*[^\s<>\".,;:!?)])?)")
    return [(bool(at % 2), words) for at, words in enumerate(address.split(text)) if words]


def _mails(file: Path) -> Iterator[StoredMail]:
    for chunk in reversed(_END.split(file.read_bytes())):
        if chunk.strip():
            yield _stored(message_from_bytes(chunk, policy=policy.default))


def _stored(message: EmailMessage) -> StoredMail:
    body = message.get_body(("plain",))
    return StoredMail(
        subject=str(message.get("Subject", "")),
        to=str(message.get("To", "")),
        at=_moment(message),
        message_id=str(message.get("Message-ID", "")),
        text=str(body.get_content()) if body else "",
    )


def _moment(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return None
