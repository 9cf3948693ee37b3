"""The reason of a ruling."""

from __future__ import annotations

from django import forms


class Reason(forms.CharField):
    """Why somebody rules as they do: asked for, and kept. `required` is what is said where it is missing."""

    def __init__(self, required: str, help_text: str) -> None:
        super().__init__(
            label="Reason",
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=help_text,
            error_messages={"required": required},
        )
