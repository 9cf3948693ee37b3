"""The filter of documents by kind, language, jurisdiction and audience, the same on every page that compares."""

from __future__ import annotations

from typing import Any

from django import forms

from clauses.forms.understood import NamesIgnored
from clauses.queries.like_documents import Choices, LikeDocuments, field_names
from monitor.models import DocumentType


class LikeDocumentsForm(NamesIgnored, forms.Form):
    """Offers the values in use. What cannot be read counts as not asked for."""

    document_type = forms.ChoiceField(label="Document", required=False)
    language = forms.ChoiceField(label="Language", required=False)
    jurisdiction = forms.ChoiceField(label="Jurisdiction", required=False)
    audience = forms.ChoiceField(label="Audience", required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("document_type", [(kind, DocumentType(kind).label) for kind in choices.document_types])
        self.offer("language", [(code, code) for code in choices.languages])
        self.offer("jurisdiction", [(name, name) for name in choices.jurisdictions])
        self.offer("audience", [(name, name) for name in choices.audiences])

    def offer(self, name: str, values: list[tuple[str, str]]) -> None:
        """Let a field offer these values, and all."""
        self.fields[name].choices = [("", "All"), *values]  # type: ignore[attr-defined]

    def like(self) -> LikeDocuments:
        """What was asked for."""
        self.is_valid()
        return LikeDocuments(**{name: self.cleaned_data.get(name, "") for name in field_names()})
