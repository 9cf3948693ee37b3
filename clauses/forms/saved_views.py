"""Forms of the saved views."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict

from clauses.core.plain_line import plain_line
from clauses.forms.team import TeamFilterForm
from clauses.models import SavedView
from clauses.queries.saved_views import followers, public_filter

# All types there are, and some forty platforms besides.
_LONGEST_QUERY = 4000


class SaveViewForm(forms.Form):
    """A name for a filter; `query` is the filter as it stands in the address. One person has no two views of a name."""

    name = forms.CharField(
        max_length=SavedView._meta.get_field("name").max_length, widget=forms.TextInput(attrs={"size": 24})
    )
    query = forms.CharField(required=False, max_length=_LONGEST_QUERY, widget=forms.HiddenInput)

    def __init__(self, user: User, sent: Any = None, view: SavedView | None = None) -> None:
        super().__init__(sent, initial={"name": view.name} if view else None, label_suffix="")
        others = SavedView.objects.filter(user=user)
        self._is_followed = view is not None and followers().filter(view=view).exists()
        self._taken = others.exclude(pk=view.pk) if view else others

    def clean_name(self) -> str:
        """The name as one line. Refuse one that is taken."""
        name = plain_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Give the view a name.")
        if self._taken.filter(name=name).exists():
            raise forms.ValidationError(f"You have a view called “{name}” already.")
        return name

    def clean_query(self) -> str:
        """The filter as the list understands it. Refuse one that asks for nothing: that is the list itself."""
        query = TeamFilterForm(QueryDict(self.cleaned_data["query"])).query()
        if not query:
            raise forms.ValidationError("Set a filter first: without one, the view is the list itself.")
        if self._is_followed and public_filter(query).is_empty:
            raise forms.ValidationError(
                "Alerts follow this view. Keep a filter beside status, assignee and what you have read."
            )
        return query
