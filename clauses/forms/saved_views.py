"""Forms of the saved views."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict

from clauses.core.plain_line import plain_line
from clauses.forms.team import TeamFilterForm
from clauses.models import SavedView


class ViewNameForm(forms.Form):
    """What a view is called. One person has no two views of a name."""

    name = forms.CharField(
        max_length=SavedView._meta.get_field("name").max_length, widget=forms.TextInput(attrs={"size": 24})
    )

    def __init__(self, user: User, sent: Any = None, view: SavedView | None = None) -> None:
        super().__init__(sent, initial={"name": view.name} if view else None, label_suffix="")
        others = SavedView.objects.filter(user=user)
        self._taken = others.exclude(pk=view.pk) if view else others

    def clean_name(self) -> str:
        """The name as one line. Refuse one that is taken."""
        name = plain_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Give the view a name.")
        if self._taken.filter(name=name).exists():
            raise forms.ValidationError(f"You have a view called “{name}” already.")
        return name


class SaveViewForm(ViewNameForm):
    """A name for a filter. `query` is the filter as it stands in the address."""

    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """The filter as the list understands it. Refuse one that asks for nothing: that is the list itself."""
        query = TeamFilterForm(QueryDict(self.cleaned_data["query"])).query()
        if not query:
            raise forms.ValidationError("Set a filter first: without one, the view is the list itself.")
        if len(query) > 400:
            raise forms.ValidationError("This filter is too long to keep.")
        return query
