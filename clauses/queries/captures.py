"""What came of the attempts to read a document: the strip that shows it at a glance, and the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from clauses.queries.outcomes import HELD_BACK, outcomes_asked_for
from monitor.models import Document, Fetch, Outcome, Source, Version

# Above this a strip of one screen's width has less than two pixels a tick.
STRIP_LIMIT = 400
# In hundredths of the strip. A tick is up to four pixels wide, and its right edge stays on a strip of 270 pixels.
_LAST_PLACE = 98.5
_LEAST_DISTANCE = 0.5

_KINDS = {
    **dict.fromkeys((Outcome.FIRST, Outcome.CONFIRMED), "new"),
    Outcome.CANDIDATE: "sight",
    **dict.fromkeys((Outcome.TRANSIENT, Outcome.FLIP), "passing"),
    Outcome.TECHNICAL: "own",
    **dict.fromkeys(Outcome.problems(), "problem"),
    **dict.fromkeys(HELD_BACK, "held"),
}
KIND_NAMES = (
    ("same", "same text"),
    ("new", "text recorded"),
    ("sight", "first sight, to be confirmed"),
    ("passing", "seen and gone"),
    ("own", "our own reading changed"),
    ("held", "held back by the capture gate"),
    ("problem", "no text came"),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """One attempt: the place of its left edge from 0 to 98.5, its kind, and its words."""

    place: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The attempts at one source, oldest first."""

    source: Source
    ticks: list[Tick]

    @property
    def words(self) -> str:
        """How many ticks of each kind: "12 same text, 1 text recorded"."""
        return ", ".join(f"{count} {name}" for _, name, count in _counts(self.ticks))


@dataclass(frozen=True, slots=True)
class Mark:
    """A date under the strip, at its place from 0 to 100."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of the attempts at all sources of a document, on one line of time.

    `is_cut`: there are older ones; `is_past`: there are newer ones.
    """

    lanes: list[Lane]
    marks: list[Mark]
    begins_at: datetime
    ends_at: datetime
    counts: list[tuple[str, str, int]]
    is_cut: bool
    is_past: bool

    @property
    def total(self) -> int:
        """How many attempts it shows."""
        return sum(count for _, _, count in self.counts)


def capture_log(document: Document, *, until: datetime | None = None, kind: str = "") -> QuerySet[Fetch]:
    """The attempts at a document, newest first: all, those up to a moment, or those of a kind.

    `kind` is the slug of a group of outcomes, or an outcome.
    """
    found = _attempts(document)
    if until:
        found = found.filter(at__lte=until)
    if kind:
        found = found.filter(outcome__in=outcomes_asked_for(kind))
    return found.select_related("source", "snapshot").order_by("-at", "-pk")


def outcomes_of(document: Document) -> set[str]:
    """The outcomes that the attempts at a document had."""
    return set(_attempts(document).order_by().values_list("outcome", flat=True).distinct())


def _attempts(document: Document) -> QuerySet[Fetch]:
    # By key, so that the index over source and moment gives a long log of one source in order.
    return Fetch.objects.filter(source__in=list(document.sources.values_list("pk", flat=True)))


def capture_strip(
    document: Document, *, before: datetime | None = None, after: datetime | None = None
) -> Strip | None:
    """The attempts next to a moment by source, whatever came of them; None where there was none.

    Without a moment, or where nothing lies on its side, the latest.
    """
    return _strip(_attempts(document), before, after)


def version_strip(version: Version, newer: Version | None) -> Strip | None:
    """The attempts while a version stood, up to the first sight of the next one; the latest where they are many."""
    attempts = _attempts(version.document).filter(at__gte=version.first_seen_at)
    return _strip(attempts.filter(at__lt=newer.first_seen_at) if newer else attempts)


