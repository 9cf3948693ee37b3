"""What a site says otherwise: what may be said, what is refused with a reason, and what a reading then finds."""

from __future__ import annotations

from typing import Any

import pytest

from clauses.core.amended_points import clause_points
from clauses.core.amendments import Rules, amended, change_points_of, differences, parts_of
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.classify import classify_types
from clauses.core.compare import compare
from clauses.core.read import read_clause
from clauses.core.regulation import shipped_regulation
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage, ReadClause

SHIPPED = Rules(shipped_taxonomy(), shipped_change_rubric(), shipped_regulation())
MARKS = {"reads": 3, "rates": 4, "notes": 5}
AGENCY = {"jurisdiction": "eu", "name": "Office", "what_for": "Complaints.", "url": "https://office.example/"}


KITES = {
    "name": "Kites",
    "group": "other",
    "description": "What flies.",
    "why_it_matters": "It may fall.",
    "what_it_means": "You hold the line.",
    "plain_phrases": ["paper kite*"],
}


def rules(content: dict[str, Any]) -> Rules:
    found, problems = amended(SHIPPED, content, MARKS)
    assert problems == []
    return found


def problems(content: dict[str, Any]) -> list[str]:
    return amended(SHIPPED, content, MARKS)[1]


def slugs(text: str, content: dict[str, Any]) -> set[str]:
    return {match.slug for match in classify_types(Passage.alone(text), rules(content).taxonomy)}


def test_nothing_said_otherwise_is_what_is_shipped() -> None:
    found, none = amended(SHIPPED, {}, {})
    assert none == []
    assert found.taxonomy.version == SHIPPED.taxonomy.version
    assert found.change_rubric == SHIPPED.change_rubric
    assert found.regulation.types == SHIPPED.regulation.types


def test_labels_name_the_version_of_the_site_beside_the_shipped_one() -> None:
    found = rules({})
    assert found.taxonomy.version == f"{SHIPPED.taxonomy.version}+site3"
    assert found.taxonomy.rubric.version == f"{SHIPPED.taxonomy.rubric.version}+site3"
    assert found.change_rubric.version == f"{SHIPPED.change_rubric.version}+site4"
    assert found.regulation.version == f"{SHIPPED.regulation.version}+site5"


def test_further_phrases_show_a_shipped_type_though_none_of_its_keywords_stands_there() -> None:
    text = "Whatever you type may feed the hatchery."
    content = {"types": {"ai_training": {"plain_phrases": ["feed* the hatchery"]}}}
    assert shipped_taxonomy().types["ai_training"].keywords
    assert "ai_training" not in slugs(text, {})
    assert "ai_training" in slugs(text, content)


def test_phrases_that_void_void_what_the_shipped_patterns_find() -> None:
    text = "We keep your data for 30 days in the glass jar."
    assert "data_retention" in slugs(text, {})
    assert "data_retention" not in slugs(text, {"types": {"data_retention": {"void_phrases": ["glass jar"]}}})


def test_texts_points_and_group_of_a_type_are_those_of_the_site() -> None:
    row = {"name": "Court of one", "base_points": 7, "group": "other", "what_one_can_do": ["Write."]}
    found = rules({"types": {"arbitration": row}}).taxonomy.types["arbitration"]
    assert (found.name, found.base_points, found.group, found.what_one_can_do) == (
        *("Court of one", 7, "other"),
        ("Write.",),
    )
    assert found.patterns == SHIPPED.taxonomy.types["arbitration"].patterns


def test_points_of_a_site_change_the_rating_of_a_clause_and_of_a_change() -> None:
    def read(text: str, by: Rules) -> ReadClause:
        return ReadClause(Passage.alone(text), read_clause(Passage.alone(text), by.taxonomy))

    old, new = "We keep your feedback for 30 days.", "We keep your feedback for 5 years."
    ours = rules({"points": {"clause.factor.kept_over_a_year": 0, "change.figure.retention.4": 5}})
    assert [read(new, by).classification.severity for by in (SHIPPED, ours)] == ["medium", "low"]
    severities = [
        compare([read(old, by)], [read(new, by)], subject="It", rubric=by.change_rubric).severity
        for by in (SHIPPED, ours)
    ]
    assert severities == ["high", "medium"]


