"""The boxes of a filter of which several values may be chosen."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from clauses.forms.changes import ChangeFilterForm
from clauses.templatetags.filtering import many
from tests.builders import make_platform

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "All"),
        ("platform=", "All"),
        ("platform=harbor", "Harbor"),
        ("platform=harbor&platform=rook", "2 chosen"),
        ("platform=nowhere", "All"),
    ],
)
def test_what_is_chosen_is_said_in_a_word_or_two(query: str, said: str) -> None:
    make_platform(slug="harbor", name="Harbor")
    make_platform(slug="rook", name="Rook")
    shown = many(ChangeFilterForm(QueryDict(query))["platform"])
    assert shown["said"] == said
    ((group, rows),) = shown["groups"]
    assert group == ""
    assert [value for value, _, _ in rows] == ["harbor", "rook"], "all of them is no box"
    assert [value for value, _, is_chosen in rows if is_chosen] == [
        slug for slug in ("harbor", "rook") if f"platform={slug}" in query
    ]


def test_types_stand_in_their_groups() -> None:
    shown = many(ChangeFilterForm(QueryDict("type=arbitration&type=class_action_waiver"))["type"])
    (disputes,) = [rows for group, rows in shown["groups"] if group == "Disputes"]
    assert [value for value, _, is_chosen in disputes if is_chosen] == ["arbitration", "class_action_waiver"]