def _strip(
    attempts: QuerySet[Fetch], before: datetime | None = None, after: datetime | None = None
) -> Strip | None:
    shown = _shown(attempts, before, after) or _shown(attempts, None, None)
    if not shown:
        return None
    begins_at, ends_at = shown[0].at, shown[-1].at
    by_source: dict[int, list[Fetch]] = {}
    for fetch in shown:
        by_source.setdefault(fetch.source_id, []).append(fetch)
    in_order = sorted(by_source.values(), key=lambda found: (found[0].source.position, found[0].source_id))
    lanes = [Lane(found[0].source, _ticks(found, begins_at, ends_at)) for found in in_order]
    return Strip(
        lanes=lanes,
        marks=_marks(begins_at, ends_at),
        begins_at=begins_at,
        ends_at=ends_at,
        counts=_counts([tick for lane in lanes for tick in lane.ticks]),
        is_cut=attempts.filter(at__lt=begins_at).exists(),
        is_past=attempts.filter(at__gt=ends_at).exists(),
    )


def _shown(attempts: QuerySet[Fetch], before: datetime | None, after: datetime | None) -> list[Fetch]:
    """The attempts of a strip, oldest first, in whole rounds: the next stretch begins where this one ends."""
    found = attempts.select_related("source")
    if after:
        nearest = found.filter(at__gt=after).order_by("at", "pk")
    else:
        nearest = (found.filter(at__lt=before) if before else found).order_by("-at", "-pk")
    rows = list(nearest[: STRIP_LIMIT + 1])
    if len(rows) > STRIP_LIMIT:
        cut_at = rows.pop().at
        # A round of more sources than fit is cut all the same.
        rows = [row for row in rows if row.at != cut_at] or rows
    return sorted(rows, key=lambda row: (row.at, row.pk))


def _counts(ticks: Sequence[Tick]) -> list[tuple[str, str, int]]:
    kinds = [tick.kind for tick in ticks]
    return [(kind, name, kinds.count(kind)) for kind, name in KIND_NAMES if kind in kinds]


def kind_of(outcome: str) -> str:
    """The kind of a tick: same, new, sight, passing, own, held or problem."""
    return _KINDS.get(Outcome(outcome), "same")


def _ticks(found: Sequence[Fetch], begins_at: datetime, ends_at: datetime) -> list[Tick]:
    places = _apart([_place(fetch.at, begins_at, ends_at) for fetch in found])
    return [
        Tick(
            place,
            kind_of(fetch.outcome),
            f"{fetch.at:%Y-%m-%d %H:%M} UTC: {Outcome(fetch.outcome).label}",
        )
        for fetch, place in zip(found, places, strict=True)
    ]


def _apart(places: Sequence[float]) -> list[float]:
    """Places in order, moved as little as lets each tick be seen beside its neighbors."""
    least = min(_LEAST_DISTANCE, _LAST_PLACE / max(len(places) - 1, 1))
    latest = [_LAST_PLACE - least * after for after in range(len(places))][::-1]
    found: list[float] = []
    for place, last in zip(places, latest, strict=True):
        earliest = found[-1] + least if found else 0.0
        found.append(min(max(place, earliest), last))
    return [round(place, 2) for place in found]


def _place(at: datetime, begins_at: datetime, ends_at: datetime) -> float:
    span = (ends_at - begins_at).total_seconds()
    return round(_LAST_PLACE * (at - begins_at).total_seconds() / span, 2) if span else 50.0


def _marks(begins_at: datetime, ends_at: datetime) -> list[Mark]:
    """The firsts of years for a long strip, of months for a shorter one; none for a few days."""
    span = ends_at - begins_at
    if span < timedelta(days=20):
        return []
    step = 12 if span > timedelta(days=3 * 365) else 3 if span > timedelta(days=270) else 1
    marks: list[Mark] = []
    year, month = begins_at.year, begins_at.month
    while True:
        month += 1
        if month > 12:
            year, month = year + 1, 1
        first = datetime(year, month, 1, tzinfo=UTC)
        if first > ends_at:
            return marks
        if (month - 1) % step == 0:
            label = f"{first:%Y}" if step == 12 else f"{first:%b %Y}"
            marks.append(Mark(_place(first, begins_at, ends_at), label))
