"""For which jurisdictions a text says it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clauses.core.folding import folded
from clauses.core.patterns import regexes
from clauses.core.tables import Table

# "Notice to residents of California" is for them; "Transfers to the United States" is about a place.
_FOR_PEOPLE = re.compile(
    r"\b(?:residents?|users?|consumers?|customers?|individuals|subscribers|people (?:who live )?in"
    r"|if you (?:are|live|reside)"
    r"|(?:supplement\w*|additional|specific|special|privacy) (?:privacy )?"
    r"(?:terms|provisions|notice|disclosures?|addendum|rights))\b"
)


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place with laws of its own; `within` is the slug of the one it is part of, or empty."""

    slug: str
    name: str
    within: str
    patterns: tuple[re.Pattern[str], ...]


def read_jurisdictions(table: Table) -> dict[str, Jurisdiction]:
    """The jurisdictions of a file by slug, each after the one it is part of. Raises TaxonomyError."""
    found: dict[str, Jurisdiction] = {}
    for row in table.tables("jurisdiction"):
        row.only("slug", "name", "within", "patterns")
        within = row.text("within") if "within" in row.row else ""
        if within and within not in found:
            raise row.error("within", f"names {within}, which does not stand above")
        slug = row.text("slug")
        found[slug] = Jurisdiction(slug, row.text("name"), within, regexes(row, "patterns", {}))
    return found


def named_jurisdictions(text: str, known: Iterable[Jurisdiction]) -> tuple[Jurisdiction, ...]:
    """Those that a text names, in the order known."""
    read = folded(text)
    return tuple(one for one in known if any(pattern.search(read) for pattern in one.patterns))


def meant_by_headings(path: Iterable[str], known: Iterable[Jurisdiction]) -> tuple[Jurisdiction, ...]:
    """Those for whose people the nearest such heading says its part is; none where no heading says so."""
    rows = list(known)
    for heading in reversed(list(path)):
        if _FOR_PEOPLE.search(folded(heading)) and (found := named_jurisdictions(heading, rows)):
            return found
    return ()


def is_among(one: Jurisdiction, named: Iterable[Jurisdiction], known: Mapping[str, Jurisdiction]) -> bool:
    """Whether a jurisdiction is named, is part of a named one, or has a named one as part."""
    slugs = {row.slug for row in named}
    return not slugs.isdisjoint(_upward(one, known)) or any(
        one.slug in _upward(known[slug], known) for slug in slugs
    )


def _upward(one: Jurisdiction, known: Mapping[str, Jurisdiction]) -> set[str]:
    """A jurisdiction and all it is part of."""
    found = {one.slug}
    while one.within and one.within not in found:
        one = known[one.within]
        found.add(one.slug)
    return found