def test_every_point_can_be_said_otherwise_and_reaches_its_rubric() -> None:
    known = [*clause_points(SHIPPED.taxonomy.rubric), *change_points_of(SHIPPED)]
    assert len({point.key for point in known}) == len(known)
    for point in known:
        for value in {point.least, point.most}:
            found, wrong = amended(SHIPPED, {"points": {point.key: value}}, {})
            if wrong:
                assert "must ascend" in wrong[0], wrong
                continue
            present = {
                one.key: one.shipped
                for one in [*clause_points(found.taxonomy.rubric), *change_points_of(found)]
            }
            assert present == {one.key: one.shipped for one in known} | {point.key: value}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"tips": {}}, "tips is no section"),
        ({"types": []}, "types must be a table"),
        ({"types": {"teleport": {}}}, "type teleport: group is missing"),
        ({"types": {"teleport": {**KITES, "plain_phrases": []}}}, "needs a phrase that shows it"),
        ({"types": {"Kites": KITES}}, "lower-case letters"),
        ({"types": {"kites": {**KITES, "retired": "yes"}}}, "true or false"),
        ({"types": {"arbitration": "x"}}, "must be a table"),
        ({"types": {"arbitration": {"colour": 1}}}, "colour is not a known key"),
        ({"types": {"arbitration": {"name": " "}}}, "not blank"),
        ({"types": {"arbitration": {"name": "x" * 61}}}, "at most 60"),
        ({"types": {"arbitration": {"base_points": 9}}}, "between 0 and 8"),
        ({"types": {"arbitration": {"base_points": True}}}, "whole number"),
        ({"types": {"arbitration": {"group": "nowhere"}}}, "no group"),
        ({"types": {"arbitration": {"plain_phrases": ["(lawful+)+$"]}}}, "is no word"),
        ({"types": {"arbitration": {"plain_phrases": ["we ... your"]}}}, "texts of every kind"),
        ({"types": {"arbitration": {"plain_phrases": ["word"] * 61}}}, "at most 60 phrases"),
        ({"types": {"arbitration": {"plain_phrases": "word"}}}, "list"),
        ({"groups": {"Bad Slug": "Name"}}, "lower-case"),
        ({"groups": {"good": ""}}, "needs a name"),
        ({"points": {"clause.factor.teleport": 1}}, "not in the rubric"),
        ({"points": {"clause.factor.no_notice": 9}}, "between 0 and 8"),
        ({"points": {"clause.factor.not_done": 1}}, "between -8 and 0"),
        ({"points": {"clause.factor.no_notice": "2"}}, "whole number"),
        ({"points": {"clause.factor.no_notice": True}}, "whole number"),
        ({"points": {"clause.threshold.low": 6}}, "must ascend"),
        ({"points": {"change.figure.retention.1": 6}}, "must ascend"),
        ({"points": {"change.clauses.cost_points.low": 4}}, "must ascend"),
        ({"notes": {"teleport": {"none": "x"}}}, "no type"),
        ({"notes": {"arbitration": {"notes": [{"at": ["nolaw 1"], "says": "x"}]}}}, "nolaw"),
        ({"notes": {"arbitration": {"none": "x", "steps": ["y"]}}}, "not a known key"),
        ({"agencies": {"x": {**AGENCY, "url": "http://office.example/"}}}, "https://"),
        ({"agencies": {"x": {**AGENCY, "url": "javascript:alert(1)"}}}, "https://"),
        ({"agencies": {"x": {**AGENCY, "jurisdiction": "moon"}}}, "moon"),
        ({"agencies": {"x": {**AGENCY, "laws": ["nolaw"]}}}, "nolaw"),
        ({"agencies": {"x": {"name": "Office"}}}, "jurisdiction"),
        ({"agencies": {"x": 1}}, "must be a table"),
    ],
)
def test_what_cannot_be_said_is_told_with_its_reason_and_left_out(content: dict[str, Any], told: str) -> None:
    found, wrong = amended(SHIPPED, content, {})
    assert len(wrong) == 1
    assert told in wrong[0]
    # What is broken breaks nothing else.
    assert found.taxonomy.types == SHIPPED.taxonomy.types
    assert found.change_rubric == SHIPPED.change_rubric
    assert found.regulation.types == SHIPPED.regulation.types


