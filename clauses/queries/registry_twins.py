"""What the JSON twins of the registry, of a clause type and of whole platforms say. Fields: docs/json.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.core.paginator import Page

from clauses.core.in_order import in_order
from clauses.core.spread import Spread
from clauses.models import Clause
from clauses.models.choices import SeverityLevel
from clauses.queries.adoption import PlatformCounts, TypeShare
from clauses.queries.changes import LeadChange
from clauses.queries.like_documents import ComparedDocuments, Unlike
from clauses.queries.platform_comparison import PlatformComparison, Side
from clauses.queries.quick_facts import Answer
from clauses.queries.registry import Registry
from clauses.queries.twins import Json, change_set_head, document_head, public_url, written
from clauses.queries.type_page import ExtremeClause
from monitor.models import Document, Platform


def registry_twin(found: Registry, page: Page[Clause], shares: Mapping[str, TypeShare]) -> Json:
    """The twin of a page of the registry."""
    return {
        "count": found.total,
        "is_more": found.is_more_than,
        "is_cut": found.is_cut,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "clauses": [registry_row_twin(clause) for clause in page],
        "types": {
            slug: {"clauses": row.clauses} | asdict(row.adoption) for slug, row in sorted(shares.items())
        },
    }


def registry_row_twin(clause: Clause) -> Json:
    """The line of a clause."""
    assert clause.current
    return _head(clause) | {
        "document": document_head(clause.document),
        "heading": clause.current.heading,
        "confidence": clause.confidence,
        "since": written(clause.current.first_version.first_seen_at),
    }


def _head(clause: Clause) -> Json:
    assert clause.current
    return {
        "id": clause.public_id,
        "url": public_url("record", clause.number),
        "text": clause.current.wording.text,
        "types": [label.type for label in clause.labels.all()],
        "severity": SeverityLevel(clause.severity).word,
    }


def clause_type_twin(stated: Mapping[str, Any], changes: Sequence[LeadChange]) -> Json:
    """The twin of a type's page, from what the page states."""
    found = stated["type"]
    return {
        "type": found.slug,
        "name": found.name,
        "description": found.description,
        "documents": asdict(stated["like"]),
        "adoption": asdict(stated["adoption"]),
        "severities": {level.word: count for level, count in stated["severities"]},
        "platforms": [_counts(row) for row in stated["having"]],
        "without": _slugs(stated["without"]),
        "waiting": _slugs(stated["waiting"]),
        "most_adverse": [_extreme_clause(row) for row in stated["extremes"].adverse],
        "most_favorable": [_extreme_clause(row) for row in stated["extremes"].favorable],
        "figures": [_spread(spread) for spread in stated["figures"]],
        "changes": [
            change_set_head(row.change_set) | {"document": document_head(row.change_set.document)}
            for row in changes
        ],
    }


def _counts(row: PlatformCounts) -> Json:
    return {"platform": row.platform.slug} | {level.word: count for level, count in row.cells}


def _extreme_clause(row: ExtremeClause) -> Json:
    head = _head(row.clause) | {"document": document_head(row.clause.document)}
    return head | {"points": row.points, "reasons": in_order(row.reasons), "is_ruled": row.is_ruled}


def _spread(spread: Spread) -> Json:
    return asdict(spread) | {"bars": [asdict(bar) for bar in spread.bars]}


def platforms_twin(found: PlatformComparison, apart: Iterable[Unlike]) -> Json:
    """The twin of a comparison of platforms as wholes."""
    return {
        "platforms": [_side(side) for side in found.sides],
        "unlike": unlike_twin(apart),
        "facts": [
            {
                "question": row.question.name,
                "answers": [
                    {"platform": side.platform.slug} | _answer(answer)
                    for side, answer in zip(found.sides, row.answers, strict=True)
                ],
            }
            for row in found.facts
        ],
        "types": [
            {
                "type": row.type.slug,
                "clauses": dict(zip([side.platform.slug for side in found.sides], row.counts, strict=True)),
            }
            for row in found.types
        ],
    }


def _side(side: Side) -> Json:
    return {
        "platform": side.platform.slug,
        "name": side.platform.name,
        "documents": documents_twin(side.documents),
        "clauses": {level.word: count for level, count in side.severities},
        "changes_in_90_days": side.changes,
        "top": [_head(clause) for clause in side.top],
    }


def documents_twin(compared: ComparedDocuments) -> list[Json]:
    """The documents of a platform that are compared."""
    return [_document(row) for row in compared.documents]


def _document(row: Document) -> Json:
    return {
        "id": row.public_id,
        "name": row.name,
        "type": row.type,
        "language": row.language,
        "jurisdiction": row.jurisdiction,
        "audience": row.audience,
    }


def unlike_twin(apart: Iterable[Unlike]) -> list[Json]:
    """What only some of the platforms have a document of."""
    return [
        {"field": row.field, "value": row.value, "having": _slugs(row.having), "lacking": _slugs(row.lacking)}
        for row in apart
    ]


def _answer(answer: Answer) -> Json:
    found = answer.occurrence
    return {
        "is_found": found is not None,
        "is_waiting": answer.is_waiting,
        "value": answer.value,
        "quote": answer.quote,
        "record": found.clause.public_id if found else None,
    }


def _slugs(platforms: Iterable[Platform]) -> list[str]:
    return [platform.slug for platform in platforms]
