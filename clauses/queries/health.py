"""How well the pages are read, what is waited for, and how long queues have been standing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery

from clauses.queries.deliveries import MailStanding
from clauses.queries.outcomes import GROUPS, OutcomeGroup
from clauses.queries.scope import counted_platforms, shown
from clauses.queries.waiting import rereading
from monitor.models import Candidate, Document, Fetch, Outcome, Source, Version


@dataclass(frozen=True, slots=True)
class ReadingHealth:
    """Figures for one status line. `failing`: documents with a source whose last reading gave no text."""

    platforms: int
    documents: int
    watched: int
    read_in_a_day: int
    last_read_at: datetime | None
    failing: int
    confirming: int


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How often an outcome came in the last day and the last week."""

    outcome: Outcome
    day: int
    week: int

    @property
    def is_problem(self) -> bool:
        """Whether no text was read."""
        return self.outcome in Outcome.problems()


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How often a group of outcomes came in the last day and the last week, with its outcomes that came."""

    group: OutcomeGroup
    day: int
    week: int
    outcomes: list[OutcomeCount]


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows that wait for a stage: how many, and since when the oldest has waited."""

    name: str
    count: int
    oldest_at: datetime | None


def reading_health(now: datetime) -> ReadingHealth:
    """The figures of the counted platforms."""
    documents = Document.objects.filter(platform__in=counted_platforms())
    day = now - timedelta(days=1)
    figures = documents.aggregate(
        platforms=Count("platform", distinct=True),
        documents=Count("pk"),
        watched=Count("pk", filter=Q(is_paused=False)),
        read=Count("pk", filter=Q(read_at__gte=day)),
        last_read_at=Max("read_at"),
    )
    return ReadingHealth(
        platforms=figures["platforms"],
        documents=figures["documents"],
        watched=figures["watched"],
        read_in_a_day=figures["read"],
        last_read_at=figures["last_read_at"],
        failing=failing_sources(now).values("document").distinct().count(),
        confirming=confirming().count(),
    )


def failing_sources(now: datetime, *, counted_only: bool = True) -> QuerySet[Source]:
    """Watched sources whose last reading gave no text.

    With `last_outcome`, `last_at`, `last_status`, `last_message`, and `good_at` of the last reading that gave one.
    """
    latest = Fetch.objects.filter(source=OuterRef("pk")).order_by("-at")
    good = latest.exclude(outcome__in=Outcome.problems())
    watched = Source.objects.valid(now).filter(document__is_paused=False)
    if counted_only:
        watched = watched.filter(document__platform__in=counted_platforms())
    return (
        watched.annotate(
            last_outcome=Subquery(latest.values("outcome")[:1]),
            last_at=Subquery(latest.values("at")[:1]),
            last_status=Subquery(latest.values("status")[:1]),
            last_message=Subquery(latest.values("message")[:1]),
            good_at=Subquery(good.values("at")[:1]),
        )
        .filter(last_outcome__in=Outcome.problems())
        .select_related("document__platform")
        .order_by("last_at", "pk")
    )


def confirming() -> QuerySet[Candidate]:
    """New texts that wait for their second sight, the longest waiting first; unstable ones are left out."""
    return _candidates().filter(is_flip=False)


def unstable() -> QuerySet[Candidate]:
    """Documents whose page shows an earlier text that came back too soon to be believed."""
    return _candidates().filter(is_flip=True)


def _candidates() -> QuerySet[Candidate]:
    found = Candidate.objects.filter(document__platform__in=counted_platforms())
    return found.select_related("document__platform").order_by("first_seen_at", "pk")


def outcome_counts(now: datetime) -> list[OutcomeCount]:
    """The outcomes that came in the last week, in the order they are defined."""
    week, day = now - timedelta(days=7), now - timedelta(days=1)
    recent = Fetch.objects.filter(at__gte=week, at__lte=now)
    counted = recent.filter(source__document__platform__in=counted_platforms()).order_by().values("outcome")
    rows = counted.annotate(of_day=Count("pk", filter=Q(at__gte=day)), of_week=Count("pk"))
    found = {row["outcome"]: (row["of_day"], row["of_week"]) for row in rows}
    return [OutcomeCount(outcome, *found[outcome]) for outcome in Outcome if outcome in found]


def group_counts(outcomes: Iterable[OutcomeCount]) -> list[GroupCount]:
    """All groups of outcomes with their counts; those of which none came count 0."""
    rows = list(outcomes)
    found = [(group, [row for row in rows if row.outcome in group.outcomes]) for group in GROUPS]
    return [
        GroupCount(group, sum(row.day for row in members), sum(row.week for row in members), members)
        for group, members in found
    ]


def queues(now: datetime, mails: MailStanding) -> list[Queue]:
    """What waits for a stage: documents due, versions not analyzed, documents to be read anew, alerts owed."""
    progress = rereading()
    return [
        *queues_with_an_age(now, mails),
        Queue("Documents to be read anew", progress.left if progress else 0, None),
        Queue("Changes kept for a digest", mails.kept, mails.kept_since),
    ]


def queues_with_an_age(now: datetime, mails: MailStanding) -> list[Queue]:
    """Those that should be short at any time: what waits for long in them needs an operator."""
    due = Document.objects.filter(is_paused=False, next_fetch_at__lte=now)
    versions = Version.objects.filter(shown("document__platform__"), analysis__isnull=True)
    return [
        Queue(
            "Documents due for a reading", **due.aggregate(count=Count("pk"), oldest_at=Min("next_fetch_at"))
        ),
        Queue(
            "Versions not analyzed", **versions.aggregate(count=Count("pk"), oldest_at=Min("confirmed_at"))
        ),
        Queue("Alerts owed", mails.owed, mails.owed_since),
        Queue("Webhook calls owed", mails.calls.owed, mails.calls.owed_since),
    ]
