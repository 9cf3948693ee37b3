"""Filters of which several values may be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms, template

register = template.Library()
_Rows = list[tuple[str, str, bool]]


@register.inclusion_tag("partials/many.html")
def many(field: forms.BoundField) -> dict[str, Any]:
    """Boxes to tick behind the words of what is ticked. A template for each, as Django has it, takes too long."""
    groups = list(_groups(field))
    chosen = [words for _, rows in groups for _, words, is_chosen in rows if is_chosen]
    said = f"{len(chosen)} chosen" if len(chosen) > 1 else next(iter(chosen), "All")
    return {
        "name": field.html_name,
        "label": field.label,
        "said": said,
        "is_chosen": bool(chosen),
        "groups": groups,
    }


def _groups(field: forms.BoundField) -> Iterator[tuple[str, _Rows]]:
    """The choices in their groups; those that stand in none come first, in one without a name."""
    chosen = set(field.value() or ())
    choices: Any = field.field.choices  # type: ignore[attr-defined]
    plain = [(value, words, value in chosen) for value, words in choices if value and isinstance(words, str)]
    if plain:
        yield "", plain
    for group, rows in choices:
        if not isinstance(rows, str):
            yield str(group), [(value, words, value in chosen) for value, words in rows]
