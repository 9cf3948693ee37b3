"""Everything on record, by content: equal for two sites that lived through the same, whatever their row keys.

Public numbers are left out, since two documents read side by side take them in either order; that none is missing or
taken twice is told as `gaps`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from clauses.models import Alert, Analysis, AnalysisClaim, Change, ChangeSet, Clause, Occurrence
from monitor import storage
from monitor.models import (
    Blob,
    Candidate,
    Counter,
    Document,
    Fetch,
    Notice,
    Outcome,
    Part,
    Quarantine,
    Snapshot,
    Source,
    Version,
)

# What a capture was to its document; how often a page was read beyond that depends on when a kill fell.
_TELLING = {
    Outcome.FIRST,
    Outcome.CANDIDATE,
    Outcome.CONFIRMED,
    Outcome.TRANSIENT,
    Outcome.FLIP,
    Outcome.TECHNICAL,
    *Outcome.problems(),
}
_NUMBERED = (Snapshot, Version, ChangeSet, Clause, Document)
Rows = list[list[Any]]


def everything(*, moments: bool) -> dict[str, Rows]:
    """All rows that matter, sorted, as JSON values. Without `moments`, those of a site that lived by the clock:
    no dates, and of the capture log only what each page showed, in order."""
    return {
        "fetches": _fetches() if moments else _sights(),
        "versions": _versions(moments),
        "parts": _parts(),
        "candidates": _candidates(moments),
        "held back": _held_back(moments),
        "change sets": _change_sets(),
        "changes": _changes(),
        "clauses": _clauses(),
        "alerts": _sorted(
            Alert.objects.values_list(
                "recipient__user__username",
                "change_set__document__platform__slug",
                "change_set__document__slug",
                "change_set__new_version__ordinal",
                "state",
            )
        ),
        "snapshots": _snapshots(),
        "notices": _sorted(Notice.objects.values_list("source__url", "kind", "began_at")) if moments else [],
        "gaps": _gaps(),
        "left behind": _left_behind(),
    }


def _sorted(rows: Iterable[tuple[Any, ...]]) -> Rows:
    """Rows as JSON gives them back, in an order of their own."""
    return sorted(json.loads(json.dumps([list(row) for row in rows], default=str)), key=json.dumps)


def _page(url: str) -> str:
    return url.rsplit("/p/", 1)[-1]


def _fetches() -> Rows:
    rows = Fetch.objects.values_list(
        "source__document__platform__slug",
        "source__document__slug",
        "source__url",
        "at",
        "outcome",
        "status",
        "message",
        "snapshot__blob",
    )
    return _sorted((platform, slug, _page(url), *rest) for platform, slug, url, *rest in rows)


def _sights() -> Rows:
    rows = Fetch.objects.filter(outcome__in=_TELLING).order_by("source", "at")
    told = rows.values_list(
        "source__document__platform__slug",
        "source__document__slug",
        "source__url",
        "outcome",
        "snapshot__fingerprint",
    )
    return _sorted((platform, slug, _page(url), *rest) for (platform, slug, url, *rest), _ in groupby(told))


def _versions(moments: bool) -> Rows:
    dates = ("first_seen_at", "confirmed_at") if moments else ()
    return _sorted(
        Version.objects.values_list(
            "document__platform__slug",
            "document__slug",
            "ordinal",
            "cause",
            "text_sha256",
            "fingerprint",
            "returns_to__ordinal",
            *dates,
        )
    )


def _parts() -> Rows:
    rows = Part.objects.values_list(
        "version__document__platform__slug",
        "version__document__slug",
        "version__ordinal",
        "position",
        "start",
        "end",
        "source__url",
        "fingerprint",
        "snapshot__blob",
    )
    return _sorted((*row[:6], _page(row[6]), *row[7:]) for row in rows)


def _candidates(moments: bool) -> Rows:
    dates = ("first_seen_at", "last_seen_at") if moments else ()
    return _sorted(
        Candidate.objects.values_list(
            "document__platform__slug", "document__slug", "fingerprint", "is_flip", *dates
        )
    )


def _held_back(moments: bool) -> Rows:
    names = ("first_seen_at", "last_seen_at", "sightings") if moments else ()
    rows = Quarantine.objects.values_list("source__url", "fingerprint", "verdict", "ruling", *names)
    return _sorted((_page(url), *rest) for url, *rest in rows)


def _change_sets() -> Rows:
    return _sorted(
        ChangeSet.objects.values_list(
            "document__platform__slug",
            "document__slug",
            "old_version__ordinal",
            "new_version__ordinal",
            "severity",
            "direction",
            "kind",
            "headline",
            "counts",
            "is_technical",
        )
    )


def _changes() -> Rows:
    rows = Change.objects.values_list(
        "change_set__document__platform__slug",
        "change_set__document__slug",
        "change_set__new_version__ordinal",
        "position",
        "kind",
        "severity",
        "direction",
        "types",
        "redline",
    )
    return _sorted((*rest, _digest(redline)) for *rest, redline in rows)


def _clauses() -> Rows:
    """Every wording of every clause, in the clause's place within its document."""
    place: dict[int, int] = {}
    documents = Clause.objects.order_by("document", "number").values_list("document", "pk")
    for _, clauses in groupby(documents, key=lambda row: row[0]):
        place |= {key: index for index, (_, key) in enumerate(clauses)}
    rows = Occurrence.objects.values_list(
        "clause",
        "clause__document__platform__slug",
        "clause__document__slug",
        "first_version__ordinal",
        "last_version__ordinal",
        "wording__sha256",
        "classification__severity",
        "clause__removed_in__ordinal",
        "clause__severity",
    )
    return _sorted((place[clause], *rest) for clause, *rest in rows)


