"""The mail about all that changed in a period."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from clauses.mail.managing import managing_url
from clauses.mail.words import Words, change_set_words, line_words
from clauses.mail.writing import absolute, message, message_id, one_click, subject_line, thread
from clauses.models import Alert, Digest, Frequency
from clauses.queries.subscriptions import asked_words
from clauses.queries.wanted import filter_of

# Mail programs cut a message off at about 100 kB: the worst are told in full, others in a line, the rest counted.
_IN_FULL = 8
_CLAUSES_EACH = 2
_IN_A_LINE = 60


def digest_message(digest: Digest, alerts: Sequence[Alert]) -> EmailMultiAlternatives:
    """The mail of a digest that holds these alerts, at least one."""
    words = digest_words(digest, alerts)
    kind = Frequency(digest.frequency).value
    headers = {
        "Message-ID": message_id(kind, digest),
        **thread(f"{kind}.{digest.recipient_id}"),
        **one_click(words["unsubscribe_url"]),
    }
    return message(
        words["subject"],
        render_to_string("emails/digest.txt", words),
        render_to_string("emails/digest.html", words),
        digest.recipient.address,
        headers,
    )


def digest_words(digest: Digest, alerts: Sequence[Alert]) -> Words:
    """Everything both parts of the mail say: the severest change sets first, the newest of them first."""
    today = timezone.now().astimezone(digest.recipient.zone_info).date()
    order = sorted(
        alerts, key=lambda row: (row.change_set.severity, row.change_set.detected_at), reverse=True
    )
    entries = [
        change_set_words(row.change_set, today, _CLAUSES_EACH, filter_of(row.subscription).types)
        for row in order[:_IN_FULL]
    ]
    lines = [line_words(row.change_set, today) for row in order[_IN_FULL : _IN_FULL + _IN_A_LINE]]
    count = len(order)
    worst = entries[0]
    rest = f"{count} change{'' if count == 1 else 's'}, worst at {worst['platform']}: {worst['headline']}"
    title = Frequency(digest.frequency).label
    return {
        "subject": subject_line(f"{title}, {worst['severity'].label}", rest),
        "title": title,
        "on": digest.on,
        "count": count,
        "entries": entries,
        "lines": lines,
        "more": count - len(entries) - len(lines),
        "changes_url": absolute("changes"),
        "asked": sorted({asked_words(row.subscription) for row in order}),
        "managing_url": managing_url(digest.recipient),
        "unsubscribe_url": absolute("unsubscribe-digest", digest.token),
    }
