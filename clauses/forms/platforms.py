"""Search, filter and order of the list of platforms. They stand in the address."""

from __future__ import annotations

from django import forms

from clauses.forms.understood import NamesIgnored
from clauses.queries.platforms import SORTS, STATES, PlatformsWanted
from monitor.models import DocumentType

_LONGEST_SEARCH = 100


class PlatformsForm(NamesIgnored, forms.Form):
    """Name, kind of document, state of the captures, order. What cannot be read counts as not asked for."""

    q = forms.CharField(
        label="Name",
        required=False,
        max_length=_LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    document_type = forms.ChoiceField(
        label="With document", required=False, choices=[("", "Any"), *DocumentType.choices]
    )
    state = forms.ChoiceField(label="Captures", required=False, choices=[("", "Any"), *STATES])
    sort = forms.ChoiceField(label="Sort by", required=False, choices=SORTS)

    def wanted(self) -> PlatformsWanted:
        """What was asked for."""
        self.is_valid()
        asked = self.cleaned_data
        return PlatformsWanted(
            words=asked.get("q", "").strip(),
            document_type=asked.get("document_type", ""),
            state=asked.get("state", ""),
            sort=asked.get("sort", ""),
        )
