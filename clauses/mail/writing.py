"""From words to a message: two parts, styles written into the elements, headers that hold one line each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from clauses.core.plain_line import plain_line
from clauses.mail.provider import name_for_provider
from clauses.models import (
    AccountMail,
    Alert,
    ChangeSet,
    Confirmation,
    Delivery,
    Digest,
    Frequency,
    NoticeMail,
)

# A number that no column holds is never looked up.
_NAME = re.compile(
    r"<?(?P<kind>[A-Za-z0-9_-]{1,40})\.(?P<pk>[0-9]{1,18})\.(?P<moment>[0-9]{20})(?:@[^\s<>]*)?>?"
)
# What messages are named after; those about one change have its ID.
_KINDS: dict[str, type[Delivery]] = {
    Frequency.DAILY: Digest,
    Frequency.WEEKLY: Digest,
    "confirm": Confirmation,
    "notices": NoticeMail,
    **dict.fromkeys(("invitation", "known", "reset", "address", "leaving"), AccountMail),
}
_SUBJECT_CHARACTERS = 160
_CUT = "…"
# Many mail programs read no style sheet. What is for dark screens stays in one: those that know them read it.
_INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def message(
    subject: str, text: str, html: str, address: str, headers: Mapping[str, str]
) -> EmailMultiAlternatives:
    """A mail of two parts that say the same; no recipient where the address is empty."""
    built = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[address] if address else [],
        headers={
            "Auto-Submitted": "auto-generated",
            **headers,
            **name_for_provider(headers["Message-ID"], settings.MAIL_EVENTS),
        },
    )
    built.attach_alternative(_INLINER.inline(html), "text/html")
    return built


def subject_line(start: str, rest: str) -> str:
    """`[Proviso] High: …`. The rest may quote a page, so nothing of it may start another header."""
    line = plain_line(rest)
    if len(line) > _SUBJECT_CHARACTERS:
        line = line[: _SUBJECT_CHARACTERS - 1].rstrip() + _CUT
    return f"[Proviso] {start}: {line}"


def absolute(name: str, *args: Any) -> str:
    """The whole address of a page of this site."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def message_id(kind: str, row: Delivery) -> str:
    """The same at every try, so that mail programs show the message once."""
    return f"<{kind}.{row.stamp}@{_host()}>"


def named_row(name: str) -> Delivery | None:
    """The row of a Message-ID, with or without its brackets and host; None where no message of ours has it."""
    found = _NAME.fullmatch(name.strip())
    if found is None:
        return None
    kind = _KINDS.get(found["kind"], Alert if found["kind"].startswith(f"{ChangeSet.LETTER}-") else None)
    row = kind._default_manager.filter(pk=found["pk"]).first() if kind else None
    return row if row and row.stamp == f"{found['pk']}.{found['moment']}" else None


def thread(root: str) -> dict[str, str]:
    """Headers by which mail programs show messages of one root together. The root itself is never sent."""
    first = f"<{root}.thread@{_host()}>"
    return {"In-Reply-To": first, "References": first}


def one_click(address: str) -> dict[str, str]:
    """Headers by which mail programs offer to unsubscribe, by a POST to this address (RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
