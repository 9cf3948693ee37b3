"""What the worker does for the monitor. A task says "go look"; the rows say what there is to do."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from monitor import rendering
from monitor.models import Document, Render, Source
from monitor.outside import ask_for_next, owe_copies
from monitor.politeness import Busy
from monitor.reliability import tell_silent
from monitor.retention import remove_aged, rules
from monitor.roots import make_root
from monitor.signing import NoKey
from monitor.timestamping import NotStamped, stamp_pending
from monitor.tracking import OutOfOrder
from monitor.watching import Holding, claim_due, due, fetch_document, postpone, release

# A worker has other documents to read: it waits for a host's usual distance, and not for its long queue.
_PATIENCE = timedelta(seconds=5)
_SOON = timedelta(seconds=10)
_log = logging.getLogger(__name__)


@shared_task
def sweep_due_documents() -> None:
    """Ask for a reading of every document that is due."""
    now = timezone.now()
    browsed = set(_browsed(now))
    for document_id in due(now).values_list("pk", flat=True):
        (render_document if document_id in browsed else read_document).delay(document_id)


def _browsed(now: datetime) -> QuerySet[Source, int]:
    """The documents of which a source needs a browser."""
    return Source.objects.valid(now).filter(render=Render.BROWSER).values_list("document", flat=True)


@shared_task
def read_document(document_id: int) -> None:
    """Read one document, unless somebody else does or it is no longer due.

    A round that takes longer than a task may, or whose host is busy, is let go between two pages; a later task goes on.
    """
    holding = Holding(document_id, timezone.now())
    # The other half of its time is for the page that is being read then.
    ends_at = holding.claimed_at + timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT / 2)
    if not claim_due(document_id, holding.claimed_at):
        return
    document = Document.objects.get(pk=document_id)
    try:
        for _ in fetch_document(document, patience=_PATIENCE, keep=holding.keep):
            holding.keep()
            if timezone.now() > ends_at:
                postpone(document_id, holding.claimed_at, timezone.now())
                break
    except OutOfOrder:
        # Somebody read it meanwhile, by command or by the desk.
        return
    except Busy as busy:
        soon = timezone.now() + _SOON
        postpone(document_id, holding.claimed_at, max(busy.free_at, soon))
    finally:
        release(document_id, holding.claimed_at)


@shared_task
def render_document(document_id: int) -> None:
    """Read one document that needs a browser, and ask for the next one.

    Where a browser is at work already, this ends at once: threads that wait for it would keep mails waiting.
    """
    if rendering.is_busy():
        return
    read_document(document_id)
    waiting = due(timezone.now()).filter(pk__in=_browsed(timezone.now()))
    following = waiting.exclude(pk=document_id).values_list("pk", flat=True).first()
    if following:
        render_document.delay(following)


@shared_task
def sweep_silent_sources() -> None:
    """Tell of sources from which nothing was captured for longer than expected."""
    tell_silent(timezone.now())


@shared_task
def make_daily_root() -> None:
    """Sign what all chains came to, once a day, and have it stamped where an authority is set."""
    now = timezone.now()
    try:
        make_root(now)
        stamp_pending(now)
    except (NoKey, NotStamped) as error:
        _log.warning("%s", error)


@shared_task
def give_up_aged_bytes() -> None:
    """Apply the rules of retention, where an operator has set any."""
    if rules():
        count = sum(1 for _ in remove_aged(timezone.now()))
        _log.info("%d captures gave up their bytes", count)


@shared_task
def have_copies_kept() -> None:
    """Ask the web archive, where one is set, to keep the pages of new versions: one a minute, which it asks for."""
    now = timezone.now()
    owe_copies(now)
    ask_for_next(now)


def have_read(document_id: int) -> None:
    """Ask for a reading of a document that is due; where no worker can be told, the next sweep reads it."""
    with suppress(OperationalError):
        read_document.delay(document_id)
