"""What the form for alerts offers, on the platform's page as in one's own list."""

from __future__ import annotations

from django import template

from clauses.forms.subscriptions import LEVELS

register = template.Library()


@register.simple_tag
def alert_levels() -> list[tuple[int, str]]:
    """The severities one can be told from, with their words."""
    return LEVELS
