"""The forms with which a curator attaches a page, removes one, and rules on what the program proposes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.utils import timezone

from clauses.core.plain_line import plain_line
from clauses.forms.reason import Reason
from clauses.models import ChangeSet, Mention, MentionRuling, Reference, ReferenceKind
from clauses.queries.references import standing_references
from clauses.referring import Page
from monitor.models import Platform
from monitor.models.entered import validate_web_address

_EARLIEST_YEAR = 1990


class _Line(forms.CharField):
    """A text of one line: line breaks, control characters and marks that turn the direction become spaces."""

    def to_python(self, value: Any) -> str:
        """The line."""
        return plain_line(super().to_python(value) or "")


def _plain_address(url: str) -> str:
    """A web address as it is kept: scheme and host in small letters, without the place in the page."""
    if re.search(r"[\s\"<>\\^`{|}]", plain_line(url)) or plain_line(url) != url:
        raise forms.ValidationError(
            "This address has signs that no web address has. Copy it from the browser."
        )
    parts = urlsplit(url)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))


def _spellings(url: str) -> tuple[str, str]:
    """The address without and with a slash at the end of its path: nearly always one page."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    return parts._replace(path=path or "/").geturl(), parts._replace(path=f"{path}/").geturl()


class ReferenceForm(forms.Form):
    """A page to attach to a change set, or to a platform where there is none."""

    url = forms.CharField(
        label="Web address",
        max_length=Reference._meta.get_field("url").max_length,
        validators=[validate_web_address],
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text="https:// or http://. Readers are led there; Proviso never fetches it.",
    )
    kind = forms.TypedChoiceField(label="What it is", choices=ReferenceKind.choices, coerce=ReferenceKind)
    title = _Line(max_length=300, help_text="As the page has it.")
    publisher = _Line(max_length=120, help_text="Who published it: the platform, a newspaper.")
    published_on = forms.DateField(
        label="Published on",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a day as YYYY-MM-DD."},
    )

    def __init__(self, platform: Platform, change_set: ChangeSet | None, sent: Any = None) -> None:
        super().__init__(sent)
        self._attached = standing_references().filter(platform=platform, change_set=change_set)
        self._target = "this change" if change_set else platform.name

    def clean_url(self) -> str:
        """Refuse a page that is attached already, naming who did so and when."""
        url = _plain_address(self.cleaned_data["url"])
        if known := self._attached.filter(url__in=_spellings(url)).first():
            by = f" by {known.added_by}" if known.added_by else ""
            day = f"{known.added_at.day} {known.added_at:%B %Y}"
            raise forms.ValidationError(f"Attached to {self._target} already: on {day}{by}.")
        return url

    def clean_published_on(self) -> date:
        """Refuse days to come, and those before the web."""
        day: date = self.cleaned_data["published_on"]
        if day > timezone.now().date():
            raise forms.ValidationError("This day is still to come. When was the page published?")
        if day.year < _EARLIEST_YEAR:
            raise forms.ValidationError("This day is before the web.")
        return day

    def page(self) -> Page:
        """The page, of a form that is valid."""
        return Page(**self.cleaned_data)


class RemovalForm(forms.Form):
    """Why a reference is removed."""

    reason = Reason(
        "Removing a reference needs a reason: others will ask why.",
        "Kept with your name on the curators’ desk.",
    )


class MentionForm(forms.Form):
    """Whether an announcement speaks of a change, and why; `seen` is the basis of the proposal that was looked at."""

    ruling = forms.TypedChoiceField(
        choices=[("confirmed", "Confirm"), ("rejected", "Reject")],
        coerce=MentionRuling,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it speaks of this change."},
    )
    reason = Reason(
        "A ruling needs a reason: others will ask why.", "Kept with your name on the curators’ desk."
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, mention: Mention, sent: Any = None) -> None:
        super().__init__(sent, initial={"seen": mention.basis})
        self._basis = mention.basis

    def clean_seen(self) -> str:
        """Refuse a ruling on words that the proposal no longer rests on: the curator has read other ones."""
        seen: str = self.cleaned_data["seen"]
        if seen != self._basis:
            raise forms.ValidationError(
                "The announcement has a new text since you opened this page, or both name other things. Read it again."
            )
        return seen


class MentionWithdrawalForm(forms.Form):
    """Why a ruling on a proposal is taken back."""

    reason = Reason(
        "Taking a ruling back needs a reason: others will ask why.", "Kept with your name, beside the ruling."
    )
