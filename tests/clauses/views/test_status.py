"""The status page: honest figures for everybody, nothing private."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clauses.models import Subscription
from monitor.models import Outcome
from tests.builders import capture, fail, make_change_set, make_source, make_user

pytestmark = pytest.mark.django_db


def _text(client: Client) -> str:
    answer = client.get(reverse("status"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_site_has_a_status(client: Client):
    text = _text(client)
    assert "No document is watched at present." in text
    assert "gave a text" not in text
    assert "No page was read in the last 7 days." in text


def test_nothing_is_said_of_pages_that_were_never_read(client: Client):
    source = make_source()
    assert "No watched page has been read yet." in _text(client)
    capture(source, "<p>We keep it.</p>", timezone.now())
    assert "Every watched page that was read gave a text at its last reading." in _text(client)


def test_a_failing_page_is_named_with_its_last_good_reading(client: Client):
    source, now = make_source(), timezone.now()
    capture(source, "<p>We keep it.</p>", now - timedelta(days=2))
    fail(source, now - timedelta(hours=1), Outcome.HTTP_ERROR)
    text = _text(client)
    assert source.url in text
    assert Outcome.HTTP_ERROR.label in text
    assert "The text of the last good reading stands in." in text


def test_a_text_being_confirmed_is_listed(client: Client):
    source, now = make_source(), timezone.now()
    capture(source, "<p>We keep it.</p>", now - timedelta(days=2))
    capture(source, "<p>We sell it.</p>", now - timedelta(hours=1))
    assert "new text, seen once" in _text(client)


def test_nobody_sees_who_is_owed_an_alert(client: Client):
    change_set = make_change_set()
    user = make_user("somebody-private")
    Subscription.objects.create(user=user, platform=change_set.document.platform)
    text = _text(client)
    assert "somebody-private" not in text


def test_more_failing_pages_need_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    def failing() -> None:
        source, now = make_source(), timezone.now()
        capture(source, "<p>We keep it.</p>", now - timedelta(days=2))
        fail(source, now - timedelta(hours=1))

    failing()
    with django_assert_max_num_queries(15) as few:
        _text(client)
    for _ in range(3):
        failing()
    with django_assert_max_num_queries(len(few.captured_queries)):
        _text(client)


def test_the_twin_says_what_the_page_says(client: Client):
    make_change_set(at=timezone.now() - timedelta(days=3))
    source = make_source()
    fail(source, timezone.now(), Outcome.HTTP_ERROR)
    twin = client.get(reverse("status-json")).json()
    assert (twin["documents"], twin["watched"], twin["failing"]) == (2, 2, 1)
    failed = [row for row in twin["readings"] if row["is_problem"]]
    assert failed == [
        {"outcome": "http_error", "group": "failed", "is_problem": True, "day": 1, "week": 1}
    ]
    assert [row["count"] for row in twin["queues"]][1] == 0
