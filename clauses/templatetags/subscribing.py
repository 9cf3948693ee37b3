"""What the form for alerts offers, on the platform's page as in one's own list."""

from __future__ import annotations

from django import template

from clauses.forms import subscriptions

register = template.Library()


@register.simple_tag
def alert_levels() -> list[tuple[int, str]]:
    """The severities one can choose, with their words."""
    return subscriptions.LEVELS


@register.filter
def rated(level: int) -> str:
    """Which changes a subscription is about: "rated low or higher"."""
    return subscriptions.rated(level)
