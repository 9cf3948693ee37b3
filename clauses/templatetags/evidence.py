"""Filters of the pages that prove: addresses from captures, and long counts."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template

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
