"""The status page: honest figures for everybody, nothing private."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clauses import subscribing
from clauses.models import QueueNotice
from clauses.models.choices import SeverityLevel
from monitor.models import Notice, NoticeKind, Outcome, Quarantine, Ruling
from tests.builders import capture, fail, hold_back, make_change_set, make_source, make_user

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
    assert "The text of the last good reading stands in, where there is one." in text


def test_a_text_being_confirmed_is_listed(client: Client):
    source, now = make_source(), timezone.now()
    capture(source, "<p>We keep it.</p>", now - timedelta(days=2))
    capture(source, "<p>We sell it.</p>", now - timedelta(hours=1))
    assert "new text, seen once" in _text(client)


def test_nobody_sees_who_is_owed_an_alert(client: Client):
    change_set = make_change_set()
    user = make_user("somebody-private")
    subscribing.subscribe(user, change_set.document.platform, SeverityLevel.LOW)
    text = _text(client)
    assert "somebody-private" not in text


def test_health_is_told_in_groups_for_a_day_and_a_week(client: Client):
    source, now = make_source(), timezone.now()
    capture(source, "<p>We keep it.</p>", now - timedelta(days=3))
    fail(source, now - timedelta(hours=3), Outcome.TIMED_OUT)
    hold_back(source, "<p>Show that you are a person.</p>", now - timedelta(hours=1))
    twin = client.get(reverse("status-json")).json()
    assert twin["groups"] == [
        {"group": "read", "day": 0, "week": 1},
        {"group": "quiet", "day": 0, "week": 0},
        {"group": "held_back", "day": 1, "week": 1},
        {"group": "failed", "day": 1, "week": 1},
    ]
    assert (twin["offered"], twin["held_back"]) == (0, 1)
    (failing,) = twin["failing_pages"]
    assert (failing["outcome"], failing["group"], failing["message"]) == (
        "bot_wall",
        "held_back",
        "the test says so",
    )
    assert "1 other is kept as what it is" in _text(client)


def test_a_page_that_fails_says_since_when_and_how_often(client: Client):
    source, now = make_source(), timezone.now()
    for hours in (9, 6, 3):
        fail(source, now - timedelta(hours=hours))
    assert "3 tries since" in " ".join(_text(client).split())


def test_notices_are_told_newest_first_and_fifty_at_most(client: Client):
    source, now = make_source(), timezone.now()
    assert "Nothing to tell" in _text(client)
    for number in range(60):
        told_at = now - timedelta(hours=60 - number)
        Notice.objects.create(
            source=source,
            kind=NoticeKind.SILENT,
            began_at=told_at,
            told_at=told_at,
            words=f"Notice {number}.",
        )
    text = _text(client)
    assert text.index("Notice 59.") < text.index("Notice 58.")
    assert "Notice 10." in text
    assert "Notice 9." not in text
    twin = client.get(reverse("status-json")).json()
    assert [row["words"] for row in twin["notices"]][:2] == ["Notice 59.", "Notice 58."]


def test_offers_lead_curators_and_nobody_else_to_the_list(client: Client):
    hold_back(make_source(), "<p>Show that you are a person.</p>", timezone.now())
    Quarantine.objects.update(ruling=Ruling.OFFERED)
    assert "1 text that keeps coming waits for a curator" in _text(client)
    assert reverse("review-captures") not in _text(client)
    client.force_login(make_user(role="curator"))
    assert reverse("review-captures") in _text(client)


def test_moments_in_the_words_of_notices_are_shown_as_all_others(client: Client):
    now = timezone.now()
    told = {"told_at": now, "began_at": now}
    Notice.objects.create(
        source=make_source(), kind=NoticeKind.SILENT, words="Nothing since 2026-09-28 06:04 UTC", **told
    )
    QueueNotice.objects.create(
        queue="Mails", words="2 waiting, the oldest since 2026-09-27 06:04 UTC", **told
    )
    page = _text(client)
    for number in (27, 28):
        at = f'<time datetime="2026-09-{number}T06:04:00+00:00" data-moment>{number} Sep 2026, 06:04 UTC</time>'
        assert f"since {at}" in page


def test_words_of_a_notice_are_shown_as_text(client: Client):
    now = timezone.now()
    Notice.objects.create(
        source=make_source(),
        kind=NoticeKind.MOVED,
        began_at=now,
        told_at=now,
        words="<script>alert(1)</script>",
    )
    assert "<script>alert" not in _text(client)


def test_more_failing_pages_need_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    def failing() -> None:
        source, now = make_source(), timezone.now()
        capture(source, "<p>We keep it.</p>", now - timedelta(days=2))
        fail(source, now - timedelta(hours=1))
        Notice.objects.create(source=source, kind=NoticeKind.SILENT, began_at=now, told_at=now)

    failing()
    with django_assert_max_num_queries(18) as few:
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
    assert failed == [{"outcome": "http_error", "group": "failed", "is_problem": True, "day": 1, "week": 1}]
    assert [row["count"] for row in twin["queues"]][1] == 0
