"""Forms of the subscription pages."""

from __future__ import annotations

from typing import Any

from django import forms

from clauses.models.choices import SeverityLevel
from clauses.queries.subscriptions import subscribable
from monitor.models import Platform

# A change in which nothing of substance changed is never worth a mail.
LEVELS = [
    (SeverityLevel.LOW.value, "Low and above: every real change"),
    (SeverityLevel.MEDIUM.value, "Medium and above"),
    (SeverityLevel.HIGH.value, "High only"),
]


def rated(level: int) -> str:
    """Which changes a subscription from a severity on is about: "rated low or higher"."""
    severity = SeverityLevel(level)
    return f"rated {severity.word}" if severity == SeverityLevel.HIGH else f"rated {severity.word} or higher"


class SeverityForm(forms.Form):
    """How severe a change is at least that a person wants a mail for."""

    min_severity = forms.TypedChoiceField(
        label="Mail me about changes rated", choices=LEVELS, coerce=lambda value: SeverityLevel(int(value))
    )


class SubscribeForm(SeverityForm):
    """A platform and a severity. Platforms are named by slug; samples are not offered."""

    platform: forms.ModelChoiceField[Platform] = forms.ModelChoiceField(
        Platform.objects.none(), to_field_name="slug", empty_label="Choose a platform"
    )
    field_order = ("platform", "min_severity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = subscribable()  # type: ignore[attr-defined]
