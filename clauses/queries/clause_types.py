"""Clause types by slug, as pages name them."""

from __future__ import annotations

from collections.abc import Iterable

from clauses.core.taxonomy import ClauseType, Group
from clauses.site_taxonomy import taxonomy_in_force


def named_type(slug: str) -> ClauseType:
    """A type with its texts. One that is no longer in the taxonomy has its slug for a name, and no texts."""
    known = taxonomy_in_force().types.get(slug)
    if known:
        return known
    name = slug.replace("_", " ").capitalize()
    return ClauseType(slug, name, "", "", "", "", (), 0)


def named_types(slugs: Iterable[str]) -> list[ClauseType]:
    """Types in the order of their slugs."""
    return [named_type(slug) for slug in slugs]


def grouped_types() -> list[tuple[Group, list[ClauseType]]]:
    """The whole taxonomy by group, in reading order."""
    taxonomy = taxonomy_in_force()
    return [
        (group, [found for found in taxonomy.types.values() if found.group == group.slug])
        for group in taxonomy.groups
    ]


def reason_label(code: str) -> str:
    """What a line of a clause's rating is called: the rubric's label, or the type behind "base:<slug>"."""
    kind, _, slug = code.partition(":")
    if kind == "base" and slug:
        return f"{named_type(slug).name}, by itself"
    rubric = taxonomy_in_force().rubric
    labels = {factor.code: factor.label for factor in rubric.factors}
    labels |= {factor.code: factor.label for factor in rubric.fact_factors}
    return labels.get(code, code.replace("_", " "))
