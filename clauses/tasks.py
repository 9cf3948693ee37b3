"""What the worker does for the clauses. A task says "go look"; the rows say what there is to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from clauses import (
    admitting,
    alerting,
    analysis,
    calling,
    confirming,
    delivering,
    operators,
    proposing,
    rerating,
    rereading,
    tokens,
)

_CALLING_SECONDS = 60


@shared_task
def analyze_new_versions() -> None:
    """Analyze every version that has no analysis, and nudge the sending and proposing of what came of it."""
    if analysis.analyze_pending():
        send_owed_alerts.delay()
        call_alert_webhooks.delay()
        propose_mentions.delay()


@shared_task
def propose_mentions() -> None:
    """Propose what announcements speak of, where a text of their platform is new."""
    proposing.propose_pending()


@shared_task
def reread_one_document() -> None:
    """Read one document anew that another version of ours analyzed. After an upgrade, sweep by sweep, all of them."""
    rereading.reread_next()


@shared_task
def reread_stale_documents() -> None:
    """Read one such document anew and ask for the next one, until none is left.

    For a change that somebody waits to see; what an error or a kill leaves of it, the sweeps do.
    """
    if rereading.reread_next():
        reread_stale_documents.delay()


def reread_soon() -> None:
    """Have the stale documents read anew once this transaction is committed, without waiting for a sweep."""
    transaction.on_commit(lambda: _ask_for(reread_stale_documents))


def _ask_for(task: Any) -> None:
    try:
        task.delay()
    except OperationalError:
        # The rows say what there is to do: the sweeps find it.
        return


@shared_task
def rerate_documents() -> None:
    """Read one document for the open re-rating and ask for the next one; delete what was read for discarded ones."""
    if rerating.rerate_next():
        rerate_documents.delay()
    else:
        rerating.forget_discarded()


def rerate_soon() -> None:
    """Have the open re-rating read once this transaction is committed, without waiting for a sweep."""
    transaction.on_commit(lambda: _ask_for(rerate_documents))


@shared_task
def learn_from_decisions() -> None:
    """Learn anew where curators have decided enough since the last time."""
    # Imported here: a worker that has nothing to learn should not load scikit-learn.
    from clauses.learning import learn_if_worth_it  # noqa: PLC0415

    if learn_if_worth_it():
        reread_soon()


@shared_task
def send_owed_alerts() -> None:
    """Make the digests whose hour has come, and send every message that is owed."""
    now = timezone.now()
    alerting.bundle(now)
    # The other half of its time is for the message that is being sent then.
    if not delivering.send_all(now + timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT / 2)):
        send_owed_alerts.delay()


@shared_task
def call_alert_webhooks() -> None:
    """Make every call to a webhook that is owed. For a short while at a time: mails wait behind it."""
    if not calling.call_all(timezone.now() + timedelta(seconds=_CALLING_SECONDS)):
        call_alert_webhooks.delay()


@shared_task
def tell_operators_by_mail() -> None:
    """Look at the age of the queues, and owe operators a mail with what is new."""
    now = timezone.now()
    operators.tell_of_queues(now)
    if operators.owe_notices(now):
        send_owed_alerts.delay()


@shared_task
def forget_unconfirmed() -> None:
    """Delete what was asked for by mail and never confirmed, old mails about accounts, and answers to old acts."""
    now = timezone.now()
    confirming.forget(now)
    admitting.forget(now)
    tokens.forget_answers(now)
