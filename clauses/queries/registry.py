"""The registry: every clause that stands today, filtered and searched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from clauses.models import ChangeSet, Clause
from clauses.queries.adoption import standing_clauses
from clauses.queries.clause_types import named_type
from clauses.queries.documents import documents
from clauses.queries.search import QUOTATION_MARKS, matching, nearest_heading
from clauses.queries.snapshots import snapshots
from clauses.queries.versions import versions
from monitor.models import Document, Platform, Snapshot, Version

PUBLIC_ID = re.compile(r"(?P<letter>[PCVSD])-0*(?P<number>\d{1,12})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asked the registry for; empty and None: everything."""

    platform: str = ""
    type: str = ""
    severity: int | None = None
    confidence: str = ""
    words: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing was asked for in particular."""
        return self == Wanted()


def registry(wanted: Wanted) -> QuerySet[Clause]:
    """The standing clauses that match, most severe first."""
    found = standing_clauses().order_by("-severity", "number")
    if wanted.platform:
        found = found.filter(document__platform__slug=wanted.platform)
    if wanted.type:
        found = found.filter(labels__type=wanted.type)
    if wanted.severity is not None:
        found = found.filter(severity=wanted.severity)
    if wanted.confidence:
        found = found.filter(confidence=wanted.confidence)
    if wanted.words:
        found = found.alias(nearest_heading=nearest_heading()).filter(matching(wanted.words))
    return found


def platforms_in_use() -> list[tuple[str, str]]:
    """Slug and name of every platform with a text."""
    found = Platform.objects.filter(documents__current_version__isnull=False).distinct()
    return list(found.values_list("slug", "name"))


def types_in_use() -> list[tuple[str, str]]:
    """Slug and name of every type a standing clause has, by name."""
    slugs = (
        Clause.objects.standing()
        .filter(labels__isnull=False)
        .order_by("labels__type")
        .values_list("labels__type", flat=True)
        .distinct()
    )
    return sorted(((slug, named_type(slug).name) for slug in slugs), key=lambda row: row[1])


def type_counts() -> dict[str, int]:
    """How many standing clauses each type has."""
    rows = (
        Clause.objects.standing()
        .filter(labels__isnull=False)
        .order_by("labels__type")
        .values_list("labels__type")
        .annotate(total=Count("pk"))
    )
    return dict(rows)


def record_by_id(words: str) -> Clause | ChangeSet | Version | Snapshot | Document | None:
    """The record whose public ID was typed, or None."""
    match = PUBLIC_ID.fullmatch(words.strip(f"{QUOTATION_MARKS} "))
    if not match:
        return None
    rows: dict[str, QuerySet[Any]] = {
        "P": Clause.objects.all(),
        "C": ChangeSet.objects.all(),
        "V": versions(),
        "S": snapshots(),
        "D": documents(),
    }
    found: Clause | ChangeSet | Version | Snapshot | Document | None = (
        rows[match["letter"].upper()].filter(number=int(match["number"])).first()
    )
    return found
