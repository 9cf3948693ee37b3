"""Redlines as one text with real insertions and deletions."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from clauses.core.excerpt import excerpt

register = template.Library()


@register.inclusion_tag("partials/redline.html")
def redline(runs: Sequence[Sequence[str]], kind: str = "modified") -> dict[str, object]:
    """A change as one text with what came and what went."""
    return {"runs": runs, "kind": kind}


@register.inclusion_tag("partials/redline.html")
def redline_beside(runs: Sequence[Sequence[str]]) -> dict[str, object]:
    """The same once more, as the right one of two columns: css/redline.css shows it side by side only."""
    return {"runs": runs, "is_beside": True}


@register.inclusion_tag("partials/redline.html")
def redline_excerpt(runs: Sequence[Sequence[str]], kind: str = "modified") -> dict[str, object]:
    """The changed words with a little of the kept text around them."""
    return {"runs": excerpt(runs), "kind": kind}
