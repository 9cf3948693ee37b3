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
from clauses.api.operations import DAY, ChangeSetId, Paged, number_of, reads
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
    """Which change sets; the filters of the list of changes."""

    platform: str | None = told("Of the platform with this slug", default=None)
    document_type: DocumentType | None = told("Of documents of this kind", default=None)
    type: str | None = told("That touch this clause type, by its slug", default=None)
    severity: Literal["low", "medium", "high"] | None = told("Of this severity and above", default=None)
    direction: DirectionWord | None = told("In this direction for the user", default=None)
    kind: Literal["substantive", "editorial", "date", "renumbered", "reordered"] | None = told(
        "Of this kind", default=None
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
