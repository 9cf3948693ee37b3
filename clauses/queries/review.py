"""What a curator needs to see to decide on a clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import OrderBy

from clauses.core.classify import ACCEPTED, FROM_HEADING
from clauses.models import Analysis, Clause, Occurrence
from clauses.models.choices import SeverityLevel
from clauses.queries.clause_types import named_type
from clauses.queries.reason_names import reason_name
from clauses.queries.scope import counted_platforms
from monitor.models import Cause

# Above this doubt (one minus the best type's score) a curator's look is asked for.
DOUBTFUL = round(1 - ACCEPTED, 3)
DOUBT_OF_A_HEADING = round(1 - FROM_HEADING, 3)


@dataclass(frozen=True, slots=True)
class ReadType:
    """A type the machine read, with its score and the words that showed it."""

    slug: str
    name: str
    score: float
    basis: str
    quotes: tuple[str, ...]


def clauses_to_review() -> QuerySet[Clause]:
    """Clauses that stand in their document, with what a list of them shows; the most doubtful first."""
    rows = Clause.objects.standing().filter(current__isnull=False)
    rows = rows.select_related("document__platform", "current__wording", "current__classification")
    return rows.prefetch_related("labels").order_by("-doubt", "-severity", "number")


def doubtful_clauses() -> QuerySet[Clause]:
    """The clauses of counted platforms that wait for a curator, the weightiest first: see `by_weight`."""
    doubtful = clauses_to_review().filter(doubt__gt=DOUBTFUL, document__platform__in=counted_platforms())
    return doubtful.order_by(*by_weight())


def by_weight() -> list[Case | OrderBy | str]:
    """The order in which doubtful clauses are worth a look.

    The most severe first; of these the ones that say something themselves, before those that only a heading speaks for
    (addresses, rows of tables), unless a ruling waits there; then the latest changed and the most doubtful.
    """
    from_heading = Q(
        doubt__gte=DOUBT_OF_A_HEADING, current__classification__types__0__evidence=[], proposal__isnull=True
    )
    changed_at = Case(
        When(current__first_version__cause=Cause.PUBLISHER, then=F("current__first_version__first_seen_at"))
    )
    return [
        # First, so that an index serves it and only the most severe ones are sorted further.
        "-severity",
        Case(When(from_heading, then=1), default=0),
        changed_at.desc(nulls_last=True),
        "-doubt",
        "number",
    ]


def next_to_review(after: Clause) -> Clause | None:
    """The weightiest doubtful clause besides one; None where no doubt is left."""
    return doubtful_clauses().exclude(pk=after.pk).first()


def read_types(clause: Clause) -> list[ReadType]:
    """What the machine reads in the present wording, strongest first."""
    if clause.current is None:
        return []
    return [
        ReadType(
            slug=row["slug"],
            name=named_type(row["slug"]).name,
            score=row["score"],
            basis=row["basis"],
            quotes=tuple(words["text"] for words in row["evidence"]),
        )
        for row in clause.current.classification.types
    ]


def named_reasons(clause: Clause) -> list[dict[str, Any]]:
    """The lines of the machine's rating of the present wording, with readable labels."""
    if clause.current is None:
        return []
    return [row | {"label": reason_name(row["code"])} for row in clause.current.classification.reasons]


def clauses_beside(clause: Clause) -> tuple[str, str]:
    """The words of the clauses before and after it in the text that stands; empty where it is the first or the last."""
    layouts = Analysis.objects.filter(version=clause.document.current_version_id)
    keys = [row[0] for row in layouts.values_list("layout", flat=True).first() or ()]
    if clause.current_id not in keys:
        return "", ""
    at = keys.index(clause.current_id)
    before, after = keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None
    found = Occurrence.objects.filter(pk__in=[key for key in (before, after) if key])
    words: dict[int | None, str] = dict(found.values_list("pk", "wording__text"))
    return words.get(before, ""), words.get(after, "")


def machine_reading(clause: Clause) -> dict[str, Any]:
    """What the pages to rule on a clause show of it: its place, its words with the evidence marked, and their reading.

    The clause has a present wording.
    """
    assert clause.current
    read = clause.current.classification
    return {
        "clause": clause,
        "occurrence": clause.current,
        "stretches": marked(clause.current.wording.text, read.types),
        "read": read,
        "read_severity": SeverityLevel(read.severity),
        "read_types": read_types(clause),
        "reasons": named_reasons(clause),
        "facts": read.facts.all(),
    }


def marked(text: str, types: Iterable[dict[str, Any]]) -> list[tuple[bool, str]]:
    """The text in stretches: those that are evidence for any of the types, and those between."""
    spans = sorted((words["start"], words["end"]) for row in types for words in row["evidence"])
    stretches: list[tuple[bool, str]] = []
    at = 0
    for start, end in _joined(spans):
        stretches += [(False, text[at:start]), (True, text[start:end])]
        at = end
    return [(is_evidence, words) for is_evidence, words in (*stretches, (False, text[at:])) if words]


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
