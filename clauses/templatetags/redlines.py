"""Redlines as one text with real insertions and deletions. A comparison shows hundreds, each of many short runs."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join

from clauses.core.excerpt import excerpt

register = template.Library()

_RUNS = {"+": "<ins>{}</ins>", "-": "<del>{}</del>", "=": "{}"}
# What an excerpt leaves out.
_CUT = '<span class="cut">{}</span>'


@register.simple_tag
def redline(runs: Sequence[Sequence[str]], kind: str = "modified") -> str:
    """A change as one text with what came and what went."""
    return _paragraph(f"redline legal redline-{kind}", runs)


@register.simple_tag
def redline_beside(runs: Sequence[Sequence[str]]) -> str:
    """The same once more, as the right one of two columns: css/redline.css shows it side by side only."""
    return _paragraph("beside legal", runs)


@register.simple_tag
def redline_excerpt(runs: Sequence[Sequence[str]], kind: str = "modified") -> str:
    """The changed words with a little of the kept text around them."""
    return redline(excerpt(runs), kind)


def _paragraph(looks: str, runs: Sequence[Sequence[str]]) -> str:
    words = (format_html(_RUNS.get(op, _CUT), text if op in _RUNS else " … ") for op, text in runs)
    return format_html(
        '<p class="{}" dir="auto">{}</p>', looks, format_html_join("", "{}", ((one,) for one in words))
    )
