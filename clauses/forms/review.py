"""The forms of the review queue."""

from __future__ import annotations

from django import forms

from clauses.forms.changes import PlatformsField, ReadableForm, least_severity, platforms, type_choices
from clauses.forms.many import ManyField
from clauses.forms.reason import Reason
from clauses.models.choices import ConfidenceWord, SeverityLevel
from clauses.queries.review_queue import QueueFilter


class QueueForm(ReadableForm):
    """Which doubtful clauses to be given."""

    platform = PlatformsField(choices=platforms)
    type = ManyField(label="Type read", choices=type_choices)
    severity = least_severity()
    confidence = ManyField(choices=ConfidenceWord.choices)

    def asked(self) -> QueueFilter:
        """The filter, of the fields that were understood."""
        severity = self.value("severity")
        return QueueFilter(
            platforms=self.value("platform") or (),
            types=self.value("type") or (),
            severity=SeverityLevel[severity.upper()].value if severity else 0,
            confidence=self.value("confidence") or (),
        )


class AlikeForm(forms.Form):
    """Which of the clauses offered get the same ruling: each as its number and the wording that was seen."""

    clauses = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, offered: list[str], sent: object = None) -> None:
        super().__init__(sent)  # type: ignore[arg-type]
        self.fields["clauses"].choices = [(one, one) for one in offered]  # type: ignore[attr-defined]


class OddChangeForm(forms.Form):
    """Whether a change that looks odd is the publisher's, and why the curator thinks so."""

    is_real = forms.TypedChoiceField(
        choices=[("yes", "The publisher’s"), ("no", "A fault of capture")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is the publisher’s change."},
    )
    reason = Reason(
        "A ruling needs a reason: readers of the change see it.",
        "Readers of the change see it with your name.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
