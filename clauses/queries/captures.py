"""What came of the attempts to read a document: the log, and the strip that shows it at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from monitor.models import Document, Fetch, Outcome, Source

# Above this a strip of one screen's width has less than two pixels a tick.
STRIP_LIMIT = 400

_KINDS = {
    **dict.fromkeys((Outcome.FIRST, Outcome.CONFIRMED), "new"),
    Outcome.CANDIDATE: "sight",
    **dict.fromkeys((Outcome.TRANSIENT, Outcome.FLIP), "passing"),
    Outcome.TECHNICAL: "own",
    **dict.fromkeys(Outcome.problems(), "problem"),
}
KIND_NAMES = (
    ("same", "same text"),
    ("new", "text recorded"),
    ("sight", "first sight, to be confirmed"),
    ("passing", "seen and gone"),
    ("own", "our own reading changed"),
    ("problem", "capture problem"),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """One attempt: its place from 0 to 100, its kind, and its words."""

    place: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The attempts at one source, oldest first."""

    source: Source
    ticks: list[Tick]


@dataclass(frozen=True, slots=True)
class Mark:
    """A date under the strip, at its place from 0 to 100."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The latest attempts at all sources of a document, on one line of time."""

    lanes: list[Lane]
    marks: list[Mark]
    begins_at: datetime
    ends_at: datetime
    counts: list[tuple[str, str, int]]
    is_cut: bool

    @property
    def total(self) -> int:
        """How many attempts it shows."""
        return sum(count for _, _, count in self.counts)


def capture_log(document: Document) -> QuerySet[Fetch]:
    """All attempts at a document, newest first."""
    return (
        Fetch.objects.filter(source__document=document)
        .select_related("source", "snapshot")
        .order_by("-at", "-pk")
    )


def capture_strip(document: Document) -> Strip | None:
    """The latest attempts by source, or None where there was none."""
    latest = list(capture_log(document)[: STRIP_LIMIT + 1])
    shown = latest[:STRIP_LIMIT][::-1]
    if not shown:
        return None
    begins_at, ends_at = shown[0].at, shown[-1].at
    by_source: dict[int, list[Fetch]] = {}
    for fetch in shown:
        by_source.setdefault(fetch.source_id, []).append(fetch)
    in_order = sorted(by_source.values(), key=lambda found: (found[0].source.position, found[0].source_id))
    lanes = [Lane(found[0].source, _ticks(found, begins_at, ends_at)) for found in in_order]
    kinds = [tick.kind for lane in lanes for tick in lane.ticks]
    counts = [(kind, name, kinds.count(kind)) for kind, name in KIND_NAMES if kind in kinds]
    marks = _marks(begins_at, ends_at)
    return Strip(lanes, marks, begins_at, ends_at, counts, is_cut=len(latest) > STRIP_LIMIT)


def latest_problems(document: Document, at: datetime) -> list[Fetch]:
    """The last attempt at each source that is valid at a moment, where it gave no text."""
    last_of_source = Fetch.objects.filter(source=OuterRef("pk")).order_by("-at").values("pk")[:1]
    valid = Source.objects.valid(at).filter(document=document)
    keys = list(valid.values_list(Subquery(last_of_source), flat=True))
    return list(Fetch.objects.filter(pk__in=keys, outcome__in=Outcome.problems()).select_related("source"))


def kind_of(outcome: str) -> str:
    """The kind of a tick: same, new, sight, passing, own or problem."""
    return _KINDS.get(Outcome(outcome), "same")


def _ticks(found: Sequence[Fetch], begins_at: datetime, ends_at: datetime) -> list[Tick]:
    return [
        Tick(
            _place(fetch.at, begins_at, ends_at),
            kind_of(fetch.outcome),
            f"{fetch.at:%Y-%m-%d %H:%M} UTC: {Outcome(fetch.outcome).label}",
        )
        for fetch in found
    ]


def _place(at: datetime, begins_at: datetime, ends_at: datetime) -> float:
    span = (ends_at - begins_at).total_seconds()
    return round(100 * (at - begins_at).total_seconds() / span, 2) if span else 50.0


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
