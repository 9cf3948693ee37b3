"""Reads of baselines: what was agreed to, and what became of it since."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clauses.models import Baseline, ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.twins import Json, document_head, written
from monitor.models import Document, Version


def baselines(user: Any) -> QuerySet[Baseline]:
    """What a person and the team agreed to, with what happened since: `changes`, `worst` and `today` (a number).

    `changes` counts the publisher's changes after the version, `worst` is the severest of them, None without one.
    """
    since = ChangeSet.objects.filter(
        document=OuterRef("document"),
        new_version__ordinal__gt=OuterRef("version__ordinal"),
        superseded_by__isnull=True,
        is_technical=False,
    )
    by_document = since.order_by().values("document")
    latest = Version.objects.filter(document=OuterRef("document")).order_by("-ordinal")
    count = Subquery(by_document.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    worst = Subquery(by_document.annotate(worst=Max("severity")).values("worst"), output_field=IntegerField())
    return (
        Baseline.objects.filter(Q(user=user) | Q(user__isnull=True), ended_at__isnull=True)
        .select_related("document__platform", "version", "pinned_by", "user")
        .annotate(changes=Coalesce(count, 0), worst=worst, today=Subquery(latest.values("number")[:1]))
        .order_by("document__platform__name", "document__name", "user")
    )


def baselines_of(document: Document, user: Any) -> list[Baseline]:
    """Those of one document; none for somebody who is not signed in."""
    return list(baselines(user).filter(document=document)) if user.is_authenticated else []


def earlier_baselines(document: Document, user: Any) -> QuerySet[Baseline]:
    """What was agreed to before, the latest first."""
    own = Baseline.objects.filter(Q(user=user) | Q(user__isnull=True), ended_at__isnull=False)
    return own.filter(document=document).select_related("version", "pinned_by", "ended_by", "user")


def baselines_twin(rows: QuerySet[Baseline]) -> list[Json]:
    """The twin of the list."""
    return [
        {
            "document": document_head(row.document),
            "version": row.version.public_id,
            "first_seen_at": written(row.version.first_seen_at),
            "is_team": row.user is None,
            "note": row.note,
            "pinned_by": row.pinned_by.get_username(),
            "pinned_at": written(row.pinned_at),
            "changes": row.changes,  # type: ignore[attr-defined]
            "worst": _word(row.worst),  # type: ignore[attr-defined]
        }
        for row in rows
    ]


def _word(level: int | None) -> str | None:
    return None if level is None else SeverityLevel(level).word
