"""The list of platforms, each with what one line says about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from clauses.models import ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.health import failing_sources
from clauses.queries.twins import Json, public_url, written
from monitor.models import Document, Platform

SORTS = (
    ("", "Name"),
    ("changed", "Last change"),
    ("changes", "Most changes"),
    ("high", "Most high changes"),
    ("documents", "Most documents"),
)
STATES = (("failing", "Not readable"), ("paused", "Paused"), ("empty", "No document yet"))
_ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("is_sample", "name"),
    "changed": (F("changed_at").desc(nulls_last=True), "name"),
    "changes": ("-change_count", "name"),
    "high": ("-high_count", "name"),
    "documents": ("-document_count", "name"),
}
_STATES = {
    "failing": Q(failing_count__gt=0),
    "paused": Q(document_count__gt=0, paused_count=F("document_count")),
    "empty": Q(document_count=0),
}


@dataclass(frozen=True, slots=True)
class PlatformsWanted:
    """What a reader asked the list for; empty: everything, by name."""

    words: str = ""
    document_type: str = ""
    state: str = ""
    sort: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing was asked for in particular."""
        return self == PlatformsWanted(sort=self.sort)


def wanted_platforms(wanted: PlatformsWanted, now: datetime) -> QuerySet[Platform]:
    """The rows of `platform_rows` that were asked for, in the order asked for."""
    found = platform_rows(now)
    for word in wanted.words.split():
        found = found.filter(Q(name__icontains=word) | Q(slug__icontains=word))
    if wanted.document_type:
        found = found.filter(pk__in=Document.objects.filter(type=wanted.document_type).values("platform"))
    if wanted.state:
        found = found.filter(_STATES[wanted.state])
    return found.order_by(*_ORDERS[wanted.sort], "pk")


def platforms_twin(page: Page[Any]) -> Json:
    """The twin of a page of the list."""
    return {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "platforms": [platform_row_twin(row) for row in page],
    }


def platform_row_twin(row: Any) -> Json:
    """The line of a platform, as `platform_rows` gives it."""
    return {
        "slug": row.slug,
        "url": public_url("platform", row.slug),
        "name": row.name,
        "is_sample": row.is_sample,
        "documents": row.document_count,
        "paused": row.paused_count,
        "failing": row.failing_count,
        "changes": row.change_count,
        "high_changes": row.high_count,
        "changed_at": written(row.changed_at),
        "read_at": written(row.read_at),
    }


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
