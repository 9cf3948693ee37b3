"""Clauses that only say what a term means."""

from __future__ import annotations

import re

# "“Losses” means …" lays down nothing by itself.
_TERM = r"[\"“„«'‘][^\"”«»]{1,80}[\"”“»'’]"
_DEFINITION = re.compile(
    rf"\s*(?:\([a-z0-9]+\)\s*|\d[\d.]*\s*)?{_TERM}\s*(?:\([^)]{{1,40}}\)\s*)?"
    r"(?::|means?\b|refers?\b|has the meaning|shall mean|is defined|includes?\b|–|-|—)"
)


def is_definition(text: str) -> bool:
    """Whether a clause only says what a term means."""
    return _DEFINITION.match(text) is not None
