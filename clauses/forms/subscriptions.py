"""Forms of the subscription pages."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms

from clauses.forms.changes import type_choices
from clauses.models import Frequency, Recipient, Subscription
from clauses.models.choices import DirectionWord, SeverityLevel
from clauses.queries.subscriptions import subscribable, subscribable_documents
from clauses.subscribing import Wish
from monitor.models import Document, DocumentType, Platform

# A change in which nothing of substance changed is never worth a mail.
LEVELS = [
    (SeverityLevel.LOW.value, "Low and above: every real change"),
    (SeverityLevel.MEDIUM.value, "Medium and above"),
    (SeverityLevel.HIGH.value, "High only"),
]
_DIRECTIONS = [
    ("", "Either way"),
    (DirectionWord.ADVERSE.value, "With something adverse"),
    (DirectionWord.FAVORABLE.value, "With something favorable"),
]


class _Documents(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Document) -> str:
        return f"{obj.platform.name}: {obj.name}"


class MeasureForm(forms.Form):
    """How severe a change is at least that a person wants a mail for, and when that mail comes."""

    min_severity = forms.TypedChoiceField(
        label="Mail me about changes rated", choices=LEVELS, coerce=lambda value: SeverityLevel(int(value))
    )
    frequency = forms.ChoiceField(label="When", choices=Frequency.choices, required=False)

    def __init__(self, *args: Any, has_account: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_account:
            # Webhooks are for people with an account: without one, no mail would be nothing at all.
            offered = [choice for choice in Frequency.choices if choice[0] != Frequency.NEVER]
            self.fields["frequency"].choices = offered  # type: ignore[attr-defined]

    def clean_frequency(self) -> str:
        """At once where nothing was chosen: the form of a platform's page does not ask."""
        return self.cleaned_data["frequency"] or Frequency.INSTANT


class WishForm(MeasureForm):
    """What a subscription is about. Any combination, and at least one of them; samples are not offered."""

    platform: forms.ModelChoiceField[Platform] = forms.ModelChoiceField(
        Platform.objects.none(), to_field_name="slug", empty_label="All platforms", required=False
    )
    document: forms.ModelChoiceField[Document] = _Documents(
        Document.objects.none(), empty_label="All documents", required=False
    )
    document_type = forms.ChoiceField(
        label="Kind of document", choices=[("", "All"), *DocumentType.choices], required=False
    )
    type = forms.ChoiceField(label="Clause type", choices=type_choices, required=False)
    direction = forms.ChoiceField(label="For users", choices=_DIRECTIONS, required=False)
    field_order: tuple[str, ...] = (
        "platform",
        "document",
        "document_type",
        "type",
        "min_severity",
        "direction",
        "frequency",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = subscribable()  # type: ignore[attr-defined]
        self.fields["document"].queryset = subscribable_documents()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something is asked for, and the document is one of the platform."""
        cleaned = super().clean() or self.cleaned_data
        platform, document = cleaned.get("platform"), cleaned.get("document")
        if platform and document and document.platform_id != platform.pk:
            self.add_error("document", "This is a document of another platform.")
        names = ("platform", "document", "document_type", "type", "direction")
        is_severe = cleaned.get("min_severity", SeverityLevel.LOW) > SeverityLevel.LOW
        if not self.errors and not is_severe and not any(cleaned.get(name) for name in names):
            raise forms.ValidationError(
                "Choose at least one: a platform, a document, a kind, a type, a severity, or a direction."
            )
        return cleaned

    def wish(self) -> Wish:
        """What a valid form asks for. A document says of which platform it is."""
        cleaned = self.cleaned_data
        document = cleaned["document"]
        return Wish(
            platform=document.platform if document else cleaned["platform"],
            document=document,
            document_type=cleaned["document_type"],
            type=cleaned["type"],
            direction=cleaned["direction"],
            min_severity=cleaned["min_severity"],
            frequency=cleaned["frequency"],
        )


class MailWishForm(WishForm):
    """The same for somebody without an account."""

    address = forms.EmailField(
        label="Mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    field_order = ("address", *WishForm.field_order)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, has_account=False, **kwargs)


class RhythmForm(forms.ModelForm):  # type: ignore[type-arg]
    """When digests come; without weekly ones it asks for no day."""

    zone = forms.ChoiceField(label="Time zone")
    hour = forms.TypedChoiceField(
        label="Hour", choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int
    )

    class Meta:
        model = Recipient
        fields = ("hour", "weekday", "zone")
        labels = {"weekday": "Day of the weekly digest"}

    def __init__(self, *args: Any, has_weekly: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_weekly:
            del self.fields["weekday"]
        self.fields["zone"].choices = [(name, name) for name in _zones()]  # type: ignore[attr-defined]


def _zones() -> list[str]:
    """The zones named after places, and UTC."""
    return ["UTC", *sorted(name for name in available_timezones() if _is_place(name))]


def _is_place(name: str) -> bool:
    region, _, place = name.partition("/")
    return bool(place) and region not in {"Etc", "SystemV", "posix", "right", "US"}


def measure_form(subscription: Subscription) -> MeasureForm:
    """The form that changes a running subscription, as it stands; its fields have IDs of their own."""
    has_account = subscription.recipient.user_id is not None
    return MeasureForm(
        initial=measure_of(subscription), has_account=has_account, auto_id=f"id_{subscription.pk}_%s"
    )


def measure_of(subscription: Subscription) -> dict[str, Any]:
    """What such a form begins with."""
    return {"min_severity": subscription.min_severity, "frequency": subscription.frequency}
