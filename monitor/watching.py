"""Fetching a document now: claim it, read its sources in one round, record what came."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from monitor import conditional, fetching, politeness
from monitor.awake import awake, extent
from monitor.core.schedule import next_claim_at, retry_after
from monitor.identity import user_agent
from monitor.models import Document, Fetch, Host, Origin, Outcome, Render, Source
from monitor.planning import plan
from monitor.politeness import Busy, Manners
from monitor.rendering import render
from monitor.rounds import settle, settle_cut_off
from monitor.sweeps import Sweep
from monitor.texts import reading_ahead
from monitor.tracking import Arrival, Failure, OutOfOrder, record, record_failure, record_unchanged

# How long somebody who asked for a reading waits for the turn at its host; a worker has less.
PATIENCE = timedelta(seconds=75)
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
    return _take(Document.objects.filter(_free(now)), document_id, now)


def claim_due(document_id: int, now: datetime) -> bool:
    """Take a document whose next reading has come. False where somebody else has it, or has just read it."""
    return _take(due(now), document_id, now)


def _take(free: QuerySet[Document], document_id: int, now: datetime) -> bool:
    """Claim a document, and plan its next reading before this one begins: a page may end the process that reads it."""
    row = free.filter(pk=document_id).values_list("attempts", "interval_minutes").first()
    if row is None:
        return False
    attempts, minutes = row
    lasts = timedelta(seconds=settings.CLAIM_SECONDS)
    again = next_claim_at(now, timedelta(minutes=minutes), lasts, attempts)
    mine = free.filter(pk=document_id, attempts=attempts)
    return mine.update(claimed_at=now, attempts=min(attempts + 1, 1000), next_fetch_at=again) == 1


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


def postpone(document_id: int, claimed_at: datetime, until: datetime) -> None:
    """Let go of a document whose host is not to be asked before a moment: no failure, no reading."""
    mine = Document.objects.filter(pk=document_id, claimed_at=claimed_at)
    mine.update(claimed_at=None, next_fetch_at=until, attempts=0)


def release_all() -> None:
    """Let go of every document and host. Only for the one process of an embedded site, at its start."""
    Document.objects.filter(claimed_at__isnull=False).update(claimed_at=None)
    Host.objects.filter(claimed_at__isnull=False).update(claimed_at=None)


@dataclass
class Holding:
    """A claim in hand: renewed while it is in use, given back once."""

    document_id: int
    claimed_at: datetime

    def keep(self) -> None:
        """Renew the claim where a quarter of its time is over."""
        if timezone.now() - self.claimed_at > timedelta(seconds=settings.CLAIM_SECONDS) / 4:
            self.claimed_at = hold(self.document_id, self.claimed_at)


def _free(now: datetime) -> Q:
    return Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - timedelta(seconds=settings.CLAIM_SECONDS))


@dataclass
class _Round:
    """One round under way. `waits`: how long servers asked to be left alone, by source."""

    sweep: Sweep
    is_live: bool
    patience: timedelta
    keep: Callable[[], None]
    waits: dict[int, timedelta] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """The moment of what is captured now."""
        return self.sweep.until

    def manners(self, source: Source) -> Manners:
        """How a source of this round is visited. A replay has its caller's clock: it keeps no distance in ours."""
        return Manners(
            limits(), self.patience, self.is_live, asks_robots=not source.ignores_robots, keep=self.keep
        )


def fetch_document(
    document: Document,
    at: datetime | None = None,
    *,
    patience: timedelta = PATIENCE,
    keep: Callable[[], None] = lambda: None,
) -> Iterator[Fetch]:
    """Read the sources of a document that are valid at the moment and due, and give the outcome of each as it comes.

    Without `at` the moment is now, and a round that was begun and not completed goes on. A source that the round has
    captured is not fetched again. Raises OutOfOrder for a moment before the last capture, before any fetch, and Busy
    where the turn at a host does not come within `patience`: the next call goes on. `keep` is called while it waits.
    """
    is_live, at = at is None, at or timezone.now()
    found = Source.objects.valid(at).filter(document=document).select_related("document", "last_good")
    valid = list(found)
    later = Fetch.objects.filter(source__in=valid, at__gt=at).order_by("-at").first()
    if later:
        raise OutOfOrder(f"{document} was already captured later, at {later.at:%Y-%m-%d %H:%M:%S} UTC")
    if is_live:
        sources, sweep = extent(document, valid, at, patience)
    else:
        sources = awake(document, valid, at)
        sweep = Sweep(at, at, frozenset(source.pk for source in sources))
    if not sources:
        _rest(document, sweep)
    elif sweep.skipped_until and sweep.is_complete:
        _end_without_resting(document, sweep)
    running = _Round(sweep, is_live, patience, keep)
    readable = {source.pk for source in valid if source.render not in Render.never_fetched()}
    for source in sources:
        done = Fetch.objects.filter(source=source, at__gte=sweep.since).first()
        fetch = done or _read_source(source, running)
        if running.waits.keys() >= readable:
            # Where another page can be read meanwhile, the document goes on without those of the resting hosts.
            again = at + min(running.waits.values())
            Document.objects.filter(pk=document.pk, next_fetch_at__lt=again).update(next_fetch_at=again)
        yield fetch


