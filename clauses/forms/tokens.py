"""The form for another token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User

from clauses.models import TokenScope
from clauses.tokens import DAYS, scopes_of


class TokenForm(forms.Form):
    """What it is for, what it may do, and for how long."""

    name = forms.CharField(label="What it is for", max_length=80, help_text="So that you know it again.")
    scope = forms.TypedChoiceField(label="It may", coerce=TokenScope)
    days = forms.TypedChoiceField(
        label="For", coerce=int, choices=[(days, f"{days} days") for days in DAYS], initial=90
    )

    def __init__(self, user: User, sent: Any = None) -> None:
        super().__init__(sent, label_suffix="")
        self.fields["scope"].choices = [(one.value, one.label) for one in scopes_of(user)]  # type: ignore[attr-defined]
