"""A call that is owed to a webhook."""

from __future__ import annotations

from clauses import connecting, subscribing
from clauses.models import Frequency, WebhookDelivery, WebhookFormat
from clauses.models.choices import SeverityLevel
from tests.builders import make_change_set, make_platform, make_user


def owed_call(url: str, form: str = WebhookFormat.JSON, **platform: object) -> WebhookDelivery:
    """The call to an address about a change of a platform of its own, whose only subscription sends no mail."""
    watched = make_platform(**platform)
    subscription = subscribing.subscribe(make_user(), watched, SeverityLevel.LOW, frequency=Frequency.NEVER)
    connecting.connect(subscription, url, form)
    make_change_set(watched)
    return WebhookDelivery.objects.get()
