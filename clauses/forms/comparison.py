"""Which changes of a comparison are listed, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from clauses.forms.changes import ALL, SEVERITIES, ReadableForm
from clauses.models.choices import SeverityLevel
from clauses.queries.changed_clauses import ShownChange
from clauses.queries.clause_types import named_type

_ORDERS = [("", "As in the text"), ("severity", "Most severe first")]


class ComparisonForm(ReadableForm):
    """Severity, clause type and order. Only types that the changes have are offered."""

    severity = forms.ChoiceField(required=False, choices=ALL + SEVERITIES)
    type = forms.ChoiceField(label="Clause type", required=False)
    order = forms.ChoiceField(required=False, choices=_ORDERS)

    def __init__(self, query: QueryDict, changes: Sequence[ShownChange]) -> None:
        self._changes = changes
        super().__init__(query)

    def full_clean(self) -> None:
        """With the types to choose from, which differ from comparison to comparison."""
        names = {slug: named_type(slug).name for change in self._changes for slug in change.types}
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ALL + sorted(names.items(), key=lambda row: row[1])
        super().full_clean()

    def listed(self) -> list[ShownChange]:
        """The changes that fit, in the order asked for."""
        word, slug = self.value("severity"), self.value("type")
        least = SeverityLevel[word.upper()] if word else SeverityLevel.NONE
        found = [row for row in self._changes if row.severity >= least and (not slug or slug in row.types)]
        return sorted(found, key=lambda row: -row.severity) if self.value("order") else found
