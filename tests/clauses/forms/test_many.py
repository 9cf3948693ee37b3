"""Filters of which several values may be chosen, from the address to what is asked, and back."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clauses.forms.changes import ChangeFilterForm
from clauses.forms.registry import registry_form
from clauses.models.choices import SeverityLevel
from clauses.moving import rename_platform
from clauses.queries.changes import ChangeFilter
from tests.builders import make_platform

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _platforms() -> None:
    make_platform(slug="harbor")
    make_platform(slug="rook")


def _form(query: str) -> ChangeFilterForm:
    return ChangeFilterForm(QueryDict(query))


def test_each_field_takes_several_values() -> None:
    query = (
        "platform=harbor&platform=rook&document_type=privacy_policy&document_type=terms_of_service"
        "&type=arbitration&type=ai_training&direction=adverse&direction=mixed&kind=date&kind=editorial"
    )
    form = _form(query)
    assert form.asked() == ChangeFilter(
        platforms=("harbor", "rook"),
        document_types=("privacy_policy", "terms_of_service"),
        types=("arbitration", "ai_training"),
        directions=("adverse", "mixed"),
        kinds=("date", "editorial"),
    )
    assert form.query() == query


def test_an_address_with_one_value_and_empty_ones_means_what_it_did() -> None:
    form = _form("platform=harbor&document_type=&type=&severity=medium&direction=&kind=&since=2026-01-31")
    assert form.asked() == ChangeFilter(
        platforms=("harbor",), severity=SeverityLevel.MEDIUM.value, since=date(2026, 1, 31)
    )
    assert form.query() == "platform=harbor&severity=medium&since=2026-01-31"


def test_of_several_severities_the_lowest_lets_all_through() -> None:
    for query in ("severity=high&severity=medium", "severity=medium&severity=high&severity="):
        form = _form(query)
        assert form.asked().severity == SeverityLevel.MEDIUM.value
        assert form.query() == "severity=medium"
    assert "severity" in _form("severity=high&severity=severe").errors


def test_a_former_address_is_the_platform_as_it_is_called_today() -> None:
    platform = make_platform(slug="heron")
    rename_platform(platform, name="Egret", slug="egret", at=timezone.now())
    form = _form("platform=heron&platform=egret&platform=rook")
    assert form.asked().platforms == ("egret", "rook")
    assert form["platform"].value() == ["egret", "rook"]


def test_platforms_that_are_none_are_looked_for_all_at_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        # The platforms there are, and those that stood at other addresses.
        _form("&".join(f"platform=nowhere-{n}" for n in range(50)))


def test_one_value_that_is_none_leaves_the_field_out_and_is_named() -> None:
    form = _form("platform=harbor&platform=nowhere&kind=date")
    assert form.asked() == ChangeFilter(kinds=("date",))
    assert form.ignored == ["Platform"]


def test_the_registry_takes_several_platforms_types_and_documents() -> None:
    form = registry_form(QueryDict("type=arbitration&type=ai_training&severity=high"), [])
    assert (form.wanted().types, form.wanted().severity) == (
        ("arbitration", "ai_training"),
        SeverityLevel.HIGH.value,
    )
