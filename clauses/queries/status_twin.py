"""What the JSON twin of the status page says. The fields are documented in docs/json.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from clauses.models import QueueNotice
from clauses.queries import health
from clauses.queries.deliveries import MailStanding, mail_standing
from clauses.queries.health import OutcomeCount, Queue, ReadingHealth, group_counts
from clauses.queries.notices import latest_notices, latest_queue_notices
from clauses.queries.outcomes import group_of
from clauses.queries.quarantine import QuarantineCounts, quarantine_counts
from clauses.queries.twins import Json, document_head, written
from monitor.models import Candidate, Notice

# Of each list of the page.
MOST_ROWS = 200


def status_twin(now: datetime) -> Json:
    """The twin of the page as of a moment."""
    mails = mail_standing()
    counts = _counts(now, health.reading_health(now), health.outcome_counts(now))
    candidates = [*health.confirming()[:MOST_ROWS], *health.unstable()[:MOST_ROWS]]
    states = _lists(candidates, health.failing_sources(now)[:MOST_ROWS], latest_notices())
    return (
        counts
        | states
        | _queues(quarantine_counts(), health.queues(now, mails), mails, latest_queue_notices())
    )


def _counts(now: datetime, read: ReadingHealth, outcomes: list[OutcomeCount]) -> Json:
    """The figures of the page."""
    return {
        "at": written(now),
        "platforms": read.platforms,
        "documents": read.documents,
        "watched": read.watched,
        "read_in_a_day": read.read_in_a_day,
        "last_read_at": written(read.last_read_at),
        "failing": read.failing,
        "groups": [
            {"group": row.group.slug, "day": row.day, "week": row.week} for row in group_counts(outcomes)
        ],
        "readings": [
            {
                "outcome": row.outcome.value,
                "group": group_of(row.outcome).slug,
                "is_problem": row.is_problem,
                "day": row.day,
                "week": row.week,
            }
            for row in outcomes
        ],
    }


def _lists(candidates: Iterable[Candidate], failing: Iterable[Any], notices: Iterable[Notice]) -> Json:
    """The lists of the page. `failing` are sources as `health.failing_sources` gives them."""
    return {
        "being_confirmed": [
            {
                "document": document_head(row.document),
                "first_seen_at": written(row.first_seen_at),
                "next_fetch_at": None if row.document.is_paused else written(row.document.next_fetch_at),
                "is_unstable": row.is_flip,
            }
            for row in candidates
        ],
        "failing_pages": [
            {
                "document": document_head(source.document),
                "url": source.url,
                "outcome": source.last_outcome,
                "group": group_of(source.last_outcome).slug,
                "status": source.last_status,
                "message": source.last_message,
                "last_at": written(source.last_at),
                "good_at": written(source.good_at),
                "failing_since": written(source.failing_since),
                "failures": source.failures,
                "next_fetch_at": written(source.document.next_fetch_at),
            }
            for source in failing
        ],
        "notices": [
            {
                "kind": notice.kind,
                "document": document_head(notice.source.document),
                "url": notice.source.url,
                "began_at": written(notice.began_at),
                "told_at": written(notice.told_at),
                "words": notice.words,
            }
            for notice in notices
        ],
    }


def _queues(
    held: QuarantineCounts, queues: Iterable[Queue], mails: MailStanding, told: Iterable[QueueNotice]
) -> Json:
    """What waits for somebody: a curator, or a stage of the work."""
    return {
        "offered": held.offered,
        "held_back": held.held_back,
        "queues": [
            {"name": row.name, "count": row.count, "oldest_at": written(row.oldest_at)} for row in queues
        ],
        "queue_notices": [
            {
                "queue": row.queue,
                "is_over": row.is_over,
                "began_at": written(row.began_at),
                "told_at": written(row.told_at),
                "words": row.words,
            }
            for row in told
        ],
        "alerts_stuck": mails.stuck,
        "alerts_given_up": mails.given_up,
        "webhook_calls_stuck": mails.calls.stuck,
        "webhook_calls_given_up": mails.calls.given_up,
    }
