"""Words of a search, marked in the text they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join

from clauses.core.search_words import Term, marked

register = template.Library()

_WRITTEN = {"=": "{}", "!": "<mark>{}</mark>", "…": '<span class="quiet"> … </span>'}


@register.simple_tag
def found_words(text: str, terms: Sequence[Term], longest: int = 320) -> str:
    """A stretch of the text with what was found in it marked; its beginning where nothing is asked for."""
    runs = marked(text, terms, longest)
    return format_html_join("", "{}", ([format_html(_WRITTEN[op], words)] for op, words in runs))
