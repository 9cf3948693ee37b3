"""Badges, redlines and dates as pages get them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from django.template import Context, Template

from clauses.core.values import Fact
from clauses.models import Clause, Occurrence

AT = datetime(2026, 9, 8, 6, 4, tzinfo=UTC)


def _shown(source: str, **values: Any) -> str:
    return Template("{% load proviso redlines %}" + source).render(Context(values)).strip()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("day", AT, "8 Sep 2026"),
        ("day", date(2026, 9, 8), "8 Sep 2026"),
        ("day_of_year", AT, "8 Sep"),
        ("long_day", AT, "8 September 2026"),
        ("weekday", AT, "Tuesday 8 September 2026"),
        ("moment", AT, "8 Sep 2026, 06:04 UTC"),
        ("moment", datetime(2026, 9, 8, 1, 4, tzinfo=timezone(timedelta(hours=-5))), "8 Sep 2026, 06:04 UTC"),
    ],
)
def test_a_date_is_written_out_in_utc_inside_a_time_element(name: str, value: object, words: str):
    shown = _shown("{{ value|" + name + " }}", value=value)
    assert shown.startswith("<time datetime=")
    assert shown.endswith(f">{words}</time>")


def test_no_date_is_no_element():
    assert _shown("{{ value|day }}", value=None) == ""


def test_a_severity_is_said_in_words_beside_its_icon():
    shown = _shown("{% severity 3 %}")
    assert 'class="severity severity-high"' in shown
    assert "#i-high" in shown
    assert "High" in shown


def test_a_redline_uses_real_elements_and_escapes_what_the_page_said():
    runs = [["=", "<b>kept</b> "], ["-", "<i>"], ["+", "&new"]]
    shown = _shown('{% redline runs "modified" %}', runs=runs)
    assert "&lt;b&gt;kept&lt;/b&gt; <del>&lt;i&gt;</del><ins>&amp;new</ins></p>" in shown
    assert "redline-modified" in shown


def test_the_words_of_a_redline_are_the_stored_ones_to_the_character():
    shown = _shown("{% redline runs %}", runs=[["=", "  two  spaces "], ["+", " end "]])
    assert ">  two  spaces <ins> end </ins></p>" in shown


def test_an_unknown_clause_type_still_has_a_name():
    assert _shown("{{ slug|type_name }}", slug="gone_type") == "Gone type"


def test_a_figure_that_is_not_there_is_not_stated():
    figure = Fact("retention", "30", "day", 30.0, "<logs>", "", "30 days", 0, 7)
    fact = {"kind": "retention", "subject": "<logs>", "old": None, "new": asdict(figure)}
    shown = " ".join(_shown("{% figures facts %}", facts=[fact]).split())
    assert "Retention period of &lt;logs&gt;: <strong>30 days</strong>" in shown
    assert "was not stated" in shown


@pytest.mark.parametrize(
    ("kind", "value", "unit", "normalized", "words"),
    [
        ("effective_date", "2026-01-05", "date", "2026-01-05", "5 Jan 2026"),
        ("retention", "30", "day", 30, "30 days"),
        ("retention", "as long as needed", "", None, "as long as needed"),
    ],
)
def test_a_figure_is_written_as_everything_else_on_the_page(
    kind: str, value: str, unit: str, normalized: float | str | None, words: str
):
    fact = Fact(kind, value, unit, normalized, "", "", value, 0, len(value))
    assert _shown("{{ fact|fact_amount }}", fact=asdict(fact)) == words


@pytest.mark.parametrize(
    ("number", "heading", "words"),
    [
        ("4", "4. How long we keep it", ""),
        ("4", "How long we keep it", "no. 4"),
        ("4(b)", "4. How long we keep it", "no. 4(b)"),
        ("4", "42. How long we keep it", "no. 4"),
        ("", "4. How long we keep it", ""),
    ],
)
def test_a_number_is_not_said_twice_beside_its_heading(number: str, heading: str, words: str) -> None:
    clause = Clause(pk=7, current=Occurrence(heading_path=[heading]))
    shown = _shown("{{ clause|number_beside_heading:numbers }}", clause=clause, numbers={7: number})
    assert shown == words


def test_moments_in_a_line_of_ours_are_shown_as_all_moments_are_and_its_other_words_as_text() -> None:
    line = "Nothing since 2026-09-28 06:04 UTC, from <b> to 2026-13-41 06:04 UTC"
    assert _shown("{% told_moments line %}", line=line) == (
        'Nothing since <time datetime="2026-09-28T06:04:00+00:00" data-moment>28 Sep 2026, 06:04 UTC</time>'
        ", from &lt;b&gt; to 2026-13-41 06:04 UTC"
    )
