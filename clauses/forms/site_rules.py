"""What a site says otherwise than the shipped rules: one form for each part, all saved as one content."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from clauses.core.amended_points import Point
from clauses.core.amended_types import LONGEST_NAME, LONGEST_TEXT
from clauses.core.regulation import Agency, Regulation
from clauses.core.taxonomy import Group
from clauses.forms.reason import Reason

Content = dict[str, Any]


class ReasonForm(forms.Form):
    """Why a version is saved, and which one it goes on from."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    reason = Reason(
        "A version needs a reason: it stays on record with your name.", "Stays on record with your name."
    )


class ContentForm(ReasonForm):
    """A part of a content. `put_into` gives the content with what the form says."""

    def put_into(self, content: Mapping[str, Any]) -> Content:
        """A copy of the content with what was entered."""
        found: Content = copy.deepcopy(dict(content))
        self._put(found)
        return found

    def _put(self, content: Content) -> None:
        raise NotImplementedError


class _Sentences(forms.CharField):
    """A sentence or two."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2}), **options)

    def to_python(self, value: Any) -> str:
        """The words in one line: a field of several lines is only there to show them all."""
        return " ".join(str(super().to_python(value)).split())


class GroupsForm(ContentForm):
    """The names of all groups, and a further one."""

    new_slug = forms.SlugField(
        label="Short name of a new group",
        required=False,
        max_length=20,
        help_text="Lower-case letters, digits and underscores.",
    )
    new_name = forms.CharField(label="Name of the new group", required=False, max_length=LONGEST_NAME)

    def __init__(self, shipped: Iterable[Group], present: Iterable[Group], sent: Any = None) -> None:
        self._shipped = {group.slug: group.name for group in shipped}
        self._present = {group.slug: group.name for group in present}
        super().__init__(sent)
        for slug, name in self._present.items():
            is_shipped = slug in self._shipped
            help_text = f"Shipped as {self._shipped[slug]}." if is_shipped else "Empty to take the group out."
            self.fields[f"name_{slug}"] = forms.CharField(
                label=name, initial=name, max_length=LONGEST_NAME, required=is_shipped, help_text=help_text
            )

    @property
    def names(self) -> list[forms.BoundField]:
        """The fields of the groups there are."""
        return [self[f"name_{slug}"] for slug in self._present]

    def clean(self) -> dict[str, Any]:
        """A new group needs both, and a slug that no other group has."""
        cleaned = super().clean() or self.cleaned_data
        slug, name = cleaned.get("new_slug"), cleaned.get("new_name")
        if bool(slug) != bool(name):
            self.add_error("new_slug", "A new group needs a short name and a name.")
        if slug in self._present:
            self.add_error("new_slug", "There is a group of this short name.")
        return cleaned

    def _put(self, content: Content) -> None:
        names = {slug: self.cleaned_data[f"name_{slug}"] for slug in self._present}
        names |= {self.cleaned_data["new_slug"]: self.cleaned_data["new_name"]}
        content["groups"] = {
            slug: name for slug, name in names.items() if slug and name and name != self._shipped.get(slug)
        }


class PointsForm(ContentForm):
    """All points of one rubric, a number each."""

    def __init__(self, points: Iterable[Point], present: Mapping[str, int], sent: Any = None) -> None:
        self._points = list(points)
        super().__init__(sent)
        for point in self._points:
            self.fields[point.key] = forms.IntegerField(
                label=point.label,
                initial=present.get(point.key, point.shipped),
                min_value=point.least,
                max_value=point.most,
            )

    @property
    def shelves(self) -> list[tuple[str, list[tuple[Point, forms.BoundField]]]]:
        """The points with their fields, by shelf."""
        found: dict[str, list[tuple[Point, forms.BoundField]]] = {}
        for point in self._points:
            found.setdefault(point.shelf, []).append((point, self[point.key]))
        return list(found.items())

    def _put(self, content: Content) -> None:
        points = dict(content.get("points", {}))
        for point in self._points:
            if self.cleaned_data[point.key] == point.shipped:
                points.pop(point.key, None)
            else:
                points[point.key] = self.cleaned_data[point.key]
        content["points"] = points


class AgencyForm(ContentForm):
    """An office that takes complaints, and the laws it is named for."""

    slug = forms.SlugField(label="Short name", max_length=40)
    name = forms.CharField(max_length=120)
    jurisdiction = forms.ChoiceField()
    what_for = _Sentences(label="What it is for")
    url = forms.URLField(
        label="Address", max_length=500, assume_scheme="https", help_text="Its own page, by https."
    )
    laws = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, known: Regulation, agency: Agency | None, sent: Any = None) -> None:
        self._agency = agency
        initial: dict[str, Any] = {}
        if agency:
            initial = {
                "slug": agency.slug,
                "name": agency.name,
                "jurisdiction": agency.jurisdiction.slug,
                "what_for": agency.what_for,
                "url": agency.url,
                "laws": [law.slug for law in known.laws.values() if agency in law.agencies],
            }
        super().__init__(sent, initial=initial)
        self.fields["slug"].disabled = agency is not None
        places = [(place.slug, place.name) for place in known.jurisdictions.values()]
        self.fields["jurisdiction"].choices = places  # type: ignore[attr-defined]
        laws = [(law.slug, law.name) for law in known.laws.values()]
        self.fields["laws"].choices = laws  # type: ignore[attr-defined]
        self._taken = frozenset(known.agencies) - ({agency.slug} if agency else set())

    def clean_slug(self) -> str:
        """One that no other agency has."""
        slug: str = self.cleaned_data["slug"]
        if slug in self._taken:
            raise forms.ValidationError("There is an agency of this short name.")
        return slug

    def _put(self, content: Content) -> None:
        row = {key: self.cleaned_data[key] for key in ("name", "jurisdiction", "what_for", "url", "laws")}
        put_row(content, "agencies", self.cleaned_data["slug"], row)


def put_row(content: Content, section: str, slug: str, row: Mapping[str, Any]) -> None:
    """Put a row into a section in place of what stood there; an empty one takes it out."""
    rows = dict(content.get(section, {}))
    rows.pop(slug, None)
    content[section] = rows | ({slug: dict(row)} if row else {})
