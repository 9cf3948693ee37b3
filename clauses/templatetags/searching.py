"""Words of a search, marked in the text they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from clauses.core.search_words import Term, marked

register = template.Library()


@register.inclusion_tag("partials/found_words.html")
def found_words(text: str, terms: Sequence[Term], longest: int = 320) -> dict[str, object]:
    """A stretch of the text with what was found in it marked; its beginning where nothing is asked for."""
    return {"runs": marked(text, terms, longest)}
