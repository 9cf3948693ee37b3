"""Titles that were read as clauses: lines of the contents, and headings with no sentence under them."""

from __future__ import annotations

from collections.abc import Set
from itertools import islice

from clauses.core.edited import SHORT, ClauseEdit, Side
from clauses.core.folding import folded
from clauses.core.redline import LIGHT_WORDS

_FEW_WORDS = 4


def title_key(text: str) -> str:
    """A title as it is compared with others: folded, without the marks around it."""
    return folded(text).strip(" .:*_")


def is_title(text: str, headings: Set[str]) -> bool:
    """Whether a text that is a clause of its own is a title: a line of the contents, or a heading without a mark-up.

    `headings` are those of its version. Titles lay down nothing.
    """
    if headings and title_key(text) in headings:
        return True
    if not text.rstrip()[-1:].isalnum() or text.isupper():
        return False
    found = _naming_words(text)
    return _FEW_WORDS <= len(found) < SHORT and all(word[0].isupper() for word in found)


def is_bare_title(edit: ClauseEdit) -> bool:
    """Whether a clause that came or went is a title."""
    return is_heading(edit) or _is_short_title(edit.whole)


def is_heading(edit: ClauseEdit) -> bool:
    """Whether a clause is a heading of its version without a sentence; an item of a list is none."""
    holding = edit.versions[1] if edit.came else edit.versions[0]
    is_item = any(clause.passage.intro for clause in edit.whole.clauses)
    return not is_item and is_title(edit.whole.text, holding.headings)


def _naming_words(text: str) -> list[str]:
    """The words of a title that are written with a capital in one, up to SHORT: a text of so many is no title."""
    naming = (word for word in text.split() if word[0].isalpha() and word.casefold() not in LIGHT_WORDS)
    return [*islice(naming, SHORT)]


def _is_short_title(side: Side) -> bool:
    if side.text.rstrip().endswith((".", ";", ",")):
        return False
    found = _naming_words(side.text)
    is_short = len(found) < _FEW_WORDS or (len(found) < SHORT and all(word[0].isupper() for word in found))
    return is_short and not side.norms
