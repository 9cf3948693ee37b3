"""The taxonomy in force on this site: the shipped one, and the types its curators have added."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from clauses.core.phrases import any_phrase, phrase_pattern
from clauses.core.taxonomy import ClauseType, Pattern, Strength, Taxonomy, Where, shipped_taxonomy
from clauses.models import SiteType

_VERSION_LENGTH = 6
_FIELDS = (
    "slug",
    "name",
    "group",
    "description",
    "why_it_matters",
    "what_it_means",
    "what_one_can_do",
    "base_points",
    "plain_phrases",
    "weak_phrases",
    "heading_phrases",
    "void_phrases",
    "is_retired",
)
# What shows a type of a site: the field of its phrases, how strong these are, and where they are looked for.
_SHOWN_BY: tuple[tuple[str, Strength, Where], ...] = (
    ("plain_phrases", "explicit", "text"),
    ("weak_phrases", "weak", "text"),
    ("heading_phrases", "explicit", "heading"),
)

Rows = list[dict[str, Any]]
_in_force: tuple[Rows, Taxonomy] = ([], shipped_taxonomy())


def taxonomy_in_force() -> Taxonomy:
    """The taxonomy as it was at the last `refresh_taxonomy` in this process."""
    return _in_force[1]


def refresh_taxonomy() -> Taxonomy:
    """The taxonomy as it is now, from the rows. Called where a request or a run begins: no reading changes midway."""
    global _in_force  # noqa: PLW0603 - one value a process, replaced as a whole
    rows = list(SiteType.objects.order_by("slug").values(*_FIELDS))
    if rows != _in_force[0]:
        _in_force = (rows, extended(rows))
    return _in_force[1]


def extended(rows: Rows) -> Taxonomy:
    """The shipped taxonomy with the types of these rows. Its version tells them apart: classifications go by it."""
    shipped = shipped_taxonomy()
    if not rows:
        return shipped
    digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:_VERSION_LENGTH]
    return shipped.extended([_clause_type(row) for row in rows], version=f"{shipped.version}+{digest}")


def _clause_type(row: Mapping[str, Any]) -> ClauseType:
    return ClauseType(
        slug=row["slug"],
        name=row["name"],
        group=row["group"],
        description=row["description"],
        why_it_matters=row["why_it_matters"],
        what_it_means=row["what_it_means"],
        what_one_can_do=tuple(row["what_one_can_do"]),
        base_points=row["base_points"],
        patterns=() if row["is_retired"] else tuple(_patterns(row)),
        retired=row["is_retired"],
    )


def _patterns(row: Mapping[str, Any]) -> Iterable[Pattern]:
    void = any_phrase(row["void_phrases"])
    for field, strength, where in _SHOWN_BY:
        for phrase in row[field]:
            yield Pattern(phrase_pattern(phrase), strength, void, where)
