"""How reliably a source is read: failures in a row, and the notices operators get, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from monitor.core.asking import is_moved
from monitor.core.schedule import is_silent
from monitor.models import Document, Fetch, Notice, NoticeKind, Outcome, Render, Source

# A run of failures that reaches either is told of a second time, and then no more until it ends.
_KEEPS_FAILING = 3
_KEEPS_FAILING_FOR = timedelta(hours=24)
# Flips that are no further apart are one story, however long it goes on.
_ONE_RUN = timedelta(days=30)
# Another place at the same host is a token as often as a move: told once a week at most.
_SAME_HOST_AGAIN = timedelta(days=7)
_WORDS = 300
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def note(source: Source, fetch: Fetch) -> None:
    """Count a failure, or end a run of failures. Called inside the capture's transaction, with the row as it is."""
    if fetch.is_problem:
        _fail(source, fetch)
        return
    if source.failures:
        _recover(source, fetch)
    _follow(source, fetch)


def _fail(source: Source, fetch: Fetch) -> None:
    since = source.failing_since or fetch.at
    failures = source.failures + 1
    Source.objects.filter(pk=source.pk).update(failures=F("failures") + 1, failing_since=since)
    words = (
        f"{Outcome(fetch.outcome).label}: {fetch.message}" if fetch.message else Outcome(fetch.outcome).label
    )
    if source.failures == 0:
        _tell(source, NoticeKind.FAILED, since, fetch.at, words)
    elif failures >= _KEEPS_FAILING or fetch.at - since >= _KEEPS_FAILING_FOR:
        _tell(source, NoticeKind.KEEPS_FAILING, since, fetch.at, words)


def _recover(source: Source, fetch: Fetch) -> None:
    since = source.failing_since
    Source.objects.filter(pk=source.pk).update(failures=0, failing_since=None)
    told = [NoticeKind.FAILED, NoticeKind.KEEPS_FAILING]
    if since and Notice.objects.filter(source=source, began_at=since, kind__in=told).exists():
        times = "once" if source.failures == 1 else f"{source.failures} times"
        words = f"After it failed {times} since {since:%Y-%m-%d %H:%M} UTC"
        _tell(source, NoticeKind.WORKS_AGAIN, since, fetch.at, words)


def _follow(source: Source, fetch: Fetch) -> None:
    """Tell that redirects lead elsewhere than at the last good capture."""
    good = Fetch.objects.filter(source=source, at__lt=fetch.at).exclude(outcome__in=Outcome.problems())
    before = good.order_by("-at").values_list("final_url", flat=True).first()
    if before is None or before == fetch.final_url:
        return
    old, new = before or source.url, fetch.final_url or source.url
    if not is_moved(old, new) or _is_known_place(source, fetch, old, new):
        return
    _tell(source, NoticeKind.MOVED, fetch.at, fetch.at, f"From {old} to {new}")


def _is_known_place(source: Source, fetch: Fetch, old: str, new: str) -> bool:
    """Whether this place was seen within a month, or a move within its host was told of in a week."""
    seen = Fetch.objects.filter(source=source, at__lt=fetch.at, at__gte=fetch.at - _ONE_RUN)
    if seen.filter(final_url=fetch.final_url).exclude(outcome__in=Outcome.problems()).exists():
        return True
    lately = Notice.objects.filter(
        source=source, kind=NoticeKind.MOVED, told_at__gte=fetch.at - _SAME_HOST_AGAIN
    )
    return urlsplit(old).hostname == urlsplit(new).hostname and lately.exists()


def tell_unstable(sources: Iterable[Source], at: datetime) -> None:
    """Tell, once in a run of flips, that these sources swing between two texts. Called before the flip is marked."""
    for source in sources:
        flips = Fetch.objects.filter(source=source, outcome=Outcome.FLIP)
        told = Notice.objects.filter(source=source, kind=NoticeKind.UNSTABLE)
        if not (flips.filter(at__gte=at - _ONE_RUN, at__lt=at).exists() and told.exists()):
            _tell(source, NoticeKind.UNSTABLE, at, at, "An earlier text came back too soon to be believed")


def tell_silent(now: datetime) -> int:
    """Tell of active sources from which nothing good was captured for longer than expected; how many were told of.

    An alarm on absence: it also speaks where the worker was down, or a round never comes to its end.
    """
    # Due at once, but since when? From now on the row says so.
    Document.objects.filter(next_fetch_at=None, is_paused=False).update(next_fetch_at=now)
    told = set(Notice.objects.filter(kind=NoticeKind.SILENT).values_list("source", "began_at"))
    count = 0
    for source, good_at in _last_heard(now):
        interval = timedelta(minutes=max(source.interval_minutes or 0, source.document.interval_minutes))
        if (
            is_silent(max(good_at, _watched_since(source)), now, interval)
            and (source.pk, good_at) not in told
        ):
            words = f"Nothing since {good_at:%Y-%m-%d %H:%M} UTC"
            count += _tell(source, NoticeKind.SILENT, good_at, now, words)
    return count + _tell_heard_again(now)


def _tell_heard_again(now: datetime) -> int:
    """Tell of sources that were silent and gave a good capture since, unless that was told by their failures' end."""
    again = Notice.objects.filter(
        source=OuterRef("source"), kind=NoticeKind.WORKS_AGAIN, told_at__gte=OuterRef("told_at")
    )
    good = Fetch.objects.filter(source=OuterRef("source"), at__gt=OuterRef("began_at"))
    is_heard = Exists(good.exclude(outcome__in=Outcome.problems()))
    silences = Notice.objects.filter(~Exists(again), is_heard, kind=NoticeKind.SILENT)
    count = 0
    for silence in silences.select_related("source"):
        words = f"After nothing came since {silence.began_at:%Y-%m-%d %H:%M} UTC"
        count += _tell(silence.source, NoticeKind.WORKS_AGAIN, silence.began_at, now, words)
    return count


def _watched_since(source: Source) -> datetime:
    """A moment after which something was to be heard of a source; long ago where its rows do not tell.

    A document that was just added, imported, or paused for long has been silent without being asked.
    """
    document = source.document
    interval = timedelta(minutes=document.interval_minutes)
    if source.failing_since:
        return source.failing_since - interval
    planned, read_at = document.next_fetch_at, document.read_at
    # Moved by readings that never end.
    if planned is None or document.attempts:
        return _LONG_AGO
    is_planned_by_reading = read_at is not None and planned - read_at <= 1.1 * interval
    return _LONG_AGO if is_planned_by_reading else planned - interval


def _last_heard(now: datetime) -> Iterator[tuple[Source, datetime]]:
    """The active sources with the moment of their last good capture, or else since when they are watched."""
    good = Fetch.objects.filter(source=OuterRef("pk")).exclude(outcome__in=Outcome.problems())
    active = Source.objects.valid(now).filter(document__is_paused=False, document__platform__is_sample=False)
    moments = active.exclude(render__in=Render.never_fetched()).annotate(
        good_at=Coalesce(Subquery(good.order_by("-at").values("at")[:1]), "document__platform__created_at")
    )
    heard = dict(moments.values_list("pk", "good_at"))
    for source in Source.objects.filter(pk__in=heard).select_related("document"):
        yield source, max(heard[source.pk], source.valid_from or heard[source.pk])


def _tell(source: Source, kind: NoticeKind, began_at: datetime, at: datetime, words: str) -> bool:
    """Leave a notice for the operators, once for each matter. Whether it is new."""
    return Notice.objects.get_or_create(
        source=source, kind=kind, began_at=began_at, defaults={"told_at": at, "words": words[:_WORDS]}
    )[1]
