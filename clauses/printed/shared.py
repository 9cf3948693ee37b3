"""Parts that several printed pages have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reportlab.platypus import Flowable

from clauses.printed.letters import words
from clauses.printed.sheet import paragraph, short, table, title
from clauses.queries.names import fact_amount, fact_name
from clauses.queries.reason_names import reason_name

Json = Mapping[str, Any]
_NOT_ADVICE = (
    "This is a record of what was published, with ratings by a published rubric. It is general information and no "
    "legal advice."
)


def day(moment: str | None) -> str:
    """A moment or day in ISO 8601 as a reader writes it: "29 Aug 2025"; "unknown" for none."""
    if not moment:
        return "unknown"
    at = datetime.fromisoformat(moment)
    return f"{at.day} {at:%b %Y}"


def figures(facts: Sequence[Json]) -> list[Flowable]:
    """The figures of a clause as a table, each with the words it was read from."""
    if not facts:
        return []
    rows = [
        [
            words(fact_name(fact["kind"])),
            words(fact_amount(fact)),
            short(", ".join(part for part in (fact["subject"], fact["condition"]) if part) or "–"),
            short(f"“{fact['quote']}”"),
        ]
        for fact in facts
    ]
    return [*title("Figures"), table(["Figure", "Value", "Of what", "Quote"], rows, (0.2, 0.16, 0.26, 0.38))]


def reasons(lines: Sequence[Json], name: str) -> list[Flowable]:
    """Why something is rated as it is, line by line, with points and words."""
    rows = [
        [
            words(reason_name(line["code"])),
            short(f"“{line['quote']}”") if line.get("quote") else "–",
            words(f"{line.get('points') or 0:+d}"),
        ]
        for line in lines
    ]
    return [*title(name), table(["Reason", "Words", "Points"], rows, (0.36, 0.54, 0.1))] if rows else []


def told(references: Sequence[Json]) -> list[str]:
    """What others say about a change, a line of markup each."""
    return [
        words(", ".join(part for part in (row["publisher"], row["title"], day(_day_of(row))) if part))
        for row in references
    ]


def _day_of(row: Json) -> str | None:
    found: str | None = row.get("published_on") or row.get("first_seen_at")
    return found


def closing(citation: str) -> list[Flowable]:
    """How to cite it, and what it is not."""
    cited = [*title("Cite as"), paragraph(words(citation), "small")] if citation else []
    return [*cited, paragraph(words(_NOT_ADVICE), "note")]
