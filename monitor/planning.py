"""When a document is read next, from what its rows say."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Min

from monitor.core.schedule import Waits, next_fetch_at
from monitor.models import Candidate, Document, Source
from monitor.sweeps import Sweep


def plan(document: Document, sweep: Sweep) -> None:
    """Set the next reading after a round, and let go of the document; the caller saves it."""
    failing = Source.objects.valid(sweep.until).filter(document=document, failures__gt=0)
    document.next_fetch_at = next_fetch_at(
        sweep.until,
        Waits(
            timedelta(minutes=document.interval_minutes),
            confirm=timedelta(minutes=settings.CONFIRM_AFTER_MINUTES),
            retry=timedelta(minutes=settings.FETCH_RETRY_MINUTES),
        ),
        is_confirming=Candidate.objects.filter(document=document, is_flip=False).exists(),
        # The one that has failed the fewest times has the best chance to be back.
        failures=failing.aggregate(fewest=Min("failures"))["fewest"] or 0,
        jitter=sweep.jitter,
    )
    document.claimed_at = None
    document.attempts = 0
