"""The filter of a capture log, and the form a curator rules on a text with that was held back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from clauses.forms.changes import ReadableForm
from clauses.queries.outcomes import GROUPS


def _kinds() -> list[Any]:
    groups = [
        (
            group.name,
            [(group.slug, f"{group.name}: all"), *((one.value, one.label) for one in group.outcomes)],
        )
        for group in GROUPS
    ]
    return [("", "All outcomes"), *groups]


class _Moment(forms.DateTimeField):
    """A moment as the links of a capture strip write it. Without an offset it is UTC."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        """The moment, or None for an empty field."""
        # The plus sign of an offset that was not escaped comes as a space.
        found = super().clean(value.strip().replace(" ", "+") if isinstance(value, str) else value)
        if isinstance(found, datetime) and not 1990 <= found.year < 9999:
            raise forms.ValidationError("This moment is out of range.")
        return found


class CaptureFilterForm(ReadableForm):
    """Which captures of a document are listed, and which stretch of time the strip shows."""

    kind = forms.ChoiceField(label="Outcome", required=False, choices=_kinds)
    before = _Moment(required=False)
    after = _Moment(required=False)


class RulingForm(forms.Form):
    """Why a text held back is the document's text, or is not; which of the two is said by the button."""

    note = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with your name, and shown on the page of the snapshot.",
        error_messages={"required": "A ruling needs a reason: others will ask why."},
    )
    ruling = forms.ChoiceField(
        choices=[("accept", "Accept"), ("reject", "Reject")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is the document’s text."},
    )
    is_sure = forms.BooleanField(
        label="I have read the text above",
        error_messages={"required": "Read the text, then tick this."},
    )