def _rest(document: Document, sweep: Sweep) -> None:
    """Plan the next reading of a document of which nothing is to be read now."""

    def end() -> None:
        locked = Document.objects.select_for_update().get(pk=document.pk)
        settle_cut_off(locked, before=sweep.since)
        plan(locked, sweep)
        locked.save()

    reading_ahead(end)


def _end_without_resting(document: Document, sweep: Sweep) -> None:
    """Settle the round under way by what it has: the hosts of all that is left to read rest for too long."""

    def end() -> None:
        locked = Document.objects.select_for_update().get(pk=document.pk)
        if locked.round_at == sweep.since:
            settle(locked, sweep, Origin.FETCH)

    reading_ahead(end)


def _read_source(source: Source, running: _Round) -> Fetch:
    """Fetch a source. A page that our own code fails on is a capture problem too: noted, and tried again in time."""
    try:
        return _fetch_source(source, running)
    except (OutOfOrder, DatabaseError, Busy):
        raise
    except Exception as error:
        _log.exception("reading %s failed", source.url)
        failure = Failure(Outcome.UNREADABLE, f"our reading failed ({type(error).__name__})")
        return record_failure(source, failure, running.at, sweep=running.sweep)


def _fetch_source(source: Source, running: _Round) -> Fetch:
    answer = _ask(source, running)
    if isinstance(answer, Failure):
        return record_failure(source, answer, running.at, sweep=running.sweep)
    arrival = Arrival(answer.status, answer.url, answer.seconds)
    if answer.status == 304 and answer.is_conditional:
        return record_unchanged(source, running.at, arrival=arrival, sweep=running.sweep)
    if answer.status not in _WHOLE_PAGE:
        failure = Failure(Outcome.HTTP_ERROR, f"the server answered {answer.status}", answer.status)
        return record_failure(source, failure, running.at, sweep=running.sweep)
    return record(source, answer.body, answer.headers, running.at, arrival=arrival, sweep=running.sweep)


def _ask(source: Source, running: _Round) -> fetching.Answer | Failure:
    """The answer of a source's server, or why there is none. Raises Busy."""
    answer, wait = _visit(source, running.at, running.manners(source))
    if wait:
        running.waits[source.pk] = wait
    return answer


def look(source: Source, patience: timedelta) -> fetching.Answer | Failure:
    """What a source's server answers now, for somebody who looks on. Nothing is recorded. Raises Busy."""
    manners = Manners(limits(), patience, asks_robots=not source.ignores_robots)
    return _visit(source, timezone.now(), manners)[0]


def _visit(
    source: Source, at: datetime, manners: Manners
) -> tuple[fetching.Answer | Failure, timedelta | None]:
    """The answer or the failure, and how long the server asks to be left alone."""
    try:
        with politeness.visit(source.url, manners) as visiting:
            answer = _client(source)(source, at, visiting)
            wait = _asked_wait(answer)
            if wait:
                visiting.leave_alone(wait)
            return answer, wait
    except politeness.Disallowed as error:
        return Failure(Outcome.DISALLOWED, str(error)), None
    except politeness.NoRobots as error:
        return Failure(Outcome.HTTP_ERROR, str(error), error.status), error.wait
    except fetching.FetchError as error:
        outcome = next(outcome for kind, outcome in _FAILURES.items() if isinstance(error, kind))
        return Failure(outcome, str(error)), None


def _asked_wait(answer: fetching.Answer) -> timedelta | None:
    if answer.status < 300:
        return None
    return retry_after(answer.headers.get("retry-after", ""), timezone.now())


def _client(source: Source) -> Callable[[Source, datetime, politeness.Visit], fetching.Answer]:
    """What reads a source: the plain client, or a browser for a page that needs its scripts."""
    return _browse if source.render == Render.BROWSER else _get


def _get(source: Source, at: datetime, visiting: politeness.Visit) -> fetching.Answer:
    return fetching.get(source.url, limits(), conditional.asking(source, at), visiting.go_on)


def _browse(source: Source, _at: datetime, visiting: politeness.Visit) -> fetching.Answer:
    headers = source.sent_headers
    return render(source.url, limits(), select=source.select, headers=headers, before_hop=visiting.go_on)


def limits() -> fetching.Limits:
    """What a fetch of this site may cost and where it may go."""
    return fetching.Limits(
        max_bytes=settings.FETCH_MAX_BYTES,
        seconds=settings.FETCH_TIMEOUT_SECONDS,
        user_agent=user_agent(),
        allow_private=settings.FETCH_ALLOW_PRIVATE,
    )
