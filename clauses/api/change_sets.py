"""Change sets: the list, and the clauses that changed in one."""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query

from clauses.api.answers.changes import ChangeSets, Comparison
from clauses.api.answers.parts import Day, told
from clauses.api.cursors import page_newest_first
from clauses.api.operations import ChangeSetId, Paged, number_of, reads
from clauses.api.patterns import DAY
from clauses.api.problems import Moved
from clauses.forms.changes import ChangeFilterForm
from clauses.forms.understood import understood
from clauses.models.choices import DirectionWord
from clauses.queries.changes import filtered_changes, severity_counts, with_keys
from clauses.queries.comparison import change_sets_with_texts, shown_change_set, versions_of
from clauses.queries.list_twins import change_row_twin
from clauses.queries.twins import Json, comparison_twin
from monitor.models import DocumentType

_TAG = "change sets"


class ChangeSetsAsked(Paged):
    """Which change sets; the filters of the list of changes. A list is asked for by the parameter, once a value."""

    platform: list[str] = told("Of one of the platforms with these slugs", default=[])
    document_type: list[DocumentType] = told("Of documents of one of these kinds", default=[])
    type: list[str] = told("That touch one of these clause types, by their slugs", default=[])
    severity: Literal["low", "medium", "high"] | None = told("Of this severity and above", default=None)
    direction: list[DirectionWord] = told("In one of these directions for the user", default=[])
    kind: list[Literal["substantive", "editorial", "date", "renumbered", "reordered"]] = told(
        "Of one of these kinds", default=[]
    )
    since: Day | None = told("First seen on this day (UTC) or later", default=None, pattern=DAY)


@reads(_TAG, "/change-sets", ChangeSets)
def change_sets(request: HttpRequest, asked: Query[ChangeSetsAsked]) -> Json:
    """List the change sets.

    What publishers changed, the latest first sight first: those that stand, without changes of our own reading. Of the
    invented samples, only while there is nothing else, or if asked for by their platform.
    """
    found = filtered_changes(understood(ChangeFilterForm(request.GET)).asked())
    counts = severity_counts(found)
    plain = found.select_related(None).prefetch_related(None)
    rows, following = page_newest_first(
        "change-sets", plain, asked.cursor, asked.limit, "detected_at", "number"
    )
    return {
        "count": sum(count for _, count in counts),
        "counts": {level.word: count for level, count in counts},
        "items": [change_row_twin(row) for row in with_keys(found, [row.pk for row in rows])],
        "next": following,
    }


@reads(_TAG, "/change-sets/{change_set_id}", Comparison, may_have_moved=True)
def change_set(request: HttpRequest, change_set_id: ChangeSetId) -> Json:
    """Read a change set.

    Every clause that changed, with its redline, its figures, and why it is rated as it is. One that another has taken
    the place of leads there.
    """
    found = get_object_or_404(change_sets_with_texts(), number=number_of(change_set_id))
    if heir := found.superseded_by:
        raise Moved(reverse("api:change-set", args=[heir.public_id]), f"{heir.public_id} took its place.")
    shown = shown_change_set(found, *versions_of(found))
    if shown is None:
        raise Http404("It is being analyzed anew.")
    return comparison_twin(shown)
