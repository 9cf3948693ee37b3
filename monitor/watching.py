"""Fetching a document now: claim it, read its sources in one round, record what came."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from monitor import fetching
from monitor.models import Document, Fetch, Outcome, Source
from monitor.tracking import Arrival, Failure, OutOfOrder, record, record_failure

# A 202 is "not yet" (bot walls send it), a 206 a part. 203 is a page that came through a proxy.
_WHOLE_PAGE = {200, 203}

_log = logging.getLogger(__name__)

_FAILURES = {
    fetching.Refused: Outcome.REFUSED,
    fetching.TimedOut: Outcome.TIMED_OUT,
    fetching.TooLarge: Outcome.TOO_LARGE,
    fetching.Unreachable: Outcome.UNREACHABLE,
}


def due(now: datetime) -> QuerySet[Document]:
    """The documents whose next reading has come."""
    waiting = Q(next_fetch_at__isnull=True) | Q(next_fetch_at__lte=now)
    documents = Document.objects.filter(waiting, _free(now), is_paused=False)
    # Named because the databases differ: a document that was never read comes first.
    return documents.order_by(F("next_fetch_at").asc(nulls_first=True), "pk")


def claim(document_id: int, now: datetime) -> bool:
    """Take a document for reading. False where somebody else has it."""
    return Document.objects.filter(_free(now), pk=document_id).update(claimed_at=now) == 1


def claim_due(document_id: int, now: datetime) -> bool:
    """Take a document whose next reading has come. False where somebody else has it, or has just read it."""
    return due(now).filter(pk=document_id).update(claimed_at=now) == 1


def hold(document_id: int, claimed_at: datetime) -> datetime:
    """Renew one's own claim, whose moment is its token; the new moment.

    A document of many slow sources takes longer than a claim lasts. What somebody else took over stays theirs.
    """
    now = timezone.now()
    mine = Document.objects.filter(pk=document_id, claimed_at=claimed_at).update(claimed_at=now)
    return now if mine else claimed_at


def release(document_id: int, claimed_at: datetime) -> None:
    """Let go of a document that was not read to the end, where the claim is still one's own."""
    Document.objects.filter(pk=document_id, claimed_at=claimed_at).update(claimed_at=None)


def release_all() -> None:
    """Let go of every document. Only for the one process of an embedded site, at its start."""
    Document.objects.filter(claimed_at__isnull=False).update(claimed_at=None)


def _free(now: datetime) -> Q:
    return Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - timedelta(seconds=settings.CLAIM_SECONDS))


def fetch_document(document: Document, at: datetime | None = None) -> Iterator[Fetch]:
    """Read all sources of a document that are valid at the moment, and give the outcome of each as it comes.

    Without `at` the moment is now. A source that was already captured at this very moment is not fetched
    again: a round that was cut off is completed. Raises OutOfOrder for a moment before the last capture,
    before any fetch.
    """
    at = at or timezone.now()
    sources = list(
        Source.objects.valid(at).filter(document=document).select_related("document", "last_good__blob")
    )
    later = Fetch.objects.filter(source__in=sources, at__gt=at).order_by("-at").first()
    if later:
        raise OutOfOrder(f"{document} was already captured later, at {later.at:%Y-%m-%d %H:%M:%S} UTC")
    for source in sources:
        done = Fetch.objects.filter(source=source, at=at).first()
        yield done or _read_source(source, at)


def _read_source(source: Source, at: datetime) -> Fetch:
    """Fetch a source. A page that our own code fails on is a capture problem too: noted, and tried again in time."""
    try:
        return _fetch_source(source, at)
    except (OutOfOrder, DatabaseError):
        raise
    except Exception as error:
        _log.exception("reading %s failed", source.url)
        return record_failure(
            source, Failure(Outcome.UNREADABLE, f"our reading failed ({type(error).__name__})"), at
        )


def _fetch_source(source: Source, at: datetime) -> Fetch:
    try:
        answer = fetching.get(source.url, limits())
    except fetching.FetchError as error:
        return record_failure(source, Failure(_FAILURES[type(error)], str(error)), at)
    if answer.status not in _WHOLE_PAGE:
        failure = Failure(Outcome.HTTP_ERROR, f"the server answered {answer.status}", answer.status)
        return record_failure(source, failure, at)
    arrival = Arrival(answer.status, answer.url, answer.seconds)
    return record(source, answer.body, answer.headers, at, arrival=arrival)


def limits() -> fetching.Limits:
    """What a fetch of this site may cost and where it may go."""
    return fetching.Limits(
        max_bytes=settings.FETCH_MAX_BYTES,
        seconds=settings.FETCH_TIMEOUT_SECONDS,
        user_agent=settings.FETCH_USER_AGENT,
        allow_private=settings.FETCH_ALLOW_PRIVATE,
    )
