"""What a site says otherwise than the shipped taxonomy, rubrics and notes on the law: checked, and put over them.

A content is one JSON object of up to five sections, each a table: "groups" (slug: name), "types" (slug: what differs
from the shipped type, or all of a type of the site's own), "points" (key: whole number), "notes" (type: as in
`regulation.toml`) and "agencies" (slug: as in `agencies.toml`, with "laws").
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from clauses.core.amended_notes import amended_regulation
from clauses.core.amended_points import (
    Point,
    change_points,
    change_rubric_with,
    checked_points,
    clause_points,
    clause_rubric_with,
)
from clauses.core.amended_types import READ_KEYS, amended_taxonomy
from clauses.core.change_rubric import ChangeRubric
from clauses.core.regulation import Regulation
from clauses.core.taxonomy import Taxonomy

SECTIONS = ("groups", "types", "points", "notes", "agencies")
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """All that clauses and changes are read, rated and explained by."""

    taxonomy: Taxonomy
    change_rubric: ChangeRubric
    regulation: Regulation


def amended(shipped: Rules, content: Content, marks: Mapping[str, int]) -> tuple[Rules, list[str]]:
    """The rules with a content over them, and what of it could not be put there, in sentences; that is left out.

    `marks` are the numbers under which what is read by ("reads"), what changes are rated by ("rates") and the
    notes ("notes") are told apart; 0 or none: as shipped.
    """
    problems: list[str] = []
    sections = _sections(content, problems)
    known = [*clause_points(shipped.taxonomy.rubric), *change_points_of(shipped)]
    points, wrong = checked_points(known, sections["points"])
    problems += wrong
    reads, rates = marks.get("reads", 0), marks.get("rates", 0)
    taxonomy = amended_taxonomy(shipped.taxonomy, sections, problems.append)
    rubric = taxonomy.rubric
    taxonomy = replace(
        taxonomy,
        version=marked(taxonomy.version, reads),
        rubric=clause_rubric_with(rubric, points, marked(rubric.version, reads)),
    )
    change_rubric = change_rubric_with(
        shipped.change_rubric, points, marked(shipped.change_rubric.version, rates)
    )
    regulation = amended_regulation(shipped.regulation, taxonomy.types.keys(), sections, problems.append)
    regulation = replace(regulation, version=marked(regulation.version, marks.get("notes", 0)))
    return Rules(taxonomy, change_rubric, regulation), problems


def change_points_of(rules: Rules) -> Iterator[Point]:
    """The points of the rubric of changes, in readers' words."""
    names = {slug: kind.name for slug, kind in rules.taxonomy.types.items()}
    return change_points(rules.change_rubric, names)


def marked(version: str, number: int) -> str:
    """The label of a shipped version with a site's version over it: "2026.5+site3"."""
    return f"{version}+site{number}" if number else version


def parts_of(content: Content) -> dict[str, str]:
    """For what is read by, rated by and noted: a digest of what a content says of it, empty where it says nothing."""
    types, points = content.get("types", {}), content.get("points", {})
    read = {slug: {key: row[key] for key in READ_KEYS if key in row} for slug, row in types.items()}
    of_clauses = {key: value for key, value in points.items() if key.startswith("clause.")}
    of_changes = {key: value for key, value in points.items() if key not in of_clauses}
    return {
        "reads": _digest({slug: row for slug, row in read.items() if row}, of_clauses),
        "rates": _digest(of_changes),
        "notes": _digest(content.get("notes", {}), content.get("agencies", {})),
    }


def differences(old: Content, new: Content) -> list[tuple[str, str, Any, Any]]:
    """What two contents say otherwise: section, entry, the old value and the new one; None where there is none."""
    found = []
    for section in SECTIONS:
        before, after = old.get(section, {}), new.get(section, {})
        for entry in sorted({*before, *after}):
            was, now = before.get(entry), after.get(entry)
            if was == now:
                continue
            if isinstance(was, Mapping) and isinstance(now, Mapping):
                keys = [key for key in sorted({*was, *now}) if was.get(key) != now.get(key)]
                found += [(section, f"{entry}, {key}", was.get(key), now.get(key)) for key in keys]
            else:
                found.append((section, entry, was, now))
    return found


def _sections(content: Content, problems: list[str]) -> dict[str, Mapping[str, Any]]:
    problems += [
        f"{key} is no section; there are {', '.join(SECTIONS)}" for key in content if key not in SECTIONS
    ]
    sections = {key: content.get(key, {}) for key in SECTIONS}
    problems += [
        f"{key} must be a table" for key, value in sections.items() if not isinstance(value, Mapping)
    ]
    return {key: value if isinstance(value, Mapping) else {} for key, value in sections.items()}


def _digest(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest() if any(parts) else ""
