"""The filter of a capture log, and the forms with which a curator rules on a text held back."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime
from typing import Any, cast

from django import forms

from clauses.forms.changes import ReadableForm
from clauses.forms.reason import Reason
from clauses.queries.outcomes import GROUPS, outcomes_asked_for
from monitor.models import Outcome


def _kinds(shown: Container[str] = Outcome.values) -> list[Any]:
    """The choices; of the outcomes only those shown, with their groups."""
    choices: list[Any] = [("", "All outcomes")]
    for group in GROUPS:
        outcomes = [(one.value, one.label) for one in group.outcomes if one.value in shown]
        if outcomes:
            choices.append((group.name, [(group.slug, f"{group.name}: all"), *outcomes]))
    return choices


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

    def offer(self, outcomes: Iterable[str]) -> None:
        """List only these outcomes, and what is asked for; links with others are still understood."""
        asked_for = outcomes_asked_for(self.value("kind") or "")
        cast(forms.Select, self.fields["kind"].widget).choices = _kinds({*outcomes, *asked_for})


class RulingForm(forms.Form):
    """Why a text held back is the document's text, or is not; which of the two is said by the button."""

    note = Reason(
        "A ruling needs a reason: others will ask why.",
        "Kept with your name, and shown on the page of the snapshot.",
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


class WithdrawalForm(forms.Form):
    """Why a ruling is taken back."""

    note = Reason(
        "Taking a ruling back needs a reason: others will ask why.", "Kept with your name, beside the ruling."
    )
