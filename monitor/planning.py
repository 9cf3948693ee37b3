"""When a document is read next, from what its rows say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from monitor.awake import seen_anew
from monitor.core.schedule import Waits, next_fetch_at
from monitor.models import Candidate, Document, Source
from monitor.politeness import busy_hosts
from monitor.sweeps import Sweep


def plan(document: Document, sweep: Sweep) -> None:
    """Set the next reading after a complete round, and let go of the document; the caller saves it."""
    waits = Waits(
        timedelta(minutes=document.interval_minutes),
        confirm=timedelta(minutes=settings.CONFIRM_AFTER_MINUTES),
        retry=timedelta(minutes=settings.FETCH_RETRY_MINUTES),
    )
    failing = list(Source.objects.valid(sweep.until).filter(document=document, failures__gt=0))
    waiting = Candidate.objects.filter(document=document, is_flip=False).exists()
    # A page that gave the new text and fails cannot show it a second time: it is tried again as other failures are.
    is_stuck = waiting and not seen_anew(document).isdisjoint(source.pk for source in failing)
    usual = next_fetch_at(sweep.until, waits, is_confirming=waiting and not is_stuck, jitter=sweep.jitter)
    # The one that may be tried again first decides.
    document.next_fetch_at = min([usual, *_retries(failing, waits, sweep, is_stuck)])
    if sweep.skipped_until:
        document.next_fetch_at = min(document.next_fetch_at, sweep.skipped_until)
    document.round_at = document.claimed_at = None
    document.attempts = 0


def _retries(failing: Sequence[Source], waits: Waits, sweep: Sweep, is_stuck: bool) -> list[datetime]:
    """When each of these is tried again: not before its host wants to be asked."""
    resting = busy_hosts([source.url for source in failing], max(sweep.until, timezone.now()) + waits.retry)
    moments = []
    for source in failing:
        again = next_fetch_at(
            sweep.until, waits, is_confirming=is_stuck, failures=source.failures, jitter=sweep.jitter
        )
        moments.append(max(again, resting[source.url].free_at) if source.url in resting else again)
    return moments
