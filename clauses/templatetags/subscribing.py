"""What the form for alerts offers, and how a subscription is named, on pages as in mails."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

from clauses.forms import subscriptions
from clauses.models import Subscription
from clauses.queries.subscriptions import about_words, asked_words
from monitor.models import Platform

register = template.Library()


@register.simple_tag
def alert_levels() -> list[tuple[int, str]]:
    """The severities one can choose, with their words."""
    return subscriptions.LEVELS


@register.simple_tag
def visitors_way(platform: Platform, path: str) -> str:
    """Where somebody who is not signed in gets alerts about a platform: by mail address, or after signing in."""
    if settings.SUBSCRIBE_BY_MAIL:
        return f"{reverse('subscribe')}?{urlencode({'platform': platform.slug})}"
    return f"{reverse('sign-in')}?{urlencode({'next': path})}"


@register.filter
def asked(subscription: Subscription) -> str:
    """What a subscription is about: "Hollowreed, rated low or higher"."""
    return asked_words(subscription)


@register.filter
def about(subscription: Subscription) -> str:
    """The same in short: "Hollowreed"."""
    return subscription.platform.name if subscription.platform else about_words(subscription)
