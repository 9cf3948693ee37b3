"""What administrators may enter into the watch list: addresses, selectors, headers of requests."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from monitor.core.addresses import is_allowed, is_plain
from monitor.core.selectors import bad_selector


def validate_web_address(value: str) -> None:
    """Accept only http and https addresses with a host: nothing else is ever fetched or linked."""
    try:
        parts = urlsplit(value)
        is_web = parts.port != 0 and bool(parts.hostname) and parts.scheme in {"http", "https"}
    except ValueError:
        # A bracket that is not closed, or a port that is no number.
        is_web, parts = False, urlsplit("")
    if parts.username is not None:
        raise ValidationError("Leave out the user name: addresses that hold one are never fetched.")
    if not is_plain(value):
        raise ValidationError("Leave out backslashes and control characters: addresses are written with /")
    if not is_web:
        raise ValidationError("Enter a web address that begins with https:// or http://")
    if not _may_be_asked(parts.hostname or ""):
        raise ValidationError("This is one of the addresses that are never fetched")


def _may_be_asked(host: str) -> bool:
    """False for an IP address that is never fetched. What a name leads to shows when it is."""
    try:
        return is_allowed(host, allow_private=True)
    except ValueError:
        return True


def validate_selectors(value: object) -> None:
    """Accept a list of CSS selectors and ranges."""
    if not isinstance(value, list):
        raise ValidationError('Enter a list of CSS selectors, for example ["main"]')
    for selector in value:
        if message := bad_selector(selector):
            raise ValidationError(message)


# What a request may say beyond our own headers. No cookie and no sign-in: a page is read as everybody sees it.
_REQUEST_HEADERS = {"accept", "accept-language", "referer", "user-agent"}
_HEADER_VALUE = re.compile(r"[\x20-\x7e]{1,500}")


def validate_request_headers(value: object) -> None:
    """Accept an object of header names and values that may be sent along."""
    if not isinstance(value, dict):
        raise ValidationError('Enter an object, for example {"Accept-Language": "de"}')
    for name, text in value.items():
        if name.lower() not in _REQUEST_HEADERS:
            allowed = ", ".join(sorted(_REQUEST_HEADERS))
            raise ValidationError(f"{name!r} cannot be sent along; these can: {allowed}")
        if not may_be_sent(name, text):
            raise ValidationError(f"The value of {name!r} is not a line of plain characters")


def may_be_sent(name: str, text: object) -> bool:
    """Whether a header may be sent along with a request: one of a few names, with one line of printable signs."""
    is_line = isinstance(text, str) and _HEADER_VALUE.fullmatch(text) is not None
    return is_line and name.lower() in _REQUEST_HEADERS
