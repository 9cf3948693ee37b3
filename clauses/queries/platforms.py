"""The list of platforms, each with what one line says about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.health import failing_sources
from monitor.models import Document, Platform


def platform_rows(now: datetime) -> QuerySet[Platform]:
    """All platforms by name, samples last.

    With `document_count`, `paused_count`, `change_count`, `high_count`, `changed_at`, `read_at`, and
    `failing_count`: documents whose last reading gave no text.
    """
    documents = Document.objects.filter(platform=OuterRef("pk")).order_by().values("platform")
    changes = (
        ChangeSet.objects.filter(
            document__platform=OuterRef("pk"), superseded_by__isnull=True, is_technical=False
        )
        .order_by()
        .values("document__platform")
    )
    failing = failing_sources(now, counted_only=False).filter(document__platform=OuterRef("pk"))
    failing_documents = failing.order_by().values("document__platform")
    return Platform.objects.annotate(
        document_count=_number(documents.annotate(n=Count("pk"))),
        paused_count=_number(documents.annotate(n=Count("pk", filter=Q(is_paused=True)))),
        read_at=Subquery(documents.annotate(n=Max("read_at")).values("n")),
        change_count=_number(changes.annotate(n=Count("pk"))),
        high_count=_number(changes.annotate(n=Count("pk", filter=Q(severity=SeverityLevel.HIGH)))),
        changed_at=Subquery(changes.annotate(n=Max("detected_at")).values("n")),
        failing_count=_number(failing_documents.annotate(n=Count("document", distinct=True))),
    ).order_by("is_sample", "name")


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), Value(0))


def has_real_platform() -> bool:
    """Whether anything but the invented samples is on the watch list."""
    return Platform.objects.filter(is_sample=False).exists()


def platform_without_documents() -> Platform | None:
    """The newest real platform that nothing is read from yet, or None."""
    return Platform.objects.filter(is_sample=False, documents__isnull=True).order_by("-created_at").first()
