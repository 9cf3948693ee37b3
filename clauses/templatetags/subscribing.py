"""The form that subscribes to a platform, for the platform's page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from clauses.forms.subscriptions import SeverityForm
from clauses.queries.subscriptions import running_for
from monitor.models import Platform

register = template.Library()


@register.inclusion_tag("subscriptions/form.html", takes_context=True)
def subscribe_form(context: RequestContext, platform: Platform) -> dict[str, Any]:
    """What a reader can do about alerts on a platform: sign in, subscribe, change; nothing for a sample."""
    request = context["request"]
    subscription = running_for(request.user, platform)
    return {
        "platform": platform,
        "subscription": subscription,
        "choices": SeverityForm().fields["min_severity"].choices,  # type: ignore[attr-defined]
        "chosen": subscription.min_severity if subscription else None,
        "user": request.user,
        "path": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
