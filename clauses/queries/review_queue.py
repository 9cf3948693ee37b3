"""The queue of doubtful clauses as a curator works through it: what comes next, and how far the work is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2

from django.contrib.auth.models import User
from django.db.models import Count, QuerySet

from clauses.models import Clause, Decision, Label, Occurrence, ReviewClaim
from clauses.models.choices import SeverityLevel
from clauses.queries.review import doubtful_clauses

# Of so many clauses, those that weigh most by severity, the next one is chosen.
_LOOKED_AT = 200
# Agreement is that of the latest so many decisions.
_AGREEMENT_OF = 1000


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a curator asked to be given; empty fields ask for nothing. `severity` is the least."""

    platforms: Sequence[str] = ()
    types: Sequence[str] = ()
    severity: int = 0
    confidence: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many clauses wait, how many one curator ruled on today, and how often curators agreed with the machine.

    `agreed` of `compared`: decisions with the same types and severity as the machine read at that time.
    """

    waiting: int
    ruled_today: int
    agreed: int
    compared: int

    @property
    def percent(self) -> int:
        """The share that agreed."""
        return round(100 * self.agreed / self.compared) if self.compared else 0


def queue(asked: QueueFilter) -> QuerySet[Clause]:
    """The doubtful clauses that fit, the most severe first."""
    fields = {
        "document__platform__slug__in": asked.platforms,
        "severity__gte": asked.severity,
        "confidence__in": asked.confidence,
    }
    found = doubtful_clauses().filter(**{field: value for field, value in fields.items() if value})
    if not asked.types:
        return found
    # Each once, though it may be of several of the types.
    return found.filter(pk__in=Label.objects.filter(type__in=asked.types).values("clause"))


def open_clauses(user: User, asked: QueueFilter, at: datetime) -> QuerySet[Clause]:
    """The queue without the clauses that somebody else looks at, and those that this curator skipped."""
    held = ReviewClaim.objects.held(at)
    skipped = ReviewClaim.objects.filter(curator=user, is_skipped=True)
    found = queue(asked).exclude(pk__in=held.exclude(curator=user).values("clause"))
    return found.exclude(pk__in=skipped.values("clause"))


def open_to(user: User, asked: QueueFilter, at: datetime) -> list[Clause]:
    """Of these, the weightiest first: doubt by severity by reach."""
    listed = list(open_clauses(user, asked, at)[:_LOOKED_AT])
    reach = _reach(listed)
    # Sorting is stable: of equals, the order of the queue holds.
    return sorted(listed, key=lambda clause: -_weight(clause, reach))


def progress(user: User, asked: QueueFilter, at: datetime) -> Progress:
    """How far the work is."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    today = Decision.objects.standing().filter(decided_by=user, decided_at__gte=midnight)
    rows = Decision.objects.standing().exclude(said={}).order_by("-pk")
    compared = list(rows.values_list("types", "severity", "said")[:_AGREEMENT_OF])
    agreed = sum(_is_agreement(types, severity, said) for types, severity, said in compared)
    return Progress(queue(asked).count(), today.count(), agreed, len(compared))


def last_ruling(user: User, at: datetime) -> Decision | None:
    """The decision of the last day that a curator took last and could take back."""
    made = Decision.objects.standing().filter(decided_by=user, decided_at__gte=at - timedelta(days=1))
    return made.select_related("clause").order_by("-pk").first()


def _weight(clause: Clause, reach: dict[int, int]) -> float:
    assert clause.current
    return clause.doubt * (1 + clause.severity) * (1 + log2(reach.get(clause.current.wording_id, 1)))


def _reach(clauses: Sequence[Clause]) -> dict[int, int]:
    """By wording, in how many standing clauses it stands."""
    wordings = {clause.current.wording_id for clause in clauses if clause.current}
    rows = Occurrence.objects.filter(wording__in=wordings, last_version__isnull=True)
    return dict(rows.values("wording").annotate(count=Count("pk")).values_list("wording", "count"))


def _is_agreement(types: list[str], severity: int, said: dict[str, object]) -> bool:
    read: list[dict[str, str]] = said["types"]  # type: ignore[assignment]
    return {row["slug"] for row in read} == set(types) and said["severity"] == SeverityLevel(severity).word
