"""Clauses: the registry with its search, and the record of one."""

from __future__ import annotations

import struct
from typing import Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Query

from clauses.api.answers.parts import Severity, told
from clauses.api.answers.records import Record
from clauses.api.answers.records import Registry as RegistryAnswer
from clauses.api.cursors import cursor_of, marks_of
from clauses.api.operations import Paged, RecordId, number_of, reads
from clauses.api.patterns import TEXT
from clauses.api.problems import Moved
from clauses.forms.registry import registry_form
from clauses.forms.understood import understood
from clauses.models.choices import ConfidenceWord
from clauses.queries.adoption import clauses_at, types_in_use
from clauses.queries.record_twin import record_twin
from clauses.queries.records import absorbing, record_page
from clauses.queries.records import records as all_records
from clauses.queries.registry import Registry
from clauses.queries.registry_twins import registry_row_twin
from clauses.queries.search import Hit
from clauses.queries.twins import Json
from monitor.models import DocumentType

_TAG = "records"


class RecordsAsked(Paged):
    """Which clauses; the filters of the registry."""

    q: str | None = told("Words, “phrases”, -words to leave out", default=None, max_length=200, pattern=TEXT)
    platform: list[str] = told("Of one of the platforms with these slugs", default=[])
    type: list[str] = told("Of one of these clause types, by their slugs", default=[])
    severity: Severity | None = told("Of exactly this severity", default=None)
    confidence: ConfidenceWord | None = told("Whose reading is this sure", default=None)
    document_type: list[DocumentType] = told("In documents of one of these kinds", default=[])
    language: str | None = told("In documents in this language", default=None)
    jurisdiction: str | None = told("In documents for this jurisdiction", default=None)
    audience: str | None = told("In documents for this audience", default=None)
    sort: Literal["severity", "relevance"] | None = told(
        "The most severe first, which no new row upsets; or the best matches, of which each new text can shift some. "
        "By itself relevance where words are asked for, else severity",
        default=None,
    )


@reads(_TAG, "/records", RegistryAnswer)
def records(request: HttpRequest, asked: Query[RecordsAsked]) -> Json:
    """Search the registry.

    The clauses that stand today, filtered, searched and sorted; those of the invented samples only while there is
    nothing else, or if asked for by their platform. Without words the list goes on to its end; with words
    it has the most severe 2,000 matches.
    """
    wanted = understood(registry_form(request.GET, types_in_use())).wanted()
    found = Registry(wanted)
    name = f"records-{wanted.order}"
    hits = found.after(_mark(name, asked.cursor), asked.limit + 1)
    shown = hits[: asked.limit]
    clauses = clauses_at([hit.position for hit in shown])
    return {
        "count": found.total,
        "is_more": found.is_more_than,
        "is_cut": found.is_cut and not found.search.is_empty,
        "items": [registry_row_twin(clauses[hit.position]) for hit in shown if hit.position in clauses],
        "next": _cursor(name, shown[-1]) if len(hits) > asked.limit else None,
    }


@reads(_TAG, "/records/{record_id}", Record, may_have_moved=True)
def record(request: HttpRequest, record_id: RecordId) -> Json:
    """Read the record of a clause.

    Everything that is known of it: words, types, figures, proof, history, decisions and notes on the law. A record
    that was merged into another one leads there.
    """
    found = get_object_or_404(all_records(), number=number_of(record_id))
    heir = absorbing(found)
    if heir.pk != found.pk:
        raise Moved(reverse("api:record", args=[heir.public_id]), f"It was merged into {heir.public_id}.")
    return record_twin(record_page(found, timezone.now()))


def _cursor(name: str, hit: Hit) -> str:
    """Behind a hit. Distances are kept to the last bit: rounded, one would come twice or never."""
    bits = struct.unpack(">q", struct.pack(">d", hit.distance))[0]
    return cursor_of(name, *divmod(bits, 2**32), hit.position)


def _mark(name: str, cursor: str | None) -> tuple[float, int] | None:
    if not cursor:
        return None
    high, low, position = marks_of(name, cursor, 3)
    bits = (high * 2**32 + low) % 2**64
    return struct.unpack(">d", struct.pack(">Q", bits))[0], position
