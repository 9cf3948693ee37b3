"""The mail about one change set."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from clauses.mail.managing import managing_url
from clauses.mail.words import Words, change_set_words
from clauses.mail.writing import absolute, message, message_id, one_click, subject_line, thread
from clauses.models import Alert
from clauses.queries.subscriptions import asked_words
from clauses.queries.wanted import filter_of

_SHOWN_CHANGES = 5


def alert_message(alert: Alert) -> EmailMultiAlternatives:
    """The mail of an alert, ready to send; mails about one platform are one thread of its recipient's."""
    words = alert_words(alert)
    headers = {
        "Message-ID": message_id(alert.change_set.public_id, alert),
        **thread(f"{alert.change_set.document.platform.slug}.{alert.recipient_id}"),
        **one_click(words["unsubscribe_url"]),
    }
    return message(
        words["subject"],
        render_to_string("emails/alert.txt", words),
        render_to_string("emails/alert.html", words),
        alert.recipient.address,
        headers,
    )


def alert_words(alert: Alert) -> Words:
    """Everything both parts of the mail say."""
    today = timezone.now().astimezone(alert.recipient.zone_info).date()
    words = change_set_words(alert.change_set, today, _SHOWN_CHANGES, filter_of(alert.subscription).types)
    subject = f"{words['platform']}: {words['headline']}"
    if words["headline"].casefold().startswith(words["platform"].casefold()):
        subject = words["headline"]
    return {
        "subject": subject_line(words["severity"].label, subject),
        "entry": words,
        "asked": asked_words(alert.subscription),
        "managing_url": managing_url(alert.recipient),
        "unsubscribe_url": absolute("unsubscribe", alert.subscription.token),
    }
