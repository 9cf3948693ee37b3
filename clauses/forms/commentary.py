"""The form with which a curator writes about a record."""

from __future__ import annotations

from typing import Any

from django import forms

from clauses.models import Clause, Commentary


class CommentaryForm(forms.Form):
    """A text for readers; `wording` and `latest` are what the curator saw."""

    text = forms.CharField(
        label="Commentary",
        required=False,
        max_length=Commentary._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Shown on the record with your name and the day. Empty takes the present text back.",
    )
    wording = forms.IntegerField(widget=forms.HiddenInput)
    latest = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, clause: Clause, latest: Commentary | None, sent: Any = None, *, typed: str | None = None
    ) -> None:
        """`typed` is what a curator had written when the clause or the text beside it changed."""
        assert clause.current
        super().__init__(
            sent,
            initial={
                "text": (latest.text if latest else "") if typed is None else typed,
                "wording": clause.current.wording_id,
                "latest": latest.pk if latest else None,
            },
        )
