"""Which sources of a document a round reads, and which rest; and whether a round that was begun goes on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor import politeness
from monitor.core.schedule import is_resting
from monitor.models import Candidate, Document, Fetch, Outcome, Part, Render, Source
from monitor.sweeps import Sweep

# A round that began longer ago is given up: what it saw may no longer be what the document says.
_ROUND_LASTS = timedelta(hours=3)


def extent(
    document: Document, valid: Sequence[Source], at: datetime, patience: timedelta
) -> tuple[list[Source], Sweep]:
    """What is to be read of a document now, and the extent of the round: of the one under way, or of a new one.

    Hosts that ask to be left alone for longer than it can wait are skipped. Raises Busy where no other is left.
    """
    begun = _under_way(document, valid, at)
    sources = awake(document, valid, begun or at)
    skipped_until = None
    if sources:
        sources, skipped_until = reachable(sources, begun + _ROUND_LASTS if begun else at + patience)
    keys = frozenset(source.pk for source in sources)
    # Drawn for live readings only: a replay comes out the same every time.
    jitter = random.uniform(-1, 1)  # noqa: S311
    return sources, Sweep(begun or at, at, keys, jitter, skipped_until)


def _under_way(document: Document, valid: Sequence[Source], at: datetime) -> datetime | None:
    """When the round began that goes on at a moment: where something of it is left to read, and not too late."""
    # The caller's copy of the document may be older than its row.
    row = Document.objects.filter(pk=document.pk, round_at__range=(at - _ROUND_LASTS, at))
    begun = row.values_list("round_at", flat=True).first()
    if begun is None:
        return None
    sources = awake(document, valid, begun)
    read = Fetch.objects.filter(source__in=sources, at__gte=begun).values("source").distinct().count()
    return begun if read < len(sources) else None


def awake(document: Document, sources: Sequence[Source], at: datetime) -> list[Source]:
    """Those of the sources to be read in a round at a moment, in their order.

    A source with an interval of its own rests until that is over since its last good capture, which stands in for it.
    Where a new text waits for its second sight, the sources that gave it are read whatever their interval.
    An imported text is never read.
    """
    readable = [source for source in sources if source.render not in Render.never_fetched()]
    seen = seen_anew(document) if any(source.interval_minutes for source in readable) else set()
    return [source for source in readable if source.pk in seen or not _is_resting(source, at)]


def _is_resting(source: Source, at: datetime) -> bool:
    if source.interval_minutes is None:
        return False
    good = Fetch.objects.filter(source=source, at__lt=at).exclude(outcome__in=Outcome.problems())
    last = good.order_by("-at").values_list("at", flat=True).first()
    return is_resting(last, at, timedelta(minutes=source.interval_minutes))


def seen_anew(document: Document) -> set[int]:
    """The sources whose text differs in the candidate that is being confirmed."""
    candidate = Candidate.objects.filter(document=document, is_flip=False).first()
    if candidate is None:
        return set()
    # The caller's copy of the document may be older than its row.
    current = Document.objects.filter(pk=document.pk).values("current_version")
    known = dict(Part.objects.filter(version__in=current).values_list("source", "fingerprint"))
    return {source for source, _, fingerprint in candidate.snapshots if known.get(source) != fingerprint}


def reachable(sources: Sequence[Source], until: datetime) -> tuple[list[Source], datetime | None]:
    """Those whose hosts can be asked before a moment, and when the first of the other hosts is free.

    The others are skipped in this round. Raises Busy where none can be asked.
    """
    busy = politeness.busy_hosts([source.url for source in sources], until)
    found = [source for source in sources if source.url not in busy]
    first = min(busy.values(), key=lambda host: host.free_at, default=None)
    if first and not found:
        raise first
    return found, first.free_at if first else None
