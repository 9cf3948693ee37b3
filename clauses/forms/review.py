"""The forms of the review queue."""

from __future__ import annotations

from django import forms

from clauses.forms.changes import ReadableForm
from clauses.models.choices import ConfidenceWord, SeverityLevel
from clauses.queries.clause_types import grouped_types
from clauses.queries.review_queue import QueueFilter
from monitor.models import Platform

_ANY = [("", "All")]
_SEVERITIES = [("low", "Low and above"), ("medium", "Medium and above"), ("high", "High")]


def _platforms() -> list[tuple[str, str]]:
    return [*_ANY, *Platform.objects.values_list("slug", "name")]


def _types() -> list[tuple[str, object]]:
    groups = [(group.name, [(found.slug, found.name) for found in types]) for group, types in grouped_types()]
    return [*_ANY, *groups]


class QueueForm(ReadableForm):
    """Which doubtful clauses to be given."""

    platform = forms.ChoiceField(required=False, choices=_platforms)
    type = forms.ChoiceField(label="Type read", required=False, choices=_types)
    severity = forms.ChoiceField(required=False, choices=_ANY + _SEVERITIES)
    confidence = forms.ChoiceField(required=False, choices=_ANY + ConfidenceWord.choices)

    def asked(self) -> QueueFilter:
        """The filter, of the fields that were understood."""
        severity = self.value("severity")
        return QueueFilter(
            platform=self.value("platform") or "",
            type=self.value("type") or "",
            severity=SeverityLevel[severity.upper()].value if severity else 0,
            confidence=self.value("confidence") or "",
        )


class AlikeForm(forms.Form):
    """Which of the clauses offered get the same ruling: each as its number and the wording that was seen."""

    clauses = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, offered: list[str], sent: object = None) -> None:
        super().__init__(sent)  # type: ignore[arg-type]
        self.fields["clauses"].choices = [(one, one) for one in offered]  # type: ignore[attr-defined]
