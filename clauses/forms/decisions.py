"""The form a curator decides with."""

from __future__ import annotations

from typing import Any

from django import forms

from clauses.core.taxonomy import shipped_taxonomy
from clauses.models import Clause
from clauses.models.choices import SeverityLevel


class DecisionForm(forms.Form):
    """Types, severity and a reason for a clause at its present wording; begins with what is in force."""

    types = forms.MultipleChoiceField(label="Types", required=False, widget=forms.CheckboxSelectMultiple)
    severity = forms.TypedChoiceField(
        choices=list(reversed(SeverityLevel.choices)),
        coerce=lambda value: SeverityLevel(int(value)),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Readers of the record see it with your name.",
        error_messages={"required": "A decision needs a reason: readers of the record see it."},
    )
    wording = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, clause: Clause, sent: Any = None) -> None:
        self._present = [label.type for label in clause.labels.all()]
        self._wording = clause.current.wording_id if clause.current else None
        initial = {"types": self._present, "severity": clause.severity, "wording": self._wording}
        super().__init__(sent, initial=initial)
        known = {slug: clause_type.name for slug, clause_type in shipped_taxonomy().types.items()}
        # A type that has left the taxonomy can stay where it stands.
        choices = known | {slug: slug for slug in self._present if slug not in known}
        self.fields["types"].choices = list(choices.items())  # type: ignore[attr-defined]

    def clean_types(self) -> list[str]:
        """The chosen slugs, those in force first in their order, then new ones as the taxonomy lists them."""
        chosen = self.cleaned_data["types"]
        kept = [slug for slug in self._present if slug in chosen]
        return kept + [slug for slug in chosen if slug not in kept]

    def clean_wording(self) -> int:
        """Refuse a decision on words that are no longer the clause's: the curator has read other ones."""
        wording: int = self.cleaned_data["wording"]
        if wording != self._wording:
            raise forms.ValidationError(
                "The clause has a new wording since you opened this page. Read it again."
            )
        return wording
