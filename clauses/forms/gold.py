"""The forms of the gold set: how many sentences to draw, and what a curator says of one."""

from __future__ import annotations

from typing import Any

from django import forms

from clauses.core.taxonomy import ClauseType, Group
from clauses.core.values import OTHER
from clauses.labeling import MOST_DRAWN
from clauses.queries.clause_types import grouped_types


def offered_types() -> list[tuple[Group, list[ClauseType]]]:
    """The types to choose from, by group; "other" is none of them, as no type is said by ticking none."""
    found = [
        (group, [kind for kind in types if not kind.retired and kind.slug != OTHER])
        for group, types in grouped_types()
    ]
    return [(group, types) for group, types in found if types]


class DrawForm(forms.Form):
    """How many sentences to draw."""

    count = forms.IntegerField(label="Sentences", min_value=1, max_value=MOST_DRAWN, initial=50)


class LabelForm(forms.Form):
    """The types of a sentence, or "of none"; nothing is ticked before the curator ticks it."""

    types = forms.MultipleChoiceField(required=False)
    no_type = forms.BooleanField(required=False)

    def __init__(self, sent: Any = None) -> None:
        super().__init__(sent)
        offered = [(kind.slug, kind.name) for _, types in offered_types() for kind in types]
        self.fields["types"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Types or "of none": an empty list alone may be a slip, and both together say nothing."""
        cleaned = super().clean() or self.cleaned_data
        if "types" in cleaned and bool(cleaned["types"]) == cleaned["no_type"]:
            raise forms.ValidationError(
                "Untick “of none”, or the types." if cleaned["types"] else "Tick a type, or “of none”."
            )
        return cleaned
