"""The mail that asks whether a subscription is wanted."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from clauses.mail.writing import absolute, message, message_id
from clauses.models import Confirmation
from clauses.queries.subscriptions import asked_words


def confirmation_message(confirmation: Confirmation) -> EmailMultiAlternatives:
    """The mail with the link behind which a button confirms."""
    subscription = confirmation.subscription
    words = {
        "subject": "[Proviso] Confirm your subscription",
        "asked": asked_words(subscription),
        "frequency": subscription.get_frequency_display(),
        "confirm_url": absolute("subscribe-confirm", confirmation.token),
    }
    headers = {"Message-ID": message_id("confirm", confirmation)}
    return message(
        words["subject"],
        render_to_string("emails/confirmation.txt", words),
        render_to_string("emails/confirmation.html", words),
        subscription.recipient.address,
        headers,
    )
