"""The taxonomy in force on this site: the shipped one, and the types its curators have added."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from clauses.core.phrases import any_phrase, phrase_pattern
from clauses.core.site_head import site_head
from clauses.core.taxonomy import ClauseType, Pattern, Strength, Taxonomy, Where, shipped_taxonomy
from clauses.models import LearnedHead, SiteType

_VERSION_LENGTH = 5
# What curators enter for a type, in the order of its form.
FIELDS = tuple(field.name for field in SiteType._meta.fields if not field.primary_key)
# What shows a type of a site: the field of its phrases, how strong these are, and where they are looked for.
_SHOWN_BY: tuple[tuple[str, Strength, Where], ...] = (
    ("plain_phrases", "explicit", "text"),
    ("weak_phrases", "weak", "text"),
    ("heading_phrases", "explicit", "heading"),
)

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _InForce:
    """A taxonomy and what it was made of: the rows of the site's types, and the key of the learned head."""

    rows: Rows
    head: int | None
    taxonomy: Taxonomy


_in_force = _InForce([], None, shipped_taxonomy())


def taxonomy_in_force() -> Taxonomy:
    """The taxonomy as it was at the last `refresh_taxonomy` in this process."""
    return _in_force.taxonomy


def refresh_taxonomy() -> Taxonomy:
    """The taxonomy as it is now, from the rows. Called where a request or a run begins: no reading changes midway."""
    global _in_force  # noqa: PLW0603 - one value a process, replaced as a whole
    rows = list(SiteType.objects.order_by("slug").values(*FIELDS))
    head = LearnedHead.objects.filter(is_adopted=True).values_list("pk", flat=True).first()
    if (rows, head) != (_in_force.rows, _in_force.head):
        _in_force = _InForce(rows, head, _with_head(extended(rows), head))
    return _in_force.taxonomy


def drafted(site_type: SiteType) -> Taxonomy:
    """A taxonomy with nothing but this type, as it would be read; its row need not be saved."""
    draft = _clause_type(vars(site_type))
    return replace(shipped_taxonomy(), types={draft.slug: draft})


def without_head(taxonomy: Taxonomy) -> Taxonomy:
    """The taxonomy as it reads without what was learned from decisions."""
    if taxonomy.head is None:
        return taxonomy
    return replace(taxonomy, head=None, version=extended(_in_force.rows).version)


def extended(rows: Rows) -> Taxonomy:
    """The shipped taxonomy with the types of these rows. Its version tells them apart: classifications go by it."""
    shipped = shipped_taxonomy()
    if not rows:
        return shipped
    digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:_VERSION_LENGTH]
    return shipped.extended([_clause_type(row) for row in rows], version=f"{shipped.version}+{digest}")


def _with_head(taxonomy: Taxonomy, key: int | None) -> Taxonomy:
    """With the learned head of a row, unless that goes by the scores of another taxonomy."""
    row = LearnedHead.objects.filter(pk=key).first() if key else None
    if row is None or row.taxonomy_version != taxonomy.version:
        return taxonomy
    return replace(taxonomy, head=site_head(row.lessons), version=f"{taxonomy.version}.{row.pk}")


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