def _snapshots() -> Rows:
    """Every capture kept, and whether its bytes can still be had."""
    found = []
    for snapshot in Snapshot.objects.select_related("blob__base", "source").iterator(chunk_size=50):
        try:
            state = len(storage.get(snapshot.blob))
        except storage.CorruptBytes:
            state = -1
        found.append(
            (_page(snapshot.source.url), snapshot.blob_id, state, snapshot.fingerprint, snapshot.verdict)
        )
    return _sorted(found)


def _gaps() -> Rows:
    """Kinds of record whose public numbers do not run from one to the last given."""
    given = {counter.letter: counter.last for counter in Counter.objects.all()}
    counted = {kind.LETTER: kind.objects.count() for kind in _NUMBERED}
    return _sorted(
        (letter, count, given.get(letter, 0))
        for letter, count in counted.items()
        if count != given.get(letter, 0)
    )


def _left_behind() -> Rows:
    """What a killed process had in hand and nobody took up: claims, versions never analyzed, bytes of no capture."""
    known = set(Snapshot.objects.values_list("blob", flat=True)) | set(
        Blob.objects.filter(base__isnull=False).values_list("base", flat=True)
    )
    analyzed = Analysis.objects.values("version")
    return [
        *_sorted(("claimed", slug) for slug in _claimed()),
        *_sorted(("never analyzed", str(v)) for v in Version.objects.exclude(pk__in=analyzed)),
        *_sorted(
            ("bytes of no capture", key)
            for key in Blob.objects.exclude(pk__in=known).values_list("pk", flat=True)
        ),
        *_sorted(
            ("last good is not the last", _page(source.url))
            for source in Source.objects.filter(last_good__isnull=True, fetches__outcome=Outcome.FIRST)
        ),
    ]


def _claimed() -> list[str]:
    documents = Document.objects.filter(claimed_at__isnull=False).values_list("slug", flat=True)
    waiting = AnalysisClaim.objects.filter(version__analysis__isnull=True)
    versions = waiting.values_list("version__document__slug", flat=True)
    alerts = Alert.objects.filter(claimed_at__isnull=False).values_list(
        "change_set__document__slug", flat=True
    )
    return [*documents, *versions, *alerts]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
