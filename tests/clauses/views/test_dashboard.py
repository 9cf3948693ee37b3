"""The dashboard: what changed, filters that never fail, and what an empty site says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clauses import visiting
from clauses.models import ChangeSet, Clause, Reader
from clauses.queries.unread import newest_number
from monitor.models import Document
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
    publish,
)

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


def test_of_a_text_being_confirmed_the_next_reading_is_said_unless_nobody_will_read_it(client: Client):
    source = make_source(make_document(next_fetch_at=PAST))
    publish(source, KEPT_30_DAYS, PAST)
    capture(source, KEPT_5_YEARS, PAST + timedelta(days=1))
    assert "next reading" in _text(client)
    Document.objects.update(is_paused=True)
    assert "paused, so no reading is planned" in _text(client)


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


def test_the_feed_has_the_filters_of_the_page_and_nothing_of_the_team(client: Client):
    make_change_set(at=PAST)
    client.force_login(make_user("ana", "analyst"))
    asked = f"{reverse('atom')}?severity=high"
    assert _text(client, "?severity=high&status=new").count(f'href="{asked}"') == 2, (
        "in the head and on the page"
    )
    assert f'href="{reverse("atom")}"' in _text(client)


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


def _returning(client: Client) -> User:
    """Somebody who was shown everything two days ago, and comes back now."""
    user = make_user()
    client.force_login(user)
    ago = timezone.now() - timedelta(days=2)
    reader = visiting.reader_for(user, ago)
    visiting.note_seen(reader, ago, newest_number())
    return user


def _title(text: str) -> str:
    return text.split("<title>")[1].split("</title>", maxsplit=1)[0]


def test_who_comes_back_sees_what_was_recorded_since_and_a_reload_keeps_it(client: Client):
    before = make_change_set(at=timezone.now() - timedelta(days=3))
    _returning(client)
    since = make_change_set(at=timezone.now() - timedelta(days=5))
    for _ in range(2):
        text = _text(client)
        top = text.split('id="all"')[0]
        assert "Since your last visit" in top
        assert since.headline in top
        assert before.headline not in top
        assert "1 recorded, 1 unread" in top
        assert _title(text) == "(1) What changed · Proviso"


def test_a_link_shows_thirty_days_instead_and_another_leads_back(client: Client):
    before = make_change_set(at=timezone.now() - timedelta(days=3))
    _returning(client)
    assert "span=month" in _text(client)
    text = _text(client, "?span=month")
    assert "Most severe, last 30 days" in text
    assert before.headline in text.split('id="all"')[0]
    assert "Only since your last visit" in text


def test_who_comes_back_to_nothing_new_is_told_since_when(client: Client):
    make_change_set(at=timezone.now() - timedelta(days=3))
    _returning(client)
    text = _text(client)
    assert "Nothing new was recorded since" in text
    assert _title(text) == "What changed · Proviso"


def test_what_was_read_is_no_longer_counted_in_the_title(client: Client):
    user = _returning(client)
    change_set = make_change_set(at=timezone.now() - timedelta(days=1))
    assert _title(_text(client)).startswith("(1)")
    visiting.mark(user, [change_set.number], is_read=True)
    text = _text(client)
    assert _title(text) == "What changed · Proviso"
    assert "1 recorded, 0 unread" in text


def test_a_filtered_dashboard_has_not_shown_everything(client: Client):
    user = _returning(client)
    make_change_set(at=timezone.now() - timedelta(days=1))
    _text(client, "?type=arbitration")
    assert Reader.objects.get(user=user).seen_number == 0
    _text(client)
    assert Reader.objects.get(user=user).seen_number == ChangeSet.objects.get().number


def test_without_signing_in_thirty_days_count(client: Client):
    make_change_set(at=timezone.now() - timedelta(days=3))
    make_change_set(at=PAST)
    text = _text(client)
    assert _title(text) == "(1) What changed · Proviso"
    for words in ("Unread", "Your work", "last visit", "Choose C-", "Save this filter"):
        assert words not in text


def test_changes_without_one_of_weight_are_still_counted_on_top(client: Client):
    make_change_set(at=timezone.now() - timedelta(days=3))
    ChangeSet.objects.update(severity=1)
    text = _text(client)
    assert "Most severe, last 30 days" in text
    assert "None of them is of medium or high severity." in text.split('id="all"')[0]


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
    assert reverse("watch-page") in _text(client)
    platform = make_platform()
    add = f"{reverse('admin:monitor_document_add')}?platform={platform.pk}"
    assert add in _text(client)
    make_document(platform)
    assert add not in _text(client)


def test_nobody_else_is_offered_a_next_step(client: Client):
    client.force_login(make_user(role="curator"))
    assert reverse("watch-page") not in _text(client)


def test_a_look_changes_nothing_and_a_post_is_refused(client: Client):
    assert client.post(reverse("dashboard")).status_code == 405
