"""What a call to a webhook says. The fields are those of the JSON twins, documented in docs/alerts.md."""

from __future__ import annotations

import json

from clauses.core.in_order import in_order
from clauses.core.webhook_calls import slack_escaped
from clauses.models import Change, ChangeSet, WebhookDelivery, WebhookFormat
from clauses.models.choices import DirectionWord, SeverityLevel
from clauses.queries.twins import Json, change_set_head, document_head, public_url, version_head, written

_SHOWN_CHANGES = 20


def webhook_body(delivery: WebhookDelivery) -> bytes:
    """The body of the call, in the format of its webhook."""
    is_slack = delivery.webhook.format == WebhookFormat.SLACK
    said = {"text": _slack_text(delivery.change_set)} if is_slack else _json(delivery)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _json(delivery: WebhookDelivery) -> Json:
    said = {"delivery": delivery.key, "owed_at": written(delivery.owed_at)}
    if delivery.change_set is None:
        return {"event": "test", **said, "message": "This is a test. No change was recorded."}
    return {"event": "change", **said, **_change_set(delivery.change_set)}


def _change_set(change_set: ChangeSet) -> Json:
    document, old, new = change_set.document, change_set.old_version, change_set.new_version
    changes = change_set.changes.select_related("clause").order_by("-severity", "position")
    return {
        "change_set": change_set_head(change_set) | {"counts": in_order(change_set.counts)},
        "document": document_head(document),
        "from": version_head(document, old),
        "to": version_head(document, new),
        "changes": [_change(change) for change in changes[:_SHOWN_CHANGES]],
        "links": {
            "change_set": public_url("change-set", change_set.number),
            "json": public_url("change-set-json", change_set.number),
            "compare": public_url("compare", document.platform.slug, document.slug, old.number, new.number),
            "platform": public_url("platform", document.platform.slug),
        },
    }


def _change(change: Change) -> Json:
    return {
        "record": change.clause.public_id,
        "url": public_url("record", change.clause.number),
        "kind": change.kind,
        "types": change.types,
        "severity": SeverityLevel(change.severity).word,
        "direction": change.direction,
        "summary": change.summary,
    }


def _slack_text(change_set: ChangeSet | None) -> str:
    if change_set is None:
        return "Proviso: this is a test. No change was recorded."
    document = change_set.document
    url = public_url("change-set", change_set.number)
    lines = [
        f"*{SeverityLevel(change_set.severity).label}*, {DirectionWord(change_set.direction).label.lower()}: "
        f"<{url}|{slack_escaped(change_set.headline) or change_set.public_id}>",
        f"{slack_escaped(document.platform.name)}, {slack_escaped(document.name)}",
    ]
    if change_set.effective_on:
        lines[1] += f", in force from {change_set.effective_on.isoformat()}"
    summary = slack_escaped(" ".join(change_set.summary))
    return "\n".join([*lines, summary] if summary else lines)
