"""Filters of the clause registry. They stand in the address, so a filtered list can be linked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from clauses.forms.changes import PlatformsField
from clauses.forms.like_documents import LikeDocumentsForm
from clauses.forms.many import ManyField
from clauses.models.choices import ConfidenceWord, SeverityLevel
from clauses.queries.clause_types import named_type
from clauses.queries.like_documents import Choices, LikeDocuments, choices
from clauses.queries.registry import SORTS, Wanted
from clauses.site_taxonomy import taxonomy_in_force

_SEVERITIES = [(level.word, level.label) for level in reversed(SeverityLevel)]
_LONGEST_SEARCH = 200


class RegistryForm(LikeDocumentsForm):
    """Words, filters and the order. What cannot be read counts as not asked for.

    `choices` are the values in use, `types` the slugs of the types that standing clauses have.
    """

    q = forms.CharField(
        label="Words",
        required=False,
        max_length=_LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    platform = PlatformsField(label="Platform")
    type = ManyField(label="Type")
    document_type = ManyField(label="Document")
    severity = forms.ChoiceField(label="Severity", required=False, choices=[("", "Any"), *_SEVERITIES])
    confidence = forms.ChoiceField(
        label="Confidence", required=False, choices=[("", "Any"), *reversed(ConfidenceWord.choices)]
    )
    sort = forms.ChoiceField(label="Sort by", required=False, choices=[("", "Default"), *SORTS])

    field_order = ("q", "platform", "type", "severity", "confidence")

    def __init__(self, *args: Any, choices: Choices, types: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, choices=choices, **kwargs)
        self.offer("platform", choices.platforms)
        self.offer("type", sorted(((slug, named_type(slug).name) for slug in types), key=lambda row: row[1]))

    def wanted(self) -> Wanted:
        """What was asked for."""
        self.is_valid()
        asked = self.cleaned_data
        severity = asked.get("severity")
        return Wanted(
            platforms=tuple(asked.get("platform", ())),
            types=tuple(asked.get("type", ())),
            document_types=tuple(asked.get("document_type", ())),
            severity=SeverityLevel[severity.upper()].value if severity else None,
            confidence=asked.get("confidence", ""),
            words=asked.get("q", "").strip(),
            like=LikeDocuments(
                language=asked.get("language", ""),
                jurisdiction=asked.get("jurisdiction", ""),
                audience=asked.get("audience", ""),
            ),
            sort=asked.get("sort", ""),
        )


def registry_form(query: QueryDict, in_use: Iterable[str]) -> RegistryForm:
    """The form with what there is to choose from. `in_use`: the slugs of the types that standing clauses have."""
    # Also types that no clause has: asked for, they are none, and not everything.
    types = dict.fromkeys([*taxonomy_in_force().types, *in_use])
    return RegistryForm(query, choices=choices(), types=types)
