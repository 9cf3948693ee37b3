"""Operators are mailed what needs them, each matter once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from clauses.delivering import send_all
from clauses.models import Alert, MailedNotice, NoticeMail, QueueNotice
from clauses.operators import owe_notices, tell_of_queues
from monitor.models import Document, Notice, NoticeKind, Source
from monitor.reliability import tell_silent
from tests.builders import capture, make_document, make_platform, make_source
from tests.mail_server import parts, smtp_inbox

pytestmark = pytest.mark.django_db
ONE = override_settings(OPERATOR_MAILS=["Ops@example.org"])


def notice(kind: NoticeKind, source: Source | None = None, began_at: datetime | None = None) -> Notice:
    now = timezone.now()
    return Notice.objects.create(
        source=source or make_source(), kind=kind, began_at=began_at or now, told_at=now, words="why <b>"
    )


def mailed() -> list[str]:
    return [row.notice.kind for row in MailedNotice.objects.order_by("pk") if row.notice]


def due_since(hours: float) -> Document:
    at = timezone.now() - timedelta(hours=hours)
    return make_document(next_fetch_at=at)


@ONE
def test_notices_come_in_one_mail_and_never_again() -> None:
    platform = make_platform(name="Hollowreed <i>")
    source = make_source(make_document(platform, name="Terms"))
    notice(NoticeKind.UNSTABLE, source)
    notice(NoticeKind.SILENT, source)
    assert owe_notices(timezone.now()) == 1
    assert owe_notices(timezone.now()) == 0
    with smtp_inbox() as inbox:
        send_all(timezone.now() + timedelta(minutes=1))
        send_all(timezone.now() + timedelta(minutes=1))
    (message,) = inbox.messages
    assert message["To"] == "ops@example.org"
    assert message["Subject"].endswith("Swings between two texts: Hollowreed <i>, Terms, and 1 more")
    text, html = parts(message)
    for part in (text, html):
        assert NoticeKind.SILENT.label in part
        assert source.url in part
    assert "why &lt;b&gt;" in html
    assert "<b>" not in html


@ONE
def test_a_first_failure_is_not_mailed_and_its_end_neither() -> None:
    source, since = make_source(), timezone.now() - timedelta(hours=1)
    notice(NoticeKind.FAILED, source, since)
    notice(NoticeKind.WORKS_AGAIN, source, since)
    assert owe_notices(timezone.now()) == 0
    other = make_source()
    for kind in (NoticeKind.FAILED, NoticeKind.KEEPS_FAILING, NoticeKind.WORKS_AGAIN):
        notice(kind, other, since)
    assert owe_notices(timezone.now()) == 1
    assert mailed() == [NoticeKind.KEEPS_FAILING, NoticeKind.WORKS_AGAIN]


def test_without_the_setting_nobody_is_mailed() -> None:
    notice(NoticeKind.SILENT)
    assert owe_notices(timezone.now()) == 0


@ONE
def test_samples_and_old_matters_are_not_mailed() -> None:
    notice(NoticeKind.SILENT, make_source(make_document(make_platform(is_sample=True))))
    notice(NoticeKind.SILENT)
    later = timezone.now() + timedelta(days=8)
    assert owe_notices(later) == 0


@override_settings(OPERATOR_MAILS=["one@example.org", "two@example.org"])
def test_every_operator_is_mailed() -> None:
    notice(NoticeKind.MOVED)
    assert owe_notices(timezone.now()) == 2
    assert set(NoticeMail.objects.values_list("address", flat=True)) == {"one@example.org", "two@example.org"}


@ONE
def test_a_queue_that_stands_still_is_told_once_and_once_that_it_moves() -> None:
    now = timezone.now()
    document = due_since(3)
    assert tell_of_queues(now) == 1
    # Another row is the oldest now; the queue is the same matter.
    Document.objects.filter(pk=document.pk).update(next_fetch_at=now - timedelta(hours=2.5))
    assert tell_of_queues(now + timedelta(minutes=1)) == 0
    Document.objects.update(next_fetch_at=now - timedelta(minutes=70))
    assert tell_of_queues(now) == 0, "less, and still not well"
    Document.objects.update(next_fetch_at=now + timedelta(hours=1))
    assert tell_of_queues(now + timedelta(minutes=2)) == 1
    assert tell_of_queues(now + timedelta(minutes=3)) == 0
    stands, moves = QueueNotice.objects.order_by("told_at")
    assert (stands.is_over, moves.is_over, stands.began_at) == (False, True, moves.began_at)
    assert owe_notices(now) == 1
    assert MailedNotice.objects.filter(queue_notice__isnull=False).count() == 2
    Document.objects.update(next_fetch_at=now - timedelta(hours=3))
    assert tell_of_queues(now + timedelta(minutes=4)) == 1, "another time is another matter"


def test_a_short_wait_is_no_matter_and_what_waits_for_its_hour_neither() -> None:
    due_since(1.5)
    Alert.objects.all().delete()
    assert tell_of_queues(timezone.now()) == 0


def test_the_status_page_and_its_twin_tell_of_queues(client: Client) -> None:
    due_since(3)
    tell_of_queues(timezone.now())
    assert "Documents due for a reading stand still" in client.get(reverse("status")).content.decode()
    (told,) = client.get(reverse("status-json")).json()["queue_notices"]
    assert (told["queue"], told["is_over"]) == ("Documents due for a reading", False)


@ONE
def test_a_source_that_was_silent_and_is_heard_again_is_told_once() -> None:
    source, now = make_source(), timezone.now()
    capture(source, "<p>Terms.</p>", now - timedelta(days=9))
    Document.objects.update(next_fetch_at=now - timedelta(days=8))
    assert tell_silent(now) == 1
    assert tell_silent(now) == 0
    capture(source, "<p>Terms.</p>", now + timedelta(minutes=1))
    assert tell_silent(now + timedelta(minutes=2)) == 1
    assert tell_silent(now + timedelta(minutes=3)) == 0
    owe_notices(now + timedelta(minutes=4))
    assert mailed() == [NoticeKind.SILENT, NoticeKind.WORKS_AGAIN]
