"""The form with which a version is pinned as what was agreed to."""

from __future__ import annotations

from typing import Any

from django import forms

from clauses.core.plain_line import plain_line
from clauses.models import Baseline
from monitor.models import Document, Version


class BaselineForm(forms.Form):
    """Which text was agreed to, by whom, and what is to be remembered about it."""

    version = forms.ModelChoiceField(
        Version.objects.none(),
        label="Text",
        to_field_name="number",
        empty_label=None,
        error_messages={"invalid_choice": "This document has no such text."},
    )
    whose = forms.ChoiceField(
        label="Agreed to by",
        choices=[("me", "Me"), ("team", "The team")],
        widget=forms.RadioSelect,
        initial="me",
    )
    note = forms.CharField(
        required=False,
        max_length=Baseline._meta.get_field("note").max_length,
        help_text="What you agreed to it for: a contract, a review, an order form.",
    )

    def __init__(self, document: Document, sent: Any = None, initial: Any = None) -> None:
        super().__init__(sent, initial=initial, label_suffix="")
        field: Any = self.fields["version"]
        field.queryset = Version.objects.filter(document=document).order_by("-ordinal")
        field.label_from_instance = _told

    def clean_note(self) -> str:
        """The note as one line."""
        return plain_line(self.cleaned_data["note"])


def _told(version: Version) -> str:
    return f"{version.first_seen_at.day} {version.first_seen_at:%b %Y}, {version.public_id}"
