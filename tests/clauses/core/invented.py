"""Clauses invented for the comparison tests, read by hand: what they hold is given, not found."""

from __future__ import annotations

from clauses.core.values import Classification, Evidence, Fact, Passage, ReadClause, Severity, TypeMatch

UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def passages(*texts, headings=()):
    """Passages of one document, each under the heading of the same place, if one is given."""
    found, at = [], 0
    for index, text in enumerate(texts):
        path = (headings[index],) if index < len(headings) else ()
        found.append(Passage(index, at, at + len(text), text, path))
        at += len(text) + 1
    return found


def fact(text, quote, kind="retention", value="30", unit="day", subject=""):
    start = text.index(quote)
    normalized = float(value) * UNIT_DAYS.get(unit, 1) if value.isdigit() else None
    if kind == "minimum_age":
        normalized = float(value)
    return Fact(kind, value, unit, normalized, subject, "", quote, start, start + len(quote))


def clause(
    text: str,
    *types: str,
    facts: tuple[Fact, ...] = (),
    severity: Severity = "none",
    index: int = 0,
    reasons=(),
) -> ReadClause:
    matches = tuple(TypeMatch(slug, 1.0, "rule", (Evidence(0, len(text), text),)) for slug in types)
    return ReadClause(
        Passage(0, 0, len(text), text), Classification(matches, severity, "high", tuple(reasons), facts)
    )


def document(*clauses: ReadClause) -> list[ReadClause]:
    """The clauses as one document, numbered."""
    return [
        ReadClause(
            Passage(index, 0, len(item.passage.text), item.passage.text, item.passage.heading_path),
            item.classification,
        )
        for index, item in enumerate(clauses)
    ]
