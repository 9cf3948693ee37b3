"""The filters of the lists of changes, and the day a timeline is looked at. These forms change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from clauses.forms.many import LeastOf, ManyField
from clauses.forms.understood import NamesIgnored
from clauses.models.choices import DirectionWord
from clauses.queries.changes import ChangeFilter, change_filter
from clauses.queries.clause_types import grouped_types
from monitor.addresses import present_platforms
from monitor.models import DocumentType, Platform

ALL = [("", "All")]
SEVERITIES = [("low", "Low and above"), ("medium", "Medium and above"), ("high", "High")]
_KINDS = [
    ("substantive", "Terms changed"),
    ("editorial", "Wording only"),
    ("date", "Date only"),
    ("renumbered", "Renumbered only"),
    ("reordered", "Order only"),
]
_EARLIEST_YEAR = 1990


def platforms() -> list[tuple[str, str]]:
    """What a filter offers for the platform."""
    return [*ALL, *Platform.objects.values_list("slug", "name")]


def type_choices() -> list[Any]:
    """The clause types in their groups, and all of them."""
    groups = [(group.name, [(found.slug, found.name) for found in types]) for group, types in grouped_types()]
    return [*ALL, *groups]


def least_severity() -> forms.ChoiceField:
    """A severity and all above it."""
    widget = LeastOf([level for level, _ in SEVERITIES])
    return forms.ChoiceField(label="Severity", required=False, choices=ALL + SEVERITIES, widget=widget)


class _Day(forms.DateField):
    """A day as browsers send it. Days before the web are refused: arithmetic on them could overflow."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, input_formats=["%Y-%m-%d"], widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """The day, or None for an empty field."""
        found = super().clean(value)
        if found and not _EARLIEST_YEAR <= found.year < 9999:
            raise forms.ValidationError("This day is out of range.")
        return found


def day_field(**kwargs: Any) -> forms.DateField:
    """A day that may be left open."""
    return _Day(**kwargs)


class PlatformField(forms.ChoiceField):
    """A platform by its slug, or by one that it had before it was renamed or merged."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the box shows as chosen: the platform as it is called today."""
        return self.to_python(data)

    def to_python(self, value: Any) -> str:
        """Its present slug."""
        (slug,) = _present(self, [str(super().to_python(value))])
        return slug


class PlatformsField(ManyField):
    """Platforms by their slugs, or by those that they had before."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Which boxes are ticked: those of the platforms as they are called today."""
        return self.to_python(data)

    def to_python(self, value: Any) -> list[str]:
        """Their present slugs."""
        return list(dict.fromkeys(_present(self, super().to_python(value))))


def _present(field: forms.ChoiceField, slugs: Sequence[str]) -> list[str]:
    """Slugs as they are today. An address may name as many as it likes, so all are asked for at once."""
    unknown = [slug for slug in slugs if slug and not field.valid_value(slug)]
    moved = present_platforms(unknown) if unknown else {}
    return [moved[slug].slug if slug in moved else slug for slug in slugs]


class ReadableForm(NamesIgnored, forms.Form):
    """A GET form whose bad fields are named and ignored: an old link still shows a page.

    Where `main` names fields, the others are folded away until one of them asks for something.
    """

    main: tuple[str, ...] = ()

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, auto_id=False, label_suffix="")
        for field in self.fields.values():
            if isinstance(field, PlatformField | ManyField):
                # Asked of the database once a form, and not at each look at them.
                field.choices = list(cast("Iterable[Any]", field.choices))
        self.is_valid()

    def value(self, name: str) -> Any:
        """What a field asks for; None where it is empty or not understood."""
        return self.cleaned_data.get(name) or None

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields that are always shown."""
        return [self[name] for name in self.fields if not self.main or name in self.main]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in self.fields if self.main and name not in self.main]

    @property
    def asks_for_more(self) -> bool:
        """Whether one of those asks for something, or was not understood."""
        return any(self.value(field.name) or field.name in self.errors for field in self.more_fields)

    @property
    def is_filtering(self) -> bool:
        """Whether any field asks for something."""
        return bool(self.query())

    def query(self) -> str:
        """What the fields ask for as a query string, in their order, without what was not understood."""
        return self._query_of(self.fields)

    def _query_of(self, names: Iterable[str]) -> str:
        asked = {name: self.cleaned_data.get(name) for name in names}
        return urlencode({name: value for name, value in asked.items() if value}, doseq=True)


class ChangeFilterForm(ReadableForm):
    """Which changes to list: of any of the platforms, of any of the kinds, and so on."""

    main = ("platform", "type", "severity", "since")

    platform = PlatformsField(choices=platforms)
    document_type = ManyField(label="Document", choices=DocumentType.choices)
    type = ManyField(label="Clause type", choices=type_choices)
    severity = least_severity()
    direction = ManyField(label="For the user", choices=DirectionWord.choices)
    kind = ManyField(choices=_KINDS)
    since = _Day()

    def asked(self) -> ChangeFilter:
        """The filter, of the fields that were understood."""
        return change_filter(self.cleaned_data)

    def public_query(self) -> str:
        """As `query`, of the fields alone that feeds and twins understand: neither knows of a team's work."""
        return self._query_of(ChangeFilterForm.base_fields)


class TimelineForm(ReadableForm):
    """As of which day a timeline is shown, and whether with changes of our own reading."""

    as_of = _Day(label="As of")
    technical = forms.BooleanField(required=False)

    def until(self, now: datetime) -> datetime:
        """The end of the asked day, or now; never a moment to come."""
        day = self.value("as_of")
        return min(now, datetime.combine(day, time.max, UTC)) if day else now


class DayForm(ReadableForm):
    """On which day a document is looked at."""

    on = _Day(label="What did it say on")


class DocumentsForm(ReadableForm):
    """Of which platform documents or versions are listed."""

    platform = PlatformField(required=False, choices=platforms)
