"""Addresses that a long page writes hundreds of times: worked out once, since `reverse` goes through all patterns."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.urls import reverse

from clauses.converters import ClauseId

register = template.Library()


@register.filter
def record_url(number: int) -> str:
    """Where the record of a clause is, by its number."""
    return _records() + ClauseId().to_url(number) + "/"


@register.filter
@lru_cache(maxsize=512)
def type_url(slug: str) -> str:
    """Where the page of a clause type is."""
    return reverse("clause-type", args=(slug,))


@lru_cache
def _records() -> str:
    return reverse("record", args=(0,)).removesuffix(ClauseId().to_url(0) + "/")
