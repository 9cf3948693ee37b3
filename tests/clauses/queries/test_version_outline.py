"""The tree of headings, with what stands under each."""

from __future__ import annotations

from clauses.core.taxonomy import shipped_taxonomy
from clauses.models import Occurrence
from clauses.models.choices import SeverityLevel
from clauses.models.clause import Clause
from clauses.queries.standing import PlacedClause
from clauses.queries.version_outline import Section, outline
from clauses.queries.versions import Passage

TYPES = shipped_taxonomy().types


def _heading(text: str, level: int) -> Passage:
    return Passage("heading", text, level, anchor=text.lower())


def _clause(severity: SeverityLevel = SeverityLevel.NONE, *types: str) -> Passage:
    placed = PlacedClause(Occurrence(clause=Clause(number=1)), 0, 0, 1, "w")
    return Passage("paragraph", "w", clause=placed, severity=severity, types=[TYPES[slug] for slug in types])


def _told(sections: list[Section]) -> list[object]:
    return [(section.passage.text, section.count, _told(section.children)) for section in sections]


def test_headings_hold_the_deeper_ones_behind_them_and_count_their_clauses() -> None:
    passages = [
        _clause(),
        _heading("Terms", 2),
        _clause(),
        _heading("Data", 3),
        _clause(),
        _clause(),
        _heading("Backups", 4),
        _clause(),
        _heading("Fees", 3),
        _heading("Contact", 2),
        Passage("paragraph", "no clause"),
    ]
    data: object = ("Data", 3, [("Backups", 1, [])])
    assert _told(outline(passages)) == [("Terms", 4, [data, ("Fees", 0, [])]), ("Contact", 0, [])]


def test_a_skipped_level_makes_no_empty_step() -> None:
    assert _told(outline([_heading("Deep", 5), _heading("Top", 2), _heading("Deeper", 5)])) == [
        ("Deep", 0, []),
        ("Top", 0, [("Deeper", 0, [])]),
    ]


def test_the_worst_severity_under_a_heading_is_its_own_and_types_are_those_right_below_it() -> None:
    (top,) = outline(
        [
            _heading("Terms", 2),
            _clause(SeverityLevel.LOW, "arbitration"),
            _heading("Data", 3),
            _clause(SeverityLevel.HIGH, "data_retention"),
            _clause(SeverityLevel.NONE, "data_retention", "feedback_rights"),
        ]
    )
    assert top.severity == SeverityLevel.HIGH
    assert [found.slug for found in top.types] == ["arbitration"]
    (data,) = top.children
    assert [found.slug for found in data.types] == ["data_retention", "feedback_rights"]
