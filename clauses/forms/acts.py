"""The filter of the acts on record. It changes nothing."""

from __future__ import annotations

from django import forms

from clauses.forms.changes import ALL, ReadableForm, day_field
from clauses.queries.acts import ActFilter, who_acted
from monitor.models import ActKind


def _people() -> list[tuple[str, str]]:
    return [*ALL, *((str(pk), name) for pk, name in who_acted().values_list("pk", "username"))]


class ActFilterForm(ReadableForm):
    """Which acts to list."""

    by = forms.ChoiceField(label="By", required=False, choices=_people)
    kind = forms.ChoiceField(required=False, choices=[*ALL, *ActKind.choices])
    words = forms.CharField(required=False, max_length=100)
    since = day_field()
    until = day_field()

    def asked(self) -> ActFilter:
        """The filter, of the fields that were understood."""
        return ActFilter(
            by=self.value("by") or "",
            kind=self.value("kind") or "",
            words=self.value("words") or "",
            since=self.value("since"),
            until=self.value("until"),
        )
