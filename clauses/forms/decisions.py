"""The form a curator decides with."""

from __future__ import annotations

from typing import Any

from django import forms

from clauses.curation import binding_decision
from clauses.forms.reason import Reason
from clauses.models import Clause, Decision
from clauses.models.choices import SeverityLevel
from clauses.queries.clause_types import named_type
from clauses.queries.decided import latest_decision
from clauses.site_taxonomy import taxonomy_in_force


class DecisionForm(forms.Form):
    """Types, severity and a reason for a clause at its present wording.

    Begins with what is in force, or what was decided before the text changed.
    """

    types = forms.MultipleChoiceField(label="Types", required=False, widget=forms.CheckboxSelectMultiple)
    no_type = forms.BooleanField(
        label="Of no type", required=False, help_text="No type fits: lists by type leave the clause out."
    )
    severity = forms.TypedChoiceField(
        choices=list(reversed(SeverityLevel.choices)),
        coerce=lambda value: SeverityLevel(int(value)),
        widget=forms.RadioSelect,
    )
    reason = Reason(
        "A decision needs a reason: readers of the record see it.",
        "Readers of the record see it with your name.",
    )
    wording = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, clause: Clause, sent: Any = None) -> None:
        self._present = [label.type for label in clause.labels.all()]
        self._wording = clause.current.wording_id if clause.current else None
        self._seen = _state(clause, self._present)
        ruled = binding_decision(clause) or clause.proposal
        initial = {
            "types": ruled.types if ruled else self._present,
            "no_type": ruled is not None and not ruled.types,
            "severity": ruled.severity if ruled else clause.severity,
            "wording": self._wording,
            "seen": self._seen,
        }
        super().__init__(sent, initial=initial)
        offered = {slug: found.name for slug, found in taxonomy_in_force().types.items() if not found.retired}
        # A type that is retired or has left the taxonomy can stay where it stands.
        choices = offered | {slug: named_type(slug).name for slug in self._kept(ruled) if slug not in offered}
        self.fields["types"].choices = list(choices.items())  # type: ignore[attr-defined]

    def _kept(self, ruled: Decision | None) -> list[str]:
        return [*self._present, *(ruled.types if ruled else ())]

    def clean_types(self) -> list[str]:
        """The chosen slugs, those in force first in their order, then new ones as the taxonomy lists them."""
        chosen = self.cleaned_data["types"]
        kept = [slug for slug in self._present if slug in chosen]
        return kept + [slug for slug in chosen if slug not in kept]

    def clean(self) -> dict[str, Any]:
        """Types or "of no type": an empty list alone may be a slip, and both together say nothing."""
        cleaned = super().clean() or self.cleaned_data
        if "types" in cleaned and bool(cleaned["types"]) == cleaned["no_type"]:
            self.add_error(
                "types",
                "Untick “of no type”, or the types." if cleaned["types"] else "Tick a type, or “of no type”.",
            )
        return cleaned

    def clean_seen(self) -> str:
        """Refuse a decision where another one, or another reading, came since the page was opened."""
        seen: str = self.cleaned_data["seen"]
        if seen and seen != self._seen:
            raise forms.ValidationError(
                "What stands for this clause changed since you opened this page. Look at it again."
            )
        return seen

    @property
    def latest(self) -> int:
        """The key of the decision that was the latest when the form was made; 0 for none."""
        return int(self._seen.partition(":")[0])

    def clean_wording(self) -> int:
        """Refuse a decision on words that are no longer the clause's: the curator has read other ones."""
        wording: int = self.cleaned_data["wording"]
        if wording != self._wording:
            raise forms.ValidationError(
                "The clause has a new wording since you opened this page. Read it again."
            )
        return wording


def _state(clause: Clause, types: list[str]) -> str:
    """What a curator looks at: the latest decision that stands, the severity and the types in force."""
    return f"{latest_decision(clause)}:{clause.severity}:{','.join(types)}"
