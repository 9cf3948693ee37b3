"""Every decision on clauses, as rows of a list and of a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from clauses.models import Decision
from clauses.models.choices import SeverityLevel
from clauses.queries.twins import Json, written

COLUMNS = (
    "decision",
    "at",
    "by",
    "record",
    "platform",
    "document",
    "types",
    "severity",
    "reason",
    "reverts",
    "machine_types",
    "machine_severity",
    "machine_confidence",
    "taxonomy",
    "wording_sha256",
    "wording",
)


def decision_log() -> QuerySet[Decision]:
    """All decisions and those that take one back, the latest first."""
    return Decision.objects.select_related(
        "clause__document__platform", "wording", "decided_by", "reverted_by"
    )


def decision_twin(decision: Decision) -> Json:
    """A decision with what the machine said then, under COLUMNS. `types` are slugs, none: of no type."""
    said = decision.said
    return {
        "decision": decision.pk,
        "at": written(decision.decided_at),
        "by": decision.decided_by.get_username(),
        "record": decision.clause.public_id,
        "platform": decision.clause.document.platform.slug,
        "document": decision.clause.document.slug,
        "types": decision.types,
        "severity": SeverityLevel(decision.severity).word,
        "reason": decision.reason,
        "reverts": decision.reverts_id,
        "machine_types": [match["slug"] for match in said.get("types", [])],
        "machine_severity": said.get("severity", ""),
        "machine_confidence": said.get("confidence", ""),
        "taxonomy": said.get("taxonomy_version", ""),
        "wording_sha256": decision.wording.sha256,
        "wording": decision.wording.text,
    }


def decisions_told() -> Iterator[Json]:
    """The twin of every decision, oldest first, some hundred in memory at a time."""
    rows = decision_log().order_by("decided_at", "pk")
    yield from map(decision_twin, rows.iterator(chunk_size=500))