def test_one_broken_entry_costs_no_other_one() -> None:
    content = {"points": {"clause.factor.gone": 1, "clause.factor.no_notice": 5}}
    found, wrong = amended(SHIPPED, content, {})
    assert len(wrong) == 1
    assert {factor.code: factor.points for factor in found.taxonomy.rubric.factors}["no_notice"] == 5


def test_an_agency_of_a_site_is_named_for_its_laws_and_no_other_one() -> None:
    found = rules({"agencies": {"office": {**AGENCY, "laws": ["gdpr"]}}}).regulation
    assert found.agencies["office"].name == "Office"
    assert [law.slug for law in found.laws.values() if found.agencies["office"] in law.agencies] == ["gdpr"]
    cited = [place.law for notes in found.types.values() for note in notes.notes for place in note.places]
    assert all(found.agencies["office"] in law.agencies for law in cited if law.slug == "gdpr")


def test_notes_of_a_site_take_the_place_of_the_shipped_ones_and_may_be_on_its_own_types() -> None:
    row = {
        "notes": [{"at": ["gdpr Art. 17"], "says": "Something."}],
        "questions": [{"ask": "Until when?", "facts": ["deadline"]}],
        "contract": ["Look."],
        "steps": ["Write."],
    }
    assert [
        note.says for note in rules({"notes": {"arbitration": row}}).regulation.types["arbitration"].notes
    ] == ["Something."]
    assert problems({"notes": {"kites": row}})
    found = rules({"notes": {"kites": row}, "types": {"kites": KITES}})
    assert found.regulation.types["kites"].steps == ("Write.",)


def test_a_type_of_the_site_stands_behind_the_shipped_ones_and_is_found_by_its_phrases() -> None:
    content = {"types": {"looms": {**KITES, "name": "Looms"}, "kites": KITES}}
    assert list(rules(content).taxonomy.types) == [*SHIPPED.taxonomy.types, "kites", "looms"]
    assert "kites" in slugs("You fly our paper kites above the bay.", content)
    assert rules(content).taxonomy.types["kites"].base_points == 2
    assert parts_of(content)["reads"]


def test_a_type_joins_and_another_is_renamed_and_what_is_shipped_stays() -> None:
    found = rules({"types": {"kites": KITES, "arbitration": {"name": "Private judges"}}}).taxonomy
    assert found.types["kites"].name == "Kites"
    assert found.types["arbitration"].name == "Private judges"
    assert "kites" not in SHIPPED.taxonomy.types


def test_a_type_of_the_site_whose_group_went_stands_on_the_last_shelf_and_that_is_told() -> None:
    content = {"types": {"kites": {**KITES, "group": "sky"}}}
    assert problems(content) == ["type kites: group is no group of the taxonomy"]
    found = amended(SHIPPED, content, MARKS)[0].taxonomy
    assert found.types["kites"].group == found.groups[-1].slug


@pytest.mark.parametrize("slug", ["kites", "arbitration"])
def test_a_retired_type_is_known_and_found_no_more(slug: str) -> None:
    row = {**KITES, "plain_phrases": ["binding arbitration"], "retired": True}
    content = {"types": {slug: row}}
    assert slug not in slugs("All disputes go to binding arbitration.", content)
    assert rules(content).taxonomy.types[slug].retired
    assert parts_of(content)["reads"] != parts_of({"types": {slug: {**row, "retired": False}}})["reads"]


def test_texts_that_are_only_shown_are_no_part_of_what_is_read_by() -> None:
    nothing = parts_of({})
    assert nothing == {"reads": "", "rates": "", "notes": ""}
    assert parts_of({"types": {"arbitration": {"description": "x"}}, "groups": {"more": "More"}}) == nothing
    assert parts_of({"types": {"arbitration": {"name": "x"}}})["reads"]
    assert parts_of({"points": {"change.words.opt_out": 2}}) == {
        **nothing,
        "rates": parts_of({"points": {"change.words.opt_out": 2}})["rates"],
    }
    assert parts_of({"agencies": {"x": AGENCY}})["notes"]


def test_differences_are_told_entry_by_entry() -> None:
    old = {"points": {"a": 1}, "types": {"t": {"name": "A", "base_points": 2}}}
    new = {"points": {"a": 2, "b": 3}, "types": {"t": {"name": "B", "base_points": 2}}}
    assert differences(old, new) == [
        ("types", "t, name", "A", "B"),
        ("points", "a", 1, 2),
        ("points", "b", None, 3),
    ]
