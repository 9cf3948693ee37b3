"""What was seen and is no version: readings that gave no text, and texts that came and went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Case, F, Min, Q, RowRange, When, Window

from clauses.queries.outcomes import HELD_BACK
from monitor.models import Document, Fetch, Outcome, Platform

# A shorter run of failed readings is counted, not listed: the next reading of the same day made up for it.
LISTED_FROM = timedelta(hours=24)
# Sightings of the same kind within a week are one entry.
_ONE_STORY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of failed readings of a document. `ended_at`: the next good one; None: it goes on.

    Sources of one document that failed at the same time are one gap; `count` is that of the source that failed most.
    """

    document: Document
    begun_at: datetime
    ended_at: datetime | None
    outcomes: tuple[Outcome, ...]
    count: int

    @property
    def is_listed(self) -> bool:
        """Whether it lasted long enough to be an entry of its own."""
        return self.ended_at is None or self.ended_at - self.begun_at >= LISTED_FROM

    @property
    def is_held_back(self) -> bool:
        """Whether every reading gave a text, and the capture gate held each of them back."""
        return all(outcome in HELD_BACK for outcome in self.outcomes)

    @property
    def state(self) -> str:
        """What the document was for as long."""
        return "Held back" if self.is_held_back else "Not readable"

    @property
    def words(self) -> str:
        """What came of the readings: "Not reachable, Took too long"."""
        return ", ".join(outcome.label for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A text that came and went, or an earlier one that came back too soon to be believed."""

    document: Document
    outcome: Outcome
    first_at: datetime
    last_at: datetime
    count: int

    @property
    def is_flip(self) -> bool:
        """Whether it was an earlier text."""
        return self.outcome == Outcome.FLIP


@dataclass(frozen=True, slots=True)
class _Failed:
    """One attempt that gave no text of the document. `good_at`: the next one that did."""

    source: int
    document: int
    at: datetime
    outcome: str
    good_at: datetime | None


def gaps(platform: Platform, until: datetime) -> list[Gap]:
    """The runs of failed readings of a platform's documents up to a moment, by their beginning.

    One pass over the readings, in the database: a subquery for each failure costs the square of an outage.
    """
    is_good = ~Q(outcome__in=Outcome.problems())
    next_good = Window(
        Min(Case(When(is_good, then="at"))),
        partition_by="source",
        order_by=F("at").desc(),
        frame=RowRange(end=0),
    )
    attempts = Fetch.objects.filter(source__document__platform=platform, at__lte=until)
    # Of a good reading, the next good one is itself. Asked in this way, the good ones count before they are left out.
    failed = attempts.annotate(good_at=next_good).filter(Q(good_at=None) | Q(good_at__gt=F("at")))
    rows = failed.order_by("source", "at").values_list(
        "source", "source__document", "at", "outcome", "good_at"
    )
    found: dict[tuple[int, datetime, datetime | None], list[list[_Failed]]] = {}
    for _, run in groupby((_Failed(*row) for row in rows), lambda row: (row.source, row.good_at)):
        together = list(run)
        first = together[0]
        found.setdefault((first.document, first.at, first.good_at), []).append(together)
    documents = Document.objects.in_bulk({document for document, _, _ in found})
    told = [_gap(documents[document], together) for (document, _, _), together in found.items()]
    return sorted(told, key=lambda gap: gap.begun_at)


def _gap(document: Document, together: list[list[_Failed]]) -> Gap:
    first = together[0][0]
    outcomes = tuple(dict.fromkeys(Outcome(row.outcome) for run in together for row in run))
    return Gap(document, first.at, first.good_at, outcomes, max(map(len, together)))


def sightings(platform: Platform, until: datetime) -> list[Sighting]:
    """The texts of a platform's documents that came and went up to a moment, by their first sight."""
    passing = (
        Fetch.objects.filter(
            source__document__platform=platform, at__lte=until, outcome__in=[Outcome.TRANSIENT, Outcome.FLIP]
        )
        .select_related("source__document")
        .order_by("source__document", "outcome", "at")
    )
    runs = groupby(passing, lambda fetch: (fetch.source.document_id, fetch.outcome))
    return [sighting for _, run in runs for sighting in _stories(run)]


def _stories(run: Iterable[Fetch]) -> list[Sighting]:
    stories: list[list[Fetch]] = []
    for fetch in run:
        if stories and fetch.at - stories[-1][-1].at < _ONE_STORY:
            stories[-1].append(fetch)
        else:
            stories.append([fetch])
    return [
        Sighting(story[0].source.document, Outcome(story[0].outcome), story[0].at, story[-1].at, len(story))
        for story in stories
    ]
