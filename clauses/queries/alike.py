"""Clauses that say the same as one: to rule on together, or to see how others like it were ruled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from clauses.core.redline import words
from clauses.core.shared_words import shared_share
from clauses.models import Clause
from clauses.queries.review import clauses_to_review

# From this share of its words on, another wording counts as nearly the same.
NEARLY_SAME = 0.9
# So many clauses of the same types are compared, and so many are offered.
_COMPARED = 600
_OFFERED = 100
_DECIDED = 3


@dataclass(frozen=True, slots=True)
class AlikeClause:
    """Another clause, and the share of words it shares with the first; `is_same`: it is the very wording."""

    clause: Clause
    shared: float
    is_same: bool

    @property
    def percent(self) -> int:
        """The share of words, rounded down: only the same words are 100."""
        return 100 if self.is_same else min(99, int(100 * self.shared))


def undecided_alike(clause: Clause) -> list[AlikeClause]:
    """Standing clauses without a decision in force that have the same words or nearly so, the likest first."""
    if clause.current is None:
        return []
    others = _others(clause).filter(decision__isnull=True)
    found = _ranked(clause, _near(clause, others))
    return [row for row in found if row.shared >= NEARLY_SAME][:_OFFERED]


def decided_alike(clause: Clause) -> list[AlikeClause]:
    """The clauses that are most like one and have a decision in force, the likest first."""
    if clause.current is None:
        return []
    others = _others(clause).filter(decision__isnull=False).select_related("decision__decided_by")
    return _ranked(clause, _near(clause, others))[:_DECIDED]


def _others(clause: Clause) -> QuerySet[Clause]:
    return clauses_to_review().exclude(pk=clause.pk)


def _near(clause: Clause, others: QuerySet[Clause]) -> Iterable[Clause]:
    """The same wording first, then clauses that share a type, in force or read."""
    assert clause.current
    slugs = {label.type for label in clause.labels.all()} | set(clause.current.classification.slugs)
    same = Q(current__wording=clause.current.wording_id)
    yield from others.filter(same).order_by("number")[:_OFFERED]
    sharing = Clause.objects.filter(labels__type__in=slugs).values("pk")
    yield from others.exclude(same).filter(pk__in=sharing).order_by("-doubt", "number")[:_COMPARED]


def _words(text: str) -> frozenset[str]:
    """All different words, small ones too: a "not" tells two clauses apart."""
    return frozenset(word.casefold().strip() for word in words(text) if any(map(str.isalnum, word)))


def _ranked(clause: Clause, others: Iterable[Clause]) -> list[AlikeClause]:
    assert clause.current
    own = _words(clause.current.wording.text)
    rows = []
    for other in others:
        assert other.current
        is_same = other.current.wording_id == clause.current.wording_id
        shared = 1.0 if is_same else shared_share(own, _words(other.current.wording.text))
        rows.append(AlikeClause(other, shared, is_same))
    return sorted(rows, key=lambda row: (not row.is_same, -row.shared, row.clause.number))
