"""Addresses that a long page writes hundreds of times: worked out once, since `reverse` goes through all patterns."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.urls import get_script_prefix, reverse

from clauses.converters import ClauseId

register = template.Library()


@register.filter
def record_url(number: int) -> str:
    """Where the record of a clause is, by its number."""
    return _records(get_script_prefix()) + ClauseId().to_url(number) + "/"


@register.filter
def type_url(slug: str) -> str:
    """Where the page of a clause type is."""
    return _type(slug, get_script_prefix())


# What a site stands under is said by each request anew.
@lru_cache(maxsize=8)
def _records(prefix: str) -> str:
    return reverse("record", args=(0,)).removesuffix(ClauseId().to_url(0) + "/")


@lru_cache(maxsize=512)
def _type(slug: str, prefix: str) -> str:
    return reverse("clause-type", args=(slug,))
