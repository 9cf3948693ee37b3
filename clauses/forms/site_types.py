"""A clause type as the site has it: a shipped one that it says otherwise of, or one of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from clauses.core.amended_points import MOST_POINTS
from clauses.core.amended_types import (
    LONGEST_NAME,
    LONGEST_TEXT,
    PHRASES,
    SLUG_RULE,
    TYPE_KEYS,
    TYPE_SLUG,
    unnamed_type,
)
from clauses.core.phrases import any_phrase, too_common
from clauses.core.tables import TaxonomyError
from clauses.core.taxonomy import ClauseType, Taxonomy
from clauses.forms.phrases import PhraseFields, PhraseLines, phrases_key
from clauses.forms.site_rules import Content, ContentForm, put_row
from clauses.queries.phrase_matches import Matches, phrase_matches


class TypeForm(PhraseFields, ContentForm):
    """What a clause type says and costs here, and phrases that show it, a shipped one's on top of its patterns.

    New phrases are held back until somebody has looked at what they find.
    """

    tries_phrases = True

    slug = forms.RegexField(
        rf"\A{TYPE_SLUG.pattern}\Z",
        label="Short name",
        error_messages={"invalid": f"{SLUG_RULE[:1].upper()}{SLUG_RULE[1:]}."},
        help_text="Part of addresses that last, so it cannot be changed later.",
    )
    name = forms.CharField(max_length=LONGEST_NAME)
    group = forms.ChoiceField()
    description = forms.CharField(
        max_length=LONGEST_TEXT, help_text="What such a clause settles, in a sentence."
    )
    why_it_matters = forms.CharField(max_length=LONGEST_TEXT)
    what_it_means = forms.CharField(label="What it means for users", max_length=LONGEST_TEXT)
    what_one_can_do = PhraseLines(label="What one can do", help_text="One piece of advice a line.")
    base_points = forms.IntegerField(
        min_value=0, max_value=MOST_POINTS, help_text="Its severity before any circumstance."
    )
    retired = forms.BooleanField(
        required=False, help_text="No new clause gets it. What was ruled stays, and so does its page."
    )

    field_order = [
        "name",
        "slug",
        "group",
        "description",
        "why_it_matters",
        "what_it_means",
        "what_one_can_do",
    ]

    def __init__(
        self,
        kind: ClauseType | None,
        row: Mapping[str, Any],
        known: Taxonomy,
        sent: Any = None,
    ) -> None:
        """`kind`: the shipped type, or one of the site as it says nothing yet; None for a new one."""
        self._kind, self._row = kind or unnamed_type(""), row
        self._taken = () if kind else known.types.keys()
        self.matches: Matches | None = None
        super().__init__(sent, initial={key: getattr(self._kind, key, []) for key in TYPE_KEYS} | dict(row))
        self.fields["group"].choices = [(one.slug, one.name) for one in known.groups]  # type: ignore[attr-defined]
        # A slug lasts, and nobody adds a type that no clause is to get.
        del self.fields["slug" if kind else "retired"]

    def clean_slug(self) -> str:
        """One that no other type has."""
        slug: str = self.cleaned_data["slug"]
        if slug in self._taken:
            raise forms.ValidationError("There is a type of this short name.")
        return slug

    def clean(self) -> dict[str, Any]:
        """Hold back phrases that are only tried, or whose matches nobody has looked at: the form shows these."""
        cleaned = super().clean() or self.cleaned_data
        row = {key: cleaned.get(key, []) for key in PHRASES}
        for key, phrases in row.items():
            self._refuse(key, phrases)
        if self.data.get("act") == "try":
            # What is not filled in yet is told when it is saved.
            for field in self.errors.keys() - PHRASES:
                del self.errors[field]
        elif self.data.get("looked_at") == phrases_key(row) or not self._finds_otherwise(row):
            return cleaned
        if self.errors:
            return cleaned
        self.matches = phrase_matches(self._kind, row)
        raise forms.ValidationError("Look at what the phrases would find, and save again.")

    @property
    def phrases_key(self) -> str:
        """Tells the phrases that were looked at from others."""
        return phrases_key(self.cleaned_data)

    def _refuse(self, key: str, phrases: list[str]) -> None:
        """Say at their field what is wrong with phrases."""
        try:
            any_phrase(phrases)
        except TaxonomyError as error:
            self.add_error(key, f"{error}.")
        for why in filter(None, map(too_common, phrases) if key != "void_phrases" else ()):
            self.add_error(key, f"{why}.")

    def _finds_otherwise(self, row: Mapping[str, Any]) -> bool:
        is_revived = self._row.get("retired", False)
        is_other = any(
            row[key] and (is_revived or row[key] != list(self._row.get(key, []))) for key in PHRASES
        )
        return is_other and not self.cleaned_data.get("retired")

    def _put(self, content: Content) -> None:
        before = {key: getattr(self._kind, key, ()) for key in TYPE_KEYS}
        said = {key: self.cleaned_data.get(key, before[key]) for key in TYPE_KEYS}
        row = {
            key: value
            for key, value in said.items()
            if (list(value) != list(before[key]) if isinstance(value, list) else value != before[key])
        }
        put_row(content, "types", self.cleaned_data.get("slug") or self._kind.slug, row)
