"""The alert as a reader meets it: one mail for one change set, HTML and text from the same values."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from clauses.core.excerpt import excerpt
from clauses.core.plain_line import plain_line
from clauses.models import Alert, Change, ChangeSet
from clauses.models.choices import ChangeWord, DirectionWord, SeverityLevel
from clauses.queries.clause_types import named_type
from clauses.queries.reason_names import reason_name

# A mail is read in a minute; the compare page has the rest.
_SHOWN_CHANGES = 5
_SHOWN_REASONS = 4
# Characters of unchanged text kept beside a change, and of changed text in one clause.
_AROUND = 140
_LONGEST = 1500
_SUBJECT_CHARACTERS = 160
_CUT = "…"


def alert_message(alert: Alert) -> EmailMultiAlternatives:
    """The mail of an alert, ready to send. Its Message-ID is the same at every try, so clients show it once.

    Links begin with settings.SITE_URL. The recipient list is empty where the user has no address.
    """
    words = alert_words(alert)
    address = alert.subscription.user.email
    message = EmailMultiAlternatives(
        subject=words["subject"],
        body=render_to_string("emails/alert.txt", words),
        to=[address] if address else [],
        headers={
            "Message-ID": _message_id(alert),
            "List-Unsubscribe": f"<{words['unsubscribe_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("emails/alert.html", words), "text/html")
    return message


def alert_words(alert: Alert) -> dict[str, Any]:
    """Everything both parts of the mail say, as plain values; nothing in it is escaped yet."""
    change_set = alert.change_set
    document = change_set.document
    changes = list(change_set.changes.select_related("clause", "new", "old"))
    worst = _worst(changes)
    severity = SeverityLevel(change_set.severity)
    place = [document.platform.slug, document.slug]
    return {
        "subject": subject_line(severity, change_set.headline),
        "headline": plain_line(change_set.headline) or f"{document} changed",
        "severity": severity,
        "direction": DirectionWord(change_set.direction),
        "platform": document.platform.name,
        "document": document.name,
        "detected_at": change_set.detected_at,
        "effective_on": change_set.effective_on,
        "effective_as_before": change_set.effective_as_before,
        "counted": _counted(change_set),
        "summary": " ".join(map(plain_line, change_set.summary)),
        "affected": ", ".join(change_set.affected),
        "adverse": SeverityLevel(change_set.adverse),
        "favorable": SeverityLevel(change_set.favorable),
        "changes": [_change_words(change) for change in worst],
        "more": len(changes) - len(worst),
        "public_id": change_set.public_id,
        "compare_url": _absolute(
            reverse("compare", args=[*place, change_set.old_version.number, change_set.new_version.number])
        ),
        "change_set_url": _absolute(reverse("change-set", args=[change_set.number])),
        "platform_url": _absolute(reverse("platform", args=[document.platform.slug])),
        "subscriptions_url": _absolute(reverse("subscriptions")),
        "unsubscribe_url": _absolute(reverse("unsubscribe", args=[alert.subscription.token])),
        "min_severity": SeverityLevel(alert.subscription.min_severity),
    }


def _worst(changes: list[Change]) -> list[Change]:
    """The changes a mail shows: the most severe first; those of no effect only where there are no others."""
    of_effect = [change for change in changes if change.severity > SeverityLevel.NONE] or changes
    return sorted(of_effect, key=lambda change: (-change.severity, change.position))[:_SHOWN_CHANGES]


def subject_line(severity: SeverityLevel, headline: str) -> str:
    """`[Proviso] High: …`. A headline quotes a page, so nothing of it may start another header."""
    line = plain_line(headline) or "terms changed"
    if len(line) > _SUBJECT_CHARACTERS:
        line = line[: _SUBJECT_CHARACTERS - 1].rstrip() + _CUT
    return f"[Proviso] {severity.label}: {line}"


def _change_words(change: Change) -> dict[str, Any]:
    place = change.new or change.old
    return {
        "kind": ChangeWord(change.kind).label,
        "severity": SeverityLevel(change.severity),
        "direction": DirectionWord(change.direction),
        "heading": " › ".join(place.heading_path) if place else "",
        "types": [named_type(slug).name for slug in change.types],
        "summary": change.summary,
        "runs": excerpt(change.redline, around=_AROUND, longest=_LONGEST),
        "reasons": [
            row | {"label": reason_name(row["code"]), "direction": row.get("direction", "")}
            for row in change.reasons[:_SHOWN_REASONS]
        ],
        "facts": change.facts,
        "record_id": change.clause.public_id,
        "record_url": _absolute(reverse("record", args=[change.clause.number])),
    }


def _counted(change_set: ChangeSet) -> str:
    """ "2 clauses modified, 1 added, 40 unchanged"."""
    named = [(change_set.counts.get(word, 0), word) for word in (*ChangeWord.values, "unchanged")]
    parts = [f"{count} {word}" for count, word in named if count]
    return ", ".join(parts)


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _message_id(alert: Alert) -> str:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{alert.change_set.public_id}.{alert.pk}.{alert.owed_at:%Y%m%d%H%M%S%f}@{host}>"
