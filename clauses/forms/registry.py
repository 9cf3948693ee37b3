"""Filters of the clause registry. They stand in the address, so a filtered list can be linked."""

from __future__ import annotations

from typing import Any

from django import forms

from clauses.models.choices import ConfidenceWord, SeverityLevel
from clauses.queries.registry import Wanted, platforms_in_use, types_in_use

_SEVERITIES = [(level.word, level.label) for level in reversed(SeverityLevel)]
_LONGEST_SEARCH = 200


class RegistryForm(forms.Form):
    """Platform, type, severity, confidence and words. What cannot be read counts as not asked for."""

    q = forms.CharField(
        label="Words",
        required=False,
        max_length=_LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    platform = forms.ChoiceField(label="Platform", required=False)
    type = forms.ChoiceField(label="Type", required=False)
    severity = forms.ChoiceField(label="Severity", required=False, choices=[("", "Any"), *_SEVERITIES])
    confidence = forms.ChoiceField(
        label="Confidence", required=False, choices=[("", "Any"), *reversed(ConfidenceWord.choices)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = [("", "All"), *platforms_in_use()]  # type: ignore[attr-defined]
        self.fields["type"].choices = [("", "All"), *types_in_use()]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was asked for."""
        self.is_valid()
        asked = self.cleaned_data
        severity = asked.get("severity")
        return Wanted(
            platform=asked.get("platform", ""),
            type=asked.get("type", ""),
            severity=SeverityLevel[severity.upper()].value if severity else None,
            confidence=asked.get("confidence", ""),
            words=asked.get("q", "").strip(),
        )
