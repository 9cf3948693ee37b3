"""Which clauses answered the quick facts on an earlier day: from the texts that stood then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from clauses.models import Classification, Label, Occurrence, ReadFact
from clauses.queries.quick_questions import (
    CLEAR_LEAD,
    FOR_EVERYBODY,
    KINDS,
    QUESTIONS,
    TYPES,
    Earlier,
    Found,
    Question,
    group_of,
    size_of,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A clause that could answer, by what it is chosen for, without its words."""

    occurrence: int
    clause: int
    number: int
    severity: int
    is_for_everybody: bool
    types: Sequence[str]
    scores: Mapping[str, float]
    facts: Sequence[ReadFact]


_Ranked = tuple[ReadFact | None, _Candidate]


def found_earlier(latest: Mapping[int, tuple[int, bool]], earlier: Earlier, told: int) -> list[Found]:
    """What answers each question, `told` rows of each: by document, the ordinal of the version that stood."""
    candidates = _candidates(latest)
    found = []
    for question in QUESTIONS:
        ranked = _ranked(question, candidates, earlier)
        found.append(Found([(row.occurrence, fact) for fact, row in ranked[:told]], len(ranked)))
    return found


def _candidates(latest: Mapping[int, tuple[int, bool]]) -> list[_Candidate]:
    """What of these versions carries a figure or a type that a question asks for. Four queries, without the words."""
    if not latest:
        return []
    places = [
        Q(clause__document=document, first_version__ordinal__lte=ordinal)
        & (Q(last_version__isnull=True) | Q(last_version__ordinal__gte=ordinal))
        for document, (ordinal, _) in latest.items()
    ]
    asked = Q(classification__facts__kind__in=KINDS) | Q(clause__labels__type__in=TYPES)
    found = Occurrence.objects.filter(reduce(or_, places)).filter(asked).distinct()
    fields = (
        "pk",
        "clause",
        "classification",
        "clause__number",
        "clause__severity",
        "clause__document__type",
    )
    rows = list(found.order_by("clause__document__name", "clause__number").values_list(*fields))
    types = _types([row[1] for row in rows])
    facts = _facts([row[2] for row in rows])
    leading = [row[2] for row in rows if types.get(row[1], [""])[0] in TYPES]
    scores = dict(Classification.objects.filter(pk__in=leading).values_list("pk", "types"))
    return [
        _Candidate(
            pk,
            clause,
            number,
            severity,
            document_type in FOR_EVERYBODY,
            types.get(clause, []),
            {match["slug"]: match["score"] for match in scores.get(classification, ())},
            facts.get(classification, []),
        )
        for pk, clause, classification, number, severity, document_type in rows
    ]


def _types(clauses: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Label.objects.filter(clause__in=clauses).order_by("rank").values_list("clause", "type")
    for clause, slug in rows:
        found.setdefault(clause, []).append(slug)
    return found


def _facts(classifications: Collection[int]) -> dict[int, list[ReadFact]]:
    found: dict[int, list[ReadFact]] = {}
    for fact in ReadFact.objects.filter(classification__in=classifications, kind__in=KINDS):
        found.setdefault(fact.classification_id, []).append(fact)
    return found


def _ranked(question: Question, candidates: Sequence[_Candidate], earlier: Earlier) -> list[_Ranked]:
    """What answers a question, what is told first in front, each with its figure where the question is for one."""
    having = [row for row in candidates if not question.type or question.type in row.types]
    if question.fact:
        return _figures(question, having, earlier)
    having.sort(
        key=lambda row: (
            group_of(
                is_harmless=not row.severity,
                is_above=row.types[0] == question.type,
                is_chiefly=_is_chiefly(row, question.type),
            ),
            # What costs nobody anything ("you may go to your local courts") says least of a type.
            not row.severity,
            not row.is_for_everybody,
            -row.severity,
            row.number,
        )
    )
    return [(None, row) for row in having]


def _figures(question: Question, having: Sequence[_Candidate], earlier: Earlier) -> list[_Ranked]:
    found = [(fact, row) for row in having for fact in row.facts if fact.kind == question.fact]
    # A number that binds everybody comes first; then one that changed, which is what people come for; then the largest,
    # but the lowest age: it is the minimum.
    sign = 1 if question.fact == "minimum_age" else -1
    found.sort(
        key=lambda item: (
            _size(item[0]) < 0,
            not item[1].is_for_everybody,
            not _was(item[0], item[1], earlier),
            sign * _size(item[0]),
            item[1].number,
            item[0].start,
        )
    )
    return list(found)


def _was(fact: ReadFact, row: _Candidate, earlier: Earlier) -> str:
    return earlier.replaced.get((row.clause, fact.kind, fact.quote), "")


def _size(fact: ReadFact) -> float:
    amount = fact.value_read().normalized
    return size_of(amount if isinstance(amount, float) else None)


def _is_chiefly(row: _Candidate, slug: str) -> bool:
    """Whether a clause is about a type before all others; a waiver that mentions arbitration is not."""
    if row.types[0] != slug:
        return False
    others = [score for other, score in row.scores.items() if other != slug]
    return bool(row.scores.get(slug, 1.0) - max(others, default=0.0) >= CLEAR_LEAD)
