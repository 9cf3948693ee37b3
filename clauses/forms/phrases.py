"""Phrases, one a line, and what they would find before they are saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms

from clauses.core.amended_types import PHRASES


class PhraseLines(forms.CharField):
    """Phrases, one a line; the value is a list."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4, "class": "selectors"})
        super().__init__(required=False, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """The list as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """The lines as a list, without empty ones."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines say something else."""
        return bool(list(initial or []) != self.to_python(data))


class PhraseFields(forms.Form):
    """The four kinds of phrases of a clause type."""

    plain_phrases = PhraseLines(
        label="Plain phrases",
        help_text="One a line. A sentence with one of these is of the type. “*” ends a word that may go on "
        "(device*), “...” stands for up to eight words (return ... device*).",
    )
    weak_phrases = PhraseLines(
        label="Weak phrases",
        help_text="One a line. Alone they make a doubtful clause, two together a likely one.",
    )
    heading_phrases = PhraseLines(
        label="Phrases of headings",
        help_text="One a line. They show the type of clauses that say little themselves.",
    )
    void_phrases = PhraseLines(
        label="Phrases that void it", help_text="One a line. A sentence with one of these is not of the type."
    )


def phrases_key(row: Mapping[str, Any]) -> str:
    """Tells phrases that were looked at from others."""
    return hashlib.sha256(json.dumps([row[key] for key in PHRASES]).encode()).hexdigest()
