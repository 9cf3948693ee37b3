"""The forms of the gold set: how many sentences to draw, and what a curator says of one."""

from __future__ import annotations

from typing import Any

from django import forms

from clauses.labeling import MOST_DRAWN
from clauses.site_taxonomy import taxonomy_in_force


class DrawForm(forms.Form):
    """How many sentences to draw."""

    count = forms.IntegerField(label="Sentences", min_value=1, max_value=MOST_DRAWN, initial=50)


class LabelForm(forms.Form):
    """The types of a sentence, or "of none"; nothing is ticked before the curator ticks it."""

    types = forms.MultipleChoiceField(required=False)
    no_type = forms.BooleanField(required=False)

    def __init__(self, sent: Any = None) -> None:
        super().__init__(sent)
        offered = {slug: kind.name for slug, kind in taxonomy_in_force().types.items() if not kind.retired}
        self.fields["types"].choices = list(offered.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Types or "of none": an empty list alone may be a slip, and both together say nothing."""
        cleaned = super().clean() or self.cleaned_data
        if "types" in cleaned and bool(cleaned["types"]) == cleaned["no_type"]:
            raise forms.ValidationError(
                "Untick “of none”, or the types." if cleaned["types"] else "Tick a type, or “of none”."
            )
        return cleaned
