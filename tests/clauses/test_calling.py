"""Calling webhooks over real HTTP: one call for each change that is owed, whatever the receiver does."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from clauses import calling, connecting, subscribing
from clauses.calling import call, call_all
from clauses.core.webhook_calls import slack_escaped
from clauses.models import AlertState, Webhook, WebhookDelivery, WebhookFormat
from clauses.outbox import Sending
from tests.builders import make_change_set
from tests.clauses.owed_calls import owed_call
from tests.receiver import Receiver, Reply, receiver


@pytest.fixture
def program(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiver() as running:
        yield running


def forget_the_wait() -> None:
    WebhookDelivery.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_change_is_called_once_and_says_what_its_twin_says(program: Receiver, client: Any) -> None:
    row = owed_call(program.url)
    assert call(row.pk) == Sending.SENT
    assert call(row.pk) == Sending.NOT_OURS
    call_all(timezone.now() + timedelta(minutes=1))
    (came,) = program.calls
    said = json.loads(came.body)
    assert (said["event"], said["delivery"]) == ("change", row.key)
    twin = client.get(f"/changes/{row.change_set.public_id}.json").json()
    for name in ("id", "headline", "summary", "severity", "direction", "adverse", "counts", "effective_on"):
        assert said["change_set"][name] == twin[name]
    assert said["document"] == twin["document"]
    assert (said["from"], said["to"]) == (twin["from"], twin["to"])
    assert {one["record"] for one in said["changes"]} == {one["record"] for one in twin["changes"]}
    for address in said["links"].values():
        assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.status, row.attempts, row.answer) == (AlertState.SENT, 200, 1, "ok")


@pytest.mark.django_db
def test_slack_is_told_one_text_in_which_no_page_can_write_a_link(program: Receiver) -> None:
    row = owed_call(program.url, WebhookFormat.SLACK, name="Rook & <!channel>")
    call(row.pk)
    (came,) = program.calls
    said = json.loads(came.body)
    assert list(said) == ["text"]
    assert "Rook &amp; &lt;!channel&gt;" in said["text"]
    assert re.findall(r"<[^>]*>", said["text"]) == [
        f"<http://127.0.0.1:8000/changes/{row.change_set.public_id}/|{slack_escaped(row.change_set.headline)}>"
    ]


@pytest.mark.django_db
def test_500_then_200_is_one_delivery_by_two_tries_of_one_name(program: Receiver) -> None:
    row = owed_call(program.url)
    program.replies = [Reply(500, b"<b>down</b>")]
    before = timezone.now()
    assert call(row.pk) == Sending.NO_SERVER
    row.refresh_from_db()
    assert (row.state, row.status, row.attempts, row.answer) == (AlertState.OWED, 500, 1, "<b>down</b>")
    assert row.next_try_at
    assert row.next_try_at >= before + timedelta(minutes=2)
    assert call(row.pk) == Sending.NOT_OURS, "not before its time"
    forget_the_wait()
    assert call(row.pk) == Sending.SENT
    row.refresh_from_db()
    assert (row.state, row.status, row.attempts, row.error) == (AlertState.SENT, 200, 2, "")
    assert len({came.headers["Proviso-Delivery"] for came in program.calls}) == 1
    assert len(program.calls) == 2


@pytest.mark.django_db
def test_a_receiver_that_asks_for_time_gets_it(program: Receiver) -> None:
    row = owed_call(program.url)
    program.replies = [Reply(429, headers={"Retry-After": "3600"})]
    before = timezone.now()
    call(row.pk)
    row.refresh_from_db()
    assert row.next_try_at
    assert row.next_try_at >= before + timedelta(hours=1)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_refusal_ends_the_call_and_not_the_webhook(program: Receiver, status: int) -> None:
    row = owed_call(program.url)
    program.replies = [Reply(status)]
    assert call(row.pk) == Sending.ENDED
    row.refresh_from_db()
    assert (row.state, row.status) == (AlertState.FAILED, status)
    assert row.webhook.is_running


@pytest.mark.django_db
def test_410_stops_the_webhook_and_what_it_is_still_owed(program: Receiver) -> None:
    row = owed_call(program.url)
    make_change_set(row.webhook.subscription.platform)
    program.replies = [Reply(410)]
    call_all(timezone.now() + timedelta(minutes=1))
    assert len(program.calls) == 1
    states = WebhookDelivery.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [AlertState.FAILED, AlertState.DROPPED]
    webhook = Webhook.objects.get()
    assert (webhook.is_running, "410" in webhook.stopped_because) == (False, True)
    make_change_set(row.webhook.subscription.platform)
    assert WebhookDelivery.objects.count() == 2, "nothing is owed to who is gone"
    connecting.resume(webhook)
    make_change_set(row.webhook.subscription.platform)
    assert WebhookDelivery.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_never_followed_and_ends_the_call(program: Receiver, status: int) -> None:
    row = owed_call(program.url)
    with receiver() as other:
        program.replies = [Reply(status, headers={"Location": other.url})]
        assert call(row.pk) == Sending.ENDED
        assert other.calls == []
    row.refresh_from_db()
    assert (row.state, row.status) == (AlertState.FAILED, status)
    assert "never followed" in row.error


@pytest.mark.django_db
def test_an_address_inside_is_never_called_ghsa_jrxm(program: Receiver, settings: Any) -> None:
    settings.WEBHOOKS_ALLOW_PRIVATE = False
    row = owed_call(program.url)
    assert call(row.pk) == Sending.ENDED
    assert program.calls == []
    row.refresh_from_db()
    assert (row.state, row.error) == (AlertState.FAILED, "the address leads into a private network")


@pytest.mark.django_db
def test_a_receiver_that_hangs_is_left_in_time_and_keeps_no_other_waiting(
    program: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "_SECONDS", 0.3)
    row = owed_call(program.url)
    make_change_set(row.webhook.subscription.platform)
    program.replies = [Reply(hangs=True)]
    with receiver() as other:
        connecting.connect(row.webhook.subscription, other.url, WebhookFormat.JSON)
        make_change_set(row.webhook.subscription.platform)
        began = time.monotonic()
        assert call_all(timezone.now() + timedelta(minutes=1))
        assert time.monotonic() - began < 10
        assert (len(program.calls), len(other.calls)) == (1, 1)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.status) == (AlertState.OWED, 1, None)
    assert "not complete after" in row.error


@pytest.mark.django_db
def test_nobody_listening_and_a_dropped_line_are_tried_again(program: Receiver) -> None:
    row = owed_call(program.url)
    program.replies = [Reply(drops=True)]
    assert call(row.pk) == Sending.NO_SERVER
    forget_the_wait()
    Webhook.objects.update(url="http://127.0.0.1:9/")
    assert call(row.pk) == Sending.NO_SERVER
    row.refresh_from_db()
    assert (row.state, row.attempts, row.is_stuck) == (AlertState.OWED, 2, False)


@pytest.mark.django_db
def test_calling_gives_up_after_as_many_tries_as_mail_has(program: Receiver) -> None:
    row = owed_call(program.url)
    program.replies = [Reply(503)] * 40
    for _ in range(30):
        call(row.pk)
        forget_the_wait()
    row.refresh_from_db()
    assert (row.state, row.attempts, len(program.calls)) == (AlertState.FAILED, 24, 24)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [b"x" * 5_000_000, b"\xff\x00\x1b[31m" * 100])
def test_of_an_answer_only_the_beginning_is_kept_as_one_plain_line(program: Receiver, answer: bytes) -> None:
    row = owed_call(program.url)
    program.replies = [Reply(200, answer)]
    assert call(row.pk) == Sending.SENT
    row.refresh_from_db()
    assert len(row.answer) <= 200
    assert row.answer.isprintable()


@pytest.mark.django_db
@pytest.mark.parametrize("stop", ["pause webhook", "pause", "end", "deactivate"])
def test_who_wants_no_call_any_more_gets_none(program: Receiver, stop: str) -> None:
    row = owed_call(program.url)
    subscription = row.webhook.subscription
    if stop == "pause webhook":
        connecting.pause(row.webhook)
    elif stop == "deactivate":
        User.objects.update(is_active=False)
    else:
        (subscribing.pause if stop == "pause" else subscribing.end)(subscription)
    assert call(row.pk) == Sending.ENDED
    row.refresh_from_db()
    assert (row.state, program.calls) == (AlertState.DROPPED, [])
    make_change_set(subscription.platform)
    assert WebhookDelivery.objects.count() == 1, "nor is anything owed"


@pytest.mark.django_db(transaction=True)
def test_two_threads_that_call_at_once_make_one_call(program: Receiver) -> None:
    row = owed_call(program.url)
    start = threading.Barrier(2)
    results: list[bool] = []

    def race() -> None:
        start.wait()
        try:
            results.append(call(row.pk) == Sending.SENT)
        finally:
            connection.close()

    threads = [threading.Thread(target=race) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]
    assert len(program.calls) == 1


@pytest.mark.django_db
def test_a_call_our_own_code_cannot_write_counts_its_tries(
    program: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    row = owed_call(program.url)
    monkeypatch.setattr(calling, "webhook_body", lambda _: 1 // 0)
    call(row.pk)
    row.refresh_from_db()
    assert (row.attempts, row.error) == (1, "ZeroDivisionError: integer division or modulo by zero")
    assert "writing the call" in caplog.text
