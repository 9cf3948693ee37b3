"""What is on record for an imported document: captures by outcome, versions, change sets."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import zip_longest
from typing import Any

from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from monitor.models import Cause, Document, Fetch, Outcome, Version


def import_report(document: Document, service: str, terms_type: str) -> dict[str, Any]:
    """One document as `import_ota --json` prints it."""
    log = list(
        Fetch.objects.filter(source__document=document).order_by("at", "pk").values_list("at", "outcome")
    )
    showing = Outcome.showing()
    change_sets = ChangeSet.objects.filter(document=document).select_related("new_version")
    return {
        "service": service,
        "terms_type": terms_type,
        "document": document.public_id,
        "captures": dict(sorted(Counter(str(outcome) for _, outcome in log).items())),
        "versions": _versions(document, [at for at, outcome in log if outcome in showing]),
        "change_sets": [_change_set(row) for row in change_sets.order_by("new_version__ordinal")],
    }


def would_alert(change_set: ChangeSet) -> bool:
    """Whether subscribers would have been told, had the text been fetched and not imported."""
    is_publishers = change_set.new_version.cause == Cause.PUBLISHER and not change_set.is_technical
    return is_publishers and change_set.severity > SeverityLevel.NONE


def _versions(document: Document, shown: list[datetime]) -> list[dict[str, Any]]:
    versions = list(
        Version.objects.filter(document=document).select_related("packed_text__base").order_by("ordinal")
    )
    rows = []
    for version, successor in zip_longest(versions, versions[1:]):
        end = successor.first_seen_at if successor else None
        within = [at for at in shown if at >= version.first_seen_at and (end is None or at < end)]
        rows.append(
            {
                "id": version.public_id,
                "first_seen_at": version.first_seen_at.isoformat(),
                "last_seen_at": max(within, default=version.first_seen_at).isoformat(),
                "cause": version.cause,
                "words": len(version.text.split()),
                "text_sha256": version.text_sha256,
            }
        )
    return rows


def _change_set(change_set: ChangeSet) -> dict[str, Any]:
    return {
        "id": change_set.public_id,
        "detected_at": change_set.detected_at.isoformat(),
        "kind": change_set.kind,
        "severity": SeverityLevel(change_set.severity).word,
        "direction": change_set.direction,
        "cause": change_set.new_version.cause,
        "would_alert": would_alert(change_set),
        "headline": change_set.headline,
    }
