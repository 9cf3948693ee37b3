"""What the JSON twin of the status page says. The fields are documented in docs/json.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from clauses.models import QueueNotice
from clauses.queries.deliveries import MailStanding
from clauses.queries.health import OutcomeCount, Queue, ReadingHealth, group_counts
from clauses.queries.outcomes import group_of
from clauses.queries.quarantine import QuarantineCounts
from clauses.queries.twins import Json, document_head, written
from monitor.models import Candidate, Notice


def status_twin(now: datetime, health: ReadingHealth, outcomes: list[OutcomeCount]) -> Json:
    """The figures of the page."""
    return {
        "at": written(now),
        "platforms": health.platforms,
        "documents": health.documents,
        "watched": health.watched,
        "read_in_a_day": health.read_in_a_day,
        "last_read_at": written(health.last_read_at),
        "failing": health.failing,
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


def status_lists(candidates: Iterable[Candidate], failing: Iterable[Any], notices: Iterable[Notice]) -> Json:
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


def queue_twin(
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
