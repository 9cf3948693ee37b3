"""What was seen and is no version: readings that gave no text, and texts that came and went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import OuterRef, Subquery

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


def gaps(platform: Platform, until: datetime) -> list[Gap]:
    """The runs of failed readings of a platform's documents up to a moment, by their beginning."""
    good = Fetch.objects.filter(source=OuterRef("source"), at__gt=OuterRef("at"), at__lte=until)
    good = good.exclude(outcome__in=Outcome.problems()).order_by("at")
    problems = Fetch.objects.filter(outcome__in=Outcome.problems(), at__lte=until)
    failed = (
        problems.filter(source__document__platform=platform)
        .annotate(good_at=Subquery(good.values("at")[:1]))
        .select_related("source__document")
        .order_by("source", "at")
    )
    runs = groupby(failed, lambda fetch: (fetch.source_id, fetch.good_at))
    found: dict[tuple[int, datetime, datetime | None], list[list[Fetch]]] = {}
    for (_, ended_at), rows in runs:
        run: list[Fetch] = list(rows)
        found.setdefault((run[0].source.document_id, run[0].at, ended_at), []).append(run)
    gaps_found = (_gap(ended_at, together) for (_, _, ended_at), together in found.items())
    return sorted(gaps_found, key=lambda gap: gap.begun_at)


def _gap(ended_at: datetime | None, together: list[list[Fetch]]) -> Gap:
    first = together[0][0]
    outcomes = tuple(dict.fromkeys(Outcome(fetch.outcome) for run in together for fetch in run))
    return Gap(first.source.document, first.at, ended_at, outcomes, max(map(len, together)))


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
