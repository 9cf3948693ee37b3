"""Rules of retention: which captures give up their bytes, by age and kind. Off unless an operator sets a rule.

A capture stays on record with its hash, headers and what was read from it, and its chain says when the bytes went.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from monitor import chain, storage
from monitor.models import Blob, Candidate, Document, Fetch, Outcome, Part, Quarantine, Snapshot, Source

_SAME = [Outcome.UNCHANGED, Outcome.WHITESPACE, Outcome.LINKS, Outcome.SAME_TEXT, Outcome.TECHNICAL]
_TRANSIENT = [Outcome.TRANSIENT, Outcome.FLIP]


@dataclass(frozen=True, slots=True)
class Rule:
    """That captures of some outcomes keep their bytes for some days after they were last seen."""

    outcomes: tuple[Outcome, ...]
    days: int


def rules() -> list[Rule]:
    """The rules that are set: none on a site that keeps everything."""
    found = [
        Rule(tuple(_SAME), settings.KEEP_SAME_TEXT_DAYS),
        Rule(tuple(_TRANSIENT), settings.KEEP_TRANSIENT_DAYS),
        Rule(tuple(Outcome.problems()), settings.KEEP_PROBLEM_DAYS),
    ]
    return [rule for rule in found if rule.days]


def aged(now: datetime) -> QuerySet[Snapshot]:
    """The captures whose bytes a rule gives up now.

    Never those that a version, a text being confirmed, a text held back, or the next reading of a source rests on.
    Every attempt that gave the bytes must be of a kind with a rule, and older than it says.
    """
    outlived = Q(pk__in=[])
    for rule in rules():
        outlived |= Q(outcome__in=rule.outcomes, at__lt=now - timedelta(days=rule.days))
    attempts = Fetch.objects.filter(snapshot=OuterRef("pk"))
    return (
        Snapshot.objects.filter(Exists(attempts), ~Exists(attempts.exclude(outlived)), bytes_removed_at=None)
        .exclude(Exists(Part.objects.filter(snapshot=OuterRef("pk"))))
        .exclude(Exists(Source.objects.filter(last_good=OuterRef("pk"))))
        .exclude(Exists(Quarantine.objects.filter(snapshot=OuterRef("pk"))))
        .exclude(pk__in=_waiting())
        .order_by("number")
    )


def _waiting() -> list[int]:
    """The captures of the texts that are being confirmed."""
    rows = Candidate.objects.values_list("snapshots", flat=True)
    return [snapshot for sightings in rows for _, snapshot, *_ in sightings]


def remove_aged(now: datetime) -> Iterator[Snapshot]:
    """Give up the bytes of every capture that a rule names, document by document; each one as it is done.

    Killed at any moment, the next run goes on.
    """
    documents = aged(now).order_by().values_list("source__document", flat=True).distinct()
    for key in sorted(documents):
        yield from _remove_of(key, now)
    # What others were packed against is free once they are gone.
    while _take_away():
        pass


def _remove_of(key: int, now: datetime) -> list[Snapshot]:
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=key)
        found = list(aged(now).filter(source__document=document).select_related("source__document"))
        for snapshot in found:
            snapshot.bytes_removed_at = now
            snapshot.save(update_fields=["bytes_removed_at"])
        chain.append(document, found)
    return found


def _take_away() -> int:
    """Remove the bytes that every capture gave up and that no others are packed against. How many rows they were in."""
    return sum(_take_away_one(key) for key in list(_given_up().values_list("pk", flat=True)))


def _take_away_one(key: str) -> bool:
    with transaction.atomic():
        # Whoever records these bytes at this moment holds the row, and is seen once it lets go.
        blob = Blob.objects.select_for_update().get(pk=key)
        is_free = _given_up().filter(pk=key).exists()
        if is_free:
            storage.take_away(blob)
    return is_free


def _given_up() -> QuerySet[Blob]:
    captures = Snapshot.objects.filter(blob=OuterRef("pk"))
    return (
        Blob.objects.filter(Exists(captures.exclude(bytes_removed_at=None)))
        .exclude(Exists(captures.filter(bytes_removed_at=None)))
        .exclude(Exists(Blob.objects.filter(base=OuterRef("pk"))))
        .exclude(packed=b"")
    )
