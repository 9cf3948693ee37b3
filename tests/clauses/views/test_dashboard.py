"""The dashboard: what changed, filters that never fail, and what an empty site says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clauses.models import ChangeSet, Clause
from tests.builders import make_change_set, make_document, make_platform, make_user

pytestmark = pytest.mark.django_db
PAST = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)


def _text(client: Client, query: str = "") -> str:
    answer = client.get(reverse("dashboard") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_site_says_how_to_begin(client: Client):
    text = _text(client)
    assert "Nothing is watched yet" in text
    assert reverse("platforms") in text


def test_a_watched_site_without_changes_says_that_nothing_changed(client: Client):
    make_document()
    assert "Nothing has changed yet" in _text(client)


def test_a_recent_change_leads_with_its_words(client: Client):
    change_set = make_change_set(at=timezone.now() - timedelta(days=3))
    text = _text(client)
    assert "Most severe, last 30 days" in text
    assert "<ins>5 years</ins>" in text
    assert "<del>30 days</del>" in text
    assert reverse("change-set", args=[change_set.number]) in text


def test_without_a_recent_change_the_worst_on_record_leads_and_says_so(client: Client):
    make_change_set(at=PAST)
    text = _text(client)
    assert "Most severe on record" in text
    assert "nothing recorded in the last 30 days" in text


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ("?severity=high", True),
        ("?type=data_retention", True),
        ("?type=arbitration", False),
        ("?direction=adverse", True),
        ("?direction=favorable", False),
        ("?kind=substantive", True),
        ("?kind=date", False),
        ("?document_type=terms_of_service", True),
        ("?document_type=privacy_policy", False),
        ("?since=2025-03-02", True),
        ("?since=2025-03-03", False),
    ],
)
def test_a_filter_keeps_what_fits(client: Client, query: str, is_listed: bool):
    change_set = make_change_set(at=PAST)
    assert (change_set.public_id in _text(client, query)) is is_listed


@pytest.mark.parametrize(
    "query",
    [
        "?platform=nobody",
        "?severity=terrible",
        "?type=%00",
        "?since=yesterday",
        "?since=0001-01-01",
        "?since=9999-12-31",
        "?kind=<script>",
        "?document_type=a&direction=b",
    ],
)
def test_a_filter_that_is_not_understood_is_named_and_ignored(client: Client, query: str):
    change_set = make_change_set(at=PAST)
    text = _text(client, query)
    assert "Not understood and ignored" in text
    assert change_set.public_id in text
    assert "<script>" not in text.replace("<script src", "")


def test_a_headline_is_escaped(client: Client):
    change_set = make_change_set(make_platform(name="<script>alert(1)</script>"), at=PAST)
    ChangeSet.objects.filter(pk=change_set.pk).update(headline="<img src=x onerror=alert(1)>")
    text = _text(client)
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text


def test_more_changes_need_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    for _ in range(2):
        make_change_set(at=PAST)
    with django_assert_max_num_queries(20) as few:
        _text(client)
    for _ in range(4):
        make_change_set(at=PAST)
    with django_assert_max_num_queries(len(few.captured_queries)):
        _text(client)


def test_only_curators_see_what_waits_for_a_curator(client: Client):
    make_document()
    assert "Waiting for a curator" not in _text(client)
    client.force_login(make_user())
    assert "Waiting for a curator" not in _text(client)
    client.force_login(make_user(role="curator"))
    assert "Waiting for a curator" in _text(client)


def test_what_waits_for_a_curator_is_clauses_of_counted_platforms(client: Client):
    client.force_login(make_user(role="curator"))
    make_change_set(make_platform(is_sample=True), at=PAST)
    Clause.objects.update(doubt=0.9)
    standing = Clause.objects.filter(removed_in__isnull=True).count()
    assert f">{standing}</a></dd>" in _text(client)
    make_document()
    text = _text(client)
    assert ">0</a></dd>" in text
    assert "Alerts owed" not in text


def test_an_administrator_is_offered_the_next_step(client: Client):
    client.force_login(make_user(role="administrator"))
    make_platform(is_sample=True)
    assert reverse("admin:monitor_platform_add") in _text(client)
    platform = make_platform()
    add = f"{reverse('admin:monitor_document_add')}?platform={platform.pk}"
    assert add in _text(client)
    make_document(platform)
    assert add not in _text(client)


def test_nobody_else_is_offered_a_next_step(client: Client):
    client.force_login(make_user(role="curator"))
    assert reverse("admin:monitor_platform_add") not in _text(client)


def test_a_look_changes_nothing_and_a_post_is_refused(client: Client):
    assert client.post(reverse("dashboard")).status_code == 405
