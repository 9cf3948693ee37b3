"""The addresses a text names: of mailboxes and of web pages."""

from __future__ import annotations

import re

_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b", re.IGNORECASE)
_WEB_PAGE = re.compile(r"https?://[^\s<>\"'“”‘’()\[\]{}]{3,400}", re.IGNORECASE)
_ENDS = ".,;:!?…"


def mailboxes(text: str) -> tuple[str, ...]:
    """The mail addresses of a text, each once, in order."""
    return tuple(dict.fromkeys(found.group() for found in _MAILBOX.finditer(text)))


def web_pages(text: str) -> tuple[str, ...]:
    """The web addresses of a text, each once, in order, without the punctuation behind them."""
    return tuple(dict.fromkeys(found.group().rstrip(_ENDS) for found in _WEB_PAGE.finditer(text)))
