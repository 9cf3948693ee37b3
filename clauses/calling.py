"""Calling the webhooks that are owed word of a change, each row once, through the guarded client."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from clauses import outbox
from clauses.core.plain_line import plain_line
from clauses.core.webhook_calls import Verdict, asked_wait, signature, verdict
from clauses.models import AlertState, Webhook, WebhookDelivery
from clauses.outbox import Sending
from clauses.queries.webhook_body import webhook_body
from monitor import fetching
from monitor.core.asking import Asking
from monitor.fetching import Answer, FetchError, Limits, Refused
from monitor.identity import user_agent

_log = logging.getLogger(__name__)
# Of an answer, only what helps to find a mistake is read.
_MOST_BYTES = 2_000
_SECONDS = 10
_ANSWER_CHARACTERS = 200
_ALONG = (
    "webhook__subscription__recipient__user",
    "change_set__document__platform",
    "change_set__old_version",
    "change_set__new_version",
)


def waiting(now: datetime) -> QuerySet[Any]:
    """The calls that wait to be made."""
    return outbox.waiting(WebhookDelivery, now)


def release_all() -> None:
    """Let go of every call. Only for the one process of an embedded site, at its start."""
    outbox.release_all([WebhookDelivery])


def call_all(until: datetime) -> bool:
    """Make the calls that wait, one after the other. False where there was no time left for some.

    A receiver that cannot be reached is left alone for the rest of it, so that it keeps nobody waiting.
    """
    away: set[int] = set()
    for pk, webhook in list(waiting(timezone.now()).values_list("pk", "webhook")):
        if timezone.now() > until:
            return False
        if webhook not in away and call(pk) == Sending.NO_SERVER:
            away.add(webhook)
    return True


def call(pk: int) -> Sending:
    """Make one call, unless somebody else does or it is not owed."""
    now = timezone.now()
    if not outbox.claim(waiting(now), pk, now):
        return Sending.NOT_OURS
    row = WebhookDelivery.objects.select_related(*_ALONG).get(pk=pk)
    if not _is_wanted(row):
        return _close(row, AlertState.DROPPED)
    outbox.mine(row).update(tried_at=now)
    try:
        answer = _posted(row, webhook_body(row), now)
    except Refused as error:
        return _fail(row, str(error))
    except FetchError as error:
        return _try_later(row, str(error), now)
    except Exception as error:
        # What our own code cannot write counts its tries as well, or it would be tried for ever.
        _log.exception("writing the call %s failed", row.pk)
        return _try_later(row, f"{type(error).__name__}: {error}", now)
    return _judge(row, answer, now)


def _is_wanted(row: WebhookDelivery) -> bool:
    """Whether the person still wants this call. A test is wanted whatever is paused."""
    subscription = row.webhook.subscription
    user = subscription.recipient.user
    if user is None or not user.is_active or subscription.ended_at:
        return False
    if row.change_set and row.change_set.is_technical:
        return False
    return row.is_test or (row.webhook.is_running and subscription.is_running)


def _posted(row: WebhookDelivery, body: bytes, now: datetime) -> Answer:
    limits = Limits(
        _MOST_BYTES,
        _SECONDS,
        user_agent(),
        settings.WEBHOOKS_ALLOW_PRIVATE,
        max_redirects=0,
        keeps_beginning=True,
    )
    timestamp = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "Accept": "*/*",
        "Proviso-Event": "test" if row.is_test else "change",
        "Proviso-Delivery": row.key,
        "Proviso-Timestamp": str(timestamp),
        "Proviso-Signature": signature(row.webhook.secret, timestamp, body),
    }
    return fetching.get(row.webhook.url, limits, Asking(headers=headers, body=body))


def _judge(row: WebhookDelivery, answer: Answer, now: datetime) -> Sending:
    begins = plain_line(answer.body.decode("utf-8", "replace"))[:_ANSWER_CHARACTERS]
    said: dict[str, Any] = {"status": answer.status, "answer": begins}
    meaning = verdict(answer.status)
    if meaning == Verdict.TAKEN:
        return _close(row, AlertState.SENT, attempts=row.attempts + 1, **said)
    if meaning == Verdict.LATER:
        wait = asked_wait(answer.headers.get("retry-after", ""))
        return _try_later(row, f"the answer was {answer.status}", now, at_least=wait, **said)
    if meaning == Verdict.GONE:
        because = f"its receiver answered {answer.status}, which means that it is gone"
        Webhook.objects.filter(pk=row.webhook_id, stopped_at=None).update(
            stopped_at=now, stopped_because=because
        )
    is_redirect = 300 <= answer.status < 400
    words = "a redirect, which is never followed" if is_redirect else f"the answer was {answer.status}"
    return _fail(row, words, **said)


def _try_later(row: WebhookDelivery, error: str, now: datetime, **more: Any) -> Sending:
    if row.is_test or outbox.is_last_try(row):
        more.pop("at_least", None)
        return _fail(row, error, **more)
    outbox.put_off(row, error, now, **more)
    return Sending.NO_SERVER


def _fail(row: WebhookDelivery, error: str, **more: Any) -> Sending:
    return _close(row, AlertState.FAILED, error, attempts=row.attempts + 1, **more)


def _close(row: WebhookDelivery, state: AlertState, error: str = "", **more: Any) -> Sending:
    outbox.close(row, outbox.ending(state, error) | more)
    return Sending.SENT if state == AlertState.SENT else Sending.ENDED
