"""Filters of the pages that prove: addresses from captures, and long counts."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template

from clauses.queries.evidence import Seal, seal_of
from monitor.models import Fetch, Outcome, Version

register = template.Library()


@register.filter
def is_web_address(value: str) -> bool:
    """Whether an address may become a link: http or https with a host. Captures may hold anything."""
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


@register.filter
def thousands(value: int) -> str:
    """1,204."""
    return f"{value:,}"


@register.filter
def said(fetch: Fetch) -> str:
    """What came of an attempt: outcome and message, or the message alone where it begins with the same words."""
    outcome = str(Outcome(fetch.outcome).label)
    if not fetch.message:
        return outcome.lower()
    if fetch.message.casefold().startswith(outcome.casefold().rsplit(" ", 1)[0]):
        return fetch.message
    return f"{outcome.lower()} ({fetch.message})"


@register.simple_tag
def chain_seal(version: Version) -> Seal | None:
    """What seals a version: its link and the root that covers it."""
    return seal_of(version)
