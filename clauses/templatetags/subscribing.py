"""What the form for alerts offers, and how a subscription is named, on pages as in mails."""

from __future__ import annotations

from django import template

from clauses.forms import subscriptions
from clauses.models import Subscription
from clauses.queries.subscriptions import asked_words

register = template.Library()


@register.simple_tag
def alert_levels() -> list[tuple[int, str]]:
    """The severities one can choose, with their words."""
    return subscriptions.LEVELS


@register.filter
def asked(subscription: Subscription) -> str:
    """What a subscription is about: "Hollowreed, rated low or higher"."""
    return asked_words(subscription)
