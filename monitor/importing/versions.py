"""Texts that an archive recorded without their pages: every one counts, its transients told by the dates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from monitor.core.declaration import Terms
from monitor.core.recorded_texts import Judged, Label, Text, judged
from monitor.importing.histories import Record
from monitor.importing.pages import UNKNOWN_ADDRESS
from monitor.importing.repositories import Blobs
from monitor.importing.snapshots import Replayed
from monitor.models import Cause, Document, Fetch, Origin, Outcome, Render, Source, Version
from monitor.publishing import publish
from monitor.sweeps import Sweep
from monitor.texts import assemble, document_key
from monitor.tracking import Arrival, Failure, record, record_failure

# Behind all pages: a page that is fetched later joins the document, and what it brings is no change of the publisher.
_POSITION = 900
_TICK = timedelta(microseconds=1)
_CONTENT_TYPE = "text/markdown; charset=utf-8"
_CAUSES = {
    Label.FIRST: Cause.FIRST,
    Label.CHANGE: Cause.PUBLISHER,
    Label.TECHNICAL: Cause.TECHNICAL,
}
_OUTCOMES = {
    Label.FIRST: Outcome.FIRST,
    Label.SAME: Outcome.SAME_TEXT,
    Label.CHANGE: Outcome.CONFIRMED,
    Label.TECHNICAL: Outcome.TECHNICAL,
    Label.TRANSIENT: Outcome.TRANSIENT,
    Label.FLIP: Outcome.FLIP,
}


_LABELS = {outcome.value: label for label, outcome in _OUTCOMES.items()}


def has_captures(document: Document) -> bool:
    """Whether pages of the document were captured: then recorded texts add nothing to it."""
    return (
        Fetch.objects.filter(source__document=document)
        .exclude(source__render__in=Render.never_fetched())
        .exists()
    )


def ensure_text_source(document: Document, terms: Terms | None, ends_at: datetime) -> Source:
    """The source of a document's recorded texts, which ends with the archive."""
    url = terms.declarations[-1].pages[0].url if terms else UNKNOWN_ADDRESS
    source, _ = Source.objects.get_or_create(
        document=document, render=Render.TEXT, defaults={"position": _POSITION, "url": url}
    )
    ends = max(ends_at + _TICK, source.valid_until or ends_at)
    if source.valid_until != ends:
        source.valid_until = ends
        source.save(update_fields=["valid_until"])
    return source


def replay(
    source: Source,
    records: Sequence[Record],
    blobs: Blobs,
    ends_at: datetime,
    made_anew: Collection[datetime],
) -> Iterator[Replayed]:
    """Record the texts that are not recorded yet, then publish those that count. Gives the state after each text.

    `made_anew` are the moments of all texts that the archive made anew, of earlier runs too.
    """
    seen = set(Fetch.objects.filter(source=source).values_list("at", flat=True))
    done = Replayed(last_at=max(seen, default=None))
    for kept in records:
        done.behind += 1
        if kept.at in seen:
            pass
        elif done.last_at and kept.at < done.last_at:
            done.too_old += 1
        else:
            _keep(source, kept, blobs)
            done.recorded += 1
            done.last_at = kept.at
        yield done
    _publish(source, made_anew, ends_at)


def _keep(source: Source, kept: Record, blobs: Blobs) -> None:
    """Record a text through the one door, in a round that waits for ever: what it means is told by its successors."""
    waiting = Sweep(kept.at, kept.at, frozenset({source.pk, 0}))
    body = blobs.read(kept.blob, settings.FETCH_MAX_BYTES)
    if body is None:
        failure = Failure(Outcome.TOO_LARGE, f"more than {settings.FETCH_MAX_BYTES} bytes in the archive")
        record_failure(source, failure, kept.at, origin=Origin.IMPORT, sweep=waiting)
        return
    headers = {"content-type": _CONTENT_TYPE, "x-archive-commit": kept.commit, **dict(kept.notes)}
    arrival = Arrival(final_url=source.url)
    record(source, body, headers, kept.at, origin=Origin.IMPORT, arrival=arrival, sweep=waiting)


def _publish(source: Source, made_anew: Collection[datetime], ends_at: datetime) -> None:
    """Make versions of the texts that count, after the last that is one already: what was published stays as it was."""
    log = Fetch.objects.filter(source=source).exclude(outcome__in=Outcome.problems())
    fetches = list(log.select_related("snapshot").order_by("at"))
    last = Version.objects.filter(document=source.document_id).order_by("-ordinal").first()
    texts = [
        Text(
            one.at,
            one.snapshot.fingerprint,
            one.at in made_anew,
            _LABELS.get(one.outcome) if last and one.at <= last.first_seen_at else None,
        )
        for one in fetches
        if one.snapshot
    ]
    labels = judged(texts, ends_at)
    for fetch, label in zip(fetches, labels, strict=True):
        if last is None or fetch.at > last.first_seen_at:
            _settle(source, fetch, label, fetches)


@transaction.atomic
def _settle(source: Source, fetch: Fetch, came: Judged, fetches: Sequence[Fetch]) -> None:
    outcome = _OUTCOMES[came.label]
    if fetch.outcome != outcome:
        Fetch.objects.filter(pk=fetch.pk).update(outcome=outcome)
    document = Document.objects.select_for_update().get(pk=source.document_id)
    if came.label in _CAUSES and fetch.snapshot:
        returns_to = None
        if came.returns_to is not None:
            earlier = Version.objects.filter(document=document, first_seen_at=fetches[came.returns_to].at)
            returns_to = earlier.order_by("-ordinal").first()
        publish(
            document,
            assemble([(source, fetch.snapshot)]),
            cause=_CAUSES[came.label],
            origin=Origin.IMPORT,
            first_seen_at=fetch.at,
            confirmed_at=fetch.at,
            returns_to=returns_to,
        )
    document.reading_key, document.read_at = document_key([source]), fetch.at
    document.save(update_fields=["current_version", "reading_key", "read_at"])
